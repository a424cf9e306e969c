import { fill } from "../finder/data"

const SHOWN_MS = 20_000

/** The box at the foot of the window that says what happened, with a way back; it waits while somebody is in it. */
export class Toast {
  readonly #box: HTMLElement
  readonly #text: HTMLElement
  readonly #undo: HTMLButtonElement
  readonly #close: HTMLButtonElement
  #back: (() => void) | undefined
  #timer = 0

  constructor(box: HTMLElement) {
    this.#box = box
    this.#text = box.querySelector<HTMLElement>("[role=status]")!
    this.#undo = box.querySelector<HTMLButtonElement>("[data-undo]")!
    this.#close = box.querySelector<HTMLButtonElement>("[data-close]")!
    this.#undo.addEventListener("click", () => {
      const back = this.#back
      this.hide()
      back?.()
    })
    this.#close.addEventListener("click", () => this.hide())
    for (const stay of ["pointerenter", "focusin"]) box.addEventListener(stay, () => window.clearTimeout(this.#timer))
    for (const leave of ["pointerleave", "focusout"]) box.addEventListener(leave, () => this.#hideLater())
  }

  /** Say the text that the box has under `name`; `undo` puts back what was changed. */
  say(name: string, values: Readonly<Record<string, string | number>>, undo?: () => void): void {
    this.#text.textContent = fill(this.#box.dataset[name] ?? "", values)
    this.#back = undo
    this.#undo.hidden = !undo
    this.#close.hidden = false
    this.#show(true)
    this.#hideLater()
  }

  /** Bring somebody whose place on the page is gone to the way back. */
  focus(): void {
    this.#undo.focus()
  }

  hide(): void {
    window.clearTimeout(this.#timer)
    this.#show(false)
    this.#text.textContent = ""
    this.#undo.hidden = this.#close.hidden = true
  }

  /** The page makes room for it; told by a class, since `html:has(…)` would search the page at every change of it. */
  #show(on: boolean): void {
    this.#box.classList.toggle("toast--on", on)
    document.documentElement.classList.toggle("has-toast", on)
  }

  #hideLater(): void {
    window.clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.hide(), SHOWN_MS)
  }
}
