import { isKey, LIMIT, type Kept } from "./kept"
import { Shortlist } from "./store"
import { Toast } from "./toast"

const PLACE = ".card__keep:empty"
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
    for (const place of places) addButton(place, model, list, toast, kept)
  }
  const show = (): void => {
    const kept = keys(list)
    for (const one of links) count(one, kept.size)
    for (const button of page.querySelectorAll<HTMLElement>(".keep")) mark(button, kept)
  }
  list.onChange(show)
  dress(page)
  show()
  // Lists are drawn again by other components.
  new MutationObserver(records => {
    for (const { addedNodes } of records) for (const node of addedNodes) if (node instanceof Element) dress(node)
  }).observe(page.querySelector("main") ?? page.body, { childList: true, subtree: true })
  return list
}

function keys(list: Shortlist): Set<string> {
  return new Set(list.kept.map(one => one.key))
}

function addButton(place: Element, model: HTMLButtonElement, list: Shortlist, toast: Toast, kept: ReadonlySet<string>): void {
  const holder = place.closest<HTMLElement>("[data-key]")
  const key = holder?.dataset["key"]
  const title = holder?.querySelector(TITLE)?.textContent?.trim()
  if (!isKey(key) || !title) return
  const button = model.cloneNode(true) as HTMLButtonElement
  button.dataset["keep"] = key
  const { on } = (place as HTMLElement).dataset // what the button says there once it is kept
  if (on) button.querySelector("[data-when=on]")!.textContent = on
  button.dataset["title"] = title
  button.addEventListener("click", () => toggle({ key, title }, list, toast, button))
  mark(button, kept)
  place.append(button)
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
