import { fill } from "../finder/data"

/** Tell at which reception locations nothing of what is asked is, and mark their cells: the question is in the address. */
export function tellGaps(page: HTMLElement, asked: URLSearchParams): void {
  const told = page.querySelector<HTMLElement>(".coverage__answer")
  const [facet, id] = (asked.get("wat") ?? "").split(".")
  const heading = page.querySelector(`[id="${CSS.escape(`${asked.get("binnen")}-${asked.get("vergunning")}-${facet}-${id}`)}"]`)
  const table = heading?.closest("table")
  if (!told || !heading || !table) return
  for (const cell of page.querySelectorAll(".coverage__asked")) cell.classList.remove("coverage__asked")
  const column = [...(heading.parentElement?.children ?? [])].indexOf(heading)
  const levels = [...page.querySelectorAll<HTMLOptionElement>("[name=taal] option")].map(option => option.value)
  const level = levels.indexOf(asked.get("taal") ?? "")
  const rows = [...(table.tBodies[0]?.rows ?? [])]
  const empty = rows.filter(({ cells }) => {
    const lowest = levels.indexOf(cells[column]?.textContent?.replace("?", "") ?? "")
    return lowest < 0 || lowest > level
  })
  for (const row of empty) row.cells[column]?.classList.add("coverage__asked")
  const { none = "", all = "", some = "" } = told.dataset
  const words = empty.length === 0 ? none : empty.length === rows.length ? all : some
  told.textContent = fill(words, { n: empty.length, places: empty.map(({ cells }) => cells[0]?.textContent ?? "").join(", ") })
}
