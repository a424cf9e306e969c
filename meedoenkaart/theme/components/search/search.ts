import { load } from "../../lazy"
import type { Found } from "./answers"

/** From so many letters on there are answers, after a pause of so long. */
const SHORTEST = 2
const PAUSE_MS = 150
const OPENING_KEYS = new Set(["/", "s", "f"])
const KEYS_FOR_MATERIAL = new Set(["ArrowUp", "ArrowDown", "Enter", "Escape"])

/**
 * Show Material's search in a modal dialog, so that the browser itself keeps the focus in it and gives it back.
 *
 * Whether it is open stands in Material's hidden checkbox: this function follows and sets that, and no more.
 */
export function openSearch(page: Document): void {
  const dialog = page.querySelector<HTMLDialogElement>("dialog.search")
  const toggle = page.querySelector<HTMLInputElement>("#__search")
  const query = dialog?.querySelector<HTMLInputElement>("[name=query]")
  const list = dialog?.querySelector<HTMLOListElement>(".search__list")
  const answers = dialog?.querySelector<HTMLElement>(".search__answers")
  if (!dialog || !toggle || !query || !list || !answers) return

  const set = (open: boolean): void => {
    if (toggle.checked !== open) toggle.click()
  }
  const follow = (): void => {
    if (!toggle.checked) {
      dialog.close()
    } else if (!dialog.open) {
      dialog.showModal()
      query.focus()
      query.select()
    }
  }

  toggle.addEventListener("change", follow)
  dialog.addEventListener("close", () => set(dialog.open)) // told late: by then it may be open again
  dialog.addEventListener("click", event => {
    if (event.target === dialog) set(false)
  })
  page.querySelector("[data-search-open]")?.addEventListener("click", () => set(true))

  page.addEventListener("keydown", event => {
    // Past the last link of the dialog, or after a click beside one, Tab starts anew; Material would close.
    if (toggle.checked && event.key === "Tab") event.stopPropagation()
    if (toggle.checked || event.ctrlKey || event.metaKey || event.altKey) return
    if (!OPENING_KEYS.has(event.key) || isTyping(event.target)) return
    event.preventDefault()
    event.stopPropagation()
    set(true)
  })
  // Material closes on Tab and moves every other key to the field: wrong for the buttons and links of a dialog.
  dialog.addEventListener("keydown", event => {
    const fromField = event.target === query && event.key !== "Tab"
    if (!fromField && !KEYS_FOR_MATERIAL.has(event.key)) event.stopPropagation()
  })

  answerWhileTyping(query, answers)
  new MutationObserver(() => reachable(list)).observe(list, { childList: true })
  follow()
}

/** Show opportunities and organisations before pages, with the finder's own understanding; it comes when it is needed. */
function answerWhileTyping(query: HTMLInputElement, box: HTMLElement): void {
  let timer = 0
  const show = async (): Promise<void> => {
    const asked = query.value.trim()
    if (asked.length < SHORTEST) {
      box.hidden = true
      return
    }
    // Without a connection there are pages, as before.
    const answer = await load<typeof import("./answers")>("answers").then(one => one.answering()).catch(() => null)
    if (!answer || query.value.trim() !== asked) return
    const { found, all } = answer(asked)
    box.hidden = found.length === 0
    box.querySelector("ol")?.replaceChildren(...found.map(line))
    box.querySelector<HTMLAnchorElement>(".search__all")?.setAttribute("href", all)
  }
  query.addEventListener("input", () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void show(), PAUSE_MS)
  })
}

function line({ title, note, url }: Found): HTMLLIElement {
  const item = document.createElement("li")
  const link = item.appendChild(document.createElement("a"))
  link.className = "search__answer"
  link.href = url
  link.append(title)
  // Names are nobody's to translate: an organisation's own, and below a title who offers it and where.
  link.translate = note !== ""
  const who = document.createElement("small")
  who.translate = false
  who.textContent = note
  if (note) link.append(who)
  return item
}

/** Bring the results into the tab order and out of the page's headings. */
function reachable(list: HTMLOListElement): void {
  for (const link of list.querySelectorAll("[tabindex='-1']")) link.removeAttribute("tabindex")
  for (const heading of list.querySelectorAll("h1, h2")) heading.setAttribute("role", "presentation")
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"))
}
