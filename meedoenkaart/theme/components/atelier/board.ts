import { get, make, part } from "../finder/dom"
import { quick, sign } from "./parts"
import { type StepView, textIn, valueIn } from "./route"
import type { Say } from "./say"
import { type State, huesOf, nameOf, named, numbersOf } from "./state"

/** A place on the board: where a phase and a lane meet. */
export interface Cell {
  readonly phase: string
  /** Empty: for everyone. */
  readonly lane: string
}

/** Something new whose name is being asked: a step in a cell, a phase or a lane. */
export interface Adding extends Partial<Cell> {
  readonly kind: "step" | "phase" | "lane"
  /** The step that a new one follows on. */
  readonly after?: string | undefined
}

/** What somebody does on the board. */
export interface BoardActs {
  open(part: (string | number)[]): void
  menu(step: string, opener: HTMLElement): void
  ask(adding: Adding | undefined): void
  add(adding: Adding, name: string): void
}

/** Draw the board: a table with a column for each phase and a row for each lane, and the steps as cards in its cells. */
export function drawBoard(root: HTMLElement, table: HTMLTableElement, state: State, adding: Adding | undefined, say: Say, acts: BoardActs): void {
  const { steps, tree } = state.view
  const numbers = numbersOf(state.view)
  const hues = huesOf(state)
  const phases = named(state, "phases")
  const rows: [id: string, name: string][] = [["", say("everyone")], ...named(state, "lanes")]
  const ask = (what: Adding, label: string): HTMLElement =>
    quick(root, label, say("add"), name => acts.add(what, name), () => acts.ask(undefined))

  const head = make("tr", "")
  head.append(make("td", "board__corner"))
  phases.forEach(([id, name], index) => {
    const cell = make("th", "board__phase")
    cell.scope = "col"
    const open = opener("board__head", () => acts.open(["phases", id]), `phases/${id}`)
    open.append(make("span", "board__nth", say("phase", { number: index + 1 })), make("span", "board__name", name))
    const when = textIn(tree, ["phases", id, "when"])
    if (when) open.append(make("span", "board__when", when))
    cell.append(open, badge(root, state, ["phases", id], say))
    head.append(cell)
  })
  head.append(more(adding?.kind === "phase" ? ask({ kind: "phase" }, say("new-phase")) : plus({ kind: "phase" }, say("new-phase"), phases.length < 8)))

  const body = rows.map(([lane, name], row) => {
    const line = make("tr", lane ? `board__lane board__lane--${row - 1}` : "")
    const label = make("th", "board__label")
    label.scope = "row"
    if (lane) {
      const open = opener("board__head", () => acts.open(["lanes", lane]), `lanes/${lane}`)
      open.append(make("span", "board__name", name))
      label.append(open, badge(root, state, ["lanes", lane], say))
    } else label.append(make("span", "board__name board__name--all", rows.length > 1 ? name : say("steps")))
    line.append(label)
    for (const [phase, called] of phases) {
      const cell = make("td", "board__cell")
      cell.dataset["phase"] = phase
      cell.dataset["lane"] = lane
      const list = make("ol", "board__cards")
      const here = steps.filter(one => one.phase === phase && one.lane === lane)
      list.append(...here.map(one => card(one)))
      if (here.length) cell.append(list)
      cell.append(...ends(phase, lane))
      const isAsked = adding?.kind === "step" && adding.phase === phase && (adding.lane ?? "") === lane
      const what: Adding = { kind: "step", phase, lane }
      const where = say("in-cell", { phase: called, lane: name })
      cell.append(isAsked ? ask({ ...what, after: adding.after }, say("new-step")) : plus(what, `${say("new-step")}: ${where}`, steps.length < 60, say("new-step")))
      line.append(cell)
    }
    line.append(make("td", "board__rest"))
    return line
  })
  const last = make("tr", "")
  const foot = more(adding?.kind === "lane" ? ask({ kind: "lane" }, say("new-lane")) : plus({ kind: "lane" }, say("new-lane"), rows.length <= 6))
  foot.className = "board__more board__label"
  last.append(foot)
  const rest = make("td", "board__rest")
  rest.colSpan = phases.length + 1
  last.append(rest)

  const caption = make("caption", "visually-hidden", say(phases.length ? "board" : "no-phases"))
  const [top, whole] = [make("thead", ""), make("tbody", "")]
  top.append(head)
  whole.append(...body, last)
  table.replaceChildren(caption, top, whole)
  if (!phases.length) caption.className = "board__begin"

  function opener(name: string, act: () => void, key: string): HTMLButtonElement {
    const made = make("button", name)
    made.type = "button"
    made.dataset["key"] = key
    made.addEventListener("click", act)
    return made
  }

  function more(inner: HTMLElement): HTMLElement {
    const cell = make("td", "board__more")
    cell.append(inner)
    return cell
  }

  function plus(what: Adding, label: string, isRoom: boolean, shown = label): HTMLElement {
    const made = make("button", "board__plus")
    made.type = "button"
    made.dataset["key"] = `plus/${what.kind}/${what.phase ?? ""}/${what.lane ?? ""}`
    made.append(sign(root, "plus"), make("span", what.kind === "step" ? "board__plus-words" : "", shown))
    if (label !== shown) made.setAttribute("aria-label", label)
    made.hidden = !isRoom
    made.addEventListener("click", () => acts.ask(what))
    return made
  }

  function ends(phase: string, lane: string): HTMLElement[] {
    const found = valueIn(tree, ["breaks_off"])
    if (!Array.isArray(found)) return []
    return found.flatMap((end, index) => {
      if (textIn(end, ["phase"]) !== phase || textIn(end, ["lane"]) !== lane) return []
      const made = opener("board__end", () => acts.open(["breaks_off", index]), `breaks_off/${index}`)
      made.textContent = say("breaks-off")
      return [made]
    })
  }

  function card(step: StepView): HTMLElement {
    const { id, actor } = step
    const item = part(root, "card").firstElementChild as HTMLElement
    const at = ["steps", id]
    const put = (name: string, words: string): void => {
      const element = get(item, `.board-card__${name}`)
      element.textContent = words
      element.hidden = !words
    }
    item.dataset["step"] = id
    item.classList.toggle("board-card--accent", step.accent)
    item.classList.toggle("is-selected", state.selected[0] === "steps" && state.selected[1] === id)
    put("number", String(numbers.get(id) ?? ""))
    get(item, "[data-words]").textContent = nameOf(state, at)
    put("who", actor ? nameOf(state, ["actors", actor]) : "")
    const hue = hues.get(actor)
    if (hue !== undefined) {
      const who = get(item, ".board-card__who")
      who.dataset["hue"] = String(hue)
      who.prepend(sign(root, textIn(tree, ["actors", actor, "icon"]), "icon"))
    }
    const after = step.after.flatMap(one => numbers.get(one) ?? []).sort((one, other) => one - other)
    const until = step.until && step.until !== step.phase ? say("until", { phase: nameOf(state, ["phases", step.until]) }) : ""
    put("after", [after.length ? say("after", { numbers: after.join(", ") }) : "", until].filter(Boolean).join(" · "))
    const marks = get(item, ".board-card__marks")
    const notes = valueIn(tree, ["notes"])
    const isNoted = Array.isArray(notes) && notes.some(note => textIn(note, ["about"]) === id)
    for (const [mark, isOn] of [["contact_moment", step.contactMoment], ["from_budget", step.fromBudget], ["note", isNoted]] as const) {
      if (isOn) marks.append(markOf(root, mark, say(`mark-${mark}`)))
    }
    marks.append(badge(root, state, at, say))
    marks.hidden = !marks.childElementCount
    const [open, menu] = item.querySelectorAll("button") as unknown as [HTMLButtonElement, HTMLButtonElement]
    open.dataset["key"] = `steps/${id}`
    menu.dataset["key"] = `menu/${id}`
    menu.setAttribute("aria-label", say("menu-of", { step: nameOf(state, at) }))
    open.addEventListener("click", () => acts.open(at))
    menu.addEventListener("click", () => acts.menu(id, menu))
    return item
  }
}

function markOf(root: HTMLElement, name: string, words: string): HTMLElement {
  const mark = make("span", `mark mark--${name}`)
  const drawn = part(root, "marks").querySelector(`[data-mark="${name}"]`)?.firstElementChild
  mark.append(drawn ?? "", make("span", "visually-hidden", words))
  mark.title = words
  return mark
}

/** A sign where a part has problems; errors before warnings. */
function badge(root: HTMLElement, state: State, at: (string | number)[], say: Say): HTMLElement | "" {
  const own = shownProblems(state).filter(one => at.every((step, index) => one.path[index] === step))
  if (!own.length) return ""
  const isWrong = own.some(one => one.severity === "error")
  const mark = markOf(root, "problem", say(isWrong ? "has-error" : "has-warning"))
  mark.classList.add(isWrong ? "mark--error" : "mark--warning")
  return mark
}

const MISSING = new Set(["missing-field", "empty-value", "no-source", "too-few", "unused-part"])

/** The problems that are told now: nobody hears of what is still to come before looking for it. */
export function shownProblems(state: State): State["problems"] {
  return state.tellsMissing ? state.problems : state.problems.filter(one => !MISSING.has(one.rule))
}

/** Draw the lines between cards: those of the chosen step in front. */
export function drawLines(lines: SVGSVGElement, table: HTMLTableElement, state: State): void {
  const [width, height] = [table.offsetWidth, table.offsetHeight]
  lines.setAttribute("width", `${width}`)
  lines.setAttribute("height", `${height}`)
  const origin = table.getBoundingClientRect()
  const cards = new Map([...table.querySelectorAll<HTMLElement>("[data-step]")].map(one => [one.dataset["step"], one.getBoundingClientRect()]))
  const chosen = state.selected[0] === "steps" ? state.selected[1] : undefined
  const made = state.view.steps.flatMap(({ id, after }) =>
    after.flatMap(before => {
      const [from, to] = [cards.get(before), cards.get(id)]
      if (!from || !to) return []
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path")
      path.setAttribute("d", wayBetween(from, to, origin))
      path.setAttribute("class", id === chosen || before === chosen ? "board__line is-on" : "board__line")
      return [path]
    }),
  )
  lines.replaceChildren(...made.sort((one, other) => Number(one.classList.contains("is-on")) - Number(other.classList.contains("is-on"))))
}

/** A curve from the right of one card to the left of another, or from below to above in one column. */
function wayBetween(from: DOMRect, to: DOMRect, origin: DOMRect): string {
  const point = (x: number, y: number): [number, number] => [Math.round(x - origin.left), Math.round(y - origin.top)]
  const isBeside = to.left >= from.right
  if (isBeside) {
    const [x1, y1] = point(from.right, from.top + from.height / 2)
    const [x2, y2] = point(to.left, to.top + to.height / 2)
    const bend = Math.max(14, (x2 - x1) / 2)
    return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 2} ${y2}`
  }
  const isBelow = to.top >= from.bottom
  const [x1, y1] = point(from.left + 24, isBelow ? from.bottom : from.top)
  const [x2, y2] = point(to.left + 24, isBelow ? to.top : to.bottom)
  const bend = (isBelow ? 1 : -1) * Math.max(10, Math.abs(y2 - y1) / 2)
  return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`
}
