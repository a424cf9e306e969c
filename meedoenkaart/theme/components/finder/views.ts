import { counted, fill, type Words } from "./data"
import { get, make, named, part, setNamed } from "./dom"
import { idle } from "../../turns"

/** A set of filters that somebody gave a name, and what it gave when it was last opened. */
export interface View {
  readonly name: string
  readonly query: string
  readonly seen: readonly string[]
}

const MOST_VIEWS = 30
const LONGEST_NAME = 60
const LONGEST_QUERY = 1000
const MOST_SEEN = 25_000

/** Read stored views; what is not one is left out, whatever it is. */
export function readViews(stored: string | null): View[] {
  let found: unknown
  try {
    found = JSON.parse(stored ?? "[]")
  } catch {
    return []
  }
  if (!Array.isArray(found)) return []
  return found.slice(0, MOST_VIEWS).flatMap((one: unknown) => {
    if (typeof one !== "object" || one === null) return []
    const { name, query, seen } = one as Record<string, unknown>
    if (typeof name !== "string" || typeof query !== "string" || !Array.isArray(seen)) return []
    if (name.trim() === "" || name.length > LONGEST_NAME || query.length > LONGEST_QUERY) return []
    if (query !== "" && !query.startsWith("?")) return []
    return [{ name, query, seen: seen.filter(key => typeof key === "string").slice(0, MOST_SEEN) }]
  })
}

/** A short name for an opportunity's key: what was seen is remembered of thousands. */
export function shortOf(key: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(36)
}

/** What the list of views needs of the finder. */
export interface Filters {
  /** The query of what is chosen now; it holds the place too, so that it means the same on every page. */
  query(): string
  /** The keys of what a query gives; null when its place could not be read. */
  keys(query: string): Promise<string[] | null>
  open(query: string): void
  /** The address of a query, to open it elsewhere. */
  address(query: string): string
}

/** Filters kept under a name in this browser. */
export class Views {
  readonly #root: HTMLElement
  readonly #words: Words
  readonly #filters: Filters
  readonly #list: HTMLElement
  readonly #note: HTMLElement
  readonly #name: string

  constructor(root: HTMLElement, words: Words, filters: Filters, storageName: string) {
    this.#root = root
    this.#words = words
    this.#filters = filters
    this.#name = storageName
    this.#list = get(root, ".finder__saved")
    this.#note = get(root, ".finder__views-note")
    const form = get<HTMLFormElement>(root, ".finder__save")
    form.addEventListener("submit", event => {
      event.preventDefault()
      void this.#save(String(new FormData(form).get("naam") ?? "").trim(), form)
    })
    void idle().then(() => this.#show()) // each asks the finder what it gives today
  }

  async #save(name: string, form: HTMLFormElement): Promise<void> {
    if (name === "") return
    const query = this.#filters.query()
    const keys = await this.#filters.keys(query)
    if (!keys) {
      this.#note.textContent = this.#words.unread_places
      return
    }
    const seen = keys.map(shortOf)
    const others = this.#read().filter(view => view.name !== name)
    if (!this.#write([...others, { name: name.slice(0, LONGEST_NAME), query, seen }].slice(-MOST_VIEWS))) return
    form.reset()
    setNamed(this.#note, fill(this.#words.views.saved, { name }), name)
    await this.#show()
  }

  async #show(): Promise<void> {
    const views = this.#read()
    const items = await Promise.all(views.map(view => this.#item(view)))
    this.#list.replaceChildren(...items)
  }

  async #item(view: View): Promise<HTMLElement> {
    const { words } = { words: this.#words.views }
    const item = get(part(this.#root, "view"), "li")
    const link = get<HTMLAnchorElement>(item, ".view__open")
    link.textContent = view.name
    link.href = this.#filters.address(view.query)
    const now = await this.#filters.keys(view.query)
    const seen = new Set(view.seen)
    const fresh = (now ?? []).filter(key => !seen.has(shortOf(key))).length
    const badge = get(item, ".view__new")
    badge.hidden = fresh === 0
    badge.textContent = counted(words.new, fresh)
    link.addEventListener("click", event => {
      if (now) this.#write(this.#read().map(one => (one.name === view.name ? { ...one, seen: now.map(shortOf) } : one)))
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      this.#filters.open(view.query)
      badge.hidden = true
    })
    const remove = get(item, ".view__remove")
    setNamed(get(remove, ".visually-hidden"), fill(words.remove, { name: view.name }), view.name)
    remove.addEventListener("click", () => void this.#remove(view))
    return item
  }

  async #remove(view: View): Promise<void> {
    const before = this.#read()
    this.#write(before.filter(one => one.name !== view.name))
    await this.#show()
    const undo = make("button", "button button--quiet", this.#words.views.undo)
    undo.type = "button"
    undo.addEventListener("click", () => {
      this.#write(before)
      this.#note.replaceChildren()
      void this.#show()
    })
    this.#note.replaceChildren(...named(`${fill(this.#words.views.removed, { name: view.name })} `, view.name), undo)
    undo.focus()
  }

  #read(): View[] {
    try {
      return readViews(localStorage.getItem(this.#name))
    } catch {
      return []
    }
  }

  #write(views: readonly View[]): boolean {
    try {
      localStorage.setItem(this.#name, JSON.stringify(views))
      return true
    } catch {
      this.#note.textContent = this.#words.views.full
      return false
    }
  }
}
