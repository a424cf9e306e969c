import { fill, tallied, type Facet, type Index, type Words } from "./data"
import { get, part, setText } from "./dom"
import type { Others } from "./engine"
import { standing, UNKNOWN, type Filter } from "./filter"
import { pause } from "../../turns"

type Choose = (facet: string, value: string, to: "in" | "out" | null) => void

interface Row {
  /** What it shows of a filter; nothing is written again for nothing. */
  stands: "in" | "out" | null
  /** How many are known to have it; null: not counted yet. */
  own: number | null
  readonly id: string
  readonly item: HTMLElement
  readonly box: HTMLInputElement
  readonly count: HTMLElement
  readonly not: HTMLElement
}

interface Part {
  readonly name: string
  readonly fold: HTMLDetailsElement
  readonly chosen: HTMLElement
  readonly rows: readonly Row[]
}

/** The facets as folds with a box for each value, how many it gives, and a button that rules it out. */
export class Facets {
  readonly #root: HTMLElement
  readonly #index: Index
  readonly #words: Words
  readonly #choose: Choose
  readonly #parts: Part[] = []

  constructor(root: HTMLElement, index: Index, choose: Choose) {
    this.#root = root
    this.#index = index
    this.#words = index.words
    this.#choose = choose
  }

  /** Put them on the page, each in a turn of its own. */
  async make(): Promise<void> {
    const list = get(this.#root, ".finder__facet-list")
    for (const facet of this.#index.facets) {
      await pause()
      const made = drawn(this.#root, facet, this.#index, this.#choose)
      this.#parts.push(made)
      list.append(made.fold)
    }
    await pause()
  }

  /** Show what is chosen and ruled out. */
  stand(filter: Filter): void {
    for (const { name, fold, chosen, rows } of this.#parts) {
      for (const row of rows) stand(row, standing(filter, name, row.id))
      const used = rows.filter(({ stands }) => stands).length
      setText(chosen, used ? String(used) : "")
      if (used && !fold.open && !fold.dataset["touched"]) fold.open = true
    }
  }

  /** Show how many each value gives, and hide those that nothing is known to have. */
  count({ counts }: Others): void {
    for (const { name, fold, rows } of this.#parts) {
      const numbers = counts.get(name)
      rows.forEach((row, number) => {
        const tally = numbers?.[number]
        row.own = tally?.own ?? 0
        row.item.hidden = row.own === 0 && row.stands === null
        if (tally) setText(row.count, tallied(this.#words, tally))
      })
      fold.hidden = !rows.some(({ id, own, stands }) => stands || (own && id !== UNKNOWN))
    }
  }
}

function stand(row: Row, stands: "in" | "out" | null): void {
  const { item, box, not } = row
  box.checked = stands === "in"
  if (row.stands === stands) return
  row.stands = stands
  not.setAttribute("aria-pressed", String(stands === "out"))
  item.classList.toggle("value--out", stands === "out")
}

function drawn(root: HTMLElement, facet: Facet, { words }: Index, choose: Choose): Part {
  const fold = get<HTMLDetailsElement>(part(root, "facet"), "details")
  const label = words.facets[facet.name] ?? facet.name
  get(fold, ".facet__name").textContent = label
  get(fold, "legend").textContent = label
  get(fold, "summary").addEventListener("click", () => (fold.dataset["touched"] = "ja"))
  const list = get(fold, "ul")
  const values = [...facet.values.map(([id, name]) => [id, name] as const), [UNKNOWN, words.unknown] as const]
  const rows = values.map(([id, name]) => {
    const item = get<HTMLElement>(part(root, "value"), "li")
    const box = get<HTMLInputElement>(item, "input")
    const not = get(item, ".value__not")
    item.translate = !facet.names || id === UNKNOWN
    get(item, ".value__label").textContent = name
    not.setAttribute("aria-label", fill(words.exclude, { value: name }))
    not.title = fill(words.exclude, { value: name })
    box.addEventListener("change", () => choose(facet.name, id, box.checked ? "in" : null))
    not.addEventListener("click", () => choose(facet.name, id, not.getAttribute("aria-pressed") === "true" ? null : "out"))
    list.append(item)
    return { stands: null, own: null, id, item, box, count: get(item, ".value__count"), not }
  })
  return { name: facet.name, fold, chosen: get(fold, ".facet__chosen"), rows }
}
