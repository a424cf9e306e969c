import { isKey, LIMIT, type Kept } from "./kept"
import { type Shortlist, shortlistOf } from "./store"
import { Toast } from "./toast"
import { idle } from "../../turns"

const PLACE = ".card__keep"
const TITLE = ".card__title, .opportunity__title"
/** What a finder has taken the place of; nobody sees it. */
const REPLACED = ".finder--ready ~ .finder-plain"
/** Places that get their button at once, and at a time when the browser is idle: more than fit the first screen. */
const AT_A_TIME = 24

/**
 * Let people keep opportunities: a button wherever an element with a key has room for one, and the count in the header.
 *
 * Returns the shortlist, for the page that shows it; nothing when the page has no header of ours.
 */
export function keepOpportunities(page: Document): Shortlist | undefined {
  const links = page.querySelectorAll<HTMLAnchorElement>("a[data-shortlist]")
  const list = shortlistOf(page)
  const template = page.querySelector<HTMLTemplateElement>("#__bewaarknop")?.content.querySelector("button")
  const box = page.querySelector<HTMLElement>(".toast")
  if (!list || !template || !box) return undefined
  const model = page.importNode(template, true) // once: a copy within the document takes far less time
  const toast = new Toast(box)
  const dress = (places: Iterable<Element>): void => {
    let kept: Set<string> | undefined
    for (const place of places) dressPlace(place, model, (kept ??= keys(list)), (one, button) => toggle(one, list, toast, button))
  }
  const dressAll = async (places: readonly Element[]): Promise<void> => {
    for (let at = 0; at < places.length; at += AT_A_TIME) {
      if (at > 0) await idle()
      dress(places.slice(at, at + AT_A_TIME).filter(place => !place.closest(REPLACED)))
    }
  }
  const show = (): void => {
    const kept = keys(list)
    for (const one of links) count(one, kept.size)
    for (const button of page.querySelectorAll<HTMLElement>(".keep")) mark(button, kept)
  }
  list.onChange(show)
  void dressAll([...page.querySelectorAll(PLACE)])
  show()
  // Other components draw lists again, and let a card show another opportunity.
  new MutationObserver(records => {
    const changed = records.flatMap(({ type, target, addedNodes }) => (type === "attributes" ? [target] : [...addedNodes]))
    dress(changed.flatMap(node => (node instanceof Element ? [...node.querySelectorAll(PLACE)] : [])))
  }).observe(page.querySelector("main") ?? page.body, { childList: true, subtree: true, attributeFilter: ["data-key"] })
  return list
}

function keys(list: Shortlist): Set<string> {
  return new Set(list.kept.map(one => one.key))
}

/** Let a place have the button of the opportunity that it belongs to now. */
function dressPlace(
  place: Element,
  model: HTMLButtonElement,
  kept: ReadonlySet<string>,
  press: (one: Kept, button: HTMLElement) => void,
): void {
  const holder = place.closest<HTMLElement>("[data-key]")
  const key = holder?.dataset["key"]
  const title = holder?.querySelector(TITLE)?.textContent?.trim()
  let button = place.querySelector<HTMLButtonElement>("button")
  if (!isKey(key) || !title) {
    button?.remove()
    return
  }
  if (button?.dataset["keep"] === key) return
  if (!button) {
    const made = (button = model.cloneNode(true) as HTMLButtonElement)
    const { on } = (place as HTMLElement).dataset // what the button says there once it is kept
    if (on) made.querySelector("[data-when=on]")!.textContent = on
    made.addEventListener("click", () => press({ key: made.dataset["keep"] ?? "", title: made.dataset["title"] ?? "" }, made))
    place.append(made)
  }
  button.dataset["keep"] = key
  button.dataset["title"] = title
  mark(button, kept)
}

function toggle(one: Kept, list: Shortlist, toast: Toast, button: HTMLElement): void {
  const values = { title: one.title, limit: LIMIT }
  if (!list.has(one.key)) {
    toast.say(list.add(one), values)
    return
  }
  const place = list.remove(one.key)
  toast.say("removed", values, () => {
    const outcome = list.add(one, place)
    toast.say(outcome === "kept" ? "back" : outcome, values)
    window.setTimeout(() => focus(one.key)) // its button may have to be drawn first
  })
  if (!button.isConnected) toast.focus()
}

function focus(key: string): void {
  document.querySelector<HTMLElement>(`.keep[data-keep="${key}"]`)?.focus()
}

function mark(button: HTMLElement, kept: ReadonlySet<string>): void {
  const on = kept.has(button.dataset["keep"] ?? "")
  button.classList.toggle("keep--on", on)
  for (const part of button.querySelectorAll<HTMLElement>("[data-when]")) {
    part.hidden = (part.dataset["when"] === "on") !== on
    if (!part.hidden) button.setAttribute("aria-label", `${part.textContent}: ${button.dataset["title"]}`)
  }
}

function count(link: HTMLAnchorElement, kept: number): void {
  const number = link.querySelector<HTMLElement>(".kept-count")!
  number.hidden = kept === 0
  if (link.matches(".shortlist-link")) link.hidden = kept === 0
  number.textContent = ` (${kept})`
}
