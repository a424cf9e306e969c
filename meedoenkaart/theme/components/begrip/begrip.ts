import { named } from "../finder/dom"

interface Term {
  readonly term: string
  readonly meaning: string | null
  readonly explanation: string
}
type Terms = Readonly<Record<string, Term>>

const DELAY_MS = 150
const GRACE_MS = 250
const GAP_PX = 8

/**
 * Explain the terms of the glossary where they stand: on hover, on focus and on the first tap.
 *
 * Without this script a term is a link to the glossary, and it stays one: a second tap follows it.
 */
export function explainTerms(page: Document): void {
  const links = page.querySelectorAll<HTMLAnchorElement>("a.begrip[data-begrip]")
  const first = links[0]
  if (!first) return
  const popup = new Popup(page)
  const terms = once(() => load(new URL("../assets/begrippen.json", first.href)))
  for (const link of links) new Explained(link, popup, terms)
}

class Explained {
  readonly #link: HTMLAnchorElement
  readonly #popup: Popup
  readonly #terms: () => Promise<Terms>
  #timer = 0

  constructor(link: HTMLAnchorElement, popup: Popup, terms: () => Promise<Terms>) {
    this.#link = link
    this.#popup = popup
    this.#terms = terms
    link.addEventListener("pointerenter", event => {
      if (event.pointerType !== "touch") this.#timer = window.setTimeout(() => void this.#show(), DELAY_MS)
    })
    link.addEventListener("pointerleave", () => this.#hide())
    link.addEventListener("focus", () => {
      if (link.matches(":focus-visible")) void this.#show()
    })
    link.addEventListener("blur", () => popup.hide())
    link.addEventListener("click", event => {
      if (!(event instanceof PointerEvent) || event.pointerType !== "touch" || popup.explains(link)) return
      event.preventDefault()
      void this.#show().then(shown => {
        if (!shown) window.location.assign(link.href)
      })
    })
  }

  async #show(): Promise<boolean> {
    window.clearTimeout(this.#timer)
    const term = (await this.#terms())[this.#link.dataset["begrip"] ?? ""]
    if (term) this.#popup.show(this.#link, term)
    return term !== undefined
  }

  #hide(): void {
    window.clearTimeout(this.#timer)
    this.#popup.hideSoon()
  }
}

/** The one box that explains; the pointer may move onto it (WCAG 1.4.13). */
class Popup {
  readonly #box: HTMLElement
  #link: HTMLAnchorElement | null = null
  #timer = 0

  constructor(page: Document) {
    this.#box = page.createElement("div")
    this.#box.id = "__begrip"
    this.#box.className = "explanation"
    this.#box.setAttribute("role", "tooltip")
    this.#box.hidden = true
    this.#box.addEventListener("pointerenter", () => window.clearTimeout(this.#timer))
    this.#box.addEventListener("pointerleave", () => this.hideSoon())
    const main = page.querySelector("main") ?? page.body
    main.append(this.#box)
    page.addEventListener("keydown", event => {
      if (event.key === "Escape") this.hide()
    })
    page.addEventListener("pointerdown", event => {
      if (event.target !== this.#link && !this.#box.contains(event.target as Node)) this.hide()
    })
    window.addEventListener("resize", () => this.hide())
  }

  explains(link: HTMLAnchorElement): boolean {
    return this.#link === link
  }

  show(link: HTMLAnchorElement, { term, meaning, explanation }: Term): void {
    window.clearTimeout(this.#timer)
    this.#link?.removeAttribute("aria-describedby")
    this.#link = link
    const heading = document.createElement("strong")
    heading.append(...named(meaning ? `${term}: ${meaning}` : term, term))
    this.#box.replaceChildren(heading, " ", explanation)
    this.#box.hidden = false
    link.setAttribute("aria-describedby", this.#box.id)
    this.#place(link)
  }

  hideSoon(): void {
    window.clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.hide(), GRACE_MS)
  }

  hide(): void {
    window.clearTimeout(this.#timer)
    this.#link?.removeAttribute("aria-describedby")
    this.#link = null
    this.#box.hidden = true
  }

  /** Put the box below the word, or above it where the window ends, and within the window's sides. */
  #place(link: HTMLAnchorElement): void {
    const word = link.getClientRects()[0] ?? link.getBoundingClientRect()
    const { width, height } = this.#box.getBoundingClientRect()
    const left = Math.max(GAP_PX, Math.min(word.left, document.documentElement.clientWidth - width - GAP_PX))
    const below = word.bottom + GAP_PX
    const top = below + height <= window.innerHeight ? below : Math.max(GAP_PX, word.top - height - GAP_PX)
    this.#box.style.left = `${left + window.scrollX}px`
    this.#box.style.top = `${top + window.scrollY}px`
  }
}

async function load(address: URL): Promise<Terms> {
  try {
    const answer = await fetch(address)
    return answer.ok ? ((await answer.json()) as Terms) : {}
  } catch {
    return {}
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
