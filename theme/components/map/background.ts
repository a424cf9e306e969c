import * as L from "leaflet"

const TILES = "https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/standaard/EPSG:3857/{z}/{x}/{y}.png"
export const NETHERLANDS = L.latLngBounds([50.7, 3.2], [53.65, 7.3])

/** Make a map with PDOK's background; without it, the canvas is `map__canvas--bare`. `words` are those of the page. */
export function createMap(canvas: HTMLElement, words: DOMStringMap): L.Map {
  const moves = mayMove()
  const map = L.map(canvas, {
    attributionControl: false, // stands below the map, in the page's own words
    zoomControl: false,
    zoomAnimation: moves,
    fadeAnimation: moves,
    markerZoomAnimation: moves,
    inertia: moves,
    scrollWheelZoom: false,
    minZoom: 6,
    maxZoom: 18,
  })
  L.control.zoom({ position: "bottomright", zoomInTitle: words["in"] ?? "", zoomOutTitle: words["out"] ?? "" }).addTo(map)
  canvas.classList.add("map__canvas--bare")
  L.tileLayer(TILES, { minZoom: 6, maxZoom: 19, bounds: NETHERLANDS, referrerPolicy: "no-referrer" })
    .once("tileload", () => canvas.classList.remove("map__canvas--bare"))
    .addTo(map)
  // Only who is on the map zooms with the wheel; others scroll the page.
  map.on("focus", () => map.scrollWheelZoom.enable())
  map.on("blur", () => map.scrollWheelZoom.disable())
  return map
}

/** Say whether the reader has nothing against movement. */
export function mayMove(): boolean {
  return !window.matchMedia("(prefers-reduced-motion: reduce)").matches
}
