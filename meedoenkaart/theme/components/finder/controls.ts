import { ageOf, radiusOf } from "./address"
import type { Origin } from "./contract"
import { tallied, type Index } from "./data"
import { get, setText } from "./dom"
import type { Others, Tally } from "./engine"
import type { Filter, Radius } from "./filter"

interface Choice {
  readonly input: HTMLInputElement
  readonly count: Element | null
}

type Change = (part: Partial<Filter>, typed?: boolean) => void

/** What one chooses that is no facet: distance, legal status, level of Dutch, age, and only what is sure. */
export class Controls {
  readonly #index: Index
  readonly #reach: HTMLElement
  readonly #reaches: readonly Choice[]
  readonly #permits: readonly Choice[]
  readonly #levels: readonly Choice[]
  readonly #age: HTMLInputElement
  readonly #sure: HTMLInputElement

  constructor(root: HTMLElement, index: Index, change: Change) {
    this.#index = index
    this.#reach = get(root, ".finder__radius")
    this.#reaches = choices(root, "straal", value => change({ radius: radiusOf(value) }))
    this.#permits = choices(root, "vergunning", value => change({ permit: value === "nee" || value === "ja" ? value : null }))
    this.#levels = choices(root, "taal", value => change({ level: value || null }))
    const age = (this.#age = get<HTMLInputElement>(root, "input[name=leeftijd]"))
    age.addEventListener("input", () => change({ age: ageOf(age.value) }, true))
    const sure = (this.#sure = get<HTMLInputElement>(root, "input[name=zeker]"))
    sure.addEventListener("change", () => change({ sure: sure.checked }))
  }

  /** Show what is chosen. */
  stand(filter: Filter, radius: Radius, origin: Origin | null): void {
    this.#reach.hidden = !origin
    get(this.#reach, ".pick").hidden = origin?.kind !== "gemeente"
    stand(this.#reaches, String(radius))
    stand(this.#permits, filter.permit ?? "")
    stand(this.#levels, filter.level ?? "")
    if (document.activeElement !== this.#age) this.#age.value = filter.age === null ? "" : String(filter.age)
    this.#sure.checked = filter.sure
  }

  /** Show how many each choice gives. */
  count({ levels, permits, radii }: Others): void {
    const show = (all: readonly Choice[], found: (value: string) => Tally | undefined): void => {
      for (const { input, count } of all) {
        const tally = found(input.value)
        if (count) setText(count, tally ? tallied(this.#index.words, tally) : "")
      }
    }
    show(this.#reaches, value => radii.get(radiusOf(value) ?? "alles"))
    show(this.#permits, value => (value === "nee" || value === "ja" ? permits[value] : undefined))
    show(this.#levels, value => levels[this.#index.levels.findIndex(([id]) => id === value)])
  }
}

function choices(root: HTMLElement, name: string, choose: (value: string) => void): Choice[] {
  return Array.from(root.querySelectorAll<HTMLInputElement>(`input[name=${name}]`), input => {
    input.addEventListener("change", () => choose(input.value))
    return { input, count: input.closest(".pick")?.querySelector(".pick__count") ?? null }
  })
}

function stand(all: readonly Choice[], chosen: string): void {
  for (const { input } of all) input.checked = input.value === chosen
}
