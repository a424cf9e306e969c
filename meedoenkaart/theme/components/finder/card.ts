import { get, setDutch, setText } from "./dom"
import { pieces } from "./fold"

/** What the server drew for scripts, and the texts that go into it. */
export type Part = readonly [name: string, ...texts: readonly string[]]

/** Where a text goes in a sentence: `{0}`. */
const HOLE = /\{(\d)\}/g

/** What a card says. */
export interface Content {
  readonly key: string
  readonly url: string
  readonly title: string
  readonly who: string
  readonly icon: Part
  readonly away: Part | null
  readonly when: string
  /** Whether that is only there in Dutch. */
  readonly isWhenDutch: boolean
  readonly tags: readonly Part[]
  /** Through which words it was found, what the law asks first, and what nobody knows; each may be empty. */
  readonly found: string
  readonly law: string
  readonly lacks: string
  /** Words to be marked, folded. */
  readonly marks: readonly string[]
}

interface Made {
  readonly elements: readonly Element[]
  /** The elements that say something of this opportunity and hold nothing else, each with its sentence: `Nederlands {0}`. */
  readonly says: readonly (readonly [element: Element, sentence: string])[]
}

/**
 * A card that shows one opportunity after another: changing what differs costs a browser far less than a new card.
 *
 * A browser that translates the page puts other texts, in elements of its own, where ours stood. So a card keeps no text, it writes
 * whole elements, and it compares with what stands on the page, not with what it wrote before.
 */
export class Card {
  readonly item: HTMLElement
  readonly #copy: (name: string) => DocumentFragment
  readonly #icon: HTMLElement
  readonly #link: HTMLAnchorElement
  readonly #who: HTMLElement
  readonly #away: HTMLElement
  readonly #when: HTMLElement
  readonly #time: HTMLElement
  readonly #found: HTMLElement
  readonly #law: HTMLElement
  readonly #lacks: HTMLElement
  readonly #tags: HTMLElement
  readonly #made = new Map<string, Made>()
  /** What is marked in an element now. */
  readonly #marked = new Map<HTMLElement, string>()

  constructor(copy: (name: string) => DocumentFragment) {
    const card = copy("card")
    this.#copy = copy
    this.item = get(card, ".card")
    this.#icon = get(card, ".card__icon")
    this.#link = get(card, ".card__title a")
    setDutch(this.#link)
    this.#who = get(card, ".card__who")
    this.#away = get(card, ".card__away")
    this.#when = get(card, ".card__when")
    this.#time = get(card, ".card__when span")
    this.#found = get(card, ".card__found")
    this.#law = get(card, ".card__law")
    this.#lacks = get(card, ".card__lacks")
    this.#tags = get(card, ".card__tags")
  }

  show({ key, url, title, who, icon, away, when, isWhenDutch, found, law, lacks, tags, marks }: Content): void {
    // What observes the key, such as the button that keeps a card, reads the rest afterwards.
    if (this.item.dataset["key"] !== key) {
      this.item.dataset["key"] = key
      this.item.classList.remove("card--marked")
      this.#link.setAttribute("href", url)
    }
    this.#mark(this.#link, title, marks)
    this.#mark(this.#who, who, marks)
    this.#put(this.#icon, [icon])
    this.#put(this.#away, away ? [away] : [])
    this.#away.hidden = !away
    setText(this.#time, when)
    setDutch(this.#time, isWhenDutch)
    this.#when.hidden = !when
    this.#mark(this.#found, found, marks)
    setText(this.#law, law)
    setText(this.#lacks, lacks)
    this.#put(this.#tags, tags)
  }

  focus(): void {
    this.#link.focus()
  }

  /** Let an element hold these parts and nothing else; those that it holds already stay, with other texts. */
  #put(into: Element, parts: readonly Part[]): void {
    const elements: ChildNode[] = []
    for (const [name, ...texts] of parts) {
      const made = this.#part(name)
      elements.push(...made.elements)
      for (const [element, sentence] of made.says) setText(element, sentence.replace(HOLE, (_, at: string) => texts[Number(at)] ?? ""))
    }
    for (const node of [...into.childNodes]) if (!elements.includes(node)) node.remove()
    elements.forEach((element, at) => {
      const there = into.childNodes[at] ?? null
      if (there !== element) into.insertBefore(element, there)
    })
  }

  #part(name: string): Made {
    let made = this.#made.get(name)
    const isWhole = made?.says.every(([element]) => made?.elements.some(one => one.contains(element)))
    if (!made || !isWhole) {
      const copy = this.#copy(name)
      const elements = [...copy.children]
      const says = [...copy.querySelectorAll("span")]
        .filter(one => one.childElementCount === 0)
        .map(one => [one, one.textContent] as const)
        .filter(([, sentence]) => sentence.includes("{0}"))
      this.#made.set(name, (made = { elements, says }))
    }
    return made
  }

  #mark(into: HTMLElement, text: string, marks: readonly string[]): void {
    const found = marks.join("\n")
    if (this.#marked.get(into) === found && into.textContent === text) return
    this.#marked.set(into, found)
    if (found) into.replaceChildren(...marked(text, marks))
    else into.textContent = text
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
