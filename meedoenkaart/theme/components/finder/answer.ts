import { loosened } from "./chips"
import type { OriginKind } from "./data"
import { FITS_NOTHING, type Engine, type Selection } from "./engine"
import { USUAL_RADIUS, type Filter, type Radius } from "./filter"
import type { Sought, WordSearch } from "./words"

/** What a filter gives. */
export interface Answer {
  /** What counts: the filter and the radius without what was let go. */
  readonly filter: Filter
  readonly radius: Radius
  readonly selection: Selection
  readonly sought: Sought | null
  /** How well each opportunity answers the words that count. */
  readonly ranks: Uint8Array | null
  /** The criteria and facets that were let go, since nothing fits all. */
  readonly released: readonly string[]
}

/** How dear each wish is: of what nobody can have all, the cheapest is let go. What is not named is dearest, and the law stays. */
const COSTS: Readonly<Record<string, number>> = {
  bevestigd: 2, wanneer: 3, dagdeel: 3, dag: 4, inzet: 4, netwerk: 5, kosten: 5, soort: 6, spreekt: 6, doorgaan: 7, meedoen: 8,
  doelgroep: 8, rolstoel: 9, vog: 10, woorden: 10, leeftijd: 11, taal: 11, activiteit: 13, sector: 14,
}
/** The least part of what words find anywhere that still counts as found here. */
const HERE = 0.35
/** The least part of what the best one answers that still answers. */
const ENOUGH = 0.5
/** How finely answers are told apart: what answers about as well is ordered by what is nearer. */
const RANKS = 8

/** The radius that counts: what was chosen, or what is usual for the origin. */
export function radiusFor({ radius }: Filter, kind: OriginKind | undefined): Radius {
  if (!kind) return "alles"
  if (radius === "gemeente" && kind !== "gemeente") return USUAL_RADIUS
  return radius ?? (kind === "gemeente" ? "gemeente" : USUAL_RADIUS)
}

/** Answer a filter, never with nothing as long as something is allowed; `kept` are wishes not to let go of. */
export function answer(
  engine: Engine, search: WordSearch, filter: Filter, radius: Radius, kept: ReadonlySet<string> = new Set(), isTyped = false,
): Answer {
  const chosen = new Set([...filter.include].flatMap(([facet, values]) => [...values].map(value => `${facet}.${value}`)))
  const sought = filter.words ? search.find(filter.words, chosen, isTyped) : null
  if (sought && isNothing(sought, filter, search)) return { filter, radius, selection: FITS_NOTHING, sought, ranks: null, released: [] }
  const ranks = sought && ranked(engine, sought, filter, radius)
  const selection = engine.select(filter, radius, ranks)
  if (selection.known > 0) return { filter, radius, selection, sought, ranks, released: [] }
  const released = engine.release(filter, radius, ranks, COSTS, kept)
  const [looser, farther] = [released.reduce(loosened, filter), released.includes("straal") ? "alles" : radius]
  // Who has to go farther wants the nearest first, however well it answers.
  const answers = farther === radius ? ranks : (ranks?.map(rank => Math.min(rank, 1)) ?? null)
  const counts = released.includes("woorden") ? null : answers
  return { filter: looser, radius: farther, selection: engine.select(looser, farther, counts), sought, ranks: counts, released }
}

/**
 * Ranks from 1 on for what answers the words, the best first; 0 for what does far less than the best of what fits
 * otherwise. Null when no word is found at all.
 */
function ranked(engine: Engine, { scores, rest }: Sought, filter: Filter, radius: Radius): Uint8Array | null {
  const most = highest(scores)
  if (most === 0) return null
  const [anywhere, here] = [highest(rest), engine.best(filter, radius, rest)]
  // A common word beside what a filter stands for is no wish: "een cv maken".
  const least = anywhere < HERE * most ? 0 : ENOUGH * (here >= HERE * anywhere ? here : anywhere)
  return Uint8Array.from(scores, (score, row) => ((rest[row] as number) >= least ? Math.max(1, Math.ceil((RANKS * score) / most)) : 0))
}

function highest(scores: Float32Array): number {
  return scores.reduce((most, score) => Math.max(most, score), 0)
}

/** Whether nothing at all was asked but words that nobody uses. */
function isNothing({ scores, absent }: Sought, filter: Filter, search: WordSearch): boolean {
  const { include, exclude, where, permit, level, age } = filter
  const isAsked = include.size > 0 || exclude.size > 0 || where !== null || permit !== null || level !== null || age !== null
  return !isAsked && absent.length > 0 && absent.every(word => !search.isKnown(word)) && highest(scores) === 0
}
