/** One Leaflet for all: the page's own if it has one, else ours. Two would not know each other's layers. */
import { host } from "./host";
import * as bundled from "leaflet";

export const L: typeof bundled = host ?? bundled;
window.L = L;
