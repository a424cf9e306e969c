import * as L from "leaflet"
import "leaflet.markercluster"
import { fill } from "../finder/data"
import { written } from "../finder/distance"
import { foundBy, LOOK, lookOf, MARK, RESULTS, type Found, type Look, type Origin, type Result } from "../finder/contract"
import { createMap, mayMove, NETHERLANDS } from "./background"
import { MARKS } from "./ground"
import { clusterIcon, labelIcon, originIcon, pinIcon, poleIcon, popup } from "./marks"
import type { Ground } from "./read"

// The plugin adds itself to Leaflet's global object, which an import does not see.
const { markerClusterGroup } = (globalThis as unknown as { readonly L: typeof L }).L

const CIRCLES_KM = [5, 10, 25]
/** Without a radius, the surroundings of the origin are shown so far. */
const AROUND_KM = 25
const LEAST_KM = 3
const CLOSEST = 14
const SETTLE_MS = 120
const CLUSTER_PX = 64

/** Show the results of a finder on a map, in the box that it has for it. */
export function showMap(root: HTMLElement, holder: HTMLElement, ground: Ground): void {
  const section = holder.querySelector<HTMLElement>(".map")
  const canvas = section?.querySelector<HTMLElement>(".map__canvas")
  if (section && canvas) new ResultsMap(root, section, canvas, ground)
}

class ResultsMap {
  readonly #root: HTMLElement
  readonly #words: DOMStringMap
  readonly #canvas: HTMLElement
  readonly #map: L.Map
  readonly #clusters: L.MarkerClusterGroup
  readonly #around = L.layerGroup()
  #markers = new Map<string, L.Marker>()
  #shown: Found | undefined
  #marked: L.Marker | null = null
  #timer = 0
  /** The part of the country that the finder knows to be chosen. */
  #told: Look | null = null
  /** Whether the map moves by itself, not by somebody's hand. */
  #moves = false

  constructor(root: HTMLElement, section: HTMLElement, canvas: HTMLElement, ground: Ground) {
    this.#root = root
    this.#words = section.dataset
    this.#canvas = canvas
    this.#map = createMap(section, canvas, ground)
    this.#clusters = markerClusterGroup({
      animate: mayMove(),
      showCoverageOnHover: false,
      maxClusterRadius: CLUSTER_PX,
      iconCreateFunction: cluster => clusterIcon(cluster, this.#words),
    })
    this.#map.addLayer(this.#around).addLayer(this.#clusters).fitBounds(NETHERLANDS, { animate: false })
    this.#listen()
    this.#drawSoon()
  }

  #listen(): void {
    this.#root.addEventListener(RESULTS, () => this.#drawSoon())
    this.#root.addEventListener(MARK, event => this.#mark(event.detail.key))
    for (const event of ["pointerover", "focusin"])
      this.#canvas.addEventListener(event, ({ target }) => {
        const key = keyOf(target)
        if (key) this.#tell(key)
      })
    for (const event of ["pointerout", "focusout"])
      this.#canvas.addEventListener(event, ({ target }) => {
        if (keyOf(target)) this.#tell(null)
      })
    this.#canvas.addEventListener("keydown", event => {
      if (event.key === "Escape") this.#map.closePopup() // Leaflet hears it only while the map itself has the focus
      if (event.key !== " " || !(event.target instanceof HTMLElement) || !event.target.matches(".leaflet-marker-icon")) return
      event.preventDefault() // a mark is a button, and Leaflet knows only Enter
      event.target.click()
    })
    this.#clusters.on("animationend spiderfied unspiderfied", () => this.#map.fire(MARKS))
    this.#map.on("moveend", () => {
      if (this.#moves) return
      const { lat, lng } = this.#map.getCenter()
      this.#tellLook({ lat: rounded(lat), lon: rounded(lng), zoom: this.#map.getZoom() })
    })
    this.#map.on("popupopen", event => this.#enter(event.popup))
    new ResizeObserver(() => {
      this.#byItself(() => this.#map.invalidateSize())
      this.#drawSoon()
    }).observe(this.#canvas)
  }

  /** Bring the reader into a popup, and back to its mark when it closes. */
  #enter(opened: L.Popup): void {
    const element = opened.getElement()
    window.setTimeout(() => {
      opened.update() // the shortlist has put its button into it
      element?.querySelector<HTMLElement>(".popup a")?.focus({ preventScroll: true })
    })
    const source = (opened as L.Popup & { _source?: L.Marker })._source
    opened.once("remove", () => {
      const lost = document.activeElement === document.body || element?.contains(document.activeElement)
      if (lost) source?.getElement()?.focus({ preventScroll: true })
    })
  }

  /** Results may change with every key that somebody presses: draw when they rest, and only while one sees it. */
  #drawSoon(): void {
    window.clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => {
      const found = foundBy(this.#root)
      if (!found || found === this.#shown || this.#canvas.offsetWidth === 0) return
      const before = this.#shown
      this.#shown = found
      this.#draw(found)
      const look = lookOf(this.#root)
      const isOther = look !== this.#told
      this.#told = look
      if (look && isOther) this.#byItself(() => this.#map.setView([look.lat, look.lon], look.zoom, { animate: false }))
      else if (isOther || !before || isElsewhere(before, found) || !this.#seesAny()) {
        this.#fit(found)
        if (look) this.#tellLook(null)
      }
    }, SETTLE_MS)
  }

  #draw({ results, origin }: Found): void {
    this.#clusters.clearLayers()
    this.#marked = null
    this.#markers = new Map(results.filter(isSomewhere).map(one => [one.key, this.#marker(one, origin)]))
    const others = results.flatMap(one => one.others.filter(isSomewhere).map(place => this.#marker({ ...one, ...place }, origin)))
    this.#clusters.addLayers([...this.#markers.values(), ...others])
    this.#around.clearLayers()
    if (origin && isSomewhere(origin)) this.#drawAround(origin)
    this.#map.fire(MARKS)
  }

  #marker(one: Result, origin: Origin | null): L.Marker {
    const away =
      one.km === null || !origin ? "" : fill(this.#words["away"] ?? "", { distance: written(one.km), name: origin.name })
    const icon = pinIcon(one, this.#words)
    let box: HTMLElement | undefined
    const close = { name: this.#words["close"] ?? "", press: () => this.#map.closePopup() }
    const options = { maxWidth: 280, minWidth: 180, closeButton: false }
    return L.marker([one.lat, one.lon], { icon }).bindPopup(() => (box ??= popup(one, away, close)), options)
  }

  #drawAround(origin: Origin): void {
    const center = L.latLng(origin.lat, origin.lon)
    for (const km of CIRCLES_KM) {
      const circle = L.circle(center, { radius: km * 1000, interactive: false, className: "map__circle", fill: false })
      const south = L.latLng(center.toBounds(2 * km * 1000).getSouth(), origin.lon) // the flag stands to the north
      const label = L.marker(south, { icon: labelIcon(`${km} km`), interactive: false, keyboard: false })
      this.#around.addLayer(circle).addLayer(label)
    }
    const still = { interactive: false, keyboard: false }
    this.#around.addLayer(L.marker(center, { ...still, icon: poleIcon(), zIndexOffset: -1000 }))
    this.#around.addLayer(L.marker(center, { ...still, icon: originIcon(origin, this.#words), zIndexOffset: 500 }))
  }

  #fit({ results, origin, radius }: Found): void {
    const within = radius ?? AROUND_KM
    const near = results.filter(one => isSomewhere(one) && (!origin || (one.km ?? 0) <= within))
    const bounds = L.latLngBounds(near.map(one => [one.lat, one.lon]))
    if (origin && isSomewhere(origin)) {
      const center = L.latLng(origin.lat, origin.lon)
      bounds.extend(near.length > 0 ? center.toBounds(2000 * LEAST_KM) : center.toBounds(2000 * within))
    }
    const options = { maxZoom: CLOSEST, padding: [32, 32] as L.PointTuple, animate: false }
    this.#byItself(() => this.#map.fitBounds(bounds.isValid() ? bounds : NETHERLANDS, options))
  }

  #byItself(move: () => void): void {
    this.#moves = true
    move()
    this.#moves = false
  }

  /** Tell which part of the country somebody chose, or that the map shows what was found. */
  #tellLook(look: Look | null): void {
    this.#told = look
    this.#root.dispatchEvent(new CustomEvent(LOOK, { detail: look }))
  }

  #seesAny(): boolean {
    const seen = this.#map.getBounds()
    return [...this.#markers.values()].some(one => seen.contains(one.getLatLng()))
  }

  #tell(key: string | null): void {
    this.#root.dispatchEvent(new CustomEvent(MARK, { detail: { key } }))
  }

  /** Let the pin stand out, or the cluster that it is in. */
  #mark(key: string | null): void {
    this.#marked?.getElement()?.classList.remove("is-marked")
    this.#marked?.setZIndexOffset(0)
    const marker = key === null ? undefined : this.#markers.get(key)
    this.#marked = marker ? this.#clusters.getVisibleParent(marker) : null
    this.#marked?.getElement()?.classList.add("is-marked")
    this.#marked?.setZIndexOffset(1000)
  }
}

function keyOf(target: EventTarget | null): string | undefined {
  const icon = target instanceof Element ? target.closest(".leaflet-marker-icon") : null
  return icon?.querySelector<HTMLElement>("[data-pin]")?.dataset["pin"]
}

function isElsewhere(one: Found, other: Found): boolean {
  return one.radius !== other.radius || one.origin?.lat !== other.origin?.lat || one.origin?.lon !== other.origin?.lon
}

/** To some ten metres: enough to find a place again, short enough for an address. */
function rounded(degrees: number): number {
  return Number(degrees.toFixed(4))
}

function isSomewhere({ lat, lon }: { readonly lat: number; readonly lon: number }): boolean {
  return Number.isFinite(lat) && Number.isFinite(lon) && Math.abs(lat) <= 85 && Math.abs(lon) <= 180
}
