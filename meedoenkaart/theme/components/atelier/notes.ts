import { make } from "../finder/dom"
import { button, sign } from "./parts"

/** What one can do about a note. */
export interface Way {
  readonly words: string
  readonly act: () => void
}

/** Notes above the board: each can be closed, and some offer a way on. */
export class Notes {
  readonly #shown = new Map<string, HTMLElement>()

  readonly root: HTMLElement
  readonly place: HTMLElement

  constructor(root: HTMLElement, place: HTMLElement) {
    this.root = root
    this.place = place
    place.replaceChildren()
  }

  /** Say something; what was said under the same name before goes. */
  say(icon: string, words: string, ways: readonly Way[] = [], name = "said", canClose = true): void {
    this.close(name)
    const note = make("div", "notice")
    note.role = "status"
    const does = make("span", "work__note-does")
    for (const { words, act } of ways) does.append(button(this.root, "", words, act))
    if (canClose) {
      const close = button(this.root, "x", "", () => this.close(name), "work__icon")
      close.setAttribute("aria-label", this.root.dataset["close"] ?? "")
      does.append(close)
    }
    note.append(sign(this.root, icon), make("span", "work__note-words", words), does)
    this.#shown.set(name, note)
    this.place.append(note)
  }

  toggle(name: string, isOn: boolean, icon: string, words: string): void {
    if (!isOn) this.close(name)
    else if (!this.#shown.has(name)) this.say(icon, words, [], name, false)
  }

  close(name: string): void {
    this.#shown.get(name)?.remove()
    this.#shown.delete(name)
  }
}
