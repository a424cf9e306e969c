import { Combobox, type Option } from "./combobox"
import { counted, fill, type Words } from "./data"
import { get, setText } from "./dom"
import { spelled } from "./fold"
import type { Known, Origins } from "./origins"

const MOST = 8

interface Place extends Option {
  readonly origin: Known
}

/** The field in which one says where. */
export class Where {
  readonly #words: Words
  readonly #origins: Origins
  readonly #choose: (origin: Known | null) => void
  readonly #isOffered: ((origin: Known) => boolean) | undefined
  readonly #box: Combobox<Place>
  readonly #note: HTMLElement
  #chosen: Known | null = null
  /** What the field holds when nobody types: the place that is chosen, or one that is wished and could not be read. */
  #held = ""

  constructor(
    root: HTMLElement, words: Words, origins: Origins, choose: (origin: Known | null) => void,
    isOffered?: (origin: Known) => boolean,
  ) {
    this.#words = words
    this.#origins = origins
    this.#choose = choose
    this.#isOffered = isOffered
    this.#note = get(root, ".finder__where-note")
    // The finder has a second field of this kind; the agenda has none.
    const box = root.querySelector<HTMLElement>(".finder__where") ?? root
    this.#box = new Combobox<Place>(root, box, {
      suggest: async typed => {
        if (typed) await origins.complete()
        return this.#offered(this.#chosen && typed === this.#held ? "" : typed)
      },
      take: ({ origin }) => this.#take(origin),
      told: count => this.say(count === null ? "" : this.#told(count)),
    })
    this.#box.input.addEventListener("focus", () => void origins.complete())
    this.#box.input.addEventListener("keydown", event => {
      if (event.key !== "Enter" || event.defaultPrevented) return
      event.preventDefault()
      void this.#entered()
    })
    this.#box.input.addEventListener("blur", () => this.#left())
  }

  /** Show what is chosen now, or what is wished and could not be read. */
  show(origin: Known | null, wish = ""): void {
    this.#chosen = origin
    this.#held = origin ? this.label(origin) : wish
    this.#box.input.value = this.#held
    this.#box.close()
  }

  say(text: string): void {
    setText(this.#note, text)
  }

  /** The name of an origin as a reader knows it. */
  label(origin: Known): string {
    if (origin.kind === "postcode") return `${origin.name} (${origin.within})`
    return origin.kind === "gemeente" ? `${this.#words.kind["gemeente"]} ${origin.name}` : origin.name
  }

  /** What tells an origin from others of its name; with the name by which it was found, if that is another. */
  note(origin: Known, typed = ""): string {
    const note = fill(this.#words.kind[origin.kind] ?? "", { name: origin.within })
    const asked = spelled(typed)
    if (origin.former) return `${origin.former}, ${note}`
    const via = spelled(origin.name).includes(asked) ? undefined : origin.also.find(name => spelled(name).includes(asked))
    return via ? `${via}, ${note}` : note
  }

  #offered(typed: string): Place[] {
    return this.#origins.suggest(typed, MOST, this.#isOffered).map(origin => ({ origin, name: origin.name, note: this.note(origin, typed) }))
  }

  #told(count: number): string {
    const { suggestions, unread_places } = this.#words
    return this.#origins.areRead || this.#box.input.value === "" ? counted(suggestions, count) : unread_places
  }

  /** Take the option that is marked, or the only one that was meant. */
  async #entered(): Promise<void> {
    const marked = await this.#box.marked()
    const typed = this.#box.input.value.trim()
    if (marked) this.#take(marked.origin)
    else if (typed === "") this.#take(null)
    else {
      await this.#origins.complete()
      const options = this.#offered(typed)
      const same = options.filter(({ origin }) => origin.spelled.includes(spelled(typed)))
      const [only] = same.length ? same : options
      if (only && (same.length === 1 || (options.length === 1 && this.#origins.areRead))) this.#take(only.origin)
      else this.#box.open(same.length ? same : options)
    }
  }

  #left(): void {
    if (this.#held === "") return
    if (this.#box.input.value.trim() === "") this.#take(null)
    else this.#box.input.value = this.#held
  }

  #take(origin: Known | null): void {
    this.show(origin)
    this.#choose(origin)
  }
}
