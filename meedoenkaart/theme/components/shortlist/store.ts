import { LIMIT, parse, serialise, type Kept } from "./kept"

/** What became of keeping: done, no room, or the browser keeps nothing. */
export type Outcome = "kept" | "full" | "refused"

/** Return the shortlist of a page, one for all languages of the site; nothing when the page has no header of ours. */
export function shortlistOf(page: Document): Shortlist | null {
  const link = page.querySelector<HTMLAnchorElement>("a[data-shortlist]")
  return link && new Shortlist(new URL(link.dataset["shortlist"] ?? "", link.baseURI).pathname)
}

/** The shortlist: in this browser only, the same in all its tabs. */
export class Shortlist {
  readonly #name: string
  readonly #listeners: (() => void)[] = []

  /** `name`: under which the browser keeps it; several sites may share its storage. */
  constructor(name: string) {
    this.#name = name
    window.addEventListener("storage", event => {
      if (event.key === name || event.key === null) this.#tell()
    })
    window.addEventListener("pageshow", event => {
      if (event.persisted) this.#tell()
    })
  }

  get kept(): readonly Kept[] {
    try {
      return parse(localStorage.getItem(this.#name))
    } catch {
      return [] // the browser lets nobody look
    }
  }

  has(key: string): boolean {
    return this.kept.some(one => one.key === key)
  }

  /** Keep one, at the end or where it stood before. */
  add(one: Kept, place?: number): Outcome {
    const all = this.kept.filter(({ key }) => key !== one.key)
    if (all.length >= LIMIT) return "full"
    all.splice(place ?? all.length, 0, one)
    return this.#write(all) ? "kept" : "refused"
  }

  /** Take one off, and return where it stood. */
  remove(key: string): number {
    const all = this.kept
    this.#write(all.filter(one => one.key !== key))
    return all.findIndex(one => one.key === key)
  }

  /** Call a function after every change, here or in another tab. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  #write(all: readonly Kept[]): boolean {
    try {
      localStorage.setItem(this.#name, serialise(all))
    } catch {
      return false
    }
    this.#tell()
    return true
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
