import { RESULTS, ROOT } from "../finder/contract"

const NAME = "opvang"

/** Remember the reception location that somebody last looked from, as long as the tab is open. */
export function rememberReception(page: Document): void {
  page.querySelector<HTMLElement>(ROOT)?.addEventListener(RESULTS, ({ detail: { origin } }) => {
    if (origin?.kind === "azc") keep(origin.name) // never somebody's own position
  })
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
