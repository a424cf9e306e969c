import { make } from "../finder/dom"

/** What one can choose in a menu; without `act` it is the title of those below it. */
export interface Choice {
  readonly words: string
  readonly act?: () => void
}

/** Open a menu below a button, as the WAI-ARIA Authoring Practices have it: arrows, Home, End, a letter, Escape. */
export function openMenu(opener: HTMLElement, label: string, choices: readonly Choice[]): void {
  const menu = make("div", "menu-box")
  menu.role = "menu"
  menu.setAttribute("aria-label", label)
  const items: HTMLElement[] = choices.flatMap(({ words, act }) => {
    const item: HTMLElement = make(act ? "button" : "p", act ? "menu-box__item" : "menu-box__title", words)
    menu.append(item)
    if (!act) {
      item.role = "presentation"
      return []
    }
    item.role = "menuitem"
    item.tabIndex = -1
    item.addEventListener("click", () => {
      close(false)
      act()
    })
    return [item]
  })
  const close = (back: boolean): void => {
    if (stop.signal.aborted) return // taking it away takes the focus from it, too
    stop.abort()
    menu.remove()
    opener.setAttribute("aria-expanded", "false")
    if (back) opener.focus()
  }
  const stop = new AbortController()
  menu.addEventListener("keydown", event => {
    const at = items.indexOf(document.activeElement as HTMLElement)
    const letter = items.findIndex((one, index) => index > at && one.textContent.toLowerCase().startsWith(event.key.toLowerCase()))
    const next: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }
    const to = next[event.key] ?? (event.key.length === 1 && event.key !== " " && letter >= 0 ? letter : undefined)
    if (event.key === "Escape" || event.key === "Tab") {
      if (event.key === "Escape") event.preventDefault()
      event.stopPropagation()
      close(true)
    } else if (to !== undefined) {
      event.preventDefault()
      items.at(to % items.length)?.focus()
    }
  })
  document.addEventListener("pointerdown", event => !menu.contains(event.target as Node) && close(false), { signal: stop.signal, capture: true })
  menu.addEventListener("focusout", event => !menu.contains(event.relatedTarget as Node | null) && close(false))
  opener.setAttribute("aria-expanded", "true")
  opener.closest(".work")?.append(menu)
  place(menu, opener)
  items[0]?.focus()
}

/** Below the opener and within the window; above it where there is no room. */
function place(menu: HTMLElement, opener: HTMLElement): void {
  const at = opener.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const below = at.bottom + 4 + height <= innerHeight
  menu.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`
  menu.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - height - 4)}px`
}
