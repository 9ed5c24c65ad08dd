/** Colours that the canvas takes from the style sheet, so that there is one place to change them. */

const NAMES = [
  "sea",
  "land",
  "coast",
  "river",
  "border",
  "border-halo",
  "admin1",
  "label",
  "label-halo",
  "label-country",
  "label-admin1",
  "label-water",
  "city",
  "symbol-halo",
  "paper",
  "ink",
  "select",
  "select-inner",
  "axis",
  "axis-paper",
] as const;
export type Theme = Record<(typeof NAMES)[number], string>;

let cached: Theme | null = null;
const listeners = new Set<() => void>();

export function theme(): Theme {
  if (!cached) {
    const style = getComputedStyle(document.documentElement);
    cached = Object.fromEntries(NAMES.map((n) => [n, style.getPropertyValue(`--map-${n}`).trim() || "#888"])) as Theme;
  }
  return cached;
}

/** Calls back when the reader's system changes between light and dark. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const system = matchMedia("(prefers-color-scheme: dark)");
system.addEventListener("change", changed);

/** Reads the colours anew and tells everyone: they are others now. */
export function changed(): void {
  cached = null;
  for (const listener of listeners) listener();
}

export const PRINTING = "mapper-printing";

export type Choice = "light" | "dark";

/** What the reader has chosen, null for the system's own. */
export function chosenTheme(): Choice | null {
  const choice = document.documentElement.dataset["theme"];
  return choice === "light" || choice === "dark" ? choice : null;
}

export function isDark(): boolean {
  return (chosenTheme() ?? (system.matches ? "dark" : "light")) === "dark";
}

/** Whether the page is being put on paper, which is always light. */
export function isPrinting(): boolean {
  return document.documentElement.classList.contains(PRINTING);
}

/** Chooses light or dark; null goes back to the system's. */
export function chooseTheme(choice: Choice | null): void {
  if (choice) document.documentElement.dataset["theme"] = choice;
  else delete document.documentElement.dataset["theme"];
  changed();
}

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';
