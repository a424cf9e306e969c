import * as L from "leaflet"
import { type Point, written } from "../finder/distance"
import { createMap } from "../map/background"
import { MARKS } from "../map/ground"
import { part, symbol } from "../map/marks"
import type { Ground } from "../map/read"
import type { Data } from "./model"

/** What the form knows of where something is. */
export interface Known {
  /** The position that was filled in. */
  readonly point: Point | undefined
  /** The middle of the place, where the map begins. */
  readonly center: Point | undefined
  readonly place: string
}

const PIN_REM = [2.5, 4] as const
const CLOSE = 13
/** Pixels that an arrow key moves the pin by; with Shift it goes faster. */
const STEP_PX = 8
const FAST = 5
const ARROWS: Readonly<Record<string, [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}

/** Show a map with a pin in a box of the form; `moved` is told where somebody puts the pin. */
export function showSpot(section: HTMLElement, ground: Ground, data: Data, moved: (point: Point) => void): SpotMap {
  return new SpotMap(section, ground, data, moved)
}

export class SpotMap {
  readonly #words: DOMStringMap
  readonly #said: HTMLElement | null
  readonly #map: L.Map
  readonly #pin: L.Marker
  readonly #resized = new ResizeObserver(() => this.#map.invalidateSize())
  #center = ""

  constructor(section: HTMLElement, ground: Ground, data: Data, moved: (point: Point) => void) {
    this.#words = section.dataset
    this.#said = section.querySelector("[data-spot-said]")
    const canvas = section.querySelector<HTMLElement>(".map__canvas") ?? section
    this.#map = createMap(section, canvas, ground)
    const places = Object.values(data.places).flat()
    this.#map.fitBounds(L.latLngBounds(places.map(([, lat, lon]) => [lat, lon])))
    this.#pin = L.marker(this.#map.getCenter(), { icon: pinIcon(this.#words), draggable: true, autoPan: true, zIndexOffset: 1000 })
    this.#pin.addTo(this.#map)
    this.#pin.getElement()?.setAttribute("aria-label", this.#words["name"] ?? "")
    const tell = (to: L.LatLng): void => moved({ lat: to.lat, lon: to.lng })
    this.#pin.on("dragend", () => tell(this.#pin.getLatLng()))
    this.#map.on("click", ({ latlng }) => tell(latlng))
    this.#pin.getElement()?.addEventListener("keydown", event => this.#step(event, tell))
    this.#resized.observe(canvas)
  }

  /** Put the pin where the form says it is, and the map around it. */
  show({ point, center, place }: Known): void {
    const here = point ?? center
    const key = JSON.stringify(center)
    if (here) this.#pin.setLatLng([here.lat, here.lon])
    if (here && (key !== this.#center || !this.#map.getBounds().contains(this.#pin.getLatLng()))) {
      this.#map.setView([here.lat, here.lon], Math.max(CLOSE, this.#center ? this.#map.getZoom() : 0), { animate: false })
    }
    this.#map.fire(MARKS)
    this.#center = key
    this.#pin.getElement()?.classList.toggle("is-unset", !point)
    const away = point && center ? written(this.#map.distance([point.lat, point.lon], [center.lat, center.lon]) / 1000) : ""
    const said = point ? (away ? this.#words["away"] : this.#words["set"]) : this.#words["unset"]
    if (this.#said) this.#said.textContent = (said ?? "").replace("{distance}", () => away).replace("{place}", () => place)
  }

  /** Let go of a map whose part of the form was taken away. */
  remove(): void {
    this.#resized.disconnect()
    this.#map.remove()
  }

  #step(event: KeyboardEvent, tell: (to: L.LatLng) => void): void {
    const arrow = ARROWS[event.key]
    if (!arrow) return
    event.preventDefault()
    event.stopPropagation()
    const by = L.point(arrow).multiplyBy(event.shiftKey ? STEP_PX * FAST : STEP_PX)
    const to = this.#map.containerPointToLatLng(this.#map.latLngToContainerPoint(this.#pin.getLatLng()).add(by))
    this.#pin.setLatLng(to)
    this.#map.panInside(to, { padding: [48, 72], animate: false })
    tell(to)
  }
}

function pinIcon(words: DOMStringMap): L.DivIcon {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
  const [width, height] = PIN_REM.map(one => one * rem) as [number, number]
  const body = part("spot__head")
  body.append(symbol(words["icons"] ?? "", "map-pin"))
  return L.divIcon({ html: body, className: "spot__pin", iconSize: [width, height], iconAnchor: [width / 2, height] })
}
