/** The steps of a route on a narrow screen: a list that opens one at a time. On paper, on a wide screen and without a script all is open. */

const NARROW = "screen and (max-width: 47.99rem)"

/** Fold the steps of a page as long as its window is narrow, and open the one that a link or the address leads to. */
export function foldSteps(page: Document): void {
  const steps = [...page.querySelectorAll<HTMLElement>(".step")]
  if (steps.length === 0) return
  const narrow = window.matchMedia(NARROW)
  const lay = (isList: boolean): void => {
    for (const step of steps) {
      unfold(step)
      if (isList) fold(step)
    }
    open(page, location.hash)
  }
  lay(narrow.matches)
  if (narrow.matches) show(stepAt(page, location.hash))
  narrow.addEventListener("change", () => lay(narrow.matches))
  window.addEventListener("beforeprint", () => lay(false))
  window.addEventListener("afterprint", () => lay(narrow.matches))
  // Before the browser goes there, so that it finds everything where it stays.
  page.addEventListener("click", event => {
    const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null
    if (link) open(page, link.getAttribute("href") ?? "")
  })
  window.addEventListener("hashchange", () => {
    if (open(page, location.hash)) show(stepAt(page, location.hash))
  })
}

/** Put all but the heading of a step within a fold. */
function fold(step: HTMLElement): void {
  const [fold, summary, body] = [document.createElement("details"), document.createElement("summary"), document.createElement("div")]
  const [heading, ...rest] = step.children
  if (!heading) return
  fold.className = "step__fold"
  fold.setAttribute("name", "stap")
  summary.append(heading)
  body.className = "step__body"
  body.append(...rest)
  fold.append(summary, body)
  step.append(fold)
  step.classList.add("step--folds")
  summary.addEventListener("click", () => {
    // Where the one that closes stood above, this one may have moved out of sight.
    requestAnimationFrame(() => {
      if (step.getBoundingClientRect().top < 0) show(step)
    })
  })
}

function unfold(step: HTMLElement): void {
  const fold = foldOf(step)
  if (!fold) return
  fold.replaceWith(...step.querySelectorAll(".step__fold > summary > *, .step__fold > .step__body > *"))
  step.classList.remove("step--folds")
}

/** Open the step that an address within the page leads to; false where there is nothing to open. */
function open(page: Document, hash: string): boolean {
  const fold = foldOf(stepAt(page, hash))
  if (!fold || fold.open) return false
  fold.open = true
  return true
}

function show(step: HTMLElement | null): void {
  step?.scrollIntoView({ behavior: "instant" })
}

function stepAt(page: Document, hash: string): HTMLElement | null {
  return page.getElementById(hash.slice(1))?.closest<HTMLElement>(".step") ?? null
}

function foldOf(step: HTMLElement | null): HTMLDetailsElement | null {
  return step?.querySelector<HTMLDetailsElement>(":scope > .step__fold") ?? null
}
