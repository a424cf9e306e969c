import { fold } from "../../fold"
import { distinctive, likeness } from "./alike"
import { checkAnswer } from "./checks"
import { type Answers, type Data, type Finding, type Known, type Order, countOf, fieldPath, list, text } from "./model"

/** What the rules look at beside the answers. */
export interface Scene {
  data: Data
  today: string
  /** The municipality in whose folder the file lies; empty while nobody knows. */
  folder: string
  /** The organisations in that folder, without the one that is being changed. */
  known: Known[]
  /** The paths that are asked. */
  asked: Set<string>
}

/** Return everything that is wrong with the answers, as `meedoenkaart check` would say of the file. */
export function check(answers: Answers, scene: Scene): Finding[] {
  return [
    ...singles(answers, scene),
    ...missing(answers, scene),
    ...contacts(answers),
    ...places(answers, scene),
    ...order(answers, scene),
    ...goneBy(answers, scene),
    ...alike(answers, scene),
  ]
}

function singles(answers: Answers, { data }: Scene): Finding[] {
  return [...answers].flatMap(([path, answer]) => {
    const field = data.fields[fieldPath(path)]
    if (!field || typeof answer !== "string" || field.control === "today") return []
    const shape = field.shape === undefined ? undefined : data.shapes[field.shape]
    return checkAnswer(data, shape, answer).map(([rule, values]) => ({ path, rule, values: { field: field.label, ...values } }))
  })
}

/** What a part of the file can't do without: the whole file, and each part that has an answer. */
function missing(answers: Answers, scene: Scene): Finding[] {
  const found: Finding[] = []
  const filled = (start: string): boolean => [...answers.keys()].some(path => path.startsWith(start))
  const visit = (within: Order, before: string, needed: boolean): void => {
    for (const [name, inner] of within) {
      const path = `${before}${name}`
      if (inner && (name === "opportunities" || name === "sources")) {
        for (let index = 0; index < Math.max(1, countOf(answers, name)); index++) {
          visit(inner, `${path}.${index}.`, index === 0 || filled(`${path}.${index}.`))
        }
      } else if (inner) {
        const isNeeded = path === "confirmation" ? answers.has("confirmation.on") : filled(`${path}.`)
        visit(inner, `${path}.`, isNeeded || path === "address")
      } else {
        const field = scene.data.fields[fieldPath(path)]
        if (field?.required && needed && scene.asked.has(path) && !answers.has(path)) {
          found.push({ path, rule: "missing-field", values: { field: field.label } })
        }
      }
    }
  }
  visit(scene.data.order, "", true)
  return found
}

function contacts(answers: Answers): Finding[] {
  const ways = ["website", "email", "phone"].map(way => `contact.${way}`)
  if (text(answers, "status") === "gestopt" || ways.some(path => answers.has(path))) return []
  return [{ path: "contact.website", rule: "no-contact", values: { name: text(answers, "name") } }]
}

function places(answers: Answers, scene: Scene): Finding[] {
  const addresses = ["address"]
  for (let index = 0; index < countOf(answers, "opportunities"); index++) addresses.push(`opportunities.${index}.address`)
  return addresses.flatMap(at => {
    const place = text(answers, `${at}.place`).trim()
    return place ? placeOf(place, at, text(answers, `${at}.municipality`) || scene.folder, scene) : []
  })
}

function placeOf(place: string, at: string, municipality: string, scene: Scene): Finding[] {
  const { data } = scene
  const path = `${at}.place`
  const here = municipalitiesOf(data, place)
  const known = { place, municipality: data.municipalities[municipality] ?? municipality }
  if (!here.length) {
    const elsewhere = named(data.elsewhere, place)
    if (elsewhere.length) return [{ path, rule: "place-elsewhere", values: { ...known, elsewhere: elsewhere.join(", ") } }]
    return [{ path, rule: "unknown-place", values: { ...known, suggestion: suggestion(data, place) } }]
  }
  if (!municipality) {
    const choose = `${at}.municipality`
    return [{ path: choose, rule: "missing-field", values: { field: data.fields[fieldPath(choose)]?.label ?? "" } }]
  }
  if (!here.includes(municipality)) {
    const elsewhere = here.map(slug => data.municipalities[slug] ?? slug).join(", ")
    return [{ path, rule: "place-elsewhere", values: { ...known, elsewhere } }]
  }
  const twice = data.twice.some(([name, slug]) => fold(name) === fold(place) && slug === municipality)
  return twice ? [{ path, rule: "ambiguous-place", values: known }] : []
}

/** Return the municipalities of the site that have a place of this name. */
export function municipalitiesOf(data: Data, place: string): string[] {
  return [...new Set(named(data.places, place))].sort()
}

const foldedPlaces = new WeakMap<Record<string, string[]>, Map<string, string[]>>()

function named(places: Record<string, string[]>, place: string): string[] {
  let folded = foldedPlaces.get(places)
  if (!folded) {
    folded = new Map()
    for (const [name, found] of Object.entries(places)) {
      folded.set(fold(name), [...(folded.get(fold(name)) ?? []), ...found])
    }
    foldedPlaces.set(places, folded)
  }
  return folded.get(fold(place)) ?? []
}

function suggestion(data: Data, place: string): string {
  let best = ["", data.suggestion.alike - 0.001] as [string, number]
  for (const name of [...Object.keys(data.places), ...Object.keys(data.elsewhere)].sort()) {
    const score = likeness(place.slice(0, 60), name)
    if (score > best[1]) best = [name, score]
  }
  return best[0] && data.suggestion.text.replace("{name}", best[0])
}

function order(answers: Answers, { data }: Scene): Finding[] {
  const found: Finding[] = []
  const compare = (start: string, end: string, key: (answer: string) => string): void => {
    const [first, last] = [text(answers, start).trim(), text(answers, end).trim()]
    if (isRight(data, start, first) && isRight(data, end, last) && key(last) < key(first)) {
      found.push({ path: end, rule: "end-before-start", values: { start: first, end: last } })
    }
  }
  for (let index = 0; index < countOf(answers, "opportunities"); index++) {
    const at = `opportunities.${index}`
    compare(`${at}.first_day`, `${at}.last_day`, day => day)
    compare(`${at}.schedule.starts`, `${at}.schedule.ends`, time => time.replace(".", ":"))
    compare(`${at}.age.least`, `${at}.age.most`, age => age.padStart(6, "0"))
  }
  return found
}

function goneBy(answers: Answers, { data, today }: Scene): Finding[] {
  const found: Finding[] = []
  for (let index = 0; index < countOf(answers, "opportunities"); index++) {
    const at = `opportunities.${index}`
    const until = `${at}.requirements.declaration.until`
    if (isRight(data, until, text(answers, until)) && text(answers, until) < today) {
      found.push({ path: until, rule: "declaration-expired", values: { until: text(answers, until) } })
    }
    const last = `${at}.last_day`
    if (isRight(data, last, text(answers, last)) && text(answers, last) < today && text(answers, `${at}.status`) !== "gestopt") {
      found.push({ path: last, rule: "opportunity-over", values: { last: text(answers, last) } })
    }
  }
  return found
}

function isRight(data: Data, path: string, answer: string): boolean {
  const shape = data.fields[fieldPath(path)]?.shape
  return answer !== "" && checkAnswer(data, shape === undefined ? undefined : data.shapes[shape], answer).length === 0
}

function alike(answers: Answers, scene: Scene): Finding[] {
  const found: Finding[] = []
  const same = sameOrganisation(answers, scene)
  if (same) {
    const values = { name: text(answers, "name"), other: same.name, file: same.slug }
    found.push({ path: "name", rule: "same-organisation", values })
  }
  const website = text(answers, "contact.website")
  const networks = list(answers, "networks")
  const shared = scene.known.find(
    one => website && one.website && site(one.website) === site(website) && !one.networks?.some(id => networks.includes(id)),
  )
  if (shared) {
    found.push({ path: "contact.website", rule: "same-website", values: { website, other: shared.name, file: shared.slug } })
  }
  return found
}

/** Return the organisation that is there already, by the likeness that the rule `same-organisation` has. */
export function sameOrganisation(answers: Answers, { data, known }: Scene): Known | undefined {
  const common = data.words["common-in-names"]
  const [name, place] = [text(answers, "name").trim(), fold(text(answers, "address.place"))]
  if (!name || !place) return undefined
  return known.find(
    one => fold(one.place) === place && likeness(distinctive(one.name, common), distinctive(name, common)) >= data.alike,
  )
}

function site(address: string): string {
  return fold(address).replace(/^[^:]*:\/\//, "").replace(/^www\./, "").replace(/\/+$/, "")
}

/** Return a finding's message and what to do, with its values filled in. */
export function words(data: Data, finding: Finding): string {
  const rule = data.rules[finding.rule]
  if (!rule) return finding.rule
  const filled = (sentence: string): string =>
    sentence.replace(/\{(\w+)\}/g, (_, name: string) => shortened(finding.values[name] ?? ""))
  return `${filled(rule.message)} ${filled(rule.remedy)}`
}

function shortened(value: string): string {
  return value.length > 120 ? `${value.slice(0, 119)}…` : value
}
