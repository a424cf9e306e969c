import { get, part } from "./dom"

/** What a combobox offers. */
export interface Option {
  readonly name: string
  /** What tells it from others of its name. */
  readonly note: string
}

/** What a combobox asks of the page. */
interface Asked<T extends Option> {
  readonly suggest: (typed: string) => Promise<readonly T[]>
  readonly take: (option: T) => void
  /** How many are offered, to be told to those who do not see it; null: the list is closed. */
  readonly told: (count: number | null) => void
}

/** A field with a list of what one may mean, as the ARIA Authoring Practices describe it. */
export class Combobox<T extends Option> {
  readonly #root: HTMLElement
  readonly #asked: Asked<T>
  readonly #list: HTMLElement
  readonly input: HTMLInputElement
  #options: readonly T[] = []
  #active = -1
  #opening: Promise<void> = Promise.resolve()

  /** `root` holds the templates; `box` the field and its list. */
  constructor(root: HTMLElement, box: HTMLElement, asked: Asked<T>) {
    this.#root = root
    this.#asked = asked
    this.input = get(box, ".combobox__input")
    this.#list = get(box, ".combobox__list")
    this.input.addEventListener("click", () => void this.suggest())
    this.input.addEventListener("input", () => void this.suggest())
    this.input.addEventListener("keydown", event => this.#key(event))
    this.input.addEventListener("blur", () => this.close())
    // A press on an option must not take the focus from the field.
    this.#list.addEventListener("pointerdown", event => event.preventDefault())
    this.#list.addEventListener("click", event => {
      const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null
      const chosen = option && this.#options[Number(option.dataset["number"])]
      if (chosen) this.#take(chosen)
    })
  }

  get isOpen(): boolean {
    return !this.#list.hidden
  }

  /** Offer what fits what stands in the field now. */
  async suggest(): Promise<void> {
    const typed = this.input.value
    const options = await this.#asked.suggest(typed)
    if (this.input.value === typed && document.activeElement === this.input) this.open(options)
  }

  open(options: readonly T[]): void {
    this.#options = options
    this.#active = -1
    this.#list.replaceChildren(
      ...options.map(({ name, note }, number) => {
        const made = part(this.#root, "option")
        const option = get(made, "[role=option]")
        option.id = `${this.#list.id}-${number}`
        option.dataset["number"] = String(number)
        get(option, ".option__name").textContent = name
        get(option, ".option__note").textContent = note
        return made
      }),
    )
    this.#list.hidden = options.length === 0
    this.input.setAttribute("aria-expanded", String(options.length > 0))
    this.input.removeAttribute("aria-activedescendant")
    this.#asked.told(options.length)
  }

  close(): void {
    this.#list.hidden = true
    this.#options = []
    this.#active = -1
    this.input.setAttribute("aria-expanded", "false")
    this.input.removeAttribute("aria-activedescendant")
    this.#asked.told(null)
  }

  /** The option that is marked, once the list that is being made is there. */
  async marked(): Promise<T | undefined> {
    await this.#opening // whoever is quicker than the list means the option that the arrow will mark
    return this.#options[this.#active]
  }

  #key(event: KeyboardEvent): void {
    const { key } = event
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault()
      const step = key === "ArrowDown" ? 1 : -1
      if (this.isOpen) this.#activate(this.#active + step)
      else this.#opening = this.suggest().then(() => this.#activate(step > 0 ? 0 : this.#options.length - 1))
    } else if (key === "Enter") {
      const option = this.#options[this.#active]
      if (!option) return
      event.preventDefault()
      this.#take(option)
    } else if (key === "Escape") {
      if (!this.isOpen) this.input.value = ""
      else event.preventDefault()
      this.close()
    }
  }

  #activate(number: number): void {
    const count = this.#options.length
    if (count === 0) return
    this.#active = (number + count) % count
    for (const [at, option] of [...this.#list.children].entries()) {
      option.setAttribute("aria-selected", String(at === this.#active))
      if (at !== this.#active) continue
      this.input.setAttribute("aria-activedescendant", option.id)
      option.scrollIntoView({ block: "nearest" })
    }
  }

  #take(option: T): void {
    this.close()
    this.#asked.take(option)
  }
}
