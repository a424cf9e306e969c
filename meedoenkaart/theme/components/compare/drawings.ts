import { get, make } from "../finder/dom"

interface Shown {
  readonly slug: string
  readonly name: string
}

/** Drawings begin to load this far below the window. */
const MARGIN = "400px"

/** The drawings one below the other, taken from the municipalities' pages when they come near, with the same step lit in all. */
export class Drawings {
  readonly #site: string
  readonly #none: string
  readonly #figures: HTMLElement
  readonly #light: HTMLSelectElement
  readonly #taken = new Map<string, Promise<Element | null>>()
  #table: HTMLTableElement | null = null
  #isNear = false

  constructor(root: HTMLElement, site: string, none: string) {
    this.#site = site
    this.#none = none
    this.#figures = get(root, ".compare__figures")
    this.#light = get(root, "select")
    this.#light.addEventListener("change", () => this.#lightUp())
    const watch = new IntersectionObserver(
      entries => {
        if (!entries.some(one => one.isIntersecting)) return
        watch.disconnect()
        this.#isNear = true
        this.#load()
      },
      { rootMargin: MARGIN },
    )
    watch.observe(root)
  }

  /** Show the drawings of these routes; `table` tells which steps each of its rows is about. */
  show(routes: readonly Shown[], table: HTMLTableElement): void {
    this.#table = table
    this.#figures.replaceChildren(
      ...routes.map(({ slug, name }) => {
        const figure = make("div", "compare__figure")
        figure.dataset["slug"] = slug
        const link = make("a", "", `De tekening van ${name}`)
        link.href = `${this.#site}gemeenten/${slug}/#tekening`
        const heading = make("h3", "")
        heading.append(link)
        figure.append(heading)
        return figure
      }),
    )
    const wished = this.#light.value
    const rows = [...table.tBodies].filter(body => body.querySelector("[data-steps]"))
    this.#light.replaceChildren(new Option(this.#none, ""), ...rows.map(one => new Option(one.dataset["title"], one.dataset["row"])))
    this.#light.value = rows.some(one => one.dataset["row"] === wished) ? wished : ""
    if (this.#isNear) this.#load()
  }

  #load(): void {
    for (const figure of this.#figures.querySelectorAll<HTMLElement>(".compare__figure")) void this.#fill(figure)
  }

  async #fill(figure: HTMLElement): Promise<void> {
    const slug = figure.dataset["slug"] ?? ""
    const taken = this.#taken.get(slug) ?? this.#take(slug).catch(() => null)
    this.#taken.set(slug, taken)
    const drawing = await taken
    if (!drawing) this.#taken.delete(slug)
    if (!drawing || !figure.isConnected || figure.querySelector(".picture")) return
    figure.append(drawing)
    this.#lightUp()
  }

  /** The drawing of a municipality's page, with ids of its own and links that lead there; null where there is none. */
  async #take(slug: string): Promise<Element | null> {
    const address = `${this.#site}gemeenten/${slug}/`
    const answer = await fetch(address)
    if (!answer.ok) return null
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const found = page.querySelector("[data-route-drawing]")
    if (!found) return null
    const picture = make("div", "picture")
    picture.append(...[...found.querySelectorAll(".picture__wide, .picture__phone")].map(one => document.importNode(one, true)))
    for (const one of picture.querySelectorAll("[id]")) one.id = `${slug}-${one.id}`
    for (const one of picture.querySelectorAll("[aria-labelledby]")) {
      const ids = one.getAttribute("aria-labelledby")?.split(" ") ?? []
      one.setAttribute("aria-labelledby", ids.map(id => `${slug}-${id}`).join(" "))
    }
    for (const one of picture.querySelectorAll("a[href^='#']")) one.setAttribute("href", address + one.getAttribute("href"))
    return picture
  }

  /** Bring the steps of the chosen row forward in every drawing; none where a route does not tell of it. */
  #lightUp(): void {
    const body = [...(this.#table?.tBodies ?? [])].find(one => one.dataset["row"] === this.#light.value)
    const figures = [...this.#figures.querySelectorAll<HTMLElement>(".compare__figure")]
    figures.forEach((figure, place) => {
      const steps = new Set(body?.rows[1]?.cells[place]?.dataset["steps"]?.split(/\s+/) ?? [])
      for (const drawing of figure.querySelectorAll("svg.drawing")) {
        drawing.classList.toggle("is-tracing", body !== undefined)
        for (const step of drawing.querySelectorAll<SVGGElement>("[data-step]")) {
          step.classList.toggle("is-on", steps.has(step.dataset["step"] ?? ""))
        }
      }
    })
  }
}
