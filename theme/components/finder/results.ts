import { MARK, type Result } from "./contract"
import { counted, fill, type Index } from "./data"
import { bikeMinutes, written } from "./distance"
import { get, make, part, setText } from "./dom"
import type { Engine, Selection } from "./engine"
import type { Filter } from "./filter"
import { fold } from "../../fold"
import { pieces } from "./fold"
import type { Sought, WordSearch } from "./words"

/** Cards that are drawn with the change itself: what a screen shows. */
const FIRST = 6
/** Milliseconds that drawing those that follow may take at a time, so that a slow phone still hears its reader. */
const AT_A_TIME_MS = 8
/** So many come by themselves, more than anybody scrolls through: all of a region of normal size. */
const BY_THEMSELVES = 300
/** Cards that the button brings. */
const PART = 24
/** Cards that are there at once for the browser's own search; it finds those that follow a moment later. */
const AT_ONCE = 2000
const NO_MARKS: readonly string[] = []

interface Shown {
  readonly filter: Filter
  readonly selection: Selection
  readonly sought: Sought | null
}

/** Draws the opportunities that fit, in parts, with the card that the server drew. */
export class Results {
  readonly #root: HTMLElement
  readonly #box: HTMLElement
  readonly #more: HTMLElement
  readonly #index: Index
  readonly #engine: Engine
  readonly #search: WordSearch
  readonly #parts = new Map<string, DocumentFragment>()
  #shown: Shown | null = null
  #lists: { readonly list: HTMLElement; readonly rows: Uint32Array }[] = []
  #drawn = 0
  #idle = 0

  constructor(root: HTMLElement, index: Index, engine: Engine, search: WordSearch) {
    this.#root = root
    this.#box = get(root, ".finder__results")
    this.#more = get(root, ".finder__more")
    this.#index = index
    this.#engine = engine
    this.#search = search
    get(this.#more, "button").addEventListener("click", () => this.#askedForMore())
    // What is printed or searched with the browser's own search has to be there.
    window.addEventListener("beforeprint", () => this.#draw(Infinity))
    window.addEventListener("keydown", event => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "f") return
      this.#draw(AT_ONCE)
      this.#follow(Infinity)
    })
    this.#box.addEventListener("pointerover", event => this.#point(event.target))
    this.#box.addEventListener("pointerleave", () => this.#point(null))
    this.#box.addEventListener("focusin", event => this.#point(event.target))
    this.#box.addEventListener("focusout", () => this.#point(null))
    root.addEventListener(MARK, event => this.#mark(event.detail.key))
  }

  show(shown: Shown): void {
    this.#shown = shown
    this.#drawn = 0
    const { words } = this.#index
    const { sure, maybe } = shown.selection
    this.#lists = []
    const groups: HTMLElement[] = []
    for (const [rows, name] of [[sure, words.group_sure], [maybe, words.group_maybe]] as const) {
      if (rows.length === 0) continue
      const group = make("section", "results__group")
      const title = make("h3", maybe.length === 0 ? "visually-hidden" : "results__title", `${name} `)
      title.append(make("span", "group__count", counted(words.count, rows.length)))
      const list = make("ul", "cards")
      group.append(title, list)
      groups.push(group)
      this.#lists.push({ list, rows })
    }
    this.#box.replaceChildren(...groups)
    this.#draw(FIRST)
    this.#follow()
  }

  /** What an event tells of an opportunity. */
  result(row: number): Result {
    const { offers, organisations, places, spots, icons, facets } = this.#index
    const key = this.#key(row)
    const activity = this.#engine.values(0, row)[0] ?? 0
    const [lat, lon] = spots[offers.spot[row] as number] ?? [0, 0]
    return {
      key,
      title: offers.title[row] ?? "",
      who: organisations.name[offers.organisation[row] as number] ?? "",
      place: places[offers.place[row] as number] ?? "",
      url: this.#address(key),
      activity: facets[0]?.values[activity]?.[0] ?? "",
      icon: icons[activity] ?? "",
      lat,
      lon,
      km: this.#engine.km(row),
    }
  }

  /** What stays the same when the page is built anew. */
  key(row: number): string {
    return this.#key(row)
  }

  #key(row: number): string {
    const { offers, organisations } = this.#index
    return `${organisations.slug[offers.organisation[row] as number]}#${offers.id[row]}`
  }

  #address(key: string): string {
    const [organisation = "", id = ""] = key.split("#")
    return `${this.#root.dataset["root"] ?? ""}kansen/${organisation}/#${id}`
  }

  #total(): number {
    return this.#lists.reduce((sum, { rows }) => sum + rows.length, 0)
  }

  #askedForMore(): void {
    const before = this.#drawn
    this.#draw(PART)
    this.#box.querySelectorAll<HTMLElement>(".card__title a")[before]?.focus()
  }

  /** Draw the next cards, up to so many in all, while the browser has nothing else to do. */
  #follow(most = BY_THEMSELVES): void {
    window.clearTimeout(this.#idle)
    if (this.#drawn >= Math.min(this.#total(), most)) return
    this.#idle = window.setTimeout(() => {
      const until = performance.now() + AT_A_TIME_MS
      do this.#draw(FIRST)
      while (this.#drawn < Math.min(this.#total(), most) && performance.now() < until)
      this.#follow(most)
    }, 60)
  }

  #draw(count: number): void {
    const total = this.#total()
    const end = Math.min(total, this.#drawn + count)
    let start = 0
    for (const { list, rows } of this.#lists) {
      const cards = new DocumentFragment()
      const last = Math.min(end - start, rows.length)
      for (let at = Math.max(0, this.#drawn - start); at < last; at++) cards.append(this.#card(rows[at] as number))
      if (cards.childNodes.length) list.append(cards)
      start += rows.length
    }
    this.#drawn = end
    this.#more.hidden = end >= total
    setText(get(this.#more, "button"), fill(this.#index.words.more, { n: total - end }))
  }

  #card(row: number): DocumentFragment {
    const { offers, organisations, places, times, icons, facets, levels } = this.#index
    const { filter, sought } = this.#shown as Shown
    const marks = sought?.marks ?? NO_MARKS
    const made = this.#part("card")
    const card = get(made, ".card")
    const key = this.#key(row)
    card.dataset["key"] = key
    const activity = this.#engine.values(0, row)[0] ?? 0
    get(card, ".card__icon").replaceChildren(this.#part(`icon-${icons[activity]}`))
    const link = get<HTMLAnchorElement>(card, ".card__title a")
    link.setAttribute("href", this.#address(key))
    link.replaceChildren(...marked(offers.title[row] ?? "", marks))
    const organisation = offers.organisation[row] as number
    const name = organisations.name[organisation] ?? ""
    const place = places[offers.place[row] as number] ?? ""
    get(card, ".card__who").replaceChildren(...marked(name.includes(place) ? name : `${name}, ${place}`, marks))
    this.#away(card, row)
    const when = times[offers.when[row] as number] ?? ""
    if (when) get(card, ".card__when [data-slot]").replaceWith(when)
    else get(card, ".card__when").remove()
    const tags = get(card, ".card__tags")
    tags.append(this.#filled("activity", facets[0]?.values[activity]?.[1] ?? ""))
    if (offers.paused[row]) tags.append(this.#part("paused"))
    const level = levels[offers.level[row] as number]
    if (level) tags.append(this.#filled("level", level[0]))
    if (this.#isFree(row)) tags.append(this.#part("free"))
    const permission = this.#index.permissions[offers.without[row] as number]
    if (permission) tags.append(this.#part(`permit-${permission[0]}`))
    const fresh = organisations.fresh[organisation] ?? ""
    tags.append(fresh === "ja" ? this.#part("confirmed") : fresh ? this.#filled("source", fresh) : this.#part("undated"))
    this.#explain(tags, row, filter, marks)
    return made
  }

  /** Say what the card's own words do not: why it was found, what is to be arranged, and what nobody knows. */
  #explain(tags: HTMLElement, row: number, filter: Filter, marks: readonly string[]): void {
    const { words, permissions, offers } = this.#index
    const lines: HTMLElement[] = []
    const through = this.#through(row, marks)
    if (through.length) {
      const line = make("p", "card__found")
      line.append(...marked(fill(words.found_via, { value: through.join(", ") }), marks))
      lines.push(line)
    }
    const permission = filter.permit && permissions[offers[filter.permit === "nee" ? "without" : "with"][row] as number]
    if (permission && permission[0] !== "ja") lines.push(make("p", "card__law", permission[1]))
    const lacking = this.#engine.lacking(row, filter).map(name => words.lacking[name] ?? name)
    if (lacking.length) lines.push(make("p", "card__lacks", fill(words.lacks, { what: lacking.join(", ") })))
    tags.before(...lines)
  }

  /** The labels through which words led here that do not stand on the card themselves. */
  #through(row: number, marks: readonly string[]): string[] {
    if (marks.length === 0) return []
    const { title, who, place } = this.result(row)
    const visible = fold(`${title} ${who} ${place}`)
    const unseen = marks.filter(mark => !visible.includes(mark))
    return unseen.length ? this.#search.through(row, unseen) : []
  }

  #away(card: HTMLElement, row: number): void {
    const line = get(card, ".card__away")
    const km = this.#engine.km(row)
    if (km === null) {
      line.remove()
      return
    }
    const { samePlace, longestRide } = this.#root.dataset
    const minutes = bikeMinutes(km, this.#index.ride)
    const name = km < Number(samePlace) ? "same-place" : minutes > Number(longestRide) ? "far" : "ride"
    const words = this.#part(name)
    const [length, time] = words.querySelectorAll("[data-slot]")
    length?.replaceWith(written(km))
    time?.replaceWith(String(minutes))
    line.replaceChildren(words)
  }

  #isFree(row: number): boolean {
    const number = this.#index.facets.findIndex(({ name }) => name === "kosten")
    return this.#engine.values(number, row).some(value => this.#index.facets[number]?.values[value]?.[0] === "gratis")
  }

  #part(name: string): DocumentFragment {
    let found = this.#parts.get(name)
    if (!found) this.#parts.set(name, (found = part(this.#root, name)))
    return found.cloneNode(true) as DocumentFragment
  }

  #filled(name: string, text: string): DocumentFragment {
    const made = this.#part(name)
    get(made, "[data-slot]").replaceWith(text)
    return made
  }

  #point(target: EventTarget | null): void {
    const key = target instanceof Element ? (target.closest<HTMLElement>(".card")?.dataset["key"] ?? null) : null
    if (key === this.#pointed) return
    this.#pointed = key
    this.#root.dispatchEvent(new CustomEvent(MARK, { detail: { key } }))
  }

  #pointed: string | null = null

  #mark(key: string | null): void {
    for (const card of this.#box.querySelectorAll(".card--marked")) card.classList.remove("card--marked")
    if (key !== null) this.#box.querySelector(`.card[data-key="${CSS.escape(key)}"]`)?.classList.add("card--marked")
  }
}

/** A text with what was found in it marked. */
function marked(text: string, marks: readonly string[]): Node[] {
  return pieces(text, marks).map(piece => {
    if (!piece.found) return document.createTextNode(piece.text)
    const mark = document.createElement("mark")
    mark.textContent = piece.text
    return mark
  })
}
