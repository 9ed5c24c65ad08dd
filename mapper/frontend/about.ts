/** What the map is, how it was made, whose borders it shows, what became of the input. */

import { el } from "./dom";
import type { TileSettings } from "./layers/tiles";
import type { Messages } from "./messages";

export interface PageInfo {
  title: string;
  description: string;
  lang: string;
  /** West, south, east, north. */
  bounds: [number, number, number, number];
  ledger: [string, number][];
  rejected: string[];
  /** How many more were set aside than are listed. */
  rejectedMore?: number;
  attributions: string[];
  madeWith: string;
  asOf: string;
  /** Title and date of the incidents that an earlier map had. */
  gone?: string[];
  /** Only where the definition of the map asks for them. */
  tiles?: TileSettings;
}

export function about(info: PageInfo, m: Messages): HTMLElement {
  const box = el(
    "div",
    { class: "mapper-about" },
    el("h3", {}, m.t("aboutWhat")),
    el("p", {}, m.t("aboutWhatText")),
    el("p", {}, info.tiles ? m.t("aboutTiles", { hosts: info.tiles.hosts.join(", ") }) : m.t("aboutClosed")),
    info.asOf ? el("p", {}, m.t("asOf", { date: info.asOf })) : null,
    el("h3", {}, m.t("aboutHow")),
    el("p", {}, m.t("aboutHowText")),
    info.madeWith ? el("p", {}, m.t("madeWith", { name: info.madeWith })) : null,
    el("h3", {}, m.t("aboutBorders")),
    el("p", {}, m.t("aboutBordersText")),
  );
  if (info.ledger.length) {
    const list = el("dl", { class: "mapper-ledger" });
    for (const [label, count] of info.ledger) {
      list.append(el("div", {}, el("dt", {}, m.maybe(`ledger_${label}`) ?? label), el("dd", {}, m.number(count))));
    }
    box.append(el("h3", {}, m.t("aboutLedger")), list);
  }
  if (info.rejected.length) {
    box.append(
      el(
        "details",
        {},
        el("summary", {}, m.t("aboutRejected", { n: info.rejected.length + (info.rejectedMore ?? 0) })),
        el("ul", { class: "mapper-rejected" }, ...info.rejected.map((line) => el("li", {}, line)), info.rejectedMore ? el("li", {}, `… +${m.number(info.rejectedMore)}`) : null),
      ),
    );
  }
  if (info.gone?.length) {
    box.append(el("details", {}, el("summary", {}, `${m.t("gone")}: ${info.gone.length}`), el("ul", {}, ...info.gone.map((line) => el("li", {}, line)))));
  }
  box.append(
    el("h3", {}, m.t("aboutSources")),
    el("ul", {}, ...info.attributions.map((line) => el("li", {}, line)), el("li", {}, m.t("software"))),
  );
  return box;
}
