import type { Cell } from "./board"
import type { StepView } from "./route"
import { type State, named } from "./state"

/** Where a step goes: into a cell, before another step there or behind all. */
export interface Target extends Cell {
  readonly before?: string | undefined
}

/** Return where an arrow takes a step: to the next phase, or up and down through its cell and on to the next lane. */
export function arrowed(state: State, id: string, key: string): Target | undefined {
  const phases = named(state, "phases").map(([one]) => one)
  const lanes = ["", ...named(state, "lanes").map(([one]) => one)]
  const step = state.view.steps.find(one => one.id === id)
  if (!step) return undefined
  const here = stepsIn(state, step)
  const place = here.findIndex(one => one.id === id)
  const [phase, lane] = [phases.indexOf(step.phase), lanes.indexOf(step.lane)]
  const cell = (to: { phase?: number; lane?: number }): Cell | undefined => {
    const [column, row] = [phases[to.phase ?? phase], lanes[to.lane ?? lane]]
    return column !== undefined && row !== undefined ? { phase: column, lane: row } : undefined
  }
  if (key === "ArrowLeft") return phase > 0 ? cell({ phase: phase - 1 }) : undefined
  if (key === "ArrowRight") return cell({ phase: phase + 1 })
  if (key === "ArrowUp") {
    if (place > 0) return { ...step, before: here[place - 1]?.id }
    return lane > 0 ? cell({ lane: lane - 1 }) : undefined
  }
  if (key !== "ArrowDown") return undefined
  if (place < here.length - 1) return { ...step, before: here[place + 2]?.id }
  const below = cell({ lane: lane + 1 })
  return below && { ...below, before: stepsIn(state, below)[0]?.id }
}

/** Return the steps of a cell, in the order of the file. */
export function stepsIn(state: State, cell: Cell): StepView[] {
  return state.view.steps.filter(one => one.phase === cell.phase && one.lane === cell.lane)
}

/** What dragging comes to. */
export interface Drops {
  move(id: string, to: Target): void
  connect(from: string, to: string): void
  /** Whether a press on a card means something else now. */
  isBusy(): boolean
}

/** Pixels that a pointer goes before a press becomes dragging, and milliseconds that a finger rests. */
const [FAR, LONG] = [6, 350]

/** Let cards be dragged to another cell, and lines be drawn from a card to the one that follows it. */
export function dragCards(scroller: HTMLElement, lines: SVGSVGElement, drops: Drops, signal: AbortSignal): void {
  scroller.addEventListener("pointerdown", event => {
    const target = event.target as Element
    const card = target.closest<HTMLElement>("[data-step]")
    if (!card || event.button !== 0 || drops.isBusy() || target.closest(".board-card__menu")) return
    if (target.closest(".board-card__pull")) pull(card, event, scroller, lines, drops)
    else drag(card, event, scroller, drops)
  }, { signal })
}

function drag(card: HTMLElement, start: PointerEvent, scroller: HTMLElement, drops: Drops): void {
  const id = card.dataset["step"] ?? ""
  const isFinger = start.pointerType !== "mouse"
  const stop = new AbortController()
  let shade: HTMLElement | undefined
  let target: Target | undefined
  const timer = isFinger ? window.setTimeout(() => begin(), LONG) : 0

  const begin = (): void => {
    const { left, top, width } = card.getBoundingClientRect()
    shade = card.cloneNode(true) as HTMLElement
    shade.classList.add("board-card--shade", "drawing")
    shade.inert = true
    shade.style.width = `${width}px`
    shade.style.left = `${left}px`
    shade.style.top = `${top}px`
    scroller.closest(".work")?.append(shade)
    card.classList.add("is-dragged")
  }
  const end = (): void => {
    window.clearTimeout(timer)
    stop.abort()
    shade?.remove()
    card.classList.remove("is-dragged")
    mark(scroller, undefined)
  }
  const listen = { signal: stop.signal }
  window.addEventListener("pointermove", event => {
    const [x, y] = [event.clientX - start.clientX, event.clientY - start.clientY]
    const isFar = Math.hypot(x, y) > FAR
    if (!shade && isFinger && isFar) return end() // it scrolls
    if (!shade && isFar) begin()
    if (!shade) return
    shade.style.transform = `translate(${x}px, ${y}px)`
    scrollNear(scroller, event)
    target = targetAt(event, id)
    mark(scroller, target)
  }, listen)
  window.addEventListener("pointerup", () => {
    const was = Boolean(shade)
    end()
    if (was) swallowClick()
    if (was && target) drops.move(id, target)
  }, listen)
  window.addEventListener("touchmove", event => shade && event.preventDefault(), { ...listen, passive: false })
  window.addEventListener("keydown", event => shade && event.key === "Escape" && end(), listen)
  window.addEventListener("pointercancel", end, listen)
}

function pull(card: HTMLElement, start: PointerEvent, scroller: HTMLElement, lines: SVGSVGElement, drops: Drops): void {
  start.preventDefault()
  const from = card.getBoundingClientRect()
  const stop = new AbortController()
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path")
  line.setAttribute("class", "board__line is-on is-pulled")
  lines.append(line)
  const at = (event: PointerEvent): HTMLElement | null =>
    document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>(".board [data-step]") ?? null
  const end = (): void => {
    stop.abort()
    line.remove()
    for (const one of scroller.querySelectorAll(".is-target")) one.classList.remove("is-target")
  }
  window.addEventListener("pointermove", event => {
    const origin = lines.getBoundingClientRect()
    scrollNear(scroller, event)
    line.setAttribute("d", `M${from.right - origin.left} ${from.top + from.height / 2 - origin.top}L${event.clientX - origin.left} ${event.clientY - origin.top}`)
    for (const one of scroller.querySelectorAll(".is-target")) one.classList.remove("is-target")
    const over = at(event)
    if (over && over !== card) over.classList.add("is-target")
  }, { signal: stop.signal })
  window.addEventListener("pointerup", event => {
    const to = at(event)?.dataset["step"]
    end()
    if (to && to !== card.dataset["step"]) drops.connect(card.dataset["step"] ?? "", to)
  }, { signal: stop.signal })
  window.addEventListener("pointercancel", end, { signal: stop.signal })
}

/** Return the cell below the pointer, and the card there before which it is. */
function targetAt(event: PointerEvent, id: string): Target | undefined {
  const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>("[data-phase]")
  if (!cell) return undefined
  const cards = [...cell.querySelectorAll<HTMLElement>("[data-step]")].filter(one => one.dataset["step"] !== id)
  const next = cards.find(one => {
    const { top, height } = one.getBoundingClientRect()
    return event.clientY < top + height / 2
  })
  return { phase: cell.dataset["phase"] ?? "", lane: cell.dataset["lane"] ?? "", before: next?.dataset["step"] }
}

function mark(scroller: HTMLElement, target: Target | undefined): void {
  for (const one of scroller.querySelectorAll(".is-over, .is-before")) one.classList.remove("is-over", "is-before")
  if (!target) return
  const cell = [...scroller.querySelectorAll<HTMLElement>("[data-phase]")].find(
    ({ dataset }) => dataset["phase"] === target.phase && dataset["lane"] === target.lane,
  )
  cell?.classList.add("is-over")
  if (target.before) cell?.querySelector(`[data-step="${CSS.escape(target.before)}"]`)?.classList.add("is-before")
}

/** Scroll the board when the pointer comes near its edge. */
function scrollNear(scroller: HTMLElement, event: PointerEvent): void {
  const { left, right, top, bottom } = scroller.getBoundingClientRect()
  const step = (at: number, low: number, high: number): number => (at < low + 40 ? -12 : at > high - 40 ? 12 : 0)
  scroller.scrollBy(step(event.clientX, left, right), step(event.clientY, top, bottom))
}

/** What ends dragging is no click on the card. */
function swallowClick(): void {
  const swallow = (event: Event): void => {
    event.stopPropagation()
    event.preventDefault()
  }
  window.addEventListener("click", swallow, { capture: true, once: true })
  window.setTimeout(() => window.removeEventListener("click", swallow, { capture: true }))
}
