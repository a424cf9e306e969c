import { get, make } from "../finder/dom"
import { slugOf } from "../form/alike"
import type { Data } from "./data"
import { type Draft, drafts, keepNew, throwAway } from "./drafts"
import type { Remark } from "./hints"
import { button } from "./parts"
import { textIn, viewOf } from "./route"
import type { Say } from "./say"
import { fromExample, fromFile, fromLaw, fromNothing } from "./start"

/** What one begins with. */
export interface Started {
  readonly slug: string
  readonly text: string
  /** What did not come along from an example. */
  readonly left?: readonly string[]
  /** What of it may be otherwise here. */
  readonly check?: readonly Remark[]
}

export interface StartActs {
  begin(started: Started): void
  goOn(id: string): void
}

/** Bytes of a file that are worth reading. */
const LARGEST = 1_000_000

/** Where one begins: with an earlier draft, the law, another route, a file or nothing. */
export class StartScreen {
  readonly #form: HTMLFormElement

  readonly root: HTMLElement
  readonly data: Data
  readonly say: Say
  readonly acts: StartActs

  constructor(root: HTMLElement, data: Data, say: Say, acts: StartActs) {
    this.root = root
    this.data = data
    this.say = say
    this.acts = acts
    this.#form = get<HTMLFormElement>(root, "[data-start-form]")
    this.#form.addEventListener("change", () => this.#follow())
    this.#form.addEventListener("submit", event => {
      event.preventDefault()
      void this.#begin()
    })
    this.#follow()
  }

  show(): void {
    this.showDrafts()
    this.tell("")
  }

  showDrafts(): void {
    const kept = drafts()
    get(this.root, "[data-drafts]").hidden = !kept.length
    get(this.root, "[data-drafts-list]").replaceChildren(...kept.map(one => this.#draft(one)))
  }

  /** Say that a draft is gone, with a way back. */
  gone(draft: Draft): void {
    get(this.root, "[data-drafts]").hidden = false
    const item = make("li", "drafts__one")
    const name = make("span", "drafts__name", this.say("discarded"))
    name.role = "status"
    const back = button(this.root, "undo-2", this.say("put-it-back"), () => {
      keepNew(draft.slug, draft.text, draft.at)
      this.showDrafts()
    })
    item.append(name, back)
    get(this.root, "[data-drafts-list]").prepend(item)
    back.focus()
  }

  /** Say what is wrong; nothing when all is well. */
  tell(name: string): void {
    get(this.root, "[data-start-problem]").textContent = name ? this.say(name) : ""
  }

  /** Change the route of a municipality that is on the site: in the draft that was begun of it, or in a new one. */
  async change(slug: string): Promise<void> {
    const file = this.#fileOf(slug)
    if (!file) return this.tell("gone")
    try {
      const text = await this.published(file)
      const before = drafts().find(one => one.slug === file)
      if (before) this.acts.goOn(before.id)
      else this.acts.begin({ slug: file, text })
    } catch {
      this.tell("not-loaded")
    }
  }

  /** Return the text of a route that is on the site; nothing when there is none of that name. */
  async published(slug: string): Promise<string> {
    return Object.hasOwn(this.data.routes, slug) ? this.#fetch(this.data.routes[slug]?.file ?? "") : ""
  }

  /** Return the name of the file with a municipality's route: its own, or that of several. */
  #fileOf(slug: string): string | undefined {
    if (Object.hasOwn(this.data.routes, slug)) return slug
    return Object.keys(this.data.routes).find(one => this.data.routes[one]?.of.includes(slug))
  }

  #draft(draft: Draft): HTMLElement {
    const item = make("li", "drafts__one")
    const view = viewOf(draft.text)
    const title = (view && textIn(view.tree, ["title"])) || this.say("untitled")
    const name = make("span", "drafts__name", title)
    const of = this.data.municipalities[draft.slug] ?? draft.slug
    const when = new Intl.DateTimeFormat("nl", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }).format(draft.at)
    name.append(make("span", "drafts__when", this.say("draft-of", { name: of, when })))
    const less = button(this.root, "trash-2", this.say("discard"), () => {
      throwAway(draft.id)
      this.showDrafts()
      this.gone(draft)
    })
    less.setAttribute("aria-label", `${this.say("discard")}: ${title}`)
    const go = button(this.root, "pencil", this.say("go-on"), () => this.acts.goOn(draft.id), "button")
    go.setAttribute("aria-label", `${this.say("go-on")}: ${title}`)
    item.append(name, go, less)
    return item
  }

  #value(name: string): string {
    return new FormData(this.#form).get(name)?.toString() ?? ""
  }

  /** Show what the choices ask. */
  #follow(): void {
    const slug = this.#value("for")
    get(this.root, "[data-together]").hidden = slug !== "+"
    const file = this.#fileOf(slug)
    get(this.#form, "p[data-has-route]").hidden = !file
    get<HTMLAnchorElement>(this.#form, "[data-change-route]").href = `?route=${file ?? ""}`
    for (const one of this.#form.querySelectorAll<HTMLElement>("[data-way-of]")) one.hidden = one.dataset["wayOf"] !== this.#value("way")
    if (slug) get(this.root, "#__voor__melding").textContent = ""
  }

  async #begin(): Promise<void> {
    const chosen = this.#value("for")
    const slug = chosen === "+" ? slugOf(this.#value("together")) : chosen
    this.tell("")
    if (!slug && this.#value("way") !== "file") {
      get(this.root, "#__voor__melding").textContent = this.say(chosen ? "no-name" : "no-municipality")
      get(this.#form, chosen ? "#__samen" : "#__voor").focus()
      return
    }
    try {
      const started = await this.#started(slug)
      if (started) this.acts.begin(started)
    } catch {
      this.tell("not-loaded")
    }
  }

  async #started(slug: string): Promise<Started | undefined> {
    const { data } = this
    switch (this.#value("way")) {
      case "law":
        return { slug, text: fromLaw(await this.#fetch(data.statutory), data, slug) }
      case "other": {
        const example = data.routes[this.#value("example")]
        const begun = example && fromExample(await this.#fetch(example.file), data, slug, example.of)
        return begun ? { slug, ...begun } : this.#wrong("not-loaded")
      }
      case "file": {
        const file = get<HTMLInputElement>(this.#form, "#__bestand").files?.[0]
        if (!file) return this.#wrong("no-file")
        const read = file.size > LARGEST ? "too-large" : fromFile(file.name, await file.text())
        return typeof read === "string" ? this.#wrong(read) : { slug: slug || read.slug, text: read.text }
      }
      default:
        return { slug, text: fromNothing(data, slug) }
    }
  }

  #wrong(name: string): undefined {
    this.tell(name)
  }

  async #fetch(file: string): Promise<string> {
    const response = await fetch(`${this.root.dataset["root"]}${file}`)
    if (!response.ok) throw new Error(`${response.status}`)
    return response.text()
  }
}
