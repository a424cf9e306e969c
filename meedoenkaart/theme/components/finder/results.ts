import { Card, type Content, type Part } from "./card"
import { MARK, type Result } from "./contract"
import { counted, fill, type Index, type Permission } from "./data"
import { bikeMinutes, written } from "./distance"
import { get, part, setText } from "./dom"
import { AT_A_PLACE, WAYS, type Engine, type Selection } from "./engine"
import type { Filter } from "./filter"
import { fold } from "../../fold"
import { Group } from "./group"
import type { Sought, WordSearch } from "./words"

/** Cards that are drawn with the change itself when none is in sight, and at a time afterwards. */
const FIRST = 4
/** Cards that are lower than those of before let others in: so many at a time. */
const ROW = 2
/** Milliseconds that drawing those that follow may take at a time, so that a slow phone still hears its reader. */
const AT_A_TIME_MS = 5
/** Between two times that others follow. */
const REST_MS = 16
/** So many come by themselves, more than anybody scrolls through: all of a region of normal size. */
const BY_THEMSELVES = 300
/** Cards that the button brings. */
const PART = 24
/** Cards that are there at once for the browser's own search; it finds those that follow a moment later. */
const AT_ONCE = 2000
const NO_MARKS: readonly string[] = []

interface Shown {
  readonly filter: Filter
  /** The municipality of the origin, by name; empty when nobody knows. */
  readonly municipality: string
  readonly selection: Selection
  readonly sought: Sought | null
}

/** Draws the opportunities that fit, in parts, with the card that the server drew. */
export class Results {
  readonly #root: HTMLElement
  readonly #box: HTMLElement
  readonly #more: HTMLElement
  readonly #moreButton: HTMLElement
  readonly #index: Index
  readonly #engine: Engine
  readonly #search: WordSearch
  readonly #groups: readonly Group[]
  #shown: Shown | null = null
  #next = 0

  constructor(root: HTMLElement, index: Index, engine: Engine, search: WordSearch) {
    this.#root = root
    this.#box = get(root, ".finder__results")
    this.#more = get(root, ".finder__more")
    this.#index = index
    this.#engine = engine
    this.#search = search
    const { group_sure, group_maybe, group_apart } = index.words
    this.#groups = [group_sure, group_maybe, group_apart].map(
      name => new Group(part(root, "group"), name, () => new Card(name => part(root, name)), (card, row) => card.show(this.#content(row))),
    )
    this.#box.append(...this.#groups.map(({ section }) => section))
    this.#moreButton = get(this.#more, "button")
    this.#moreButton.addEventListener("click", () => this.#askedForMore())
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
    const { sure, maybe, apart } = shown.selection
    const areTitled = maybe.length > 0 || apart.length > 0
    const inSight = this.#groups.reduce((sum, group) => sum + group.inSight, 0)
    let room = BY_THEMSELVES
    for (const [number, rows] of [sure, maybe, apart].entries()) {
      room -= this.#groups[number]!.take(rows, counted(this.#index.words.count, rows.length), areTitled, room)
    }
    this.#draw(inSight || FIRST)
    this.#follow()
  }

  /** After all above the cards is shown too: draw those that came into sight. */
  complete(): void {
    while (this.#groups.some(group => group.nextIsInSight)) this.#draw(ROW)
  }

  /** What an event tells of an opportunity. */
  result(row: number): Result {
    const { offers, organisations, places, venues, icons, facets } = this.#index
    const key = this.key(row)
    const activity = this.#engine.values(0, row)[0] ?? 0
    const [lat, lon, place] = venues[this.#engine.venue(row)] ?? [NaN, NaN, -1]
    return {
      key,
      title: offers.title[row] ?? "",
      who: organisations.name[offers.organisation[row] as number] ?? "",
      place: places[place] ?? "",
      url: this.#address(key),
      activity: facets[0]?.values[activity]?.[0] ?? "",
      icon: icons[activity] ?? "",
      lat,
      lon,
      km: this.#engine.km(row),
      others: this.#engine.others(row).map(([venue, km]) => {
        const [lat, lon, place] = venues[venue] ?? [NaN, NaN, -1]
        return { lat, lon, place: places[place] ?? "", km }
      }),
    }
  }

  /** What stays the same when the page is built anew. */
  key(row: number): string {
    const { offers, organisations } = this.#index
    return `${organisations.slug[offers.organisation[row] as number]}#${offers.id[row]}`
  }

  #address(key: string): string {
    const [organisation = "", id = ""] = key.split("#")
    return `${this.#root.dataset["root"] ?? ""}kansen/${organisation}/#${id}`
  }

  get #drawn(): number {
    return this.#groups.reduce((sum, { drawn }) => sum + drawn, 0)
  }

  get #left(): number {
    return this.#groups.reduce((sum, { left }) => sum + left, 0)
  }

  #askedForMore(): void {
    const group = this.#groups.find(({ left }) => left > 0)
    const before = group?.drawn ?? 0
    this.#draw(PART)
    group?.focus(before)
  }

  /** Draw the next cards, up to so many in all, a few at a time; then let go of those of before that are too many. */
  #follow(most = BY_THEMSELVES): void {
    window.clearTimeout(this.#next)
    this.#box.setAttribute("aria-busy", "true")
    this.#next = window.setTimeout(() => {
      const until = performance.now() + AT_A_TIME_MS
      let more = true
      while (more && performance.now() < until) more = (this.#drawn < most && this.#draw(FIRST)) || this.#groups.some(group => group.drop())
      if (more) this.#follow(most)
      else this.#box.setAttribute("aria-busy", "false")
    }, REST_MS)
  }

  /** Draw the next cards, at most so many; says whether there were any. */
  #draw(most: number): boolean {
    const before = this.#drawn
    let room = most
    for (const group of this.#groups) room -= group.draw(room)
    this.#more.hidden = this.#left === 0
    setText(this.#moreButton, fill(this.#index.words.more, { n: this.#left }))
    return this.#drawn > before
  }

  /** What the card of an opportunity says. */
  #content(row: number): Content {
    const { offers, organisations, places, venues, times, timesInDutch, icons, facets, levels } = this.#index
    const { filter, sought, municipality } = this.#shown as Shown
    const marks = sought?.marks ?? NO_MARKS
    const key = this.key(row)
    const activity = this.#engine.values(0, row)[0] ?? 0
    const organisation = offers.organisation[row] as number
    const name = organisations.name[organisation] ?? ""
    const [, , number = -1, , called] = venues[this.#engine.venue(row)] ?? []
    const place = places[number] ?? ""
    const level = levels[offers.level[row] as number]
    const permission = this.#permission(row, filter)
    const fresh = organisations.fresh[organisation] ?? ""
    const tags: Part[] = [["activity", facets[0]?.values[activity]?.[1] ?? ""]]
    tags.push(...this.#ways(row).map(way => ["way", way] as const))
    if (municipality && this.#engine.isFromElsewhere(row)) tags.push(["also", municipality])
    if (offers.paused[row]) tags.push(["paused"])
    if (level) tags.push(["level", level[0]])
    if (this.#isFree(row)) tags.push(["free"])
    if (permission) tags.push([`permit-${filter.permit ?? "nee"}-${permission[0]}`])
    tags.push(fresh === "ja" ? ["confirmed"] : fresh ? ["source", fresh] : ["undated"])
    return {
      key,
      url: this.#address(key),
      title: offers.title[row] ?? "",
      who: [name, called, name.includes(place) ? "" : place].filter(Boolean).join(", "),
      icon: [`icon-${icons[activity]}`],
      away: this.#away(row),
      when: times[offers.when[row] as number] ?? "",
      isWhenDutch: timesInDutch.has(offers.when[row] as number),
      ...this.#explained(row, filter, marks),
      tags,
      marks,
    }
  }

  /** What the card's own words do not say: why it was found, what is to be arranged, and what nobody knows. */
  #explained(row: number, filter: Filter, marks: readonly string[]): Pick<Content, "found" | "law" | "lacks"> {
    const { words } = this.#index
    const through = this.#through(row, marks)
    const permission = filter.permit && this.#permission(row, filter)
    const lacking = this.#engine.lacking(row, filter).map(name => words.lacking[name] ?? name)
    return {
      found: through.length ? fill(words.found_via, { value: through.join(words.comma) }) : "",
      law: permission && permission[0] !== "ja" ? permission[1] : "",
      lacks: lacking.length ? fill(words.lacks, { what: lacking.join(words.comma) }) : "",
    }
  }

  /** What the law says for whom it was asked; without a choice for somebody without a permit. */
  #permission(row: number, { permit }: Filter): Permission | undefined {
    const { permissions, offers } = this.#index
    return permissions[offers[permit === "ja" ? "with" : "without"][row] as number]
  }

  /** The labels through which words led here that do not stand on the card themselves. */
  #through(row: number, marks: readonly string[]): string[] {
    if (marks.length === 0) return []
    const { title, who, place } = this.result(row)
    const visible = fold(`${title} ${who} ${place}`)
    const unseen = marks.filter(mark => !visible.includes(mark))
    return unseen.length ? this.#search.through(row, unseen) : []
  }

  #away(row: number): Part | null {
    const km = this.#engine.km(row)
    if (km === null) return null
    const { samePlace, longestRide } = this.#root.dataset
    const minutes = bikeMinutes(km, this.#index.ride)
    if (km < Number(samePlace)) return ["same-place"]
    return minutes > Number(longestRide) ? ["far", written(km)] : ["ride", written(km), String(minutes)]
  }

  /** How one takes part, where that is not at a place alone. */
  #ways(row: number): string[] {
    const number = this.#index.facets.findIndex(({ name }) => name === WAYS)
    const found = this.#engine.values(number, row).map(value => this.#index.facets[number]?.values[value] ?? ["", ""])
    return found.some(([id]) => id !== AT_A_PLACE) ? found.map(([, label]) => label) : []
  }

  #isFree(row: number): boolean {
    const number = this.#index.facets.findIndex(({ name }) => name === "kosten")
    return this.#engine.values(number, row).some(value => this.#index.facets[number]?.values[value]?.[0] === "gratis")
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
