import { foundBy, RESULTS, ROOT, type Found } from "../finder/contract"

const NAME = "opvang"

/** Remember the reception location that somebody last looked from, as long as the tab is open. */
export function rememberReception(page: Document): void {
  const finder = page.querySelector<HTMLElement>(ROOT)
  if (!finder) return
  const look = ({ origin }: Found): void => {
    if (origin?.kind === "azc") keep(origin.name) // never somebody's own position
  }
  finder.addEventListener(RESULTS, ({ detail }) => look(detail))
  const before = foundBy(finder)
  if (before) look(before)
}

/** The name of that reception location; empty when there is none. */
export function rememberedReception(): string {
  try {
    return sessionStorage.getItem(NAME) ?? ""
  } catch {
    return ""
  }
}

function keep(name: string): void {
  try {
    sessionStorage.setItem(NAME, name)
  } catch {
    // Then one chooses it again.
  }
}
