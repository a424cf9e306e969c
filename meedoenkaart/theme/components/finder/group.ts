import type { Card } from "./card"
import { get, make, setText } from "./dom"

/**
 * Cards of one list on the page. A browser lays out a list as a whole, and searches what is far from the screen without
 * laying it out: short lists make both quick. Whole rows, whether there are one, two, three or four cards in a row.
 */
const LIST = 12
/** A list of before without any result of now; `finder.css` says why it is not just hidden. */
const OVER = "cards--over"

/** Results under one title: those that fit for sure, or those that fit as far as it is known. */
export class Group {
  readonly section: HTMLElement
  readonly #title: HTMLElement
  readonly #count: HTMLElement
  readonly #add: () => Card
  readonly #fill: (card: Card, row: number) => void
  readonly #lists: HTMLElement[] = []
  /** In the order of the lists. Those of before stay until it is their turn to show what comes now. */
  readonly #cards: Card[] = []
  #rows: Uint32Array = new Uint32Array()
  #drawn = 0

  constructor(drawn: DocumentFragment, name: string, add: () => Card, fill: (card: Card, row: number) => void) {
    this.section = get(drawn, "section")
    this.#title = get(this.section, "h3")
    this.#count = get(this.#title, ".group__count")
    get(this.#title, ".group__name").textContent = name
    this.#add = add
    this.#fill = fill
  }

  get drawn(): number {
    return this.#drawn
  }

  /** How many results still have no card. */
  get left(): number {
    return this.#rows.length - this.#drawn
  }

  /** How many of its first cards are in sight. */
  get inSight(): number {
    let number = 0
    while (number < Math.min(this.#drawn, LIST) && this.#isInSight(number)) number++
    return number
  }

  /** Whether the next result would be in sight, where a card of before still stands or after the last one. */
  get nextIsInSight(): boolean {
    return this.left > 0 && this.#isInSight(Math.min(this.#drawn, this.#cards.length - 1))
  }

  /** Take other results; at most so many cards of before stay in sight. Returns how many may. */
  take(rows: Uint32Array, count: string, titled: boolean, most: number): number {
    this.#rows = rows
    this.#drawn = 0
    this.section.classList.toggle("results__group--empty", rows.length === 0)
    this.#title.hidden = rows.length === 0
    this.#title.className = titled ? "results__title" : "visually-hidden"
    setText(this.#count, count)
    const stay = Math.min(rows.length, most)
    this.#lists.forEach((list, number) => list.classList.toggle(OVER, number * LIST >= stay))
    for (const { item } of this.#cards.slice(stay, Math.ceil(stay / LIST) * LIST)) item.hidden = true
    return stay
  }

  /** Let the next results have a card, at most so many; returns how many got one. */
  draw(most: number): number {
    const start = this.#drawn
    const end = Math.min(this.#rows.length, start + most)
    for (; this.#drawn < end; this.#drawn++) {
      const card = (this.#cards[this.#drawn] ??= this.#add())
      this.#fill(card, this.#rows[this.#drawn] as number)
      card.item.hidden = false
      const number = Math.floor(this.#drawn / LIST)
      let list = this.#lists[number]
      if (!list) this.section.append((this.#lists[number] = list = make("ul", "cards")))
      list.classList.remove(OVER)
      if (!card.item.isConnected) list.append(card.item)
    }
    return end - start
  }

  /** Let go of a card of before that is too many; says whether there was one. */
  drop(): boolean {
    if (this.#cards.length <= this.#drawn) return false
    this.#cards.pop()?.item.remove()
    if (this.#lists.length > Math.ceil(this.#cards.length / LIST)) this.#lists.pop()?.remove()
    return true
  }

  /** Move the focus to the link of a result that has a card. */
  focus(number: number): void {
    this.#cards[number]?.focus()
  }

  /** Asked of its list first: to know where a card is in a list out of sight, a browser would lay out all of that list. */
  #isInSight(number: number): boolean {
    const list = this.#lists[Math.floor(number / LIST)]
    const card = this.#cards[number]
    return list && card ? isInSight(list) && isInSight(card.item) : isInSight(this.section)
  }
}

/** Whether it begins above the foot of the window; what has no box yet, as before the first results show, does not. */
function isInSight(element: HTMLElement): boolean {
  const { top, height } = element.getBoundingClientRect()
  return height > 0 && top < window.innerHeight
}
