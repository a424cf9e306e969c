import { isKey, LIMIT, type Kept } from "./kept"
import { Shortlist } from "./store"
import { Toast } from "./toast"

const PLACE = ".card__keep"
const TITLE = ".card__title, .opportunity__title"

/**
 * Let people keep opportunities: a button wherever an element with a key has room for one, and the count in the header.
 *
 * Returns the shortlist, for the page that shows it; nothing when the page has no header of ours.
 */
export function keepOpportunities(page: Document): Shortlist | undefined {
  const links = page.querySelectorAll<HTMLAnchorElement>("a[data-shortlist]")
  const [link] = links
  const template = page.querySelector<HTMLTemplateElement>("#__bewaarknop")?.content.querySelector("button")
  const box = page.querySelector<HTMLElement>(".toast")
  if (!link || !template || !box) return undefined
  const model = page.importNode(template, true) // once: a copy within the document takes far less time
  const list = new Shortlist(new URL(link.href).pathname)
  const toast = new Toast(box)
  const dress = (part: ParentNode): void => {
    const places = part.querySelectorAll(PLACE)
    if (places.length === 0) return
    const kept = keys(list)
    for (const place of places) dressPlace(place, model, kept, (one, button) => toggle(one, list, toast, button))
  }
  const show = (): void => {
    const kept = keys(list)
    for (const one of links) count(one, kept.size)
    for (const button of page.querySelectorAll<HTMLElement>(".keep")) mark(button, kept)
  }
  list.onChange(show)
  dress(page)
  show()
  // Other components draw lists again, and let a card show another opportunity.
  new MutationObserver(records => {
    for (const { type, target, addedNodes } of records) {
      for (const node of type === "attributes" ? [target] : addedNodes) if (node instanceof Element) dress(node)
    }
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
