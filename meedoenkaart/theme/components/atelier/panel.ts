import { get, make, part } from "../finder/dom"
import type { Path } from "../form/yaml"
import { shownProblems } from "./board"
import { unconnectable, type Value } from "./changes"
import type { Data } from "./data"
import { button, quick, sign } from "./parts"
import { type Kind, languagesIn, listIn, textIn, valueIn } from "./route"
import type { Say } from "./say"
import { type Placed, type State, huesOf, kindOf, nameOf, named, numbersOf, same } from "./state"

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** What somebody does in the fields. */
export interface PanelActs {
  set(path: Path, value: Value, isTyped: boolean): void
  open(part: Path): void
  remove(part: Path): void
  /** Put a part one place earlier or later. */
  shift(part: Path, by: number): void
  add(kind: Kind, name: string): void
  addItem(list: Path): void
  connect(from: string, to: string): void
  disconnect(from: string, to: string): void
  split(step: string, lanes: string[]): void
}

const LANGUAGES = new Intl.DisplayNames("nl", { type: "language" })
const BY_ID = new Set(["steps", "phases", "lanes", "actors"])
const CAN_SHIFT = new Set(["phase", "lane", "actor", "note", "money", "source"])

/** The fields of the part that is chosen: the server drew them, this fills them in and hears what changes. */
export class Panel {
  #shown: Path | undefined
  #asking = ""
  readonly #stop = new AbortController()
  #state: State | undefined

  readonly root: HTMLElement
  readonly place: HTMLElement
  readonly data: Data
  readonly say: Say
  readonly acts: PanelActs

  constructor(root: HTMLElement, place: HTMLElement, data: Data, say: Say, acts: PanelActs) {
    this.root = root
    this.place = place
    this.data = data
    this.say = say
    this.acts = acts
    const listen = { signal: this.#stop.signal }
    place.addEventListener("input", event => this.#heard(event, true), listen)
    place.addEventListener("change", event => this.#heard(event, false), listen)
  }

  /** Stop listening. */
  end(): void {
    this.#stop.abort()
  }

  /** Show the part that is chosen; `anew` also in the field that has the focus. */
  show(state: State, anew: boolean): void {
    this.#state = state
    if (!this.#shown || !same(this.#shown, state.selected)) {
      this.#shown = state.selected
      this.#asking = ""
      this.#build(state)
    }
    this.#fill(state, anew)
  }

  /** Bring somebody to a field of the part, or to its first. */
  focus(path?: Path): void {
    const rel = path?.slice(this.#shown?.length ?? 0).filter(step => typeof step === "string") ?? []
    const questions = [...this.place.querySelectorAll<HTMLElement>("[data-question]")]
    const found = rel.length ? questions.find(one => this.#pathOf(one.dataset["question"]).every((step, index) => step === path?.[index])) : undefined
    const isWide = matchMedia("(min-width: 64rem)").matches
    const first = found ?? (isWide ? questions[0] : undefined)
    const field = first?.querySelector<HTMLElement>("[data-path], [data-add], button")
    for (let fold = first?.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true
    ;(field ?? get(this.place, ".side__title")).focus()
    first?.scrollIntoView({ block: "nearest" })
  }

  #build(state: State): void {
    const { say, root } = this
    const at = state.selected
    const kind = kindOf(at)
    const parts: (Node | string)[] = []
    if (at.length) {
      const outer = kind === "link" ? at.slice(0, 2) : []
      const name = outer.length ? nameOf(state, outer) : say("whole")
      parts.push(button(root, "arrow-left", name, () => this.#back(outer, at), "side__back"))
    }
    const title = make("h2", "side__title")
    title.tabIndex = -1
    const about = make("ul", "side__problems")
    const fields = part(root, kind)
    parts.push(title, about, fields)
    if (kind === "step") parts.push(this.#splitting(state))
    if (kind === "route") parts.push(part(root, "lists"))
    if (at.length) parts.push(this.#foot(kind))
    this.place.replaceChildren(...parts)
    for (const made of this.place.querySelectorAll<HTMLButtonElement>("[data-new]")) {
      made.addEventListener("click", () => this.#ask(made.closest<HTMLElement>("[data-list]")?.dataset["list"] ?? ""))
    }
    this.place.scrollTop = 0
  }

  /** Go back to where a part stands in its list: the next one is made there. */
  #back(outer: Path, from: Path): void {
    this.acts.open(outer)
    const item = this.place.querySelector<HTMLElement>(`[data-key="${CSS.escape(from.join("/"))}"]`)
    item?.focus()
    item?.closest("[data-list]")?.querySelector("[data-new]")?.scrollIntoView({ block: "nearest" })
  }

  #foot(kind: string): HTMLElement {
    const foot = make("div", "side__foot")
    const { root, say, acts } = this
    const at = (): Path => this.#shown ?? []
    if (CAN_SHIFT.has(kind)) {
      foot.append(
        button(root, "arrow-up", say("earlier"), () => acts.shift(at(), -1)),
        button(root, "arrow-down", say("later"), () => acts.shift(at(), 1)),
      )
    }
    foot.append(button(root, "trash-2", say("remove"), () => acts.remove(at())))
    return foot
  }

  /** One step becomes one in each of several lanes. */
  #splitting(state: State): HTMLElement | "" {
    if (!state.view.lanes.length) return ""
    const fold = make("details", "fold part__fold")
    const choices = make("fieldset", "question")
    choices.append(make("legend", "question__help", this.say("split-about")))
    for (const [id, name] of named(state, "lanes")) {
      const label = make("label", "check")
      const box = make("input", "")
      box.type = "checkbox"
      box.value = id
      box.dataset["split"] = ""
      label.append(box, make("span", "", name))
      choices.append(label)
    }
    choices.append(
      button(this.root, "", this.say("split"), () => {
        const lanes = [...choices.querySelectorAll<HTMLInputElement>(":checked")].map(one => one.value)
        if (lanes.length) this.acts.split(String(this.#shown?.[1] ?? ""), lanes)
      }),
    )
    fold.append(make("summary", "", this.say("split-title")), choices)
    return fold
  }

  #fill(state: State, anew: boolean): void {
    const kind = kindOf(state.selected)
    const title = get(this.place, ".side__title")
    const number = kind === "step" ? numbersOf(state.view).get(String(state.selected[1])) : undefined
    title.textContent = number ? this.say("step-number", { number }) : this.say(`kind-${kind}`)
    for (const control of this.#controls()) {
      if (control === document.activeElement && !anew && !(control instanceof HTMLSelectElement)) continue
      this.#fillOne(state, control)
    }
    for (const names of this.place.querySelectorAll<HTMLElement>("[data-names]")) this.#fillNames(state, names)
    for (const parts of this.place.querySelectorAll<HTMLElement>("[data-parts]")) this.#fillLinks(state, parts)
    for (const list of this.place.querySelectorAll<HTMLElement>("[data-list]")) this.#fillList(state, list)
    this.#tell(state)
    for (const fold of this.place.querySelectorAll<HTMLElement>("details.part__fold")) {
      const filled = new Set([...fold.querySelectorAll<HTMLElement>("[data-question]")].filter(one => valueIn(state.view.tree, this.#pathOf(one.dataset["question"])) !== undefined))
      const words = fold.querySelector("[data-filled]")
      if (words) words.textContent = filled.size ? this.say("filled", { number: filled.size }) : ""
    }
  }

  #controls(): Control[] {
    return [...this.place.querySelectorAll<Control>("[data-path]")]
  }

  /** Return where in the file the answer to a question stands: `step.within.unit` is of the step that is chosen. */
  #pathOf(name = ""): Path {
    return [...(this.#shown ?? []), ...name.split(".").slice(1)]
  }

  #fillOne(state: State, control: Control): void {
    const path = this.#pathOf(control.dataset["path"])
    const value = textIn(state.view.tree, path)
    if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = value === "ja"
    else if (control instanceof HTMLInputElement && control.type === "radio") control.checked = value === control.value
    else if (control instanceof HTMLSelectElement) {
      const { of } = control.dataset
      if (of) this.#offer(control, this.#choices(state, of, path), value)
      control.value = value
    } else if (control.value !== value) control.value = value
  }

  #offer(select: HTMLSelectElement, choices: [id: string, name: string][], value: string): void {
    const known = value && !choices.some(([id]) => id === value) ? [...choices, [value, value] as const] : choices
    const options = known.map(([id, name]) => new Option(name, id))
    const present = [...select.options].slice(1)
    if (present.length === options.length && options.every((one, index) => one.value === present[index]?.value && one.text === present[index]?.text)) return
    select.replaceChildren(...[...select.options].slice(0, 1), ...options)
  }

  /** Return what can be chosen of a kind of part, with its name; steps with the number that they have in the drawing. */
  #choices(state: State, of: string, path: Path): [id: string, name: string][] {
    const { view } = state
    if (of === "elements") return Object.entries(this.data.elements).map(([id, one]) => [id, one.title])
    if (of === "roles") return Object.entries(this.data.roles).map(([id, one]) => [id, one.title])
    if (of === "municipalities") return Object.entries(this.data.municipalities)
    if (of === "own") return listIn(view.tree, ["municipalities"]).map(id => [id, this.data.municipalities[id] ?? id])
    if (of === "about") {
      const others = ["regisseur", "budget", "status"].map((id): [string, string] => [id, this.say(`about-${id}`)])
      return [...others, ...this.#steps(state)]
    }
    const own = path[0] === "steps" ? String(path[1]) : ""
    if (of !== "steps") {
      const does = path.at(-1) === "together_with" ? textIn(view.tree, ["steps", own, "actor"]) : ""
      return named(state, of as Kind).filter(([id]) => !does || id !== does)
    }
    return this.#steps(state).filter(([id]) => {
      if (id === own) return false
      if (path.at(-1) === "after" && own) return !unconnectable(view, this.data, id, own)
      return path.at(-1) !== "next" || !unconnectable(view, this.data, own, id)
    })
  }

  #steps(state: State): [id: string, name: string][] {
    const numbers = numbersOf(state.view)
    const sorted = [...named(state, "steps")].sort(([one], [other]) => (numbers.get(one) ?? 0) - (numbers.get(other) ?? 0))
    return sorted.map(([id, name]) => [id, `${numbers.get(id) ?? ""}. ${name}`])
  }

  #chosen(state: State, path: Path): string[] {
    if (path.at(-1) !== "next") return listIn(state.view.tree, path)
    return state.view.steps.filter(one => one.after.includes(String(path[1]))).map(one => one.id)
  }

  #fillNames(state: State, names: HTMLElement): void {
    const path = this.#pathOf(names.dataset["names"])
    const of = names.dataset["of"] ?? ""
    const chosen = this.#chosen(state, path)
    const all = new Map([...this.#choices(state, of, [...path.slice(0, 2), ""])])
    const list = get(names, "[data-chosen]")
    list.replaceChildren(
      ...chosen.map(id => {
        const item = make("li", "picked__one")
        const name = all.get(id) ?? id
        const less = button(this.root, "x", "", () => {
          this.#choose(path, chosen.filter(one => one !== id), id, false)
          get(names, "[data-add]").focus()
        }, "picked__less")
        less.setAttribute("aria-label", this.say("leave-out", { name }))
        item.append(make("span", "", name), less)
        return item
      }),
    )
    const select = get<HTMLSelectElement>(names, "[data-add]")
    this.#offer(select, this.#choices(state, of, path).filter(([id]) => !chosen.includes(id)), "")
    select.value = ""
    select.disabled = select.options.length < 2
  }

  #choose(path: Path, ids: string[], id: string, isOn: boolean): void {
    const own = String(path[1])
    if (path.at(-1) === "next") {
      if (isOn) this.acts.connect(own, id)
      else this.acts.disconnect(own, id)
    } else this.acts.set(path, ids.length ? ids : undefined, false)
  }

  #fillLinks(state: State, parts: HTMLElement): void {
    const path = this.#pathOf(parts.dataset["parts"])
    const items = valueIn(state.view.tree, path)
    const list = make("ul", "side__items")
    if (Array.isArray(items)) list.append(...items.map((_, index) => this.#item(state, [...path, index])))
    parts.replaceChildren(list, button(this.root, "plus", this.say("new-link"), () => this.acts.addItem(path)))
  }

  #item(state: State, at: Path): HTMLElement {
    const item = make("li", "")
    const open = button(this.root, "", "", () => this.acts.open(at), "side__item")
    const [head, ...rest] = this.#summary(state, at)
    if (at[0] === "actors") {
      const tile = make("span", "side__tile drawing")
      tile.dataset["hue"] = String(huesOf(state).get(String(at[1])) ?? 0)
      tile.append(sign(this.root, textIn(state.view.tree, [...at, "icon"]), "icon"))
      open.append(tile)
    }
    open.append(make("span", "side__item-name", head || this.say("nameless")))
    const more = rest.filter(Boolean).join(", ")
    if (more) open.append(make("span", "side__item-more", more))
    open.append(sign(this.root, "arrow-right"))
    const wrong = shownProblems(state).some(one => at.every((step, index) => one.path[index] === step))
    if (wrong) open.classList.add("side__item--wrong")
    open.dataset["key"] = at.join("/")
    item.append(open)
    return item
  }

  #summary(state: State, at: Path): string[] {
    const get = (field: string): string => textIn(state.view.tree, [...at, field])
    const names = (list: Kind, id: string): string => (id ? nameOf(state, [list, id]) : "")
    switch (kindOf(at)) {
      case "actor":
        return [get("name"), this.data.roles[get("role")]?.title ?? ""]
      case "phase":
        return [get("title"), get("when")]
      case "money":
        return [get("amount"), get("text")]
      case "break":
        return [names("phases", get("phase")), names("lanes", get("lane"))]
      case "source":
      case "link":
        return [get("title") || get("address") || get("organisation"), get("date")]
      case "status":
        return [get("stage") && this.say(`stage-${get("stage")}`), get("date")]
      case "contact":
        return [get("website") || get("email") || get("phone")]
      case "confirmation":
        return [get("by"), get("on")]
      default:
        return [get("title"), get("text").slice(0, 60)]
    }
  }

  #fillList(state: State, list: HTMLElement): void {
    const name = list.dataset["list"] ?? ""
    const found = valueIn(state.view.tree, [name])
    const paths: Path[] = BY_ID.has(name)
      ? state.view[name as Kind].map(({ id }) => [name, id])
      : Array.isArray(found) ? found.map((_, index) => [name, index]) : found === undefined ? [] : [[name]]
    get(list, "ul").replaceChildren(...paths.map(one => this.#item(state, one)))
    const made = get(list, "[data-new]")
    made.hidden = this.#asking === name || (paths.length > 0 && paths[0]?.length === 1) || paths.length >= (this.data.most[name] ?? 99)
    const asked = list.querySelector(".quick")
    if (this.#asking !== name) asked?.remove()
  }

  /** Ask what something new is called where its id is made of that; else make it at once. */
  #ask(name: string): void {
    if (!BY_ID.has(name)) {
      if (["status", "regisseur", "contact", "confirmation"].includes(name)) this.acts.open([name])
      else this.acts.addItem([name])
      return
    }
    this.#asking = name
    const list = get(this.place, `[data-list="${name}"]`)
    const stop = (): void => {
      this.#asking = ""
      if (this.#state) this.#fillList(this.#state, list)
      get(list, "[data-new]").focus()
    }
    const asked = quick(this.root, this.say(`name-${name}`), this.say("add"), words => {
      this.#asking = ""
      this.acts.add(name as Kind, words)
    }, stop)
    list.append(asked)
    get(list, "[data-new]").hidden = true
    get(asked, "input").focus()
  }

  /** Tell problems and hints at the fields that they are about, and what is about the whole part above them. */
  #tell(state: State): void {
    const questions = [...this.place.querySelectorAll<HTMLElement>("[data-question]")]
    const told = new Set<unknown>()
    const problems = shownProblems(state).filter(one => state.selected.every((step, index) => one.path[index] === step))
    for (const question of questions) {
      const path = this.#pathOf(question.dataset["question"])
      const own = problems.filter(one => path.every((step, index) => one.path[index] === step))
      for (const one of own) told.add(one)
      const isWrong = own.some(one => one.severity === "error")
      const hints = own.length ? [] : state.hints.filter(one => path.every((step, index) => one.path[index] === step)).map(one => one.message)
      const languages = languagesIn(state.view.tree, path)
      const isHere = question.contains(document.activeElement)
      if (languages.length && isHere && !own.length) hints.push(this.say("translated", { languages: languages.map(one => LANGUAGES.of(one) ?? one).join(", ") }))
      const message = question.querySelector<HTMLElement>(".question__problem")
      if (!message) continue
      const words = [...own.map(one => wordsOf(one)), ...hints].join(" ")
      if (message.dataset["said"] !== words) message.textContent = message.dataset["said"] = words
      message.classList.toggle("question__problem--error", isWrong)
      message.classList.toggle("question__problem--hint", !own.length)
      for (const control of question.querySelectorAll("[data-path], [data-add]")) {
        if (isWrong) control.setAttribute("aria-invalid", "true")
        else control.removeAttribute("aria-invalid")
      }
    }
    const depth = state.selected.length
    const others = problems.filter(one => !told.has(one) && (depth || one.path.length < 2))
    get(this.place, ".side__problems").replaceChildren(
      ...others.map(one => make("li", `question__problem${one.severity === "error" ? " question__problem--error" : ""}`, wordsOf(one))),
    )
  }

  #heard(event: Event, isTyped: boolean): void {
    const control = event.target as Control
    if (control.dataset["add"] !== undefined && !isTyped) {
      const names = control.closest<HTMLElement>("[data-names]")
      const path = this.#pathOf(names?.dataset["names"])
      const chosen = this.#state ? this.#chosen(this.#state, path) : []
      // Together with others, the municipality itself is one of them.
      const { slug = "" } = this.#state ?? {}
      if (path[0] === "municipalities" && !chosen.length && slug !== control.value && Object.hasOwn(this.data.municipalities, slug)) chosen.push(slug)
      if (control.value) this.#choose(path, [...chosen, control.value], control.value, true)
      return
    }
    if (!control.dataset["path"]) return
    const isText = !(control instanceof HTMLSelectElement) && !["checkbox", "radio"].includes(control.type)
    if (isText !== isTyped) return
    const path = this.#pathOf(control.dataset["path"])
    const value = control instanceof HTMLInputElement && control.type === "checkbox" ? control.checked || undefined : control.value.trim() || undefined
    this.acts.set(path, value, isTyped)
  }
}

/** What is wrong and what to do about it. */
export function wordsOf({ message, remedy = "" }: Placed): string {
  return `${message} ${remedy}`.trim()
}
