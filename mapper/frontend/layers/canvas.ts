/** A canvas over the map that moves with it: redrawn when the view rests or leaves what is drawn, scaled while zooming. */

import type * as Leaflet from "leaflet";
import { whenIdle } from "../dom";
import { L } from "../leaflet";
import { isPrinting, onThemeChange } from "../theme";

/** What is to be drawn, in pixels of the canvas. */
export interface View {
  zoom: number;
  /** Width of the whole world in pixels: a position is `x * world - left`, `y * world - top`. */
  world: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

export type Draw = (context: CanvasRenderingContext2D, view: View) => void;

/** Drawn beyond each edge of the map, as a share of its size; of what has just changed nothing is, for that takes half the time. */
const PADDING = 0.25;
/** Pixels of a canvas to one of the page, on paper. */
const PAPER = 3;
/** Milliseconds after which a page, or what is chosen on it, has most likely come to rest. */
const REST = 1000;
/** Milliseconds that what may come late waits for the next change: it is not drawn at each step of a drag. */
const PAUSE = 60;

/** What Leaflet's own renderers use to follow a zoom animation. */
interface Internals {
  _getNewPixelOrigin(center: Leaflet.LatLng, zoom: number): Leaflet.Point;
}

/** Corner and size of what is drawn, in pixels of the layer. */
function frameOf(map: Leaflet.Map, padding = PADDING): { corner: Leaflet.Point; full: Leaflet.Point } {
  const size = map.getSize();
  return { corner: map.containerPointToLayerPoint(size.multiplyBy(-padding)).round(), full: size.multiplyBy(1 + 2 * padding).round() };
}

/** What would be drawn of a map now. */
export function viewOf(map: Leaflet.Map): View {
  const { corner, full } = frameOf(map);
  const [origin, zoom] = [map.getPixelOrigin(), map.getZoom()];
  return { zoom, world: 256 * 2 ** zoom, left: origin.x + corner.x, top: origin.y + corner.y, width: full.x, height: full.y };
}

export class CanvasLayer extends L.Layer {
  #canvas: HTMLCanvasElement | null = null;
  #center: Leaflet.LatLng | null = null;
  #zoom = 0;
  #drawn: Leaflet.Bounds | null = null;
  #frame = 0;
  #padding = 0;
  #rest = 0;
  #pause = 0;
  #forget: () => void = () => undefined;

  constructor(
    private readonly paneName: string,
    private readonly zIndex: number,
    private readonly draw: Draw,
    private readonly how: {
      /** Whether there is anything to draw: an empty canvas costs as much memory and time as a full one. */
      needed?: (view: View) => boolean;
      /** Whether it stays the same for long: then it is kept as a picture, for without a graphics card a browser copies every canvas at each frame. */
      still?: boolean;
      /** Whether it is drawn after the others, once nothing changes any more, and moves with the map until then. */
      late?: boolean;
    } = {},
  ) {
    super();
  }

  override onAdd(map: Leaflet.Map): this {
    const pane = map.getPane(this.paneName) ?? map.createPane(this.paneName);
    pane.style.zIndex = String(this.zIndex);
    pane.style.pointerEvents = "none";
    this.#canvas = L.DomUtil.create("canvas", "mapper-canvas leaflet-zoom-animated", pane);
    this.#canvas.setAttribute("aria-hidden", "true");
    this.#forget = onThemeChange(() => this.redraw());
    this.redraw();
    return this;
  }

  override onRemove(): this {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
    clearTimeout(this.#pause);
    this.#frame = 0;
    this.#forget();
    this.#canvas?.remove();
    this.#canvas = null;
    return this;
  }

  override getEvents(): Record<string, Leaflet.LeafletEventHandlerFn> {
    return {
      viewreset: () => this.#arrive(),
      moveend: () => this.#arrive(),
      resize: () => this.#update(),
      move: () => this.#follow(),
      zoom: () => this.#transform(this._map.getCenter(), this._map.getZoom()),
      zoomanim: (event) => {
        const { center, zoom } = event as Leaflet.ZoomAnimEvent;
        this.#transform(center, zoom);
      },
    };
  }

  /** Draws again before the next frame, once however often it is asked. */
  redraw(): void {
    if (!this.#canvas || this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#padding = 0;
      this.#update();
      clearTimeout(this.#rest);
      this.#rest = window.setTimeout(() => whenIdle(() => this.#widen()), REST);
    });
  }

  /** Draws again when nothing has changed for a moment. */
  settle(): void {
    clearTimeout(this.#pause);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#pause = window.setTimeout(() => this.redraw(), PAUSE);
  }

  #arrive(): void {
    if (!this.how.late || isPrinting()) return this.#update();
    this.#transform(this._map.getCenter(), this._map.getZoom());
    this.settle();
  }

  /** Draws at once when a pan has come to the edge of what is drawn. */
  #follow(): void {
    if (!this.#drawn || this._map.getZoom() !== this.#zoom) return;
    const corner = this._map.containerPointToLayerPoint([0, 0]);
    const seen = L.bounds(corner, corner.add(this._map.getSize()));
    if (!this.#drawn.contains(seen)) this.#widen();
  }

  #widen(): void {
    this.#padding = PADDING;
    this.#update();
  }

  #update(): void {
    const canvas = this.#canvas;
    const { _map: map } = this;
    if (!canvas || !map) return;
    const { corner, full } = frameOf(map, this.#padding);
    this.#center = map.getCenter();
    this.#zoom = map.getZoom();
    this.#drawn = L.bounds(corner, corner.add(full));
    L.DomUtil.setTransform(canvas, corner, 1);
    const view = viewOf(map);
    canvas.hidden = !full.x || !full.y || this.how.needed?.(view) === false;
    if (canvas.hidden) {
      canvas.width = 0;
      return;
    }

    const ratio = Math.max(isPrinting() ? PAPER : 1, window.devicePixelRatio || 1);
    const [width, height] = [Math.round(full.x * ratio), Math.round(full.y * ratio)];
    const picture = this.how.still ? new OffscreenCanvas(width, height) : null;
    const context = (picture ?? canvas).getContext("2d") as CanvasRenderingContext2D | null;
    if (!context) return;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = `${full.x}px`;
      canvas.style.height = `${full.y}px`;
    }
    // What lies in the view but beyond the canvas takes part in where names go, so that none jumps later.
    const beyond = corner.subtract(frameOf(map).corner).multiplyBy(-ratio);
    context.setTransform(ratio, 0, 0, ratio, beyond.x, beyond.y);
    context.clearRect(0, 0, view.width, view.height);
    this.draw(context, view);
    if (picture) canvas.getContext("bitmaprenderer")!.transferFromImageBitmap(picture.transferToImageBitmap());
  }

  #transform(center: Leaflet.LatLng, zoom: number): void {
    const canvas = this.#canvas;
    const { _map: map } = this;
    if (!canvas || !this.#center) return;
    const scale = map.getZoomScale(zoom, this.#zoom);
    const half = map.getSize().multiplyBy(0.5 + this.#padding);
    const corner = half
      .multiplyBy(-scale)
      .add(map.project(this.#center, zoom))
      .subtract((map as unknown as Internals)._getNewPixelOrigin(center, zoom));
    L.DomUtil.setTransform(canvas, corner, scale);
  }
}

/**
 * Lays all canvases of a map over each other in one, until what it gives back is called.
 *
 * On paper a browser draws each canvas anew, stroke by stroke, and what is cleared of one is cleared of all below it.
 */
export function flatten(map: Leaflet.Map): () => void {
  const layers = [...map.getPane("mapPane")!.querySelectorAll<HTMLCanvasElement>(".mapper-canvas:not([hidden])")];
  layers.sort((a, b) => Number(a.parentElement!.style.zIndex) - Number(b.parentElement!.style.zIndex));
  const flat = layers[0]?.cloneNode() as HTMLCanvasElement | undefined;
  const context = flat?.getContext("2d");
  for (const canvas of layers) context?.drawImage(canvas, 0, 0);
  flat?.classList.add("mapper-flat");
  if (flat) layers[0]!.after(flat);
  return () => flat?.remove();
}
