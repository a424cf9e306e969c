import { get } from "../finder/dom"
import { Result } from "../form/result"
import type { Tree } from "../form/model"
import { textIn, valueIn, viewOf } from "./route"
import type { Say } from "./say"
import { type State, kindOf } from "./state"

/** The ways to send what was made: those of the form for opportunities. */
export class Sending {
  readonly #result: Result
  readonly #dialog: HTMLDialogElement

  readonly root: HTMLElement
  readonly say: Say
  readonly longest: number

  constructor(root: HTMLElement, say: Say, longest: number) {
    this.root = root
    this.say = say
    this.longest = longest
    this.#result = new Result(root, get(root, "#versturen"))
    this.#dialog = get<HTMLDialogElement>(root, "[data-send-dialog]")
  }

  show(state: State, published: string): void {
    const errors = state.problems.filter(one => one.severity === "error").length
    get(this.root, "[data-not-ready]").hidden = !errors
    get(this.root, "[data-not-ready-said]").textContent = this.say(errors === 1 ? "not-ready-one" : "not-ready", { number: errors })
    this.#result.show({
      yaml: state.history.now,
      file: `routes/${state.slug}.yml`,
      isNew: !published,
      changes: published ? differences(published, state.history.now, this.say) : [],
      longest: this.longest,
    })
    this.#dialog.showModal()
    this.#dialog.scrollTop = 0
    get(this.root, "#versturen__titel").focus({ preventScroll: true })
  }

  close(): void {
    this.#dialog.close()
  }
}

/** Return in words which parts of a route are new, gone or changed. */
export function differences(before: string, now: string, say: Say): string[] {
  const [old, fresh] = [viewOf(before)?.tree ?? {}, viewOf(now)?.tree ?? {}]
  const lines: string[] = []
  for (const field of new Set([...Object.keys(old), ...Object.keys(fresh)])) {
    const [one, other] = [old[field], fresh[field]]
    if (JSON.stringify(one) === JSON.stringify(other)) continue
    if (!isMany(one ?? other)) {
      lines.push(say("change-changed", { what: kindIn(field, say) }))
      continue
    }
    const keys = new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])
    for (const key of keys) {
      const [was, is] = [valueIn(one ?? {}, [key]), valueIn(other ?? {}, [key])]
      if (JSON.stringify(was) === JSON.stringify(is)) continue
      const part = is ?? was ?? ""
      const name = ["title", "name", "amount", "address"].map(one => textIn(part, [one])).find(Boolean) ?? ""
      const what = [kindIn(field, say), name && `‘${name}’`].filter(Boolean).join(" ")
      lines.push(say(was === undefined ? "change-new" : is === undefined ? "change-gone" : "change-changed", { what }))
    }
    if (!lines.length) lines.push(say("change-changed", { what: kindIn(field, say) })) // their order
  }
  return lines
}

/** Say what kind of part a field of the route holds. */
function kindIn(field: string, say: Say): string {
  const kind = kindOf([field])
  return say(kind === "route" ? "whole" : `kind-${kind}`)
}

/** Say whether a field holds several parts: a list, or parts by id. */
function isMany(value: Tree | undefined): boolean {
  return Array.isArray(value) ? value.some(one => typeof one !== "string") : typeof value === "object" && Object.values(value).every(one => typeof one === "object") && !("nl" in value)
}
