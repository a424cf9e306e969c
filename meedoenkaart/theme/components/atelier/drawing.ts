import { get } from "../finder/dom"
import { trace } from "../route/trace"
import type { Told } from "./protocol"
import type { Say } from "./say"

/** How long what changed stays marked. */
const SHOWN_MS = 1600

/** The drawing: the newest good one stays in sight, and says so when it is older than what stands on the board. */
export class Drawing {
  #svg: SVGSVGElement | undefined
  #chosen = ""

  readonly pane: HTMLElement
  readonly say: Say
  readonly open: (step: string) => void

  constructor(pane: HTMLElement, say: Say, open: (step: string) => void) {
    this.pane = pane
    this.say = say
    this.open = open
    const view = get(pane, "[data-drawing]")
    view.addEventListener("click", event => {
      const link = event.target instanceof Element ? event.target.closest("a[href^='#stap-']") : null
      if (!link) return
      event.preventDefault()
      this.open((link.getAttribute("href") ?? "").slice("#stap-".length))
    })
  }

  get svg(): SVGSVGElement | undefined {
    return this.#svg
  }

  /** Put a new drawing in the place of the one before, and mark what changed. */
  draw({ svg, form }: Extract<Told, { kind: "drawn" }>): void {
    const read = new DOMParser().parseFromString(svg, "image/svg+xml")
    const fresh = document.importNode(read.documentElement, true) as unknown as SVGSVGElement
    if (fresh.localName !== "svg") return
    const before = this.#svg?.classList.contains(`drawing-${form}`) ? wordsOf(this.#svg) : undefined
    const view = get(this.pane, "[data-drawing]")
    const { scrollTop, scrollLeft } = view
    const focused = this.#svg?.contains(document.activeElement) ? document.activeElement?.closest("[data-step]")?.getAttribute("data-step") : null
    fresh.removeAttribute("width")
    fresh.removeAttribute("height")
    this.#svg = fresh
    view.replaceChildren(fresh)
    view.scrollTo({ top: scrollTop, left: scrollLeft, behavior: "instant" })
    trace(fresh)
    view.dataset["form"] = form
    this.pane.classList.remove("is-older")
    this.#tell("")
    if (before) this.#mark(before)
    this.choose(this.#chosen, false)
    if (focused) fresh.querySelector<SVGElement>(`[data-step="${CSS.escape(focused)}"] a`)?.focus()
  }

  /** Say that the drawing in sight is older: what stands there now could not be drawn. */
  older(reason: string): void {
    this.pane.classList.add("is-older")
    this.#tell(this.#svg ? `${reason} ${this.say("older")}` : reason)
  }

  /** Show which step is chosen, in sight when asked. */
  choose(step: string, isSeen: boolean): void {
    this.#chosen = step
    for (const one of this.#svg?.querySelectorAll(".is-chosen") ?? []) one.classList.remove("is-chosen")
    const found = step ? this.#svg?.querySelector(`[data-step="${CSS.escape(step)}"]`) : undefined
    found?.classList.add("is-chosen")
    const view = get(this.pane, "[data-drawing]")
    if (!found || !isSeen || !view.clientHeight) return
    const [inner, outer] = [found.getBoundingClientRect(), view.getBoundingClientRect()]
    const isIn = inner.top >= outer.top && inner.bottom <= outer.bottom && inner.left >= outer.left && inner.right <= outer.right
    if (isIn) return
    const top = view.scrollTop + inner.top - outer.top - (outer.height - inner.height) / 2
    const left = view.scrollLeft + inner.left - outer.left - (outer.width - inner.width) / 2
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches
    view.scrollTo({ top, left, behavior: isCalm ? "instant" : "smooth" })
  }

  #mark(before: ReadonlyMap<string, string>): void {
    for (const [id, words] of wordsOf(this.#svg as SVGSVGElement)) {
      if (before.get(id) === words) continue
      const step = this.#svg?.querySelector(`[data-step="${CSS.escape(id)}"]`)
      step?.classList.add("is-changed")
      window.setTimeout(() => step?.classList.remove("is-changed"), SHOWN_MS)
    }
  }

  #tell(words: string): void {
    const said = get(this.pane, "[data-drawing-said]")
    if (said.textContent !== words) said.textContent = words
  }
}

/** Return what each step of a drawing says: where it stands does not count. */
function wordsOf(svg: SVGSVGElement): ReadonlyMap<string, string> {
  const steps = [...svg.querySelectorAll<SVGGElement>("[data-step]")]
  return new Map(
    steps.map(one => [one.dataset["step"] ?? "", `${one.textContent} ${one.dataset["actors"]} ${one.querySelectorAll(".d-icon").length} ${one.querySelector(".d-card")?.getAttribute("class")}`]),
  )
}

/** Return a drawing as a file of its own: with the styles that the page gives it, in light. */
export function asFile(svg: SVGSVGElement): string {
  const own = svg.cloneNode(true) as SVGSVGElement
  for (const one of own.querySelectorAll(".is-changed, .is-chosen, .is-on")) one.classList.remove("is-changed", "is-chosen", "is-on")
  own.classList.remove("is-tracing")
  const [, , width = "1200", height = "800"] = (own.getAttribute("viewBox") ?? "").split(" ")
  own.setAttribute("width", width)
  own.setAttribute("height", height)
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style")
  const rules = [...document.styleSheets].flatMap(sheet => (sheet.href?.startsWith(location.origin) ? [...sheet.cssRules] : []))
  const drawn = rules.filter(rule => rule instanceof CSSStyleRule && /^\.(drawing|d-)|\[class\*="d-/.test(rule.selectorText))
  style.textContent = `svg{--light:initial;--dark:;background:#fbfaf7}${drawn.map(one => one.cssText).join("")}`
  own.prepend(style)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(own)}\n`
}

