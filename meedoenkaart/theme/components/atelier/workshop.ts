import { get } from "../finder/dom"
import type { Path } from "../form/yaml"
import { type Adding, drawBoard, drawLines } from "./board"
import * as changes from "./changes"
import { showCheck } from "./check"
import type { Data } from "./data"
import { Drawing } from "./drawing"
import { type Engine, startEngine } from "./engine"
import { type Remark, hintsOf, problemsOf } from "./hints"
import { type History, begin, changedTo, redo, undo } from "./history"
import { openMenu, type Choice } from "./menu"
import { arrowed, dragCards, stepsIn, type Target } from "./moving"
import { Notes } from "./notes"
import { Panel } from "./panel"
import type { FormName, Told } from "./protocol"
import { type Kind, countIn, pathAt, textIn, viewOf } from "./route"
import type { Say } from "./say"
import { type Placed, type State, type Tab, kindOf, nameOf, named, partOf, same } from "./state"

/** What is worked on, and where it is kept. */
export interface Work {
  readonly slug: string
  readonly text: string
  /** What an example says that may be otherwise here. */
  readonly check?: readonly Remark[] | undefined
}

const DONE = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"])

/** The board, the fields, the drawing and the problems of one draft: all show one state. */
export class Workshop {
  #state: State
  #adding: Adding | undefined
  /** What the field on the board asked the name of when it was drawn. */
  #asking: Adding | undefined
  /** The step that arrows move, and how all was before. */
  #moving: { id: string; before: History } | undefined
  /** The step for which the one that follows is being chosen. */
  #connecting = ""
  #form: FormName = matchMedia("(max-width: 40rem)").matches ? "phone" : "wide"
  #engine: Engine | undefined
  /** What the engine found last. */
  #found: Placed[] = []
  readonly #asked: (Remark & { text: string })[]
  #afterDrawing: (() => void) | undefined
  /** Whether something is pressed: were it drawn anew before it is let go of, the click would be lost. */
  #isPressed = false
  #isLate = false
  readonly notes: Notes
  readonly #work: HTMLElement
  readonly #panel: Panel
  readonly #drawing: Drawing
  readonly #stop = new AbortController()

  readonly root: HTMLElement
  readonly data: Data
  readonly say: Say
  readonly keep: (text: string) => void

  constructor(root: HTMLElement, data: Data, say: Say, work: Work, keep: (text: string) => void) {
    this.root = root
    this.data = data
    this.say = say
    this.keep = keep
    this.#work = get(root, "[data-work]")
    this.notes = new Notes(root, get(root, "[data-notes]"))
    this.#state = {
      slug: work.slug,
      history: begin(work.text),
      view: viewOf(work.text) ?? { tree: {}, actors: [], phases: [], lanes: [], steps: [] },
      isBroken: !viewOf(work.text),
      selected: [],
      tab: "board",
      readiness: "asleep",
      problems: [],
      hints: [],
      untold: [],
      tellsMissing: false,
    }
    this.#asked = (work.check ?? []).map(one => ({ ...one, text: textIn(this.#state.view.tree, one.path) }))
    this.#drawing = new Drawing(get(root, "[data-pane=drawing]"), say, id => this.open(["steps", id], true))
    this.#panel = new Panel(root, get(root, "[data-fields]"), data, say, {
      set: (path, value, isTyped) => this.#set(path, value, isTyped),
      open: part => this.open(part, true),
      remove: part => this.#remove(part),
      shift: (part, by) => this.#shift(part, by),
      add: (kind, name) => this.#add({ kind: kind.slice(0, -1) as Adding["kind"] }, name, kind),
      addItem: list => this.#addItem(list),
      connect: (from, to) => this.#connect(from, to),
      disconnect: (from, to) => this.#change(changes.disconnect(this.text, data, from, to)),
      split: (step, lanes) => this.#change(changes.splitTo(this.text, data, step, lanes), { said: say("split-done", { step: nameOf(this.#state, ["steps", step]) }) }),
    })
    this.#listen()
    this.#check()
    this.#render(true)
  }

  get text(): string {
    return this.#state.history.now
  }

  get state(): State {
    return this.#state
  }

  get drawing(): Drawing {
    return this.#drawing
  }

  /** Stop listening and end the engine. */
  end(): void {
    this.#stop.abort()
    this.#engine?.end()
    this.#panel.end()
  }

  /** Load what draws and checks by all rules. */
  wake(worker: string, files: string): void {
    this.#state = { ...this.#state, readiness: "loading" }
    this.#engine = startEngine(worker, files, told => this.#hear(told))
    this.#look()
    this.#render(false)
  }

  /** Put another text in the place of this one, as a step that can be undone. */
  replace(text: string, said: string): void {
    this.#change(text, { said, anew: true })
  }

  /** Choose a part; `goes` brings somebody to its fields. */
  open(path: Path, goes: boolean): void {
    const part = partOf(path)
    if (this.#connecting && part[0] === "steps" && part[1] !== this.#connecting) return this.#connect(this.#connecting, String(part[1]))
    this.#state = { ...this.#state, selected: part, tab: goes || isWide() ? "fields" : this.#state.tab }
    this.#adding = undefined
    this.#render(false)
    this.#drawing.choose(part[0] === "steps" ? String(part[1]) : "", true)
    this.#showCard()
    if (goes) this.#panel.focus(path.length > part.length ? path : undefined)
  }

  show(tab: Tab): void {
    this.#state = { ...this.#state, tab, tellsMissing: this.#state.tellsMissing || tab === "check" }
    this.#render(false)
  }

  /** From now on, tell what is missing too. */
  tellMissing(): void {
    this.#state = { ...this.#state, tellsMissing: true }
    this.#render(false)
  }

  /** Draw in another form, and then do something once. */
  drawAs(form: FormName, then?: () => void): void {
    this.#form = form
    this.#afterDrawing = then
    this.#look()
    this.#render(false)
  }

  get form(): FormName {
    return this.#form
  }

  undo(): void {
    this.#travel(undo(this.#state.history), "undone")
  }

  redo(): void {
    this.#travel(redo(this.#state.history), "redone")
  }

  #travel(history: History, said: string): void {
    if (history.now === this.text) return
    this.#moving = undefined
    this.#take(history, true)
    this.speak(this.say(said))
  }

  /** Say something to who does not see it. */
  speak(words: string): void {
    const live = get(this.root, "[data-live]")
    live.textContent = ""
    window.setTimeout(() => (live.textContent = words), 50)
  }

  #set(path: Path, value: changes.Value, isTyped: boolean): void {
    const [kind, id, field] = path
    const step = kind === "steps" ? this.#state.view.steps.find(one => one.id === id) : undefined
    if (step && path.length === 3 && (field === "phase" || field === "lane")) {
      const to = { phase: step.phase, lane: step.lane, [field]: typeof value === "string" ? value : "" }
      if (to.phase) this.#move(step.id, to)
      return
    }
    let text = changes.set(this.text, this.data, path, value)
    if (kind === "actors" && field === "role" && typeof value === "string") {
      const icon = this.data.roles[value]?.icon
      if (icon) text = changes.set(text, this.data, [kind, String(id), "icon"], icon)
    }
    this.#change(text, { field: isTyped ? path.join("/") : "" })
  }

  /** Take over a new text, keep it, and show what comes of it. */
  #change(text: string, { field = "", said = "", anew = false } = {}): void {
    if (text === this.text) return
    this.#take(changedTo(this.#state.history, text, Date.now(), field), anew)
    if (said) this.speak(said)
  }

  #take(history: History, anew: boolean): void {
    const view = viewOf(history.now)
    this.#state = { ...this.#state, history, isBroken: !view, ...(view ? { view } : {}) }
    const { selected } = this.#state
    if (view && selected.length && !isThere(this.#state, selected)) this.#state = { ...this.#state, selected: kindOf(selected) === "link" ? selected.slice(0, 2) : [] }
    this.keep(history.now)
    this.#check()
    this.#look()
    this.#render(anew)
  }

  /** See what is wrong: what the page finds at once, and what the engine found last. */
  #check(): void {
    const { view } = this.#state
    const own: Placed[] = problemsOf(view, this.data)
    const isKnown = (one: Placed): boolean => own.some(other => same(other.path, one.path) && [one.rule, "empty-value"].includes(other.rule))
    const untouched = this.#asked.filter(({ path, text }) => textIn(view.tree, path) === text)
    this.#state = {
      ...this.#state,
      problems: [...own, ...this.#found.filter(one => !isKnown(one))],
      hints: [...untouched, ...hintsOf(view, this.data)],
    }
  }

  #look(): void {
    this.#engine?.look({ slug: this.#state.slug, text: this.text }, this.#form)
  }

  #letGo(): void {
    this.#isPressed = false
    if (this.#isLate) this.#render(false)
    this.#isLate = false
  }

  #hear(told: Told): void {
    switch (told.kind) {
      case "progress":
      case "starting":
        this.#progress(told)
        return
      case "ready":
        this.#state = { ...this.#state, readiness: "ready" }
        get(this.root, "[data-load]").hidden = true
        break
      case "checked": {
        this.#found = told.problems.map(one => ({ ...one, path: pathAt(this.text, one.line, one.column) }))
        this.#state = { ...this.#state, untold: told.untold }
        this.#check()
        break
      }
      case "drawn":
        this.#drawing.draw(told)
        this.#afterDrawing?.()
        this.#afterDrawing = undefined
        return
      case "not-drawn":
        this.#drawing.older(this.say(`not-drawn-${this.#state.view.steps.length ? told.reason : "empty"}`))
        return
      case "stopped":
        this.#drawing.older(this.say("stopped"))
        return
      case "failed":
        this.#state = { ...this.#state, readiness: "failed" }
        get(this.root, "[data-load-said]").textContent = this.say(`failed-${told.reason}`)
        get(this.root, "[data-load-bar]").hidden = true
    }
    if (this.#isPressed) this.#isLate = true
    else this.#render(false)
  }

  #progress(told: Told): void {
    const [said, bar] = [get(this.root, "[data-load-said]"), get<HTMLProgressElement>(this.root, "[data-load-bar]")]
    bar.hidden = false
    if (told.kind !== "progress") {
      said.textContent = this.say("starting")
      bar.removeAttribute("value")
      return
    }
    const mega = (bytes: number): string => (bytes / 1e6).toFixed(1).replace(".", ",")
    said.textContent = this.say("progress", { done: mega(told.done), total: mega(told.total) })
    bar.max = told.total
    bar.value = told.done
  }

  #ask(adding: Adding | undefined): void {
    const before = this.#adding
    this.#adding = adding
    this.#render(false)
    if (adding) get(this.root, "[data-board] .quick input").focus()
    else if (before) this.#focusKey(`plus/${before.kind}/${before.phase ?? ""}/${before.lane ?? ""}`)
  }

  #add(adding: Adding, title: string, kind: Kind = `${adding.kind}s` as Kind): void {
    if (adding.kind !== "step" || kind !== "steps") {
      const values = kind === "actors" ? { name: title, icon: "user-round" } : { title }
      const { text, id } = changes.addPart(this.text, this.data, kind, values)
      this.#adding = undefined
      this.#state = { ...this.#state, selected: [kind, id], tab: "fields" }
      this.#change(text, { said: this.say("added", { name: title }) })
      this.#panel.focus()
      return
    }
    const { phase = "", lane = "", after } = adding
    const made = changes.addStep(this.text, this.data, { title, phase, ...(lane ? { lane } : {}), ...(after ? { after: [after] } : {}) })
    // The next one that is typed follows on this one.
    this.#adding = { kind: "step", phase, lane, after: made.id }
    this.#state = { ...this.#state, selected: ["steps", made.id], tab: isWide() ? "fields" : "board" }
    this.#change(made.text, { said: this.say("added", { name: title }) })
    this.#root("[data-board] .quick input")?.focus()
  }

  #addItem(list: Path): void {
    const before = countIn(this.#state.view.tree, list)
    const values = list[0] === "breaks_off" ? { phase: this.#state.view.phases.at(-1)?.id ?? "" } : list[0] === "money" ? { kind: "budget" } : {}
    this.#state = { ...this.#state, selected: [...list, before] }
    this.#change(changes.addItem(this.text, this.data, list, values))
    this.open([...list, before], true)
  }

  #remove(part: Path): void {
    const name = nameOf(this.#state, part)
    this.#state = { ...this.#state, selected: kindOf(part) === "link" ? part.slice(0, 2) : [] }
    this.#change(changes.removePart(this.text, this.data, part), { said: this.say("removed", { name }) })
    this.#panel.focus()
  }

  #shift(part: Path, by: number): void {
    const { view } = this.#state
    const [list, own] = [part[0] as Kind, part[1]]
    const keys: (string | number)[] = typeof own === "number" ? [...Array(countIn(view.tree, [list])).keys()] : view[list].map(one => one.id)
    const at = keys.indexOf(own ?? "")
    if (at + by < 0 || at + by >= keys.length) return
    if (typeof own === "number") this.#state = { ...this.#state, selected: [list, own + by] }
    const before = keys[by < 0 ? at - 1 : at + 2]
    this.#change(changes.movePart(this.text, part, before), { said: this.say("shifted", { name: nameOf(this.#state, part), place: at + by + 1, total: keys.length }), anew: true })
  }

  #move(id: string, to: Target, isKept = true): void {
    const text = changes.moveStep(this.text, this.data, id, { phase: to.phase, lane: to.lane, ...(to.before === undefined ? {} : { before: to.before }) })
    if (text === this.text) return
    if (isKept) this.#change(text)
    else if (this.#moving) this.#take(changedTo(this.#moving.before, text, Date.now()), true)
    const step = this.#state.view.steps.find(one => one.id === id)
    if (!step) return
    const here = stepsIn(this.#state, step)
    const where = { phase: nameOf(this.#state, ["phases", step.phase]), lane: step.lane ? nameOf(this.#state, ["lanes", step.lane]) : this.say("everyone") }
    this.speak(this.say("moved", { step: step.title, ...where, place: here.findIndex(one => one.id === id) + 1, total: here.length }))
  }

  #connect(from: string, to: string): void {
    this.#connecting = ""
    const names = { from: nameOf(this.#state, ["steps", from]), to: nameOf(this.#state, ["steps", to]) }
    const why = changes.unconnectable(this.#state.view, this.data, from, to)
    if (why) {
      this.#render(false)
      this.notes.say("circle-alert", this.say(`unconnectable-${why}`, names))
      return
    }
    this.#change(changes.connect(this.text, this.data, from, to), { said: this.say("connected", names) })
    this.#render(false)
    this.#focusKey(`steps/${to}`)
  }

  #menu(id: string, opener: HTMLElement): void {
    const { say } = this
    const step = this.#state.view.steps.find(one => one.id === id)
    if (!step) return
    const to = (target: Target) => () => {
      this.#move(id, target)
      this.#focusKey(`menu/${id}`)
    }
    const phases = named(this.#state, "phases").filter(([phase]) => phase !== step.phase)
    const lanes: [string, string][] = [["", say("everyone")], ...named(this.#state, "lanes")]
    const choices: Choice[] = [
      { words: say("do-open"), act: () => this.open(["steps", id], true) },
      { words: say("do-next"), act: () => this.#ask({ kind: "step", phase: step.phase, lane: step.lane, after: id }) },
      { words: say("do-connect"), act: () => this.#startConnecting(id) },
      { words: say("do-move"), act: () => this.#startMoving(id) },
      { words: say("do-remove"), act: () => this.#remove(["steps", id]) },
      ...(phases.length ? [{ words: say("to-phase") }] : []),
      ...phases.map(([phase, words]) => ({ words, act: to({ phase, lane: step.lane }) })),
      ...(lanes.length > 1 ? [{ words: say("to-lane") }] : []),
      ...lanes.filter(([lane]) => lanes.length > 1 && lane !== step.lane).map(([lane, words]) => ({ words, act: to({ phase: step.phase, lane }) })),
    ]
    openMenu(opener, say("menu-of", { step: nameOf(this.#state, ["steps", id]) }), choices)
  }

  #startMoving(id: string): void {
    this.#moving = { id, before: this.#state.history }
    this.#render(false)
    this.#focusKey(`steps/${id}`)
    this.speak(this.say("moving", { step: nameOf(this.#state, ["steps", id]) }))
  }

  #stopMoving(isKept: boolean): void {
    const moving = this.#moving
    this.#moving = undefined
    if (moving && !isKept) this.#take(moving.before, true)
    else this.#render(false)
    if (moving) this.#focusKey(`steps/${moving.id}`)
    this.speak(this.say(isKept ? "put-down" : "put-back"))
  }

  /** Stop choosing the step that follows; a step that is moved stays where it is. */
  stop(): void {
    const id = this.#connecting
    if (this.#moving) return this.#stopMoving(true)
    this.#connecting = ""
    this.#render(false)
    this.#focusKey(`steps/${id}`)
  }

  #startConnecting(id: string): void {
    this.#connecting = id
    this.#render(false)
    this.#focusKey(`steps/${id}`)
    this.speak(this.say("connecting", { step: nameOf(this.#state, ["steps", id]) }))
  }

  #root<T extends HTMLElement = HTMLElement>(selector: string): T | null {
    return this.root.querySelector<T>(selector)
  }

  #focusKey(key: string): void {
    this.#root(`[data-key="${CSS.escape(key)}"]`)?.focus()
  }

  #showCard(): void {
    const [kind, id] = this.#state.selected
    if (kind === "steps") this.#root(`.board [data-step="${CSS.escape(String(id))}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" })
  }

  #render(anew: boolean): void {
    const { root, say } = this
    const state = this.#state
    const table = get<HTMLTableElement>(root, "[data-board]")
    const focused = document.activeElement as HTMLElement | null
    const key = table.contains(focused) ? focused?.dataset["key"] : undefined
    const typed = this.#asking === this.#adding ? table.querySelector<HTMLInputElement>(".quick input") : null
    drawBoard(root, table, state, this.#adding, say, {
      open: part => this.open(part, true),
      menu: (step, opener) => this.#menu(step, opener),
      ask: adding => this.#ask(adding),
      add: (adding, name) => this.#add(adding, name),
    })
    this.#asking = this.#adding
    if (typed) this.#typeOn(typed, typed === focused)
    table.classList.toggle("is-connecting", Boolean(this.#connecting))
    if (this.#moving) table.querySelector(`[data-step="${CSS.escape(this.#moving.id)}"]`)?.classList.add("is-moving")
    if (key) this.#focusKey(key)
    this.#drawing.choose(state.selected[0] === "steps" ? String(state.selected[1]) : "", false)
    this.#lines()
    this.#panel.show(state, anew)
    showCheck(root, get(root, "[data-check]"), state, say, {
      open: path => this.open(path, true),
      tell: (element, phase) => this.#tell(element, phase),
      fulfil: (element, step) => {
        const own = state.view.steps.find(one => one.id === step)?.fulfils ?? []
        this.#change(changes.set(this.text, this.data, ["steps", step, "fulfils"], [...own, element]), { said: say("fulfilled") })
      },
    })
    this.#frame(state)
  }

  /** What the engine finds is shown while somebody types the name of something new: the words and the cursor stay. */
  #typeOn(before: HTMLInputElement, hadFocus: boolean): void {
    const field = this.#root<HTMLInputElement>("[data-board] .quick input")
    if (!field) return
    field.value = before.value
    if (!hadFocus) return
    field.focus()
    field.setSelectionRange(before.selectionStart, before.selectionEnd)
  }

  /** The bar, the tabs and what is being done. */
  #frame(state: State): void {
    const { root, say } = this
    const title = get(root, "[data-title]")
    title.textContent = nameOf(state, []) || say("untitled")
    title.role = "heading" // the page's own is hidden now
    title.ariaLevel = "1"
    this.#work.dataset["tab"] = state.tab
    const shown = isWide() && ["board", "drawing"].includes(state.tab) ? "fields" : state.tab
    this.#work.classList.toggle("is-fields", shown === "fields")
    if (isWide()) this.#work.dataset["tab"] = shown
    for (const tab of root.querySelectorAll<HTMLElement>("[data-tab][role=tab]")) {
      const isOn = tab.dataset["tab"] === shown
      tab.setAttribute("aria-selected", `${isOn}`)
      tab.tabIndex = isOn ? 0 : -1
    }
    const count = get(root, "[data-count]")
    const errors = state.problems.filter(one => one.severity === "error").length
    const all = errors || state.problems.length
    count.hidden = !all
    count.textContent = String(all)
    count.classList.toggle("work__count--error", errors > 0)
    for (const [name, isPossible] of [["undo", state.history.past.length > 0], ["redo", state.history.future.length > 0]] as const) {
      get(root, `[data-do=${name}]`).setAttribute("aria-disabled", `${!isPossible}`)
    }
    for (const one of root.querySelectorAll<HTMLElement>("[data-form]")) if (one.matches("button")) one.setAttribute("aria-pressed", `${one.dataset["form"] === this.#form}`)
    const hint = get(root, "[data-hint]")
    hint.hidden = !this.#moving && !this.#connecting
    const step = this.#moving?.id || this.#connecting
    get(hint, "span").textContent = step ? say(this.#moving ? "moving" : "connecting", { step: nameOf(state, ["steps", step]) }) : ""
    this.notes.toggle("broken", state.isBroken, "circle-alert", say("broken"))
  }

  #lines(): void {
    drawLines(get<HTMLElement>(this.root, "[data-lines]") as unknown as SVGSVGElement, get<HTMLTableElement>(this.root, "[data-board]"), this.#state)
  }

  /** Make a step of what the law asks and the route does not tell. */
  #tell(element: string, phase: string): void {
    const asked = this.data.elements[element]
    if (!asked) return
    const { text, id } = changes.addStep(this.text, this.data, { title: asked.title, phase, fulfils: [element] })
    this.#change(text, { said: this.say("added", { name: asked.title }) })
    this.open(["steps", id], true)
  }

  #listen(): void {
    const listen = { signal: this.#stop.signal }
    this.root.addEventListener("pointerdown", () => (this.#isPressed = true), { capture: true, ...listen })
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => window.setTimeout(() => this.#letGo()), listen)
    const scroller = get(this.root, "[data-board-scroll]")
    dragCards(scroller, get<HTMLElement>(this.root, "[data-lines]") as unknown as SVGSVGElement, {
      move: (id, to) => {
        this.#move(id, to)
        this.open(["steps", id], false)
        this.#focusKey(`steps/${id}`)
      },
      connect: (from, to) => this.#connect(from, to),
      isBusy: () => Boolean(this.#moving || this.#connecting),
    }, this.#stop.signal)
    // Before the card hears it: while it is moved, Enter puts it down.
    scroller.addEventListener("keydown", event => this.#key(event), { ...listen, capture: true })
    scroller.addEventListener("click", event => {
      if (!this.#moving) return
      event.preventDefault()
      event.stopPropagation()
      this.#stopMoving(true)
    }, { ...listen, capture: true })
    get(this.root, "[data-fields]").addEventListener("keydown", event => {
      if (event.key !== "Escape" || !this.#state.selected.length) return
      const key = this.#state.selected.join("/")
      if (!isWide()) this.show("board")
      this.#focusKey(key)
    }, listen)
    document.addEventListener("keydown", event => this.#shortcut(event), listen)
    const watch = new ResizeObserver(() => this.#lines())
    watch.observe(get(this.root, "[data-board]"))
    this.#stop.signal.addEventListener("abort", () => watch.disconnect())
    matchMedia(WIDE).addEventListener("change", () => this.#render(false), listen)
  }

  #key(event: KeyboardEvent): void {
    const isEscape = event.key === "Escape"
    if (this.#connecting && isEscape) {
      event.stopPropagation()
      this.stop()
    } else if (this.#moving && DONE.has(event.key)) {
      event.preventDefault()
      event.stopPropagation()
      const target = arrowed(this.#state, this.#moving.id, event.key)
      if (target) this.#move(this.#moving.id, target, false)
      this.#focusKey(`steps/${this.#moving.id}`)
      this.#showCard()
    } else if (this.#moving && (isEscape || ["Enter", " ", "Tab"].includes(event.key))) {
      event.preventDefault()
      event.stopPropagation()
      this.#stopMoving(!isEscape)
    }
  }

  #shortcut(event: KeyboardEvent): void {
    const key = event.key.toLowerCase()
    const target = event.target as Element
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !["z", "y"].includes(key)) return
    if (target.closest("dialog, .quick") || document.querySelector("dialog[open]")) return
    event.preventDefault()
    if (key === "y" || event.shiftKey) this.redo()
    else this.undo()
  }
}

const WIDE = "(min-width: 64rem) and (min-height: 30rem)"

/** Whether the board, the drawing and the fields stand beside each other. */
export function isWide(): boolean {
  return matchMedia(WIDE).matches
}

function isThere({ view }: State, part: Path): boolean {
  const [kind, id] = part
  if (typeof id === "number") return id < countIn(view.tree, [String(kind)])
  if (part.length === 1) return true
  return view[kind as Kind]?.some(one => one.id === id) && (part.length < 4 || Number(part[3]) < countIn(view.tree, part.slice(0, 3)))
}
