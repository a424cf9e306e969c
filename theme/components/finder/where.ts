import { counted, fill, type Words } from "./data"
import { get, part, setText } from "./dom"
import { spelled } from "./fold"
import type { Known, Origins } from "./origins"

const MOST = 8

/** The field in which one says where: a combobox with a list, as the ARIA Authoring Practices describe it. */
export class Where {
  readonly #root: HTMLElement
  readonly #words: Words
  readonly #origins: Origins
  readonly #choose: (origin: Known | null) => void
  readonly #input: HTMLInputElement
  readonly #list: HTMLElement
  readonly #note: HTMLElement
  #options: readonly Known[] = []
  #active = -1
  #opening: Promise<void> = Promise.resolve()
  #chosen: Known | null = null
  /** What the field holds when nobody types: the place that is chosen, or one that is wished and could not be read. */
  #held = ""

  constructor(root: HTMLElement, words: Words, origins: Origins, choose: (origin: Known | null) => void) {
    this.#root = root
    this.#words = words
    this.#origins = origins
    this.#choose = choose
    this.#input = get(root, ".combobox__input")
    this.#list = get(root, ".combobox__list")
    this.#note = get(root, ".finder__where-note")
    this.#input.addEventListener("focus", () => void origins.complete())
    this.#input.addEventListener("click", () => void this.#suggest())
    this.#input.addEventListener("input", () => void this.#suggest())
    this.#input.addEventListener("keydown", event => this.#key(event))
    this.#input.addEventListener("blur", () => this.#left())
    // A press on an option must not take the focus from the field.
    this.#list.addEventListener("pointerdown", event => event.preventDefault())
    this.#list.addEventListener("click", event => {
      const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null
      const origin = option && this.#options[Number(option.dataset["number"])]
      if (origin) this.#take(origin)
    })
  }

  /** Show what is chosen now, or what is wished and could not be read. */
  show(origin: Known | null, wish = ""): void {
    this.#chosen = origin
    this.#held = origin ? this.label(origin) : wish
    this.#input.value = this.#held
    this.#close()
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
    const via = spelled(origin.name).includes(asked) ? undefined : origin.also.find(name => spelled(name).includes(asked))
    return via ? `${via}, ${note}` : note
  }

  async #suggest(): Promise<void> {
    const typed = this.#input.value
    if (typed) await this.#origins.complete()
    if (this.#input.value !== typed || document.activeElement !== this.#input) return
    const shown = this.#chosen && typed === this.#held ? "" : typed
    this.#open(this.#origins.suggest(shown, MOST))
  }

  #open(options: readonly Known[]): void {
    this.#options = options
    this.#active = -1
    this.#list.replaceChildren(
      ...options.map((origin, number) => {
        const made = part(this.#root, "option")
        const option = get(made, "[role=option]")
        option.id = `${this.#list.id}-${number}`
        option.dataset["number"] = String(number)
        get(option, ".option__name").textContent = origin.name
        get(option, ".option__note").textContent = this.note(origin, this.#input.value)
        return made
      }),
    )
    this.#list.hidden = options.length === 0
    this.#input.setAttribute("aria-expanded", String(options.length > 0))
    this.#input.removeAttribute("aria-activedescendant")
    this.say(this.#origins.areRead || this.#input.value === "" ? counted(this.#words.suggestions, options.length) : this.#words.unread_places)
  }

  #close(): void {
    this.#list.hidden = true
    this.#options = []
    this.#active = -1
    this.#input.setAttribute("aria-expanded", "false")
    this.#input.removeAttribute("aria-activedescendant")
    this.say("")
  }

  #key(event: KeyboardEvent): void {
    const { key } = event
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault()
      if (this.#list.hidden) this.#opening = this.#suggest().then(() => this.#activate(key === "ArrowDown" ? 0 : this.#options.length - 1))
      else this.#activate(this.#active + (key === "ArrowDown" ? 1 : -1))
    } else if (key === "Enter") {
      event.preventDefault()
      void this.#entered()
    } else if (key === "Escape") {
      if (this.#list.hidden) this.#input.value = ""
      this.#close()
    }
  }

  #activate(number: number): void {
    const count = this.#options.length
    if (count === 0) return
    this.#active = (number + count) % count
    for (const [at, option] of [...this.#list.children].entries()) {
      option.setAttribute("aria-selected", String(at === this.#active))
      if (at !== this.#active) continue
      this.#input.setAttribute("aria-activedescendant", option.id)
      option.scrollIntoView({ block: "nearest" })
    }
  }

  /** Take the option that is marked, or the only one that was meant. */
  async #entered(): Promise<void> {
    await this.#opening // whoever is quicker than the places means the option that the arrow will mark
    const typed = this.#input.value.trim()
    const marked = this.#options[this.#active]
    if (marked) this.#take(marked)
    else if (typed === "") this.#take(null)
    else {
      await this.#origins.complete()
      const options = this.#origins.suggest(typed, MOST)
      const same = options.filter(one => one.spelled.includes(spelled(typed)))
      const [only] = same.length ? same : options
      if (only && (same.length === 1 || (options.length === 1 && this.#origins.areRead))) this.#take(only)
      else this.#open(same.length ? same : options)
    }
  }

  #left(): void {
    this.#close()
    if (this.#held === "") return
    if (this.#input.value.trim() === "") this.#take(null)
    else this.#input.value = this.#held
  }

  #take(origin: Known | null): void {
    this.show(origin)
    this.#choose(origin)
  }
}
