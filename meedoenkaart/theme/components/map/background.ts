import * as L from "leaflet"
import { addGround } from "./ground"
import type { Ground } from "./read"

const TILES = "https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/standaard/EPSG:3857/{z}/{x}/{y}.png"
export const NETHERLANDS = L.latLngBounds([50.7, 3.2], [53.65, 7.3])
/** Remembers, until the tab is closed, that somebody switched PDOK's background on. */
const SWITCHED = "achtergrond"

/** Make a map with the site's own outlines and names in a section's canvas; PDOK is asked only when somebody wants it. */
export function createMap(section: HTMLElement, canvas: HTMLElement, ground: Ground): L.Map {
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
  addGround(map, ground)
  addZoom(map, section.dataset)
  addSwitch(section, canvas, map)
  // Only who is on the map zooms with the wheel; others scroll the page.
  map.on("focus", () => map.scrollWheelZoom.enable())
  map.on("blur", () => map.scrollWheelZoom.disable())
  return map
}

/** Say whether the reader has nothing against movement. */
export function mayMove(): boolean {
  return !window.matchMedia("(prefers-reduced-motion: reduce)").matches
}

/** Let a switch below the map show PDOK's background, over the outlines. */
function addSwitch(section: HTMLElement, canvas: HTMLElement, map: L.Map): void {
  const control = section.querySelector<HTMLInputElement>(".map__switch input")
  const source = section.querySelector<HTMLElement>(".map__source-pdok")
  const tiles = L.tileLayer(TILES, { minZoom: 6, maxZoom: 19, bounds: NETHERLANDS, referrerPolicy: "no-referrer" })
  const show = (wanted: boolean): void => {
    canvas.classList.toggle("map__canvas--bare", true)
    if (source) source.hidden = !wanted
    if (wanted) tiles.once("tileload", () => canvas.classList.remove("map__canvas--bare")).addTo(map)
    else tiles.remove()
  }
  if (control) control.checked = wasSwitchedOn()
  control?.addEventListener("change", () => {
    remember(control.checked)
    show(control.checked)
  })
  show(control?.checked ?? false)
}

/** The buttons that bring the map closer; Leaflet's own are links that lead nowhere. */
function addZoom(map: L.Map, words: DOMStringMap): void {
  const bar = document.createElement("div")
  bar.className = "leaflet-bar"
  const closer = zoomButton("+", words["in"] ?? "", () => map.zoomIn())
  const farther = zoomButton("−", words["out"] ?? "", () => map.zoomOut())
  bar.append(closer, farther)
  L.DomEvent.disableClickPropagation(bar)
  const control = new L.Control({ position: "bottomright" })
  control.onAdd = () => bar
  control.addTo(map)
  map.on("zoomend", () => {
    closer.setAttribute("aria-disabled", String(map.getZoom() >= map.getMaxZoom()))
    farther.setAttribute("aria-disabled", String(map.getZoom() <= map.getMinZoom()))
  })
}

function zoomButton(sign: string, name: string, zoom: () => void): HTMLButtonElement {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "map__zoom"
  button.title = name
  button.setAttribute("aria-label", name)
  button.textContent = sign
  button.addEventListener("click", zoom)
  return button
}

function wasSwitchedOn(): boolean {
  try {
    return sessionStorage.getItem(SWITCHED) === "ja"
  } catch {
    return false
  }
}

function remember(on: boolean): void {
  try {
    if (on) sessionStorage.setItem(SWITCHED, "ja")
    else sessionStorage.removeItem(SWITCHED)
  } catch {
    // Then one switches it on again.
  }
}
