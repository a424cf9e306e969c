import type { Answer, Answers } from "./model"

/** Items that a list of the form has at most when it is brought back. */
const MOST_ITEMS = 50

/** Keeps what was typed in this browser, so that it survives a reload; a browser that keeps nothing is fine too. */
export class Kept {
  readonly #key: string

  constructor(name: string) {
    this.#key = `meedoenkaart/formulier/${name}`
  }

  /** Keep the answers; none throws away what was kept. */
  write(answers: Answers): void {
    try {
      if (answers.size) localStorage.setItem(this.#key, JSON.stringify([...answers]))
      else localStorage.removeItem(this.#key)
    } catch {
      // private windows and full disks: typing goes on without it
    }
  }

  /** Return the answers that were kept, or nothing. */
  read(): Answers | undefined {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.#key) ?? "null")
      return Array.isArray(kept) ? new Map(kept.filter(isPair)) : undefined
    } catch {
      return undefined
    }
  }
}

function isPair(pair: unknown): pair is [string, Answer] {
  if (!Array.isArray(pair) || typeof pair[0] !== "string") return false
  if (pair[0].split(".").some(step => Number(step) >= MOST_ITEMS)) return false
  const answer: unknown = pair[1]
  return typeof answer === "string" || (Array.isArray(answer) && answer.every(one => typeof one === "string"))
}
