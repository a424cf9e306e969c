import type { PostcodeArea } from "../finder/places"

/** What `assets/formulier.json` holds: fields, rules and words, made by meedoenkaart/publishing/form.py. */
export interface AllData extends Omit<Rules, keyof Where> {
  files: Record<Kind, File>
  /** The address of the file of places, from the site's root. */
  places: string
}

/** The same for one kind of file. */
export type Data = Rules & File & { kind: Kind }

export type Kind = "organisations" | "reception" | "municipalities"

export interface File {
  /** Where such files lie, below the project's root. */
  folder: string
  fields: Record<string, Field>
  order: Order
  /** Fields that hold a list of records, the outer ones first: `opportunities`, `opportunities.locations`. */
  lists: string[]
}

export interface Rules extends Where {
  shapes: Shape[]
  patterns: Record<string, string>
  words: { functions: string[]; "free-mail": string[]; "common-in-names": string[] }
  rules: Record<string, Rule>
  /** From this likeness of names on (0 to 100), two organisations in one place are taken for the same. */
  alike: number
  /** Words in the name of a location that must not be published. */
  minors: string[]
  /** Kilometres from the nearest place of its municipality beyond which a position is a slip. */
  farthest: number
  /** The earth's radius in kilometres. */
  earth: number
  suggestion: { text: string; alike: number }
  /** Most characters of an address that GitHub opens. */
  longest: number
  municipalities: Record<string, string>
  /** Stands for the whole country, in the place of a municipality. */
  nationwide: string
  /** The way to take part for which one goes somewhere. */
  place: string
  times: Times
  /** The region of schools in which a municipality lies; empty where its province has several. */
  schools: Record<string, string>
  permissions: { activities?: string[]; only_for?: string[]; declaration?: string[]; answer: string }[]
  about_permit: string[]
  icons: Record<string, string>
}

/** What is known of places and postcodes. */
export interface Where {
  /** Municipalities of the site by place, with where the place lies. */
  places: Record<string, Located[]>
  /** Names of other municipalities by place. */
  elsewhere: Record<string, string[]>
  /** By their four digits. */
  postcodes: Map<string, PostcodeArea>
}

/** What meedoenkaart/records/recurrence.py reads rules of time with, and the words of the sentences made of them. */
export interface Times {
  words: Sentences
  weekdays: string[]
  months: string[]
  seasons: Record<string, number[]>
  ordinals: Record<string, number>
  numbers: Record<string, number>
  vague: Record<string, string>
  most: { month: number; items: number }
  holidays: string[]
  regions: string[]
  parts: Record<"ordinal" | "day" | "until" | "date" | "number" | "every" | "monthly" | "once" | "unclear" | "span" | "season", string>
}

/** meedoenkaart/texts/nl/times.yml. */
export type Sentences = Record<"day" | "often" | "weeks" | "nth" | "time" | "period" | "without" | "change", Record<string, string>> &
  Record<"season" | "at", string>

/** A municipality, and the point where it has a place. */
export type Located = [municipality: string, latitude: number, longitude: number]

export interface Field {
  label: string
  required: boolean
  control: string
  shape?: number
}

export interface Shape {
  kind: "text" | "line" | "pattern" | "web" | "day" | "number" | "yes"
  rule?: string
  pattern?: string
  longest?: number
  prefix?: string
  replaced?: [string, string][]
  least?: number
  most?: number
  /** What takes the place of patterns in a wrong answer: what then is right is offered. */
  mended?: [string, string][]
  upper?: boolean
  /** Whether capitals count for nothing, nor a full stop behind it. */
  lower?: boolean
}

export interface Rule {
  severity: "error" | "warning"
  message: string
  remedy: string
}

/** What single answers are checked by. */
export interface Checking extends Pick<Rules, "patterns" | "words" | "suggestion"> {
  times?: Times
}

/** Fields in the order of a file; of a record within, its fields and whether a file can't do without it. */
export type Order = [name: string, within?: Order, needed?: boolean][]

/** Stands in an order for every id of records that a file keeps by id. */
export const ANY_ID = "*"

/** What a file is written by: the order of its fields, and of which shape the values are. */
export interface Layout {
  /** By the names on the way, with `*` for an id: `steps.*.within.unit`. */
  fields: Record<string, { shape?: number }>
  order: Order
  shapes: Shape[]
}

/** An organisation that is there already: `assets/namen/<municipality>.json`. */
export interface Known {
  slug: string
  name: string
  place: string
  website?: string
  networks?: string[]
}

/** What a field holds; a list when several may be chosen. */
export type Answer = string | string[]

/** Answers by path in the file, with the indexes of lists: `opportunities.0.title`. */
export type Answers = Map<string, Answer>

/** A file's values. */
export type Tree = string | Tree[] | { [name: string]: Tree }

/** Something that is wrong with an answer. */
export interface Finding {
  path: string
  rule: string
  values: Record<string, string>
  /** Other answers that become right together with this one, by path. */
  also?: [path: string, mended: string][]
}

/** Return a path without the indexes of lists: the key of its field. */
export function fieldPath(path: string): string {
  return path
    .split(".")
    .filter(step => !/^\d+$/.test(step))
    .join(".")
}

/** Return an answer that is one text. */
export function text(answers: Answers, path: string): string {
  const answer = answers.get(path)
  return typeof answer === "string" ? answer : ""
}

/** Return an answer that is a list. */
export function list(answers: Answers, path: string): string[] {
  const answer = answers.get(path)
  return Array.isArray(answer) ? answer : []
}

/** Return how many items of a list have answers: one more than the highest index. */
export function countOf(answers: Answers, part: string): number {
  return Math.max(0, ...indexesOf(answers, part).map(index => index + 1))
}

/** Return the indexes of a list's items that have an answer, in order. */
export function indexesOf(answers: Answers, part: string): number[] {
  const start = `${part}.`
  const indexes = [...answers.keys()].flatMap(path =>
    path.startsWith(start) ? [Number(path.slice(start.length).split(".", 1)[0])] : [],
  )
  return [...new Set(indexes)].sort((one, other) => one - other)
}

/** Return the paths of all lists that answers may hold items of, the outer ones first: `opportunities.1.locations`. */
export function listsIn(data: Data, answers: Answers): string[] {
  return data.lists.flatMap(list => {
    const outer = data.lists.find(one => list.startsWith(`${one}.`))
    if (!outer) return [list]
    const count = Math.max(1, countOf(answers, outer))
    return Array.from({ length: count }, (_, index) => `${outer}.${index}${list.slice(outer.length)}`)
  })
}

/** Return a date as the file has it, in the time of this device. */
export function today(): string {
  const now = new Date()
  const two = (number: number): string => String(number).padStart(2, "0")
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
