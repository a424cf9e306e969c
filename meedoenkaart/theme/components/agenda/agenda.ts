import { counted, fill, load, type Index } from "../finder/data"
import { written } from "../finder/distance"
import { get, part, setDutch, setNamed, setText } from "../finder/dom"
import { AT_A_PLACE, Engine, WAYS } from "../finder/engine"
import { EVERYTHING } from "../finder/filter"
import { Origins, type Known } from "../finder/origins"
import { loadIndex } from "../finder/packed"
import { Where } from "../finder/where"
import { dateOf, times, today, type Schedule, type Time } from "../when/days"
import { clock, dateFormat } from "../../locale"

/** Days that the agenda tells of, today included, as `publishing/pages/agenda.py` does. */
const DAYS = 14
const SHORT_DAY_NAME = dateFormat({ weekday: "short", day: "numeric", month: "short", timeZone: "UTC" })
const DAY_NAME = dateFormat({ weekday: "long", day: "numeric", month: "long", timeZone: "UTC" })

/** Schedules with their times, and the number of that of each opportunity; -1: none. */
interface Schedules {
  readonly schedules: readonly Schedule[]
  readonly schedule: readonly number[]
  /** The names of public holidays by the number of the day. */
  readonly holidays: Readonly<Record<number, string>>
}

/** Something that is on. */
interface Entry extends Time {
  readonly row: number
  /** The number of where it is then; -1: nowhere. */
  readonly venue: number
  /** Kilometres from the chosen place. */
  readonly km: number | null
}

/** Let the reader choose a place: the server's list for the region gives way to what is on near it, from today on. */
export async function startAgenda(page: Document): Promise<void> {
  const root = page.querySelector<HTMLElement>(".agenda")
  if (!root) return
  const files = [loadIndex(root.dataset["index"] ?? "", root.dataset["said"]), load<Schedules>(root.dataset["agenda"] ?? "")] as const
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
    this.#follow(origin?.id ?? "")
    this.#engine.from(origin, origin?.areas)
    const all = this.#entries()
    // As in the finder: what is near, and then what needs no travel.
    const free = new Set(origin ? this.#engine.select(EVERYTHING, Number(this.#radius) || "alles").apart : [])
    const within = origin ? Number(this.#radius) || Infinity : NaN
    const near = all.filter(({ row, km }) => (origin ? km !== null && km <= within : this.#index.offers.elsewhere[row] === 0))
    this.#drawDays(near)
    this.#drawApart(all.filter(({ row }) => free.has(row)))
    const count = counted(this.#index.words.agenda, near.length)
    const { some, all: everywhere } = this.#index.words.agenda_near
    const said = origin ? fill(within < Infinity ? some : everywhere, { count, name: origin.name, km: within }) : count
    setNamed(get(this.#root, ".agenda__status"), said, origin?.name ?? "")
  }

  /** Offer the calendar of a reception location or a municipality, where there is one. */
  #follow(id: string): void {
    const place = get(this.#root, ".agenda__follow")
    const followed = JSON.parse(place.dataset["followed"] ?? "{}") as Record<"azc" | "gemeenten", readonly string[]>
    const slug = id.replace(/^gemeente-/, "")
    const kind = slug === id ? "azc" : "gemeenten"
    place.replaceChildren()
    if (!followed[kind].includes(slug)) return
    const made = part(this.#root, "follow")
    const address = new URL(`${kind}/${slug}/agenda.ics`, place.dataset["site"])
    setText(get(made, "details > p"), place.dataset[kind] ?? "")
    get<HTMLAnchorElement>(made, "[data-calendar]").href = `${this.#root.dataset["base"]}${kind}/${slug}/agenda.ics`
    get<HTMLAnchorElement>(made, "[data-follow]").href = address.href.replace(/^https?:/, "webcal:")
    setText(get(made, "[data-address]"), address.href)
    place.append(made)
  }

  #drawDays(entries: readonly Entry[]): void {
    const days = new Map<number, Entry[]>()
    for (const one of entries) days.set(one.day, [...(days.get(one.day) ?? []), one])
    get(this.#root, ".agenda__days").replaceChildren(...[...days].map(([day, on]) => this.#day(day, on)))
  }

  /** Draw each opportunity once, with the first time that it is. */
  #drawApart(entries: readonly Entry[]): void {
    const firsts = entries.filter(({ row }, number) => entries.findIndex(one => one.row === row) === number)
    const section = get(this.#root, ".agenda__apart")
    section.hidden = firsts.length === 0
    setText(get(section, ".group__count"), counted(this.#index.words.count, firsts.length))
    get(section, "ul").replaceChildren(...firsts.map(one => this.#entry(one, true)))
  }

  /** Return what is on, by day and time; near a place first what is nearest. */
  #entries(): Entry[] {
    const { schedules, schedule } = this.#agenda
    const first = today()
    const on = schedules.map(one => times(one, first, first + DAYS - 1))
    const entries = schedule.flatMap((number, row) => (on[number] ?? []).map(one => ({ ...one, row, ...this.#placed(row, one.place) })))
    const order = (one: Entry, other: Entry): number =>
      one.day - other.day || (one.starts || "~").localeCompare(other.starts || "~") || (one.km ?? 0) - (other.km ?? 0)
    return entries.sort(order)
  }

  /** Where an opportunity is at a time: at the place that is named, or else at the nearest. */
  #placed(row: number, place: number): { venue: number; km: number | null } {
    const named = this.#index.sites[this.#index.offers.site[row] as number]?.[place - 1]
    const other = this.#engine.others(row).find(([venue]) => venue === named)
    return other ? { venue: other[0], km: other[1] } : { venue: this.#engine.venue(row), km: this.#engine.km(row) }
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
    const holiday = this.#agenda.holidays[day]
    if (holiday) setText(get(made, ".agenda__holiday-name"), holiday)
    else get(made, ".agenda__holiday").remove()
    get(made, "ul").append(...entries.map(one => this.#entry(one)))
    return made
  }

  /** `apart`: without travel, and not below its day. */
  #entry({ day, row, starts, ends, meeting, venue, km }: Entry, apart = false): DocumentFragment {
    const { offers, organisations, places, venues } = this.#index
    const made = part(this.#root, starts ? (ends ? "entry-until" : "entry-from") : "entry")
    if (starts) setText(get(made, ".agenda__starts"), clock(this.#index.words.clock, starts))
    if (ends && starts) setText(get(made, ".agenda__ends"), clock(this.#index.words.clock, ends))
    const organisation = offers.organisation[row] as number
    const name = organisations.name[organisation] ?? ""
    const [, , at = -1, , hall = ""] = (!apart && venues[venue]) || []
    const place = places[at] ?? ""
    const link = get<HTMLAnchorElement>(made, "a")
    link.href = `${this.#root.dataset["root"]}kansen/${organisations.slug[organisation]}/#${offers.id[row]}`
    setText(link, offers.title[row] ?? "")
    setDutch(link)
    setText(get(made, ".agenda__who"), [name, hall, name.includes(place) ? "" : place].filter(Boolean).join(", "))
    const one = get<HTMLAnchorElement>(made, ".to-calendar__one")
    one.href = `${this.#root.dataset["base"]}kansen/${organisations.slug[organisation]}/agenda/${offers.id[row]}.ics`
    one.dataset["once"] = JSON.stringify({ day, starts, ends, meeting, place: 0 } satisfies Time)
    setText(get(one, "[data-title]"), offers.title[row] ?? "")
    const away = get(made, ".agenda__away")
    away.hidden = km === null || apart
    if (km !== null) setText(get(away, "span"), written(km))
    const tags = get(made, ".card__tags")
    if (apart) {
      const [on, when] = [get(made, ".agenda__on"), get(made, ".agenda__when")]
      on.hidden = when.hidden = false
      setText(on, SHORT_DAY_NAME.format(dateOf(day)))
      setText(when, this.#index.times[offers.when[row] as number] ?? "")
      setDutch(when, this.#index.timesInDutch.has(offers.when[row] as number))
      for (const way of this.#ways(row)) tags.append(way, " ")
    }
    const fresh = organisations.fresh[organisation] ?? ""
    const tag = part(this.#root, fresh === "ja" ? "confirmed" : fresh ? "dated" : "undated")
    if (fresh && fresh !== "ja") setText(get(tag, ".tag > span"), fill(this.#index.words.agenda_source, { year: fresh }))
    tags.append(tag)
    return made
  }

  /** How one takes part without travel. */
  #ways(row: number): DocumentFragment[] {
    const column = this.#index.facets.findIndex(({ name }) => name === WAYS)
    const ways = this.#engine.values(column, row).map(number => this.#index.facets[column]?.values[number])
    return ways.flatMap(way => {
      if (!way || way[0] === AT_A_PLACE) return []
      const tag = part(this.#root, "way")
      setText(get(tag, ".tag"), way[1])
      return [tag]
    })
  }
}
