import { counted, fill, load, type Count, type Index } from "../finder/data"
import { bikeMinutes, written } from "../finder/distance"
import { fromLeft, get, named, part, quoting, setDutch, setText } from "../finder/dom"
import { Origins, type Known } from "../finder/origins"
import { loadIndex } from "../finder/packed"
import { Where } from "../finder/where"
import { fromAddress, toAddress } from "../shortlist/kept"
import { type Shortlist, shortlistOf } from "../shortlist/store"
import { LOCALES } from "../../locale"
import { networkName, rowsByKey, urlOf, whoOf } from "./naming"
import { kmFrom, Onward, RULES, type ContinuityFile, type Outcome, type Rule, type Target } from "./rules"

/** What counts as near the place where somebody is, as on the page of a reception location. */
const HERE_KM = 25
/** So many of each group are shown at first. */
const AT_FIRST = 8
/** Nobody cycles farther. */
const LONGEST_RIDE_KM = 20
const SAME_PLACE_KM = 0.95

/** An opportunity with the rules that hold for it. */
interface Found {
  readonly row: number
  readonly outcomes: readonly Outcome[]
}

/** The part `onward` of `theme/words.yml`. */
interface Words {
  readonly rules: Readonly<Record<Rule, { readonly title: string; readonly unknown_title: string; readonly why: string; readonly unknown: string }>>
  readonly count: Count
  readonly by_source: string
  readonly away: string
  readonly far: string
  readonly same_place: string
  readonly network_place: string
  readonly network_site: string
  readonly network_ask: string
  readonly contact: string
  readonly no_contact: string
  readonly fresh: Readonly<Record<"ja" | "dated" | "undated", string>>
  readonly level: string
  readonly without: string
  readonly with: string
  readonly said: string
  readonly summary: string
  readonly unknown_summary: string
  readonly choose_home: string
  readonly choose_here: string
  readonly empty: string
  readonly empty_list: string
  readonly empty_kind: string
  readonly nothing_near: string
  readonly same: string
  readonly closed: string
  readonly gone: string
  readonly no_such_place: string
  readonly former: string
  readonly more: Count
  readonly failed: string
}

/** Let the reader say where somebody is and where they go; show what goes on. */
export async function startOnward(page: Document): Promise<void> {
  const root = page.querySelector<HTMLElement>(".onward")
  if (!root) return
  const address = (name: string): string => root.dataset[name] ?? ""
  const words = JSON.parse(address("words")) as Words
  const files = await Promise.all([loadIndex(address("index"), address("said")), load<ContinuityFile>(address("continuity"))]).catch(() => null)
  if (files) await new Page(root, words, ...files, shortlistOf(page)).start()
  else setText(get(root, ".onward__status"), words.failed)
}

class Page {
  readonly #root: HTMLElement
  readonly #words: Words
  readonly #index: Index
  readonly #file: ContinuityFile
  readonly #list: Shortlist | null
  readonly #origins: Origins
  readonly #fields: Readonly<Record<"bij" | "naar", Where>>
  readonly #rows: ReadonlyMap<string, number>
  readonly #unknown: HTMLInputElement
  readonly #what: HTMLSelectElement
  #here: Known | null = null
  #home: Known | null = null
  /** Keys of the shortlist that is looked at; null: what is near the place where somebody is. */
  #keys: readonly string[] | null = null
  /** Shows what each group does not show yet. */
  #completions: (() => void)[] = []

  constructor(root: HTMLElement, words: Words, index: Index, file: ContinuityFile, list: Shortlist | null) {
    this.#root = root
    this.#words = words
    this.#index = index
    this.#file = file
    this.#list = list
    this.#origins = new Origins(index, root.dataset["places"] ?? "")
    this.#rows = rowsByKey(index)
    const field = (name: string, choose: (origin: Known | null) => void, isOffered?: (origin: Known) => boolean): Where =>
      new Where(get(root, `.onward__place--${name}`), index.words, this.#origins, origin => {
        choose(origin)
        this.#settle()
      }, isOffered)
    this.#fields = {
      bij: field("bij", origin => {
        this.#here = origin
        if (origin) this.#keys = null
      }),
      naar: field("naar", origin => {
        this.#home = origin
        if (origin) this.#unknown.checked = false
      }, origin => origin.kind !== "azc"),
    }
    this.#unknown = get(root, "input[name=onbekend]")
    this.#unknown.addEventListener("change", () => {
      if (this.#unknown.checked) this.#home = null
      this.#settle()
    })
    this.#what = get(root, "select[name=wat]")
    this.#what.addEventListener("change", () => this.#settle())
    get(root, "[data-do=list]").addEventListener("click", () => {
      this.#keys = (this.#list?.kept ?? []).map(one => one.key)
      this.#here = null
      this.#settle()
    })
    list?.onChange(() => this.#showList())
    window.addEventListener("beforeprint", () => {
      for (const complete of this.#completions) complete()
    })
  }

  async start(): Promise<void> {
    const asked = new URLSearchParams(location.search)
    const kept = asked.get("kansen")
    if (kept !== null) this.#keys = fromAddress(kept)
    const [bij, naar] = [asked.get("bij") ?? "", asked.get("naar") ?? ""]
    if (naar === "onbekend") this.#unknown.checked = true
    const [here, home] = [await this.#find(bij), naar === "onbekend" ? [] : await this.#find(naar)]
    this.#here = here.length === 1 ? (here[0] as Known) : null
    this.#home = home.length === 1 ? (home[0] as Known) : null
    this.#what.value = asked.get("wat") ?? ""
    if (this.#what.selectedIndex < 0) this.#what.value = ""
    this.#showList()
    get(this.#root, ".onward__ask").hidden = false
    this.#draw()
    if (bij) this.#fields.bij.say(this.#told(bij, here))
    if (naar && naar !== "onbekend") this.#fields.naar.say(this.#told(naar, home))
  }

  /** A place by its id, or a municipality by its slug, as other pages name it; else what goes by that name, once or now. */
  async #find(id: string): Promise<readonly Known[]> {
    const found = id ? ((await this.#origins.find(id)) ?? this.#origins.get(`gemeente-${id}`)) : undefined
    return found ? [found] : id ? this.#origins.named(id.replace(/^gemeente-/, "").replaceAll("-", " ")) : []
  }

  /** What is to be said of a place in the address. */
  #told(id: string, found: readonly Known[]): string {
    const [first] = found
    const now = new Intl.ListFormat([...LOCALES], { type: "disjunction" }).format(found.map(one => one.name))
    if (first?.former) return fill(this.#words.former, { name: first.former, now })
    if (found.length > 1) return fill(this.#index.words.which, { name: first?.name ?? "" })
    return first ? "" : fill(this.#words.no_such_place, { name: id.slice(0, 80) })
  }

  #showList(): void {
    const count = this.#list?.kept.length ?? 0
    get(this.#root, ".onward__list").hidden = count === 0
    setText(get(this.#root, "[data-slot=kept]"), counted(this.#words.count, count))
  }

  /** Draw what was chosen, and keep it in the address. */
  #settle(): void {
    this.#draw()
    const wished: [string, string][] = [
      ["bij", this.#keys ? "" : (this.#here?.id ?? "")],
      ["kansen", toAddress(this.#keys ?? [])],
      ["naar", this.#unknown.checked ? "onbekend" : (this.#home?.id ?? "")],
      ["wat", this.#what.value],
    ]
    // Keys and ids need no escaping, and an address that people share stays readable.
    const query = wished.flatMap(([name, value]) => (value ? [`${name}=${value}`] : [])).join("&")
    history.replaceState(null, "", query ? `?${query}` : location.pathname)
  }

  #draw(): void {
    const { bij, naar } = this.#fields
    bij.show(this.#keys ? null : this.#here)
    naar.show(this.#home)
    get<HTMLButtonElement>(this.#root, "[data-do=list]").setAttribute("aria-pressed", String(this.#keys !== null))
    const hasStart = this.#keys !== null || this.#here !== null
    const hasEnd = this.#home !== null || this.#unknown.checked
    const onward = hasStart && hasEnd ? new Onward(this.#index, this.#file, this.#home) : null
    const rows = onward ? this.#chosen() : []
    const found: readonly Found[] = onward ? rows.map(row => ({ row, outcomes: this.#home ? onward.of(row) : [onward.travels(row)] })) : []
    const isBare = onward !== null && this.#home !== null && !onward.knowsNearby
    const groups = RULES.map(rule => ({ rule, found: found.filter(({ outcomes }) => outcomes[0]?.rule === rule) }))
    groups.find(one => one.rule === "blijft")?.found.sort((one, other) => farness(one) - farness(other))
    this.#completions = []
    const results = get(this.#root, ".onward__results")
    results.replaceChildren(...groups.flatMap(one => (one.found.length ? [this.#group(one.rule, one.found, onward as Onward)] : [])))
    get(this.#root, ".onward__jumps").replaceChildren(...groups.filter(one => one.found.length).map(one => this.#jump(one.rule, one.found.length)))
    setText(get(this.#root, ".onward__status"), this.#status(hasStart, hasEnd, found))
    get(this.#root, ".onward__notes").replaceChildren(...this.#notes(onward !== null, isBare))
    get(this.#root, ".onward__everywhere").hidden = !(isBare || (onward && found.length === 0))
    const handover = get<HTMLAnchorElement>(this.#root, ".onward__handover a")
    const ends = [["bij", this.#here?.kind === "azc" ? this.#here.id : ""], ["naar", this.#home?.areas[0] ?? ""]]
    handover.search = ends.flatMap(([name, value]) => (value ? [`${name}=${value}`] : [])).join("&")
    get(this.#root, ".onward__handover").hidden = found.length === 0
  }

  /** What is on the shortlist, or near the place where somebody is: nearest first. */
  #chosen(): number[] {
    const { offers, facets } = this.#index
    const [id = "", name = "activiteit"] = this.#what.value.split(".").reverse()
    const facet = facets.find(one => one.name === name)
    const wished = facet?.values.findIndex(([value]) => value === id) ?? -1
    const fits = (row: number): boolean => wished < 0 || (facet?.sets[facet.rows[row] as number] ?? []).includes(wished)
    if (this.#keys) return this.#keys.flatMap(key => this.#rows.get(key) ?? []).filter(fits)
    const here = this.#here
    if (!here) return []
    const km = kmFrom(this.#index, here)
    const rows = offers.id.map((_, row) => row).filter(row => (km[row] as number) <= HERE_KM && fits(row))
    return rows.sort((one, other) => (km[one] as number) - (km[other] as number) || one - other)
  }

  #status(hasStart: boolean, hasEnd: boolean, found: readonly Found[]): string {
    const words = this.#words
    if (!hasStart) return words.choose_here
    if (!hasEnd) return words.choose_home
    if (found.length === 0) {
      const [kind] = this.#what.selectedOptions
      if (kind?.value) return fill(words.empty_kind, { kind: kind.text })
      return this.#keys ? words.empty_list : words.empty
    }
    const count = counted(words.count, found.length)
    return fill(this.#home ? words.summary : words.unknown_summary, { count, name: this.#home?.name ?? "" })
  }

  #notes(isAnswered: boolean, isBare: boolean): HTMLElement[] {
    const words = this.#words
    const closed = (this.#root.dataset["closed"] ?? "").split(" ")
    const lost = (this.#keys ?? []).filter(key => !this.#rows.has(key))
    const titles = new Map(this.#list?.kept.map(one => [one.key, one.title]))
    const [here, home] = [this.#here, this.#home]
    return [
      ...(here && closed.includes(here.id) ? [line(fill(words.closed, { name: here.name }))] : []),
      ...(isAnswered && here && home && here.municipality === home.municipality ? [line(fill(words.same, { name: home.municipality }))] : []),
      // Of a list that came along with an address only the id is known.
      ...lost.map(key => titles.get(key) ?? key.split("#").at(-1)!.replaceAll("-", " ")).map(name => line(...quoting(fill(words.gone, { name }), name))),
      ...(home && isBare ? [line(fill(words.nothing_near, { name: home.name }))] : []),
    ]
  }

  #group(rule: Rule, found: readonly Found[], onward: Onward): DocumentFragment {
    const made = part(this.#root, "group")
    const { title, unknown_title } = this.#words.rules[rule]
    const [section, heading, list, more] = [get(made, "section"), get(made, "h2"), get(made, "ul"), get(made, "button")]
    heading.id = `gaat-${rule}`
    section.setAttribute("aria-labelledby", heading.id)
    setText(get(heading, "[data-slot=title]"), this.#home ? title : unknown_title)
    setText(get(heading, "[data-slot=count]"), String(found.length))
    const show = (some: typeof found): void => list.append(...some.map(one => this.#item(one.row, one.outcomes, onward)))
    show(found.slice(0, AT_FIRST))
    const rest = found.slice(AT_FIRST)
    more.hidden = rest.length === 0
    setText(more, counted(this.#words.more, rest.length))
    const complete = (): void => {
      show(rest.splice(0))
      more.hidden = true
    }
    this.#completions.push(complete)
    more.addEventListener("click", () => {
      const next = list.children.length
      complete()
      list.children[next]?.querySelector<HTMLElement>("a")?.focus()
    })
    return made
  }

  #jump(rule: Rule, count: number): DocumentFragment {
    const made = part(this.#root, "jump")
    const { title, unknown_title } = this.#words.rules[rule]
    get<HTMLAnchorElement>(made, "a").hash = `gaat-${rule}`
    setText(get(made, "[data-slot=title]"), this.#home ? title : unknown_title)
    setText(get(made, "[data-slot=count]"), String(count))
    setText(get(made, "[data-slot=counted]"), counted(this.#words.count, count))
    return made
  }

  #item(row: number, outcomes: readonly Outcome[], onward: Onward): DocumentFragment {
    const made = part(this.#root, "item")
    const { offers, permissions, levels } = this.#index
    this.#link(get<HTMLAnchorElement>(made, ".onward__title a"), row)
    setText(get(made, ".onward__who"), whoOf(this.#index, row))
    // In sight: what goes on and the nearest place for it; the rest is folded.
    const [best, ...others] = outcomes
    if (best) get(made, ".onward__ways").append(...this.#way({ ...best, targets: best.targets.slice(0, 1), networks: best.targets.length ? [] : best.networks }))
    const rest = best ? this.#leads({ ...best, targets: best.targets.slice(1), networks: best.targets.length ? best.networks : [] }) : []
    rest.push(...others.flatMap(one => this.#way(one)))
    const note = onward.note(row)
    const [without, with_] = [permissions[offers.without[row] as number]?.[1] ?? "", permissions[offers.with[row] as number]?.[1] ?? ""]
    const level = levels[offers.level[row] as number]?.[1]
    const facts = [
      level ? fill(this.#words.level, { level }) : "",
      without === with_ ? "" : fill(this.#words.without, { sentence: without }),
      without === with_ ? "" : fill(this.#words.with, { sentence: with_ }),
    ]
    rest.push(...(note ? [line(...quoting(fill(this.#words.said, { note }), note))] : []), ...facts.filter(Boolean).map(text => line(text)))
    const more = get(made, "details")
    more.hidden = rest.length === 0
    get(more, "div").append(...rest)
    return made
  }

  /** A rule that holds, in a sentence, with what it leads to. */
  #way({ rule, targets, networks, bySource, via }: Outcome): Node[] {
    const words = this.#words
    const { why, unknown } = words.rules[rule]
    const first = targets[0]
    const km = rule === "blijft" ? first?.km : null
    const sentence = bySource ? words.by_source : this.#home ? why : unknown
    const place = this.#home?.name ?? ""
    const network = via === undefined ? "" : networkName(this.#index, via)
    const values = { name: place, network, away: km == null ? "" : this.#away(km) }
    // A network without a place there has a sentence of its own.
    const lead = rule === "netwerk" && !targets.length ? "" : fill(sentence, values)
    const shown = line(...named(lead, network || place))
    shown.hidden = lead === ""
    return [shown, ...this.#leads({ rule, targets, networks })]
  }

  /** What a rule leads to; the first two lead to the very thing. */
  #leads({ rule, targets, networks }: Outcome): Node[] {
    const leads = rule === "blijft" || rule === "mee" ? [] : targets.map(one => this.#lead(one))
    return [...leads, ...networks.map(one => this.#network(one))]
  }

  #lead(target: Target): DocumentFragment {
    const made = part(this.#root, "lead")
    this.#link(get<HTMLAnchorElement>(made, "a"), target.row)
    setText(get(made, ".onward__who"), whoOf(this.#index, target.row))
    const fresh = this.#index.organisations.fresh[this.#index.offers.organisation[target.row] as number] ?? ""
    const address = this.#file.contact[this.#index.offers.organisation[target.row] as number] ?? ""
    const contact = address.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "")
    // Whoever moves to a municipality has a permit.
    const [may, sentence] = this.#index.permissions[this.#index.offers.with[target.row] as number] ?? ["ja", ""]
    const facts = [
      may === "ja" ? "" : sentence,
      target.km === null ? "" : this.#away(target.km),
      contact ? fill(this.#words.contact, { contact }) : this.#words.no_contact,
      fill(fresh === "ja" ? this.#words.fresh.ja : fresh ? this.#words.fresh.dated : this.#words.fresh.undated, { year: fresh }),
    ]
    get(made, ".onward__about").append(...fromLeft(facts.filter(Boolean).join(" "), contact))
    return made
  }

  /** A network that is all over the country, of which no place near the new home is known. */
  #network(number: number): HTMLElement {
    const name = networkName(this.#index, number)
    const site = this.#file.networks[number]?.[1] ?? ""
    const words = this.#words
    const text = fill(this.#home ? words.network_place : words.network_ask, { network: name, name: this.#home?.name ?? "" })
    const shown = line(...named(text, name))
    if (/^https?:\/\//.test(site)) {
      const link = document.createElement("a")
      link.href = site
      link.rel = "noopener"
      link.textContent = fill(words.network_site, { network: name })
      shown.append(" ", link)
    }
    return shown
  }

  #away(km: number): string {
    const { ride } = this.#index
    if (km < SAME_PLACE_KM) return this.#words.same_place
    if (km > LONGEST_RIDE_KM) return fill(this.#words.far, { km: written(km) })
    return fill(this.#words.away, { km: written(km), minutes: bikeMinutes(km, ride) })
  }

  #link(link: HTMLAnchorElement, row: number): void {
    link.href = `${this.#root.dataset["root"]}${urlOf(this.#index, row)}`
    setText(link, this.#index.offers.title[row] ?? "")
    setDutch(link)
  }
}

/** How far what can stay is from the new home. */
function farness({ outcomes }: Found): number {
  return outcomes[0]?.targets[0]?.km ?? 0
}

function line(...parts: (Node | string)[]): HTMLElement {
  const made = document.createElement("p")
  made.append(...parts)
  return made
}
