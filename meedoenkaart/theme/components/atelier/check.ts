import { make } from "../finder/dom"
import type { Path } from "../form/yaml"
import { openMenu } from "./menu"
import { wordsOf } from "./panel"
import { button, sign } from "./parts"
import type { Say } from "./say"
import { type Placed, type State, kindOf, nameOf, named, numbersOf, partOf } from "./state"

/** What somebody does in the list of problems. */
export interface CheckActs {
  open(path: Path): void
  /** Make a step of what the law asks. */
  tell(element: string, phase: string): void
  /** Say that a step carries it out. */
  fulfil(element: string, step: string): void
}

/** Hints about what an example says that may be otherwise here. */
const EXAMPLE = new Set(["name", "nameless"])

/** Show all problems, each leading to its field, and what the law asks and the route does not tell. */
export function showCheck(root: HTMLElement, place: HTMLElement, state: State, say: Say, acts: CheckActs): void {
  const errors = state.problems.filter(one => one.severity === "error")
  const warnings = state.problems.filter(one => one.severity === "warning")
  const parts: Node[] = []
  const title = make("h2", "side__title", say("check"))
  title.tabIndex = -1
  parts.push(title)
  if (state.readiness !== "ready") parts.push(make("p", "side__about", say(state.readiness === "failed" ? "check-without" : "check-later")))
  if (!errors.length && !warnings.length) {
    const well = make("p", "side__well")
    well.append(sign(root, "circle-check"), say("no-problems"))
    parts.push(well)
  }
  parts.push(...section(say("errors"), errors), ...section(say("warnings"), warnings))
  parts.push(...section(say("from-example"), state.hints.filter(one => EXAMPLE.has(one.rule))))
  if (state.untold.length) {
    const list = make("ul", "side__untold")
    list.append(...state.untold.map(one => untold(one)))
    parts.push(make("h3", "side__sub", say("untold")), make("p", "side__about", say("untold-about")), list)
  }
  const focus = (document.activeElement as HTMLElement | null)?.dataset["key"]
  const isHere = place.contains(document.activeElement)
  place.replaceChildren(...parts)
  if (isHere) (place.querySelector<HTMLElement>(`[data-key="${CSS.escape(focus ?? "")}"]`) ?? title).focus()

  function section(words: string, problems: readonly Placed[]): Node[] {
    if (!problems.length) return []
    const list = make("ul", "side__list-of")
    list.append(
      ...problems.map(one => {
        const item = make("li", "")
        const open = button(root, "", "", () => acts.open(one.path), `side__problem side__problem--${one.severity}`)
        open.dataset["key"] = `${one.rule} ${one.path.join("/")}`
        const at = make("span", "side__where", whereOf(state, one.path, say))
        open.append(at, make("span", "", wordsOf(one)))
        item.append(open)
        return item
      }),
    )
    return [make("h3", "side__sub", words), list]
  }

  function untold(one: State["untold"][number]): HTMLElement {
    const item = make("li", "untold")
    const about = [one.who, one.term].filter(Boolean).join(", ")
    const add = button(root, "plus", say("make-step"), () => {
      openMenu(add, say("which-phase"), [
        { words: say("which-phase") },
        ...named(state, "phases").map(([id, words]) => ({ words, act: () => acts.tell(one.id, id) })),
      ])
    })
    const numbers = numbersOf(state.view)
    const have = button(root, "", say("have-step"), () => {
      openMenu(have, say("which-step"), [
        { words: say("which-step") },
        ...named(state, "steps").map(([id, name]) => ({ words: `${numbers.get(id)}. ${name}`, act: () => acts.fulfil(one.id, id) })),
      ])
    }, "untold__have")
    for (const made of [add, have]) {
      made.setAttribute("aria-haspopup", "menu")
      made.setAttribute("aria-expanded", "false")
      made.setAttribute("aria-label", `${made.textContent}: ${one.title}`)
      made.dataset["key"] = `${made === add ? "add" : "have"}/${one.id}`
    }
    item.append(make("strong", "", one.title), make("span", "untold__about", about), add, have)
    have.hidden = !state.view.steps.length
    return item
  }
}

/** Return in words where a problem is: `Stap 3: Brede intake`. */
export function whereOf(state: State, path: Path, say: Say): string {
  const part = partOf(path)
  const kind = kindOf(part)
  if (kind === "route") return say("whole")
  if (kind !== "step") return [say(`kind-${kind}`), typeof part[1] === "string" ? nameOf(state, part) : ""].filter(Boolean).join(": ")
  const id = String(part[1])
  return `${say("step-number", { number: numbersOf(state.view).get(id) ?? "" })}: ${nameOf(state, part)}`
}
