import { counted, type Count } from "../finder/data"
import { get, setText } from "../finder/dom"
import { fold } from "../../fold"

/** Let the reader sort and filter the table of all routes; what was chosen stands in the address. */
export function startTable(page: Document): void {
  const root = page.querySelector<HTMLElement>(".routes")
  const table = root?.querySelector<HTMLTableElement>("table")
  if (!root || !table) return
  const words = JSON.parse(root.dataset["found"] ?? "") as Count
  const body = get<HTMLTableSectionElement>(table, "tbody")
  const rows = [...body.rows]
  const filter = get(root, ".routes__filter")
  const fields = [...filter.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[name]")]
  const heads = [...table.querySelectorAll<HTMLTableCellElement>("th[data-sort]")]
  const query = new URLSearchParams(location.search)
  let [column, isDown] = order(query.get("op") ?? "", heads.length)

  const draw = (): void => {
    const [words_, law, stage] = ["zoek", "wet", "stand"].map(name => fields.find(one => one.name === name)?.value ?? "")
    const sought = fold(words_ ?? "").trim()
    const shown = rows.filter(row => {
      const fits = fold(row.cells[1]?.textContent ?? "").includes(sought)
      row.hidden = !(fits && (!law || row.dataset["wet"] === law) && (!stage || row.dataset["stand"] === stage))
      return !row.hidden
    })
    setText(get(root, ".routes__found"), counted(words, shown.length))
    heads.forEach((head, index) => {
      if (index === column) head.setAttribute("aria-sort", isDown ? "descending" : "ascending")
      else head.removeAttribute("aria-sort")
    })
    body.append(...(column < 0 ? rows : [...rows].sort((one, other) => compare(valueOf(one, column), valueOf(other, column), isDown))))
  }
  const settle = (): void => {
    draw()
    const wished = [...fields.map(one => [one.name, one.value]), ["op", column < 0 ? "" : `${isDown ? "-" : ""}${column + 1}`]]
    const kept = new URLSearchParams(wished.filter(([, value]) => value)).toString()
    history.replaceState(null, "", kept ? `?${kept}` : location.pathname)
  }

  for (const field of fields) {
    field.value = query.get(field.name)?.slice(0, 100) ?? ""
    if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = ""
    field.addEventListener("input", settle)
  }
  heads.forEach((head, index) => {
    const button = page.createElement("button")
    button.type = "button"
    button.className = "routes__sort"
    button.append(...head.childNodes)
    head.append(button)
    button.addEventListener("click", () => {
      ;[column, isDown] = [index, index === column && !isDown]
      settle()
    })
  })
  draw()
}

/** `-3` in an address: the third column, downwards. */
function order(text: string, most: number): [number, boolean] {
  const found = /^(-?)([1-9])$/.exec(text)
  const column = found ? Number(found[2]) - 1 : -1
  return column < most ? [column, found?.[1] === "-"] : [-1, false]
}

/** What a row is sorted by; null where nothing is known. */
function valueOf(row: HTMLTableRowElement, column: number): string | number | null {
  const cell = row.cells[column + 1]
  const value = cell?.dataset["value"] ?? (cell?.querySelector(".quiet:only-child") ? "" : (cell?.textContent ?? "").trim())
  return value === "" ? null : /^[\d.]+$/.test(value) ? Number(value) : value
}

/** What is not known comes last, in either direction. */
function compare(one: string | number | null, other: string | number | null, isDown: boolean): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  const found = typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "nl")
  return isDown ? -found : found
}
