import { addStyle, load } from "../../lazy"
import type { Point } from "../finder/distance"
import { readGround } from "../map/read"
import { type Answers, type Data, text } from "./model"
import { positionOf, spotsOf, whereaboutsOf } from "./rules"
import type { Known, SpotMap } from "./spot"

/** Metres are enough: five decimals. */
const DECIMALS = 5
/** What a pin means until somebody says otherwise. */
const PRECISION = "exact"

/** The parts of the form in which a map can fill in the position, each loaded when somebody asks for it. */
export class Spots {
  readonly #form: HTMLFormElement
  readonly #template: HTMLTemplateElement | null
  readonly #data: Data
  readonly #maps = new Map<HTMLElement, SpotMap>()
  #program: Promise<typeof import("./spot")> | undefined

  constructor(page: Document, form: HTMLFormElement, data: Data) {
    this.#form = form
    this.#template = page.querySelector("template#speld")
    this.#data = data
  }

  /** Do what a button of such a part asks. */
  async press(button: HTMLElement, answers: Answers): Promise<void> {
    const box = button.closest<HTMLElement>("[data-spot]")
    if (!box) return
    if (button.dataset["spotRemove"] !== undefined) {
      fillIn(box, { latitude: "", longitude: "", precision: "" })
      box.querySelector<HTMLElement>("[data-spot-open]")?.focus()
    } else if (button.dataset["spotOpen"] !== undefined) {
      await this.#toggle(box, button, answers)
    }
  }

  /** Show on every map what the answers say. */
  show(answers: Answers): void {
    for (const box of this.#form.querySelectorAll<HTMLElement>("[data-spot]")) {
      const known = this.#known(box, answers)
      const remove = box.querySelector<HTMLElement>("[data-spot-remove]")
      if (remove) remove.hidden = !known.point
      this.#maps.get(box)?.show(known)
    }
    for (const [box, map] of this.#maps) {
      if (box.isConnected) continue
      map.remove()
      this.#maps.delete(box)
    }
  }

  async #toggle(box: HTMLElement, button: HTMLElement, answers: Answers): Promise<void> {
    const holder = box.querySelector<HTMLElement>("[data-spot-map]")
    if (!holder || !this.#template) return
    holder.hidden = !holder.hidden
    button.setAttribute("aria-expanded", `${!holder.hidden}`)
    if (holder.childElementCount || holder.hidden) return
    holder.append(this.#template.content.cloneNode(true))
    const failed = box.querySelector("[data-spot-failed]")
    if (failed) failed.textContent = ""
    try {
      const section = holder.querySelector<HTMLElement>(".map") ?? holder
      const [{ showSpot }, ground] = await Promise.all([this.#load(), readGround(section)])
      const map = showSpot(section, ground, this.#data, point => {
        const [latitude, longitude] = [point.lat, point.lon].map(one => `${Number(one.toFixed(DECIMALS))}`) as [string, string]
        const precision = controlOf(box, "precision")?.value || PRECISION
        fillIn(box, { latitude, longitude, precision })
      })
      this.#maps.set(box, map)
      map.show(this.#known(box, answers))
    } catch {
      this.#program = undefined
      holder.replaceChildren()
      holder.hidden = true
      button.setAttribute("aria-expanded", "false")
      if (failed) failed.textContent = this.#form.dataset["noMap"] ?? ""
    }
  }

  #load(): Promise<typeof import("./spot")> {
    this.#program ??= Promise.all([load<typeof import("./spot")>("spot"), addStyle("mapStyle")]).then(([program]) => program)
    return this.#program
  }

  #known(box: HTMLElement, answers: Answers): Known {
    const position = (controlOf(box, "latitude")?.dataset["path"] ?? "").replace(/\.latitude$/, "")
    const own = [...answers.keys()].find(path => /(^|\.)place$/.test(path) && whereaboutsOf(path).position === position)
    const where = whereaboutsOf(own ?? "address.place")
    const place = text(answers, where.place).trim()
    const [center] = place ? spotsOf(this.#data, place, text(answers, where.municipality)) : ([] as Point[])
    return { point: positionOf(answers, this.#data, position), center, place }
  }
}

type Control = HTMLInputElement | HTMLSelectElement

function controlOf(box: HTMLElement, name: string): Control | null {
  return box.parentElement?.querySelector<Control>(`[data-path$="position.${name}"]`) ?? null
}

/** Fill in the position beside a map, as if somebody typed it. */
function fillIn(box: HTMLElement, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    const control = controlOf(box, name)
    if (control) control.value = value
  }
  controlOf(box, "latitude")?.dispatchEvent(new Event("change", { bubbles: true }))
}
