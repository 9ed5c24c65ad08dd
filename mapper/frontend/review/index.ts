/** What the templates of the review page call, as `mapper.review` and `mapper.basemap`. */

import type * as Leaflet from "leaflet";
import { BasemapLayer } from "../layers/basemap";
import { L } from "../leaflet";
import { MAX_ZOOM, openMap } from "../opening";
import { Answers, nextOpen } from "./answers";
import type { Desk } from "./desk";
import { keep } from "./keeping";
import { Keys } from "./keys";
import { List } from "./list";
import { Places } from "./places";
import { Sheet } from "./sheet";
import { Tools } from "./tools";
import { reviewMessages } from "./words";

export function basemap(id: string): BasemapLayer {
  return new BasemapLayer(id);
}

/** Makes the map of the page and all beside it. */
export function review(id: string): Leaflet.Map {
  const desk = JSON.parse(document.getElementById(`${id}_desk`)!.textContent!) as Desk;
  const m = reviewMessages(desk.lang);
  const root = document.getElementById("mapper-page")!;
  const element = document.getElementById(id)!;
  const map = openMap(element, MAX_ZOOM);
  L.control.zoom({ position: "topright", zoomInTitle: m.t("zoomIn"), zoomOutTitle: m.t("zoomOut") }).addTo(map);
  L.control.scale({ position: "bottomright", imperial: false, maxWidth: 120 }).addTo(map);
  element.parentElement!.setAttribute("aria-label", m.t("mapOfCandidates"));
  const [west, south, east, north] = desk.bounds;
  map.fitBounds([[south, west], [north, east]], { animate: false });

  const answers = new Answers(desk.items);
  let at = -1;
  const open = (next: number, focus = true) => {
    if (!desk.items[next]) return;
    at = next;
    root.dataset["open"] = "true";
    map.invalidateSize({ animate: false });
    sheet.open(at);
    list.mark(at);
    places.show(desk.items[at]!, answers.get(at));
    if (focus) sheet.focus();
  };
  const back = () => {
    delete root.dataset["open"];
    list.focus(at);
  };
  const next = () => {
    const found = nextOpen(answers, at);
    if (found >= 0 && found !== at) open(found);
    else back();
  };
  // Where there is no keyboard, one would come up over the map.
  const typing = matchMedia("(pointer: fine)").matches;
  const chosen = () => {
    if (typing && !answers.get(at).why) sheet.focusWhy();
  };
  const keys = new Keys(
    (by) => open(at < 0 ? 0 : Math.min(desk.items.length - 1, Math.max(0, at + by))),
    (number) => at >= 0 && answers.pickNumber(at, number) && chosen(),
  );
  const list = new List(document.getElementById("review-list")!, desk, answers, m, (chosen) => open(chosen));
  const sheet = new Sheet(document.getElementById("review-sheet")!, desk, answers, m, next, back);
  const tools = new Tools(document.getElementById("review-tools")!, desk, answers, m, keys);
  const places = new Places(
    map,
    desk,
    m,
    (group, index) => {
      answers.pick(at, group, index);
      chosen();
    },
    (other) => {
      answers.set(at, { kind: "other", picks: {}, other });
      chosen();
    },
  );
  answers.onChange(() => {
    list.sync();
    tools.sync();
    sheet.sync();
    if (at >= 0) places.sync(answers.get(at));
  });
  if (keep(answers, desk.digest)) tools.restored();
  // Where there is room for both the list and one of it.
  if (matchMedia("(min-width: 1181px)").matches) open(nextOpen(answers, -1), false);
  document.documentElement.dataset["mapper"] = "ready";
  return map;
}
