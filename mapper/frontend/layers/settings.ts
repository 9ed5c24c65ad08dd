/** What a map says of its incidents' types, groups and language, beside their data. */

import type { Changes } from "../changes";
import type { Style } from "./areas";

export interface TypeInfo extends Style {
  id: string;
  group: string;
  labels: Record<string, string>;
}

export interface Settings {
  lang: string;
  /** Which half of the incidents this layer draws. */
  parts: "all" | "points" | "areas";
  groups: { id: string; label: string; labels: Record<string, string> }[];
  types: TypeInfo[];
  changes?: Changes;
}
