/** Keeps decisions in the browser until the file is made; of this page, and of no other content of it. */

import type { Answers } from "./answers";

/** Whether there were some. A browser that keeps nothing for files from a disk is no fault. */
export function keep(answers: Answers, digest: string): boolean {
  const name = `mapper-review-${digest}`;
  let found = false;
  try {
    const kept = localStorage.getItem(name);
    if (kept) {
      answers.load(kept);
      found = answers.items.some((_, at) => answers.has(at));
    }
  } catch {
    // Kept by another version, or not allowed.
  }
  answers.onChange(() => {
    try {
      localStorage.setItem(name, answers.dump());
    } catch {
      // The warning before the page is left holds all the same.
    }
  });
  return found;
}
