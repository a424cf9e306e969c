import { fold } from "../../fold"
import { type Point, kilometres } from "../finder/distance"
import { closed } from "../finder/fold"
import { digitsOf } from "../finder/places"
import { distinctive, likeness } from "./alike"
import { checkAnswer, checkLetters, mended } from "./checks"
import { schedule } from "./schedules"
import { type Answers, type Data, type Finding, type Known, type Order, countOf, fieldPath, indexesOf, list, text } from "./model"

const WAYS = ["website", "email", "phone"]

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
export function check(written: Answers, scene: Scene): Finding[] {
  const answers: Answers = new Map()
  for (const [path, answer] of written) answers.set(path, typeof answer === "string" ? mended(scene.data, answer) : answer)
  return [
    ...letters(written, scene),
    ...swapped(singles(answers, scene)),
    ...missing(answers, scene),
    ...sources(answers),
    ...roleContacts(answers),
    ...places(answers, scene),
    ...ways(answers, scene),
    ...order(answers, scene),
    ...goneBy(answers, scene),
    ...(scene.data.kind === "organisations" ? [...contacts(answers), ...alike(answers, scene), ...schedules(answers, scene)] : []),
    ...(scene.data.kind === "reception" ? minors(answers, scene) : []),
  ]
}

function singles(answers: Answers, { data }: Scene): Finding[] {
  return [...answers].flatMap(([path, answer]) => {
    const field = data.fields[fieldPath(path)]
    if (!field || typeof answer !== "string") return []
    const shape = field.shape === undefined ? undefined : data.shapes[field.shape]
    return checkAnswer(data, shape, answer).map(([rule, values]) => ({ path, rule, values: { field: field.label, ...values } }))
  })
}

/** What a program wrote that took letters for others; all other rules look at what was meant. */
function letters(answers: Answers, { data }: Scene): Finding[] {
  return [...answers].flatMap(([path, answer]) => {
    const found = data.fields[fieldPath(path)] && typeof answer === "string" ? checkLetters(data, answer.trim()) : []
    return found.map(([rule, values]) => ({ path, rule, values }))
  })
}

/** Tell of a position whose two numbers stand in each other's place once, and what it should be. */
function swapped(found: Finding[]): Finding[] {
  return found.flatMap(one => {
    const turned = one.path.replace(/latitude$|longitude$/, name => (name === "latitude" ? "longitude" : "latitude"))
    const other = found.find(({ path, rule }) => path === turned && path !== one.path && rule === one.rule)
    if (one.rule !== "number-out-of-range" || !other || !fits(one, other) || !fits(other, one)) return [one]
    if (one.path.endsWith("longitude")) return []
    const [latitude, longitude] = [other.values["value"] ?? "", one.values["value"] ?? ""]
    const values = { latitude, longitude, mended: latitude, right: `${latitude}, ${longitude}` }
    return [{ path: one.path, rule: "position-swapped", values, also: [[other.path, longitude]] }]
  })
}

/** Say whether a number is one of those that the other's question takes. */
function fits({ values: one }: Finding, { values: other }: Finding): boolean {
  const value = Number(one["value"])
  return value >= Number(other["least"]) && value <= Number(other["most"])
}

/** What a part of the file can't do without: the whole file, and each part that has an answer. */
function missing(answers: Answers, scene: Scene): Finding[] {
  const found: Finding[] = []
  const filled = (start: string): boolean => [...answers.keys()].some(path => path.startsWith(start))
  const visit = (within: Order, before: string, needed: boolean): void => {
    for (const [name, inner, always] of within) {
      const path = `${before}${name}`
      if (inner && scene.data.lists.includes(fieldPath(path))) {
        for (let index = 0; index < Math.max(1, countOf(answers, path)); index++) {
          visit(inner, `${path}.${index}.`, (always && index === 0) || filled(`${path}.${index}.`))
        }
      } else if (path === "address" && isNationwide(scene)) {
        visit(inner ?? [], `${path}.`, hasAddress(answers))
      } else if (inner) {
        visit(inner, `${path}.`, filled(`${path}.`) || (needed && always === true))
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

/** Somebody wrote it on a page, or says it: they work there. */
function sources(answers: Answers): Finding[] {
  const isKnown = [...answers.keys()].some(path => /^(sources|confirmation)\./.test(path))
  return isKnown ? [] : [{ path: "sources", rule: "no-source", values: {} }]
}

function contacts(answers: Answers): Finding[] {
  if (text(answers, "status") === "gestopt" || WAYS.some(way => answers.has(`contact.${way}`))) return []
  return [{ path: "contact.website", rule: "no-contact", values: { name: text(answers, "name") } }]
}

/** Whom one reaches or what for, and by which way. */
function roleContacts(answers: Answers): Finding[] {
  const has = (path: string, names: readonly string[]): boolean => names.some(name => answers.has(`${path}.${name}`))
  return indexesOf(answers, "contacts").flatMap(index => {
    const path = `contacts.${index}`
    return [
      ...(has(path, ["role", "about"]) ? [] : [{ path: `${path}.role`, rule: "contact-for-nothing", values: {} }]),
      ...(has(path, WAYS.map(way => `contact.${way}`)) ? [] : [{ path: `${path}.contact.phone`, rule: "contact-without-way", values: {} }]),
    ]
  })
}

/** Where something is: the paths of a place, and of the municipality and the position that go with it. */
export interface Whereabouts {
  place: string
  municipality: string
  position: string
}

/** Return the paths of everything that lies somewhere, by the path of its place. */
export function whereaboutsOf(place: string): Whereabouts {
  const before = place.replace(/place$/, "")
  return { place, municipality: `${before}municipality`, position: `${before.replace(/address\.$/, "")}position` }
}

function places(answers: Answers, scene: Scene): Finding[] {
  return [...answers.keys()]
    .filter(path => /(^|\.)place$/.test(path))
    .map(whereaboutsOf)
    .flatMap(where => [...placeOf(where, answers, scene), ...farPosition(where, answers, scene), ...farPostcode(where, answers, scene)])
}

function placeOf(where: Whereabouts, answers: Answers, { data, folder }: Scene): Finding[] {
  const path = where.place
  const place = text(answers, path).trim()
  const municipality = text(answers, where.municipality) || folder
  const here = municipalitiesOf(data, place)
  const known = { place, municipality: data.municipalities[municipality] ?? municipality }
  if (!here.length) {
    const elsewhere = named(data.elsewhere, place)
    if (elsewhere.length) return [{ path, rule: "place-elsewhere", values: { ...known, elsewhere: elsewhere.join(", ") } }]
    const names = [...Object.keys(data.places), ...Object.keys(data.elsewhere)]
    return [{ path, rule: "unknown-place", values: { ...known, ...perhaps(data, place, names) } }]
  }
  if (!municipality || municipality === data.nationwide) {
    const choose = where.municipality
    return [{ path: choose, rule: "missing-field", values: { field: data.fields[fieldPath(choose)]?.label ?? "" } }]
  }
  if (!here.includes(municipality)) {
    const elsewhere = here.map(slug => data.municipalities[slug] ?? slug).join(", ")
    return [{ path, rule: "place-elsewhere", values: { ...known, elsewhere } }]
  }
  const hasPosition = [...answers.keys()].some(one => one.startsWith(`${where.position}.`))
  return !hasPosition && spotsOf(data, place, municipality).length > 1 ? [{ path, rule: "ambiguous-place", values: known }] : []
}

/** A position lies near some place of its municipality. */
function farPosition(where: Whereabouts, answers: Answers, { data, folder }: Scene): Finding[] {
  const point = positionOf(answers, data, where.position)
  const municipality = text(answers, where.municipality) || folder
  const spots = Object.values(data.places).flat().filter(([slug]) => slug === municipality)
  if (!point || !spots.length) return []
  const nearest = Math.min(...spots.map(([, lat, lon]) => kilometres(point, { lat, lon }, data.earth)))
  if (nearest <= data.farthest) return []
  const values = { municipality: data.municipalities[municipality] ?? municipality, kilometres: `${Math.round(nearest)}` }
  return [{ path: `${where.position}.latitude`, rule: "position-far", values }]
}

/** A postcode lies near its place. */
function farPostcode(where: Whereabouts, answers: Answers, { data, folder }: Scene): Finding[] {
  const path = where.place.replace(/place$/, "postcode")
  const [place, postcode] = [text(answers, where.place), text(answers, path)]
  const area = isRight(data, path, postcode) ? data.postcodes.get(digitsOf(postcode)) : undefined
  const municipality = text(answers, where.municipality) || folder
  const spots = municipality ? spotsOf(data, place, municipality) : []
  if (!area || !spots.length) return []
  const nearest = Math.min(...spots.map(spot => kilometres(area, spot, data.earth)))
  if (nearest <= data.farthest) return []
  return [{ path, rule: "postcode-far", values: { postcode, other: area.place.name, place, kilometres: `${Math.round(nearest)}` } }]
}

/** Return the position that is filled in; nothing while it is none. */
export function positionOf(answers: Answers, data: Data, path: string): Point | undefined {
  const [latitude, longitude] = [`${path}.latitude`, `${path}.longitude`]
  const isPoint = [latitude, longitude].every(one => isRight(data, one, text(answers, one)))
  return isPoint ? { lat: Number(text(answers, latitude)), lon: Number(text(answers, longitude)) } : undefined
}

/** Return where a place lies: more than one point when a municipality has several of that name. */
export function spotsOf(data: Data, place: string, municipality: string): Point[] {
  const found = named(data.places, place).filter(([slug]) => !municipality || slug === municipality)
  return [...new Map(found.map(([, lat, lon]) => [`${lat},${lon}`, { lat, lon }])).values()]
}

/** An organisation that works in the whole country may have no address. */
function isNationwide({ data, folder }: Scene): boolean {
  return data.kind === "organisations" && folder === data.nationwide
}

/** Say whether the organisation has an address; the municipality alone is where its file lies. */
function hasAddress(answers: Answers): boolean {
  return ["place", "street", "postcode"].some(name => answers.has(`address.${name}`))
}

/** Who has to go somewhere can read where, and several places have names of their own. */
function ways(answers: Answers, scene: Scene): Finding[] {
  if (scene.data.kind !== "organisations") return []
  const found: Finding[] = []
  const nowhere = isNationwide(scene) && !hasAddress(answers)
  if (nowhere && [...answers.keys()].some(path => path.startsWith("position."))) {
    found.push({ path: "position.latitude", rule: "position-without-address", values: {} })
  }
  for (const index of indexesOf(answers, "opportunities")) {
    const at = `opportunities.${index}`
    const chosen = list(answers, `${at}.ways`)
    const goesSomewhere = !chosen.length || chosen.includes(scene.data.place)
    const locations = indexesOf(answers, `${at}.locations`).map(number => `${at}.locations.${number}`)
    if (nowhere && goesSomewhere && !locations.length) found.push({ path: `${at}.ways`, rule: "nowhere", values: {} })
    if (locations.length && !goesSomewhere) {
      found.push({ path: `${at}.ways`, rule: "place-without-way", values: { way: scene.data.place } })
    }
    const names = locations.map(location => fold(text(answers, `${location}.name`)))
    locations.forEach((location, number) => {
      const [path, name] = [`${location}.name`, names[number] ?? ""]
      if (!name && locations.length > 1) {
        const field = scene.data.fields[fieldPath(path)]?.label ?? ""
        found.push({ path, rule: "missing-field", values: { field } })
      } else if (name && names.indexOf(name) < number) {
        found.push({ path, rule: "same-location-name", values: { name: text(answers, path) } })
      }
    })
  }
  return found
}

/** Return the municipalities of the site that have a place of this name. */
export function municipalitiesOf(data: Data, place: string): string[] {
  return [...new Set(named(data.places, place).map(([slug]) => slug))].sort()
}

const foldedPlaces = new WeakMap<object, Map<string, unknown[]>>()

function named<Found>(places: Record<string, Found[]>, place: string): Found[] {
  let folded = foldedPlaces.get(places) as Map<string, Found[]> | undefined
  if (!folded) {
    folded = new Map()
    for (const [name, found] of Object.entries(places)) {
      folded.set(closed(name), [...(folded.get(closed(name)) ?? []), ...found])
    }
    foldedPlaces.set(places, folded)
  }
  return folded.get(closed(place)) ?? []
}

/** Return which known name comes closest to a wrong one, in words and to put in its place; nothing when none comes close. */
function perhaps(data: Data, wrong: string, known: string[]): { suggestion: string; mended?: string } {
  let best = ["", data.suggestion.alike - 0.001] as [string, number]
  for (const name of [...known].sort()) {
    const score = likeness([...wrong].slice(0, 60).join(""), name)
    if (score > best[1]) best = [name, score]
  }
  const [mended] = best
  return mended ? { suggestion: data.suggestion.text.replace("{name}", () => mended), mended } : { suggestion: "" }
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
    compare(`${at}.age.least`, `${at}.age.most`, age => age.padStart(6, "0"))
  }
  const since = text(answers, "open.since").trim().length
  compare("open.since", "open.until", day => day.slice(0, since))
  return found
}

/** Fields of a schedule without which nothing can be said of the others. */
const TIMES = /\.(rule|days|starts|ends|first_day|last_day|on|instead_of)$/

/** When something is: what the parts of a schedule say together, where each of them is right. */
function schedules(answers: Answers, { data, today }: Scene): Finding[] {
  return indexesOf(answers, "opportunities").flatMap(index => {
    const [at, locations] = [`opportunities.${index}.schedule`, `opportunities.${index}.locations`]
    const paths = [...answers.keys()].filter(path => path.startsWith(`${at}.`))
    const names = indexesOf(answers, locations).map(number => text(answers, `${locations}.${number}.name`)).filter(Boolean)
    const strange = paths.filter(path => path.endsWith(".at") && !names.map(fold).includes(fold(text(answers, path))))
    const told = strange.map(path => {
      const name = text(answers, path)
      return { path, rule: "unknown-location", values: { name, ...perhaps(data, name, names) } }
    })
    const isKnown = paths.every(path => !TIMES.test(path) || typeof answers.get(path) !== "string" || isRight(data, path, text(answers, path)))
    const lacks = (part: string, name: string): boolean =>
      indexesOf(answers, `${at}.${part}`).some(number => !answers.has(`${at}.${part}.${number}.${name}`))
    return isKnown && !lacks("without", "days") && !lacks("changes", "on") ? [...told, ...schedule(answers, at, data, today)] : told
  })
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
  const on = text(answers, "confirmation.on")
  if (isRight(data, "confirmation.on", on) && on > today) found.push({ path: "confirmation.on", rule: "confirmation-future", values: { on } })
  const until = text(answers, "open.until")
  if (isRight(data, "open.until", until) && until < today) found.push({ path: "open.until", rule: "reception-closed", values: { until } })
  return found
}

function isRight(data: Data, path: string, answer: string): boolean {
  const shape = data.fields[fieldPath(path)]?.shape
  return answer !== "" && checkAnswer(data, shape === undefined ? undefined : data.shapes[shape], answer).length === 0
}

/** Where unaccompanied minors live is not made public. */
function minors(answers: Answers, { data }: Scene): Finding[] {
  const words = fold(text(answers, "name")).replaceAll("-", " ").split(" ")
  return words.some(word => data.minors.includes(word)) ? [{ path: "name", rule: "minors-location", values: {} }] : []
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
  const link = /^https?:/i.test(address) && URL.canParse?.(address) ? new URL(address).href : address // its name in ASCII
  return fold(link).replace(/^[^:]*:\/\//, "").replace(/^www\./, "").replace(/\/+$/, "")
}

/** Return a finding's message and what to do, with its values filled in. */
export function words(data: Pick<Data, "rules">, finding: Pick<Finding, "rule" | "values">): string {
  const rule = data.rules[finding.rule]
  if (!rule) return finding.rule
  const filled = (sentence: string): string =>
    sentence.replace(/\{(\w+)\}/g, (_, name: string) => shortened(finding.values[name] ?? ""))
  return `${filled(rule.message)} ${filled(rule.remedy)}`
}

/** Return a value as it is told: not longer than a line or two. */
export function shortened(value: string): string {
  return value.length > 120 ? `${value.slice(0, 119)}…` : value
}
