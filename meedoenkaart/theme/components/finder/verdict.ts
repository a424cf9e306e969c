import { UNKNOWN } from "./filter"

/** How an opportunity answers to a part of a filter. */
export const NO = 0
export const FITS = 1
export const MAYBE = 2
/** It fits because it is for everybody: after what is meant for those who ask. */
export const FITS_ALL = 3

/** What an opportunity is about: where that is unknown and was asked, it comes last. */
export const ABOUT = new Set(["sector", "activiteit", "doelgroep"])
/** How much later something is listed for each thing that nobody knows of it, for what it is about, and for being for all. */
export const LATER = { unknown: 2, about: 16, all: 1 }

/** The values of a facet. */
export interface Values {
  /** The number of each by its id. */
  readonly numbers: ReadonlyMap<string, number>
  /** The value of what is for everybody; -1 when the facet has none. */
  readonly everybody: number
}

/** How a combination of values answers to those that are chosen and those that are ruled out. */
export function verdict(
  set: readonly number[],
  { numbers, everybody }: Values,
  wanted: ReadonlySet<string> | undefined,
  unwanted: ReadonlySet<string> | undefined,
): number {
  const has = (values: ReadonlySet<string>): boolean => set.some(number => [...values].some(id => numbers.get(id) === number))
  if (set.length === 0) {
    if (unwanted?.has(UNKNOWN)) return NO
    return wanted?.has(UNKNOWN) ? FITS : wanted?.size || unwanted?.size ? MAYBE : FITS
  }
  if (unwanted && has(unwanted)) return NO
  if (!wanted || has(wanted)) return FITS
  return set.includes(everybody) && [...wanted].some(id => id !== UNKNOWN) ? FITS_ALL : NO
}
