import { counted, fill, load, type Index } from "../finder/data"
import { written } from "../finder/distance"
import { get, part, setText } from "../finder/dom"
import { Engine } from "../finder/engine"
import { Origins, type Known } from "../finder/origins"
import { Where } from "../finder/where"
import { dateOf, times, today, type Schedule, type Time } from "../when/days"

/** Days that the agenda tells of, today included, as `publishing/pages/agenda.py` does. */
const DAYS = 14
const DAY_NAME = new Intl.DateTimeFormat("nl", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" })

/** Schedules with their times, and the number of that of each opportunity; -1: none. */
interface Schedules {
  readonly schedules: readonly Schedule[]
  readonly schedule: readonly number[]
}

/** Something that is on. */
interface Entry extends Time {
  readonly row: number
}

/** Let the reader choose a place: the server's list for the region gives way to what is on near it, from today on. */
export async function startAgenda(page: Document): Promise<void> {
  const root = page.querySelector<HTMLElement>(".agenda")
  if (!root) return
  const files = [load<Index>(root.dataset["index"] ?? ""), load<Schedules>(root.dataset["agenda"] ?? "")] as const
  const [index, agenda] = await Promise.all(files).catch(() => [])
  if (index && agenda) await new Agenda(root, index, agenda).start()
}

class Agenda {
  readonly #root: HTMLElement
  readonly #index: Index
  readonly #agenda: Schedules
  readonly #engine: Engine
  readonly #origins: Origins
  readonly #where: Where
  readonly #radii: HTMLFieldSetElement
  #origin: Known | null = null

  constructor(root: HTMLElement, index: Index, agenda: Schedules) {
    this.#root = root
    this.#index = index
    this.#agenda = agenda
    this.#engine = new Engine(index)
    this.#origins = new Origins(index, root.dataset["places"] ?? "")
    this.#where = new Where(root, index.words, this.#origins, origin => this.#choose(origin))
    this.#radii = get(root, ".agenda__radius")
    this.#radii.addEventListener("change", () => this.#settle())
  }

  async start(): Promise<void> {
    const asked = new URLSearchParams(location.search)
    const id = asked.get("bij")
    const radius = this.#radio(asked.get("straal") ?? "")
    if (radius) radius.checked = true
    this.#origin = (id && (await this.#origins.find(id))) || null
    get(this.#root, ".agenda__near").hidden = false
    this.#draw()
  }

  #choose(origin: Known | null): void {
    this.#origin = origin
    this.#settle()
  }

  /** Draw what was chosen, and keep it in the address. */
  #settle(): void {
    this.#draw()
    const query = this.#origin ? `?bij=${this.#origin.id}&straal=${this.#radius}` : location.pathname
    history.replaceState(null, "", query)
  }

  get #radius(): string {
    return this.#radii.querySelector<HTMLInputElement>("input:checked")?.value ?? ""
  }

  #radio(value: string): HTMLInputElement | undefined {
    return Array.from(this.#radii.querySelectorAll("input")).find(one => one.value === value)
  }

  #draw(): void {
    const origin = this.#origin
    this.#where.show(origin)
    this.#radii.hidden = origin === null
    this.#engine.from(origin, origin?.areas)
    const entries = this.#entries()
    const days = new Map<number, Entry[]>()
    for (const one of entries) days.set(one.day, [...(days.get(one.day) ?? []), one])
    get(this.#root, ".agenda__days").replaceChildren(...[...days].map(([day, on]) => this.#day(day, on)))
    const count = counted(this.#index.words.agenda, entries.length)
    setText(get(this.#root, ".agenda__status"), origin ? fill(this.#index.words.agenda_near, { count, name: origin.name }) : count)
  }

  /** Return what is on within the radius, by day and time; near a place first what is nearest. */
  #entries(): Entry[] {
    const { schedules, schedule } = this.#agenda
    const { offers } = this.#index
    const first = today()
    const within = Number(this.#radius) || Infinity
    const on = schedules.map(one => times(one, first, first + DAYS - 1))
    const entries = schedule.flatMap((number, row) => {
      const km = this.#engine.km(row)
      const isHere = this.#origin ? km !== null && km <= within : offers.elsewhere[row] === 0
      return isHere ? (on[number] ?? []).map(one => ({ ...one, row })) : []
    })
    const away = (one: Entry): number => this.#engine.km(one.row) ?? 0
    const order = (one: Entry, other: Entry): number =>
      one.day - other.day || (one.starts || "~").localeCompare(other.starts || "~") || away(one) - away(other)
    return entries.sort(order)
  }

  #day(day: number, entries: readonly Entry[]): DocumentFragment {
    const made = part(this.#root, "day")
    const date = dateOf(day)
    const name = DAY_NAME.format(date)
    const [section, title] = [get(made, "section"), get(made, "h2")]
    title.id = `dag-${date.toISOString().slice(0, 10)}`
    section.setAttribute("aria-labelledby", title.id)
    const time = get<HTMLTimeElement>(made, "time")
    time.dateTime = date.toISOString().slice(0, 10)
    setText(time, name.charAt(0).toUpperCase() + name.slice(1))
    get(made, "ul").append(...entries.map(one => this.#entry(one)))
    return made
  }

  #entry({ row, starts, ends }: Entry): DocumentFragment {
    const { offers, organisations, places, venues } = this.#index
    const made = part(this.#root, starts ? (ends ? "entry-until" : "entry-from") : "entry")
    const clock = (time: string): string => time.replace(":", ".")
    if (starts) setText(get(made, ".agenda__starts"), clock(starts))
    if (ends && starts) setText(get(made, ".agenda__ends"), clock(ends))
    const organisation = offers.organisation[row] as number
    const name = organisations.name[organisation] ?? ""
    const place = places[venues[this.#engine.venue(row)]?.[2] ?? -1] ?? ""
    const link = get<HTMLAnchorElement>(made, "a")
    link.href = `${this.#root.dataset["root"]}kansen/${organisations.slug[organisation]}/#${offers.id[row]}`
    setText(link, offers.title[row] ?? "")
    setText(get(made, ".agenda__who"), !place || name.includes(place) ? name : `${name}, ${place}`)
    const km = this.#engine.km(row)
    const away = get(made, ".agenda__away")
    away.hidden = km === null
    if (km !== null) setText(get(away, "span"), written(km))
    const fresh = organisations.fresh[organisation] ?? ""
    const tag = part(this.#root, fresh === "ja" ? "confirmed" : fresh ? "dated" : "undated")
    if (fresh && fresh !== "ja") setText(get(tag, ".tag > span"), fill(this.#index.words.agenda_source, { year: fresh }))
    get(made, ".card__tags").replaceChildren(tag)
    return made
  }
}
