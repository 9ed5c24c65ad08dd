/** What names of places must not cover: the layers of a map say where their symbols are. */

import type * as Leaflet from "leaflet";
import type { Box } from "../geometry";

/** Gives boxes in pixels of the world, whose width is given; the same array as long as nothing has changed. */
type Obstacles = (world: number) => Box[];

interface Board {
  sources: Set<Obstacles>;
  listeners: Set<() => void>;
  last: { parts: Box[][]; all: Box[] };
}

const boards = new WeakMap<Leaflet.Map, Board>();

function board(map: Leaflet.Map): Board {
  let found = boards.get(map);
  if (!found) {
    found = { sources: new Set(), listeners: new Set(), last: { parts: [], all: [] } };
    boards.set(map, found);
  }
  return found;
}

export function addObstacles(map: Leaflet.Map, source: Obstacles): () => void {
  board(map).sources.add(source);
  return () => {
    board(map).sources.delete(source);
    obstaclesChanged(map);
  };
}

export function obstaclesChanged(map: Leaflet.Map): void {
  for (const listener of board(map).listeners) listener();
}

export function onObstacles(map: Leaflet.Map, listener: () => void): () => void {
  board(map).listeners.add(listener);
  return () => board(map).listeners.delete(listener);
}

/** All boxes; the same array while every layer gives the same. */
export function obstaclesOf(map: Leaflet.Map, world: number): Box[] {
  const { sources, last } = board(map);
  const parts = [...sources].map((source) => source(world));
  if (parts.length !== last.parts.length || parts.some((part, i) => part !== last.parts[i])) {
    board(map).last = { parts, all: parts.flat() };
  }
  return board(map).last.all;
}
