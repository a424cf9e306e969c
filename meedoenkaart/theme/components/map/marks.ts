import * as L from "leaflet"
import { counted, fill, type Count } from "../finder/data"
import { written } from "../finder/distance"
import { setDutch } from "../finder/dom"
import type { Origin, Result } from "../finder/contract"

const SVG = "http://www.w3.org/2000/svg"
/** Marks grow with the reader's letters. */
const SCALE = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1
const PIN_PX = 40 * SCALE
const CLUSTER_PX = 46 * SCALE
/** The origin stands above its point, as a flag: what is in the same place lies on the point itself. */
const FLAG_PX = 66 * SCALE

/** Texts of the map, from `theme/words.yml` through the page. */
type Words = DOMStringMap

/** An icon whose element is only made when the map shows it: a map may have thousands, and shows some dozens. */
class LazyIcon extends L.DivIcon {
  readonly #make: () => HTMLElement

  constructor(make: () => HTMLElement, options: L.DivIconOptions) {
    super(options)
    this.#make = make
  }

  override createIcon(old?: HTMLElement): HTMLElement {
    this.options.html = this.#make()
    return super.createIcon(old)
  }
}

/** One opportunity. */
export function pinIcon(one: Result, words: Words): L.DivIcon {
  const away = one.km === null ? "" : written(one.km)
  return new LazyIcon(
    () => {
      const pin = part("pin__body")
      pin.dataset["pin"] = one.key
      const name = [one.title, whoWhere(one), away].filter(Boolean).join(", ")
      pin.append(symbol(words["icons"] ?? "", one.icon), part("visually-hidden", name))
      return pin
    },
    { className: "pin", iconSize: [PIN_PX, PIN_PX], popupAnchor: [0, -PIN_PX / 2] },
  )
}

/** Several opportunities close to each other. */
export function clusterIcon(cluster: L.MarkerCluster, words: Words): L.DivIcon {
  return new LazyIcon(
    () => {
      const count = cluster.getChildCount()
      const body = part("cluster__body")
      const number = part("cluster__number", String(count))
      number.setAttribute("aria-hidden", "true")
      body.append(number, part("visually-hidden", counted(JSON.parse(words["count"] ?? "{}") as Count, count)))
      return body
    },
    { className: "cluster", iconSize: [CLUSTER_PX, CLUSTER_PX] },
  )
}

/** Where distances count from. */
export function originIcon(origin: Origin, words: Words): L.DivIcon {
  const body = part("origin__body")
  const name = part("origin__name", origin.name)
  name.translate = false
  name.setAttribute("aria-hidden", "true")
  body.append(symbol(words["icons"] ?? "", origin.kind === "azc" ? "tent" : "map-pin"), name)
  body.append(part("visually-hidden", fill(words["here"] ?? "", { name: origin.name })))
  return L.divIcon({ html: body, className: "origin", iconSize: [PIN_PX, PIN_PX], iconAnchor: [PIN_PX / 2, FLAG_PX] })
}

/** What the flag of the origin stands on; marks at the point itself lie over it. */
export function poleIcon(): L.DivIcon {
  const height = FLAG_PX - PIN_PX
  return L.divIcon({ className: "map__pole", iconSize: [4, height], iconAnchor: [2, height] })
}

/** The distance that a circle stands for. */
export function labelIcon(text: string): L.DivIcon {
  return L.divIcon({ html: part("map__km", text), className: "map__label", iconSize: [0, 0] })
}

/** What opens at a pin. The shortlist finds room for its button by the key. */
export function popup(one: Result, away: string, close: { readonly name: string; readonly press: () => void }): HTMLElement {
  const box = document.createElement("div")
  box.className = "popup"
  box.dataset["key"] = one.key
  const link = document.createElement("a")
  link.href = one.url
  link.textContent = one.title
  setDutch(link)
  const title = document.createElement("p")
  title.className = "opportunity__title popup__title"
  title.append(link)
  const where = document.createElement("p")
  where.translate = false
  where.textContent = whoWhere(one)
  box.append(title, where)
  if (away) {
    const line = document.createElement("p")
    line.textContent = away
    box.append(line)
  }
  const button = document.createElement("button")
  button.type = "button"
  button.className = "popup__close"
  button.textContent = "×"
  button.setAttribute("aria-label", close.name)
  button.addEventListener("click", close.press)
  box.append(part("card__keep"), button)
  return box
}

function whoWhere({ who, place }: Result): string {
  return who.includes(place) ? who : `${who}, ${place}`
}

/** An element of a mark, by the name of its class. */
export function part(name: string, text = ""): HTMLElement {
  const element = document.createElement("span")
  element.className = name
  element.textContent = text
  return element
}

/** An icon of the site's sheet. */
export function symbol(sheet: string, name: string): SVGSVGElement {
  const drawing = document.createElementNS(SVG, "svg")
  drawing.classList.add("icon")
  drawing.setAttribute("aria-hidden", "true")
  const use = document.createElementNS(SVG, "use")
  use.setAttribute("href", `${sheet}#${name}`)
  drawing.append(use)
  return drawing
}
