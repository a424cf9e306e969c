import type { Checking, Layout, Rules } from "../form/model"

/** What `assets/atelier.json` holds, made by meedoenkaart/publishing/atelier.py. */
export interface Data extends Layout, Checking, Pick<Rules, "rules" | "longest"> {
  /** The fields of a route, by their names on the way with `*` for an id: `steps.*.within.unit`. */
  fields: Record<string, Field>
  /** What a reference is to, in words: `steps`, `roles`. */
  references: Record<string, string>
  /** What parts are called that hold others: `steps`, `steps.*.links`. */
  labels: Record<string, string>
  /** How many parts a file holds, at most: `steps`, `steps.*.after`. */
  most: Record<string, number>
  /** Roles of the vocabulary: what they are called and their icon. */
  roles: Record<string, Named & { icon: string }>
  /** What the law asks, in its order. */
  elements: Record<string, Named & { who: string; term: string }>
  /** The law that `elements` are of. */
  law: string
  municipalities: Record<string, string>
  /** Routes that are there: of whom, and where their text lies, from the site's root. */
  routes: Record<string, Existing>
  /** Where the text lies that tells what the law asks. */
  statutory: string
  /** Icons for who does something. */
  icons: string[]
  /** Words that readers may not know, and the site explains. */
  terms: string[]
  hints: Record<Hint, string>
  /** What a new route is called, and what is told of one that is made after another. */
  start: { title: string; left: Record<string, string>; check: Record<string, string> }
  says: Record<string, string>
}

export interface Field {
  label: string
  required: boolean
  /** Whether it holds a list. */
  many?: boolean
  shape?: number
  choices?: string[]
  /** What the values are ids of: a part of the file (`steps`), `elements`, `roles`, `municipalities` or `organisations`. */
  refers?: string
}

interface Named {
  title: string
}

export interface Existing extends Named {
  /** The municipalities whose route it is. */
  of: string[]
  law: string
  file: string
}

export type Hint = "long-sentence" | "long-word" | "term" | "formal"
