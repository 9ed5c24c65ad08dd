"use strict";

// Shows one map in a frame, loads it again when it has been built anew, and says what went wrong above it. Where the
// reader is in the map stands in the address of the frame, which loading it again keeps; loading the whole page again
// or going to another map and back finds it in the session's storage.

const banner = document.getElementById("banner");
const list = document.getElementById("maps");
const main = document.querySelector("main");
const none = document.getElementById("none");
const LOST = "The connection to mapper watch is lost. Start it again; this page will go on by itself.";

let maps = [];
let frame = null;
/** The map in the frame and which state of it, as last loaded. */
let showing = { name: "", built: "" };

const wanted = () => new URLSearchParams(location.search).get("map");
const key = () => `hash of ${showing.name}`;

function show() {
  const map = maps.find((m) => m.name === wanted()) ?? maps[0];
  list.hidden = maps.length < 2;
  list.replaceChildren(
    ...maps.map((m) => {
      const link = document.createElement("a");
      link.href = `?map=${encodeURIComponent(m.name)}`;
      link.textContent = m.problems.length ? `${m.title} (!)` : m.title;
      if (m === map) link.setAttribute("aria-current", "page");
      return link;
    }),
  );
  const consequence = map?.stale ? "The last good map is shown." : "The map was built without it.";
  say(map?.problems ?? [], map?.built ? consequence : "There is no map yet.");
  if (!map?.built || (map.name === showing.name && map.built === showing.built)) return;
  if (frame && map.name === showing.name) {
    frame.contentWindow.location.reload();
  } else {
    showing.name = map.name;
    frame = document.createElement("iframe");
    frame.title = map.title;
    frame.addEventListener("load", () => (document.title = `${frame.contentDocument.title} – mapper watch`));
    frame.src = `maps/${encodeURIComponent(map.name)}${sessionStorage.getItem(key()) ?? location.hash}`;
    main.replaceChildren(frame);
  }
  showing.built = map.built;
}

/** Puts lines into the banner, unless they stand there already: what is put there is read out. */
function say(problems, consequence) {
  const lines = problems.length ? [...problems, consequence] : [];
  if (lines.join("\n") === [...banner.children].map((p) => p.textContent).join("\n")) return;
  banner.replaceChildren(
    ...lines.map((line) => {
      const p = document.createElement("p");
      p.textContent = line;
      return p;
    }),
  );
}

addEventListener("pagehide", () => {
  if (frame) sessionStorage.setItem(key(), frame.contentWindow.location.hash);
});

const news = new EventSource("news");
news.addEventListener("message", (event) => {
  maps = JSON.parse(event.data);
  none.hidden = true;
  show();
});
news.addEventListener("error", () => say([LOST], "What is shown may be old."));
news.addEventListener("open", show);
