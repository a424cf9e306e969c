import { fill, type Facet, type Index } from "./data"
import { get, part, setText } from "./dom"
import type { Selection } from "./engine"
import { standing, UNKNOWN, type Filter } from "./filter"

type Choose = (facet: string, value: string, to: "in" | "out" | null) => void

interface Row {
  /** What it shows; nothing is written again for nothing. */
  shown: { readonly found: number; readonly stands: "in" | "out" | null } | null
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
  readonly #parts: readonly Part[]

  constructor(root: HTMLElement, index: Index, choose: Choose) {
    this.#parts = index.facets.map(facet => drawn(root, facet, index, choose))
    get(root, ".finder__facet-list").append(...this.#parts.map(one => one.fold))
  }

  show(filter: Filter, selection: Selection): void {
    for (const { name, fold, chosen, rows } of this.#parts) {
      const counts = selection.counts.get(name)
      let shown = 0
      let used = 0
      rows.forEach((row, number) => {
        const stands = standing(filter, name, row.id)
        const found = counts?.[number] ?? 0
        show(row, found, stands)
        if ((found || stands) && row.id !== UNKNOWN) shown++
        if (stands) used++
      })
      fold.hidden = shown === 0 && used === 0
      setText(chosen, used ? String(used) : "")
      if (used && !fold.open && !fold.dataset["touched"]) fold.open = true
    }
  }
}

function show(row: Row, found: number, stands: "in" | "out" | null): void {
  const { item, box, not, count, shown } = row
  box.checked = stands === "in"
  if (shown?.found === found && shown.stands === stands) return
  row.shown = { found, stands }
  item.hidden = found === 0 && stands === null
  not.setAttribute("aria-pressed", String(stands === "out"))
  item.classList.toggle("value--out", stands === "out")
  setText(count, String(found))
}

function drawn(root: HTMLElement, facet: Facet, { words }: Index, choose: Choose): Part {
  const fold = get<HTMLDetailsElement>(part(root, "facet"), "details")
  const label = words.facets[facet.name] ?? facet.name
  get(fold, ".facet__name").textContent = label
  get(fold, "fieldset").setAttribute("aria-label", label)
  get(fold, "summary").addEventListener("click", () => (fold.dataset["touched"] = "ja"))
  const list = get(fold, "ul")
  const values = [...facet.values.map(([id, name]) => [id, name] as const), [UNKNOWN, words.unknown] as const]
  const rows = values.map(([id, name]) => {
    const item = get<HTMLElement>(part(root, "value"), "li")
    const box = get<HTMLInputElement>(item, "input")
    const not = get(item, ".value__not")
    get(item, ".value__label").textContent = name
    not.setAttribute("aria-label", fill(words.exclude, { value: name }))
    not.title = fill(words.exclude, { value: name })
    box.addEventListener("change", () => choose(facet.name, id, box.checked ? "in" : null))
    not.addEventListener("click", () => choose(facet.name, id, not.getAttribute("aria-pressed") === "true" ? null : "out"))
    list.append(item)
    return { shown: null, id, item, box, count: get(item, ".value__count"), not }
  })
  return { name: facet.name, fold, chosen: get(fold, ".facet__chosen"), rows }
}
