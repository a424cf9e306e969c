/** The texts that were, the one that is, and those that were undone. */
export interface History {
  readonly past: readonly string[]
  readonly now: string
  readonly future: readonly string[]
  /** What the newest change was about, and when: more typing there, soon after, is the same step. */
  readonly newest: { readonly field: string; readonly at: number } | undefined
}

const [MOST, TOGETHER] = [400, 1500]

/** Begin with a text. */
export function begin(text: string): History {
  return { past: [], now: text, future: [], newest: undefined }
}

/** Return the history with a new text; typing in one `field` within a second or so is one step. */
export function changedTo(history: History, text: string, at: number, field = ""): History {
  if (text === history.now) return history
  const { past, now, newest } = history
  const goesOn = field !== "" && newest?.field === field && at - newest.at < TOGETHER
  return { past: goesOn ? past : [...past, now].slice(-MOST), now: text, future: [], newest: { field, at } }
}

/** Go back one step; the same history when there is none. */
export function undo({ past, now, future }: History): History {
  const before = past.at(-1)
  return before === undefined
    ? { past, now, future, newest: undefined }
    : { past: past.slice(0, -1), now: before, future: [now, ...future], newest: undefined }
}

/** Go forward again. */
export function redo({ past, now, future }: History): History {
  const [next, ...later] = future
  return next === undefined ? { past, now, future, newest: undefined } : { past: [...past, now], now: next, future: later, newest: undefined }
}
