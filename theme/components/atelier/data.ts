import type { Layout, Rule, Rules } from "../form/model"

/** What `assets/atelier.json` holds, made by generator/publishing/atelier.py. */
export interface Data extends Layout, Pick<Rules, "patterns" | "words" | "suggestion" | "longest"> {
  /** The fields of a route, by their names on the way with `*` for an id: `steps.*.within.unit`. */
  fields: Record<string, Field>
  /** Words for rules that are checked without the engine. */
  rules: Record<string, Rule>
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
  says: Record<string, string>
}

export interface Field {
  label: string
  required: boolean
  /** `text`, `number` and the like have a shape; `ids` are of another part of the file. */
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
