/** In the drawing of a route: brings one way forward and dims the rest, by mouse, finger and keyboard. */

const TRACING = "is-tracing"
const ON = "is-on"

/** Follow what the reader points at or focuses in every drawing of a page. */
export function traceRoutes(page: Document): void {
  for (const figure of page.querySelectorAll<HTMLElement>("[data-route-drawing]")) {
    for (const drawing of figure.querySelectorAll<SVGSVGElement>("svg.drawing")) trace(drawing)
    returnTo(page, figure)
  }
}

/** The steps of a drawing and the lines between them. */
type Lines = readonly { readonly from: readonly string[]; readonly to: readonly string[]; readonly line: Element }[]

/** Follow what the reader points at or focuses in one drawing. */
export function trace(drawing: SVGSVGElement): void {
  const steps = [...drawing.querySelectorAll<SVGGElement>("[data-step]")]
  const lines: Lines = [...drawing.querySelectorAll("[data-from]")].map((line) => ({
    from: ids(line, "data-from"),
    to: ids(line, "data-to"),
    line,
  }))

  const show = (wanted: Element | null): void => {
    const chosen = wanted ? meant(wanted, steps) : []
    const on = wanted?.hasAttribute("data-step") ? wayThrough(chosen, lines) : new Set(chosen)
    drawing.classList.toggle(TRACING, on.size > 0)
    for (const step of steps) step.classList.toggle(ON, on.has(step.dataset["step"] ?? ""))
    for (const { from, to, line } of lines) {
      line.classList.toggle(ON, from.some((id) => on.has(id)) && to.some((id) => on.has(id)))
    }
    for (const other of drawing.querySelectorAll("[data-actor], [data-lane]:not([data-step])")) {
      other.classList.toggle(ON, other === wanted)
    }
  }

  const within = (event: Event): Element | null =>
    event.target instanceof Element ? event.target.closest("[data-step], [data-actor], [data-lane]") : null
  drawing.addEventListener("pointerover", (event) => show(within(event)))
  drawing.addEventListener("pointerleave", () => show(drawing.contains(document.activeElement) ? focused(drawing) : null))
  drawing.addEventListener("focusin", (event) => {
    show(within(event))
    if (event.target instanceof Element && event.target.matches(":focus-visible")) bringIntoView(event.target)
  })
  drawing.addEventListener("focusout", () => show(null))
  drawing.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(null)
  })
  for (const part of drawing.querySelectorAll<SVGGElement>("[data-actor], [data-lane]:not([data-step])")) {
    const label = part.textContent?.trim().replaceAll(/\s+/g, " ")
    if (!label) continue
    part.setAttribute("tabindex", "0")
    part.setAttribute("role", "button")
    part.setAttribute("aria-label", label)
  }
}

/** Return the ids of the steps that an element stands for: itself, those of an actor, or those in a lane. */
function meant(element: Element, steps: readonly SVGGElement[]): string[] {
  const { step, actor, lane } = (element as SVGGElement).dataset
  if (step) return [step]
  const does = (one: SVGGElement): boolean => (one.dataset["actors"] ?? "").split(" ").includes(actor ?? "")
  return steps.filter((one) => (actor ? does(one) : one.dataset["lane"] === lane)).map((one) => one.dataset["step"] ?? "")
}

/** Return the chosen steps with all that lead to them and all that follow. */
function wayThrough(chosen: readonly string[], lines: Lines): Set<string> {
  const reach = (start: readonly string[], forward: boolean): Set<string> => {
    const found = new Set(start)
    for (const id of found) {
      for (const { from, to } of lines) {
        const [here, there] = forward ? [from, to] : [to, from]
        if (here.includes(id)) for (const next of there) found.add(next)
      }
    }
    return found
  }
  return new Set([...reach(chosen, true), ...reach(chosen, false)])
}

/** Take a reader from a step's text to that step in the drawing that is in view. */
function returnTo(page: Document, figure: HTMLElement): void {
  page.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-step-in-drawing]") : null
    const id = link?.dataset["stepInDrawing"]
    if (!id) return
    const places = figure.querySelectorAll<SVGElement>(`[data-step="${CSS.escape(id)}"] a`)
    const seen = [...places].find((one) => one.getClientRects().length > 0)
    if (!seen) return
    event.preventDefault()
    seen.focus({ preventScroll: true })
    bringIntoView(seen)
  })
}

/** Put a part of a drawing in the middle of the window if it is not within; Firefox scrolls to no part of an SVG by itself. */
function bringIntoView(part: Element): void {
  const { top, bottom } = part.getBoundingClientRect()
  if (top < 0 || bottom > innerHeight) scrollBy({ top: Math.min(top, (top + bottom - innerHeight) / 2), behavior: "instant" })
}

function focused(drawing: SVGSVGElement): Element | null {
  return document.activeElement?.closest("[data-step], [data-actor], [data-lane]") ?? drawing
}

function ids(element: Element, name: string): string[] {
  return (element.getAttribute(name) ?? "").split(" ").filter(Boolean)
}
