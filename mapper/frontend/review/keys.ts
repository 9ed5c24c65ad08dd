/** One key for what is done most: j and k for the next and the one before, a number for a choice. */

export class Keys {
  /** Single keys may be in the way of who speaks to a computer: they can be turned off. */
  on = true;

  constructor(step: (by: number) => void, pick: (number: number) => void) {
    document.addEventListener("keydown", (event) => {
      if (!this.on || event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
      if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
      else if (/^[1-9]$/.test(event.key)) pick(Number(event.key));
      else return;
      event.preventDefault();
    });
  }
}

function writes(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=radio], [type=checkbox]), select, textarea");
}
