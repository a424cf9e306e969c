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
  if (!dialog || !toggle || !query || !list) return

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

  new MutationObserver(() => reachable(list)).observe(list, { childList: true })
  follow()
}

/** Bring the results into the tab order and out of the page's headings. */
function reachable(list: HTMLOListElement): void {
  for (const link of list.querySelectorAll("[tabindex='-1']")) link.removeAttribute("tabindex")
  for (const heading of list.querySelectorAll("h1, h2")) heading.setAttribute("role", "presentation")
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"))
}
