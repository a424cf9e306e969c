import { fill } from "../finder/data"
import { get, make, named, setText } from "../finder/dom"
import { differences, together, type Told } from "./align"
import { asked, type Asked } from "./asked"
import { Drawings } from "./drawings"

/** The part `compare` of `theme/words.yml`. */
interface Words {
  readonly lacks: Readonly<Record<string, string>>
  readonly other_law: string
  readonly own_phases: string
  readonly alone: string
  readonly lacking: string
  readonly nothing_common: string
  readonly same: string
  readonly loading: string
  readonly failed: string
  readonly beside: string
  readonly one: string
  readonly unknown: string
  readonly twice: string
  readonly too_many: string
  readonly nothing: string
  readonly light_none: string
}

/** A route's column as its own page shows it: what the server drew. */
interface Column extends Told {
  readonly slug: string
  readonly name: string
  readonly head: HTMLTableCellElement
  readonly rows: ReadonlyMap<string, HTMLTableSectionElement>
}

/** Put the routes next to each other that the address names. */
export function startCompare(page: Document): void {
  const root = page.querySelector<HTMLElement>("[data-compare]")
  if (root?.querySelector(".compare__ask")) new Page(root).start()
}

class Page {
  readonly #root: HTMLElement
  readonly #words: Words
  readonly #most: number
  readonly #form: HTMLFormElement
  readonly #selects: readonly HTMLSelectElement[]
  readonly #names: ReadonlyMap<string, string>
  /** What the page shows when the address names nothing. */
  readonly #first: readonly string[]
  readonly #table: HTMLTableElement
  readonly #drawings: Drawings
  readonly #columns = new Map<string, Promise<Column>>()
  #latest = 0

  constructor(root: HTMLElement) {
    this.#root = root
    this.#words = JSON.parse(root.dataset["words"] ?? "") as Words
    this.#most = Number(root.dataset["most"])
    this.#form = get(root, ".compare__ask")
    this.#selects = [...this.#form.querySelectorAll("select")]
    this.#table = get(root, ".compare__table")
    const options = [...(this.#selects[0]?.options ?? [])]
    this.#names = new Map(options.filter(one => one.value).map(one => [one.value, one.text]))
    for (const select of this.#selects.slice(1)) select.replaceChildren(...options.map(one => one.cloneNode(true)))
    this.#first = [...this.#table.tHead!.rows[0]!.cells].map(one => one.dataset["slug"] ?? "")
    this.#drawings = new Drawings(get(root, ".compare__drawings"), root.dataset["root"] ?? "", this.#words.light_none)
  }

  start(): void {
    this.#form.addEventListener("submit", event => {
      event.preventDefault()
      const chosen = this.#selects.map(one => one.value).filter(Boolean).join(",")
      history.pushState(null, "", chosen ? `?gemeenten=${chosen}` : location.pathname)
      void this.#show()
    })
    window.addEventListener("popstate", () => void this.#show())
    // What the server drew is not what the address asks for.
    get(this.#root, ".compare__shown").hidden = location.search !== ""
    this.#follow(get(this.#root, ".compare__scroll"))
    void this.#show()
  }

  /** Show what the address asks for; what was there stays until the columns have come. */
  async #show(): Promise<void> {
    const turn = ++this.#latest
    const read = asked(location.search, this.#names, this.#most, this.#words)
    const slugs = read.slugs.length ? read.slugs : this.#first
    this.#selects.forEach((select, place) => {
      select.value = slugs[place] ?? ""
    })
    this.#say([this.#words.loading])
    const columns = await Promise.all(slugs.map(slug => this.#column(slug))).catch(() => null)
    if (turn !== this.#latest) return
    get(this.#root, ".compare__shown").hidden = false
    if (columns) this.#draw(columns)
    this.#say(columns ? [...read.notes, this.#told(read, columns)] : [this.#words.failed])
  }

  #told(read: Asked, columns: readonly Column[]): string {
    const names = columns.map(one => one.name).join(", ")
    if (read.slugs.length === 0 && read.notes.length) return this.#words.nothing
    return fill(columns.length === 1 ? this.#words.one : this.#words.beside, { names })
  }

  #say(lines: readonly string[]): void {
    get(this.#root, ".compare__status").replaceChildren(...lines.map(text => make("p", "", text)))
  }

  /** A column is taken from its page once; after a failure it is asked for again. */
  #column(slug: string): Promise<Column> {
    const known = this.#columns.get(slug) ?? loaded(`${this.#root.dataset["root"]}routes/${slug}/`, slug, this.#names.get(slug) ?? slug)
    this.#columns.set(slug, known)
    known.catch(() => this.#columns.delete(slug))
    return known
  }

  #draw(columns: readonly Column[]): void {
    const table = this.#table
    table.className = `compare__table compare__table--${columns.length}`
    table.tHead!.rows[0]!.replaceChildren(...columns.map(one => one.head.cloneNode(true)))
    for (const body of [...table.tBodies]) body.remove()
    table.append(...together(columns).map(keys => this.#row(keys, columns)))
    const isNow = columns.some(one => one.head.dataset["today"] !== undefined)
    const ends = [...table.querySelectorAll<SVGSVGElement>("[data-end]")].map(one => Number(one.dataset["end"]))
    const longest = Math.max(0, ...ends)
    get(table, "[data-when=no-law]").hidden = isNow
    get(table, "[data-when=scale]").hidden = longest === 0
    setText(get(table, "[data-slot=scale]"), String(Math.ceil(longest)))
    for (const bar of table.querySelectorAll("[data-end]")) bar.setAttribute("viewBox", `0 0 ${longest} 1`)
    this.#drawApart(columns)
    this.#drawNames(columns)
    this.#drawings.show(columns, table)
    setText(get(this.#root, "[data-slot=address]"), `?gemeenten=${columns.map(one => one.slug).join(",")}`)
  }

  #row(keys: readonly string[], columns: readonly Column[]): HTMLTableSectionElement {
    const key = keys[0]!
    const body = document.importNode(columns.find(one => one.rows.has(key))!.rows.get(key)!, true)
    get<HTMLTableCellElement>(body, "th").colSpan = columns.length
    if (keys.length > 1) {
      body.dataset["title"] = this.#words.own_phases
      setText(get(body, ".compare__what"), this.#words.own_phases)
    }
    body.rows[1]?.replaceChildren(...columns.map(one => this.#cell(keys, one)))
    return body
  }

  #cell(keys: readonly string[], column: Column): HTMLTableCellElement {
    const cells = keys.flatMap(key => column.rows.get(key)?.rows[1]?.cells[0] ?? []).map(one => document.importNode(one, true))
    const [first, ...others] = cells
    if (!first) {
      const part = keys[0]!.split(":")[0] ?? ""
      const isOther = part === "wet" && column.head.dataset["today"] === undefined
      return make("td", "compare__lack", isOther ? this.#words.other_law : this.#words.lacks[part])
    }
    for (const other of others) {
      first.append(...other.childNodes)
      first.dataset["steps"] = `${first.dataset["steps"]} ${other.dataset["steps"]}`
    }
    return first
  }

  /** What one tells and the others do not. */
  #drawApart(columns: readonly Column[]): void {
    const titleOf = (key: string): string => columns.find(one => one.rows.has(key))?.rows.get(key)?.dataset["title"] ?? ""
    const { apart, hasCommon } = differences(columns)
    const line = (words: string, name: string, keys: readonly string[]): HTMLElement => {
      const item = make("li", "")
      const lead = make("strong", "")
      lead.append(...named(fill(words, { name }), name))
      item.append(lead, " ", make("span", "", `${keys.map(titleOf).join("; ")}.`))
      return item
    }
    const lines = apart.flatMap(({ alone, lacks }, place) => {
      const { name } = columns[place]!
      return [
        ...(alone.length ? [line(this.#words.alone, name, alone)] : []),
        ...(lacks.length ? [line(this.#words.lacking, name, lacks)] : []),
      ]
    })
    if (!hasCommon) lines.push(make("li", "", this.#words.nothing_common))
    else if (lines.length === 0) lines.push(make("li", "", this.#words.same))
    get(this.#root, ".compare__differences").replaceChildren(...lines)
    get(this.#root, ".compare__apart").hidden = columns.length < 2
  }

  /** On a phone, where one swipes: which route is in view, and the way to the others. */
  #drawNames(columns: readonly Column[]): void {
    const bar = get(this.#root, ".compare__names")
    const scroll = get(this.#root, ".compare__scroll")
    bar.hidden = columns.length < 2
    bar.replaceChildren(
      ...columns.map((one, place) => {
        const button = make("button", "compare__name", one.name)
        button.type = "button"
        button.translate = false
        button.addEventListener("click", () => scroll.scrollTo({ left: (place * scroll.scrollWidth) / columns.length }))
        return button
      }),
    )
    scroll.scrollTo({ left: 0, behavior: "instant" })
    this.#mark(scroll)
  }

  #follow(scroll: HTMLElement): void {
    scroll.addEventListener("scroll", () => this.#mark(scroll), { passive: true })
  }

  #mark(scroll: HTMLElement): void {
    const buttons = [...get(this.#root, ".compare__names").children]
    const current = Math.round((scroll.scrollLeft / scroll.scrollWidth) * buttons.length)
    buttons.forEach((one, place) => {
      if (place === current) one.setAttribute("aria-current", "true")
      else one.removeAttribute("aria-current")
    })
  }
}

/** Take a route's column from its page. */
async function loaded(address: string, slug: string, name: string): Promise<Column> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`)
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const table = get<HTMLTableElement>(page, ".compare__table")
  const rows = new Map([...table.tBodies].map(one => [one.dataset["row"] ?? "", one]))
  const told = [...rows].filter(([, body]) => body.querySelector("[data-told]")).map(([key]) => key)
  return { slug, name, head: get<HTMLTableCellElement>(table, "th[scope=col]"), rows, keys: [...rows.keys()], told: new Set(told) }
}
