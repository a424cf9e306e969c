import { get, make, setText } from "./dom"
import { pieces } from "./fold"

/** What the server drew for scripts, and the texts that go into it. */
export type Part = readonly [name: string, ...texts: readonly string[]]

/** What a card says. */
export interface Content {
  readonly key: string
  readonly url: string
  readonly title: string
  readonly who: string
  readonly icon: Part
  readonly away: Part | null
  readonly when: string
  readonly tags: readonly Part[]
  /** Lines that explain the result, each with its class. */
  readonly lines: readonly (readonly [name: string, text: string])[]
  /** Words to be marked, folded. */
  readonly marks: readonly string[]
}

interface Made {
  readonly nodes: readonly ChildNode[]
  readonly holes: readonly Text[]
}

/** A card that shows one opportunity after another: changing what differs costs a browser far less than a new card. */
export class Card {
  readonly item: HTMLElement
  readonly #copy: (name: string) => DocumentFragment
  readonly #icon: HTMLElement
  readonly #link: HTMLAnchorElement
  readonly #who: HTMLElement
  readonly #away: HTMLElement
  readonly #when: HTMLElement
  readonly #time: Element
  readonly #tags: HTMLElement
  readonly #made = new Map<string, Made>()
  readonly #shown = new Map<HTMLElement, string>()
  #lines: readonly HTMLElement[] = []
  #explained = ""

  constructor(copy: (name: string) => DocumentFragment) {
    const card = copy("card")
    this.#copy = copy
    this.item = get(card, ".card")
    this.#icon = get(card, ".card__icon")
    this.#link = get(card, ".card__title a")
    this.#who = get(card, ".card__who")
    this.#away = get(card, ".card__away")
    this.#when = get(card, ".card__when")
    this.#time = get(card, ".card__when [data-slot]").parentElement as Element
    this.#tags = get(card, ".card__tags")
  }

  show({ key, url, title, who, icon, away, when, tags, lines, marks }: Content): void {
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
    this.#when.hidden = !when
    this.#put(this.#tags, tags)
    this.#explain(lines, marks)
  }

  focus(): void {
    this.#link.focus()
  }

  /** Let an element hold these parts; those that it holds already stay, with other texts. */
  #put(into: Element, parts: readonly Part[]): void {
    const nodes: ChildNode[] = []
    for (const [name, ...texts] of parts) {
      const made = this.#part(name)
      nodes.push(...made.nodes)
      made.holes.forEach((hole, at) => {
        if (hole.data !== texts[at]) hole.data = texts[at] ?? ""
      })
    }
    for (const node of [...into.childNodes]) if (!nodes.includes(node)) node.remove()
    nodes.forEach((node, at) => {
      const there = into.childNodes[at] ?? null
      if (there !== node) into.insertBefore(node, there)
    })
  }

  #part(name: string): Made {
    let made = this.#made.get(name)
    if (!made) {
      const copy = this.#copy(name)
      const holes = Array.from(copy.querySelectorAll("[data-slot]"), slot => {
        const hole = document.createTextNode("")
        slot.replaceWith(hole)
        return hole
      })
      this.#made.set(name, (made = { nodes: [...copy.childNodes], holes }))
    }
    return made
  }

  #mark(into: HTMLElement, text: string, marks: readonly string[]): void {
    const is = [text, ...marks].join("\n")
    if (this.#shown.get(into) === is) return
    this.#shown.set(into, is)
    const [node] = into.childNodes
    if (marks.length === 0 && node instanceof Text && !node.nextSibling) node.data = text
    else into.replaceChildren(...marked(text, marks))
  }

  #explain(lines: Content["lines"], marks: readonly string[]): void {
    const is = JSON.stringify([lines, marks])
    if (this.#explained === is) return
    this.#explained = is
    for (const line of this.#lines) line.remove()
    this.#lines = lines.map(([name, text]) => {
      const line = make("p", name)
      line.append(...marked(text, marks))
      return line
    })
    this.#tags.before(...this.#lines)
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
