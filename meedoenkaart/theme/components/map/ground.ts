import * as L from "leaflet"
import type { Ground } from "./read"

/** Fired on a map when its marks changed: names make way for them. */
export const MARKS = "marks"

/** From which zoom on places of so many thousands of inhabitants are named. */
const LEAST: Readonly<Record<number, number>> = { 6: 100, 7: 50, 8: 20, 9: 6, 10: 2 }
const MOST_NAMES = 80
const KINDS = [
  { least: 40, rem: 1, weight: 650 },
  { least: 8, rem: 0.9375, weight: 600 },
  { least: 0, rem: 0.875, weight: 500 },
] as const
/** Pixels between a name and what is around it. */
const ROOM = 4
const BETWEEN = 14
const DOT = 6
const OBSTACLES =
  ".leaflet-bar, .leaflet-marker-pane :is(.pin__body, .cluster__body, .origin__body, .origin__name, .map__km, .spot__head)"

/** Draw land and borders below all else, and name what fits. */
export function addGround(map: L.Map, ground: Ground): void {
  map.createPane("ground").style.zIndex = "150" // below the background that one may switch on
  map.createPane("names").style.zIndex = "450" // below marks
  const quiet = { interactive: false, pane: "ground" }
  const rings = (name: "abroad" | "land"): L.Polygon =>
    L.polygon(degrees(ground[name], ground.step), { ...quiet, className: `map__${name}` })
  const borders = (name: "municipalities" | "provinces"): L.Polyline =>
    L.polyline(degrees(ground[name], ground.step), { ...quiet, className: `map__${name}`, fill: false })
  for (const one of [rings("abroad"), rings("land"), borders("municipalities"), borders("provinces")]) one.addTo(map)
  new Names(map, ground)
}

function degrees(lines: readonly (readonly number[])[], [east, north]: readonly [number, number]): L.LatLng[][] {
  return lines.map(line => {
    const points: L.LatLng[] = []
    for (let at = 0, x = 0, y = 0; at < line.length; at += 2) {
      x += line[at] ?? 0
      y += line[at + 1] ?? 0
      points.push(L.latLng(y * north, x * east))
    }
    return points
  })
}

type Kind = (typeof KINDS)[number]

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The names of places, as many as there is room for: the largest first, and never over each other or a mark. */
class Names {
  readonly #map: L.Map
  readonly #ground: Ground
  readonly #shown = L.layerGroup()
  readonly #rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
  readonly #family: string
  readonly #pen = document.createElement("canvas").getContext("2d")
  #frame = 0

  constructor(map: L.Map, ground: Ground) {
    this.#map = map
    this.#ground = ground
    this.#family = getComputedStyle(map.getContainer()).fontFamily
    map.addLayer(this.#shown).on(`moveend resize ${MARKS}`, () => this.#drawSoon())
    map.getPane("markerPane")?.addEventListener("transitionend", () => this.#drawSoon()) // marks that moved to their place
    map.on("unload", () => cancelAnimationFrame(this.#frame))
  }

  /** Marks are moved by the same events: draw after them. */
  #drawSoon(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(() => this.#draw())
  }

  #draw(): void {
    this.#shown.clearLayers()
    const { names, places, sizes, step } = this.#ground
    const least = LEAST[this.#map.getZoom()] ?? 0
    const view = this.#map.getSize()
    const seen = this.#map.getBounds()
    const marks = this.#obstacles()
    const taken: Box[] = []
    let left = MOST_NAMES
    for (let number = 0; number < names.length && left > 0; number += 1) {
      const size = sizes[number] ?? 0
      if (size < least) break
      const at = L.latLng((places[2 * number + 1] ?? 0) * step[1], (places[2 * number] ?? 0) * step[0])
      if (!seen.contains(at)) continue
      const name = names[number] ?? ""
      const kind = KINDS.find(one => size >= one.least) ?? KINDS[2]
      const point = this.#map.latLngToContainerPoint(at)
      const dot = widened({ left: point.x, right: point.x, top: point.y, bottom: point.y }, DOT)
      const mark = marks.find(one => meet(one, dot))
      if (!mark && taken.some(one => meet(one, dot))) continue
      const box = this.#way(name, mark ?? dot, kind, [...marks, ...taken], view)
      if (!box) continue
      taken.push(widened(box, BETWEEN), dot)
      this.#shown.addLayer(this.#name(name, box, KINDS.indexOf(kind)))
      if (!mark) this.#shown.addLayer(this.#dot(at))
      left -= 1
    }
  }

  #obstacles(): Box[] {
    const container = this.#map.getContainer()
    const { left, top } = container.getBoundingClientRect()
    return [...container.querySelectorAll(OBSTACLES)].map(one => {
      const box = one.getBoundingClientRect()
      return widened({ left: box.left - left, top: box.top - top, right: box.right - left, bottom: box.bottom - top }, ROOM)
    })
  }

  /** Where a name has room beside its dot, or beside the mark that lies over it. */
  #way(name: string, beside: Box, kind: Kind, taken: readonly Box[], view: L.Point): Box | undefined {
    const px = kind.rem * this.#rem
    if (this.#pen) this.#pen.font = `${kind.weight} ${px}px ${this.#family}`
    const width = this.#pen?.measureText(name).width ?? name.length * px * 0.6
    const height = px * 1.4
    const x = (beside.left + beside.right) / 2
    const y = (beside.top + beside.bottom) / 2
    return [
      { left: beside.right, top: y - height / 2 },
      { left: beside.left - width, top: y - height / 2 },
      { left: x - width / 2, top: beside.bottom },
      { left: x - width / 2, top: beside.top - height },
    ]
      .map(({ left, top }) => ({ left, top, right: left + width, bottom: top + height }))
      .find(one => one.left >= 0 && one.top >= 0 && one.right <= view.x && one.bottom <= view.y && !taken.some(other => meet(one, other)))
  }

  #name(name: string, { left, right, top, bottom }: Box, kind: number): L.Marker {
    const text = document.createElement("span")
    text.className = `map__place map__place--${kind}`
    text.translate = false
    text.setAttribute("aria-hidden", "true")
    text.textContent = name
    return still(this.#map.containerPointToLatLng([(left + right) / 2, (top + bottom) / 2]), text)
  }

  #dot(at: L.LatLng): L.Marker {
    const dot = document.createElement("span")
    dot.className = "map__dot"
    return still(at, dot)
  }
}

function still(at: L.LatLng, html: HTMLElement): L.Marker {
  const icon = L.divIcon({ html, className: "map__label", iconSize: [0, 0] })
  return L.marker(at, { icon, pane: "names", interactive: false, keyboard: false })
}

function widened({ left, top, right, bottom }: Box, by: number): Box {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by }
}

function meet(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
}
