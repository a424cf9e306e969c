// What the page of the atelier and the worker that checks and draws say to each other.

export type FormName = "wide" | "phone" | "a4" | "a3"

/** A question to the worker. Every one is answered by "checked", and then by "drawn" or "not-drawn". */
export interface Look {
  number: number
  slug: string
  text: string
  form: FormName
  today: string
}

/** What `check` says of this file. */
export interface Problem {
  rule: string
  severity: "error" | "warning"
  line: number
  column: number
  message: string
  remedy: string
}

/** What the law asks and no step fulfils. */
export interface Untold {
  id: string
  title: string
  who: string
  term: string
}

export type Told =
  /** Bytes over the line. */
  | { kind: "progress"; done: number; total: number }
  /** All is there; Python starts. */
  | { kind: "starting" }
  | { kind: "ready" }
  | { kind: "checked"; number: number; problems: Problem[]; untold: Untold[] }
  | { kind: "drawn"; number: number; form: FormName; svg: string; width: number; height: number }
  /** Because of the errors that were told, or because it is beyond what can be drawn. */
  | { kind: "not-drawn"; number: number; form: FormName; reason: "errors" | "limits" }
  /** It took too long and was ended; it starts again by itself. */
  | { kind: "stopped"; number: number }
  /** For good: the page goes on without. */
  | { kind: "failed"; reason: Failure }

/** The browser lacks what it takes, the site has no engine, the line failed, or it would not start. */
export type Failure = "no-webassembly" | "missing" | "network" | "broken"

/** What a worker is told first: where the list of files is, and whether to fetch them past the browser's cache. */
export interface Start {
  files: string
  fresh: boolean
}
