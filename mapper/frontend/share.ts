/** What can be taken away from the page: a link, a file, a print. */

import { button, el } from "./dom";
import { copy, csv, geojson, save } from "./download";
import type { IncidentLayer } from "./layers/incidents";
import { prepare } from "./printing";

export function share(layer: IncidentLayer, name: string): { element: HTMLElement; update: () => void } {
  const { words: m, filters } = layer;
  const status = el("p", { class: "mapper-small", role: "status" });
  const count = el("p", {});
  const busy = (label: string, work: () => Promise<string>) => {
    const action = button(label, "mapper-action", () => {
      action.disabled = true;
      status.textContent = m.t("working");
      void work()
        .then((done) => (status.textContent = done))
        .catch(() => (status.textContent = m.t("broken")))
        .finally(() => (action.disabled = false));
    });
    return action;
  };
  const file = (ending: "csv" | "geojson") => async () => {
    const rows = filters.shown();
    const blob = await (ending === "csv" ? csv : geojson)(layer, rows);
    save(blob, `${name}.${ending}`);
    return m.t("saved", { n: rows.length, name: `${name}.${ending}` });
  };
  const element = el(
    "div",
    { class: "mapper-share" },
    el("p", { class: "mapper-small" }, m.t("shareIntro")),
    count,
    busy(m.t("copyLink"), async () => ((await copy(location.href)) ? m.t("linkCopied") : location.href)),
    busy(m.t("downloadCsv"), file("csv")),
    busy(m.t("downloadGeojson"), file("geojson")),
    busy(m.t("copyCsv"), async () => {
      const rows = filters.shown();
      const text = await (await csv(layer, rows)).text();
      return (await copy(text.replace(/^\ufeff/, ""))) ? m.t("copied", { n: rows.length }) : m.t("notCopied");
    }),
    busy(m.t("print"), async () => {
      await prepare(layer);
      window.print();
      return "";
    }),
    status,
  );
  return { element, update: () => (count.textContent = m.t("shareCount", { n: filters.shownCount })) };
}
