import { type Answer, type Answers, type Data, type Tree, countOf, indexesOf, listsIn } from "./model"
import { treeOf } from "./tree"
import { type Path, changed, valuesOf } from "./yaml"

/** A file that is being changed. */
export interface Original {
  /** Its path below the folder of its kind: `smallingerland/badmintonclub-drachten`, `azc-sneek`. */
  slug: string
  /** What the record is called. */
  name: string
  source: string
  /** What the form showed before anything was changed. */
  answers: Answers
}

/** Return the paths whose answers changed. */
export function changedPaths(before: Answers, now: Answers): string[] {
  const paths = new Set([...before.keys(), ...now.keys()])
  return [...paths].filter(path => JSON.stringify(before.get(path)) !== JSON.stringify(now.get(path)))
}

/** Return the file with the changed answers in it, and every other line as it was. */
export function changedFile(whole: Original, now: Answers, data: Data): string {
  const original = withoutRemoved(whole, now, data)
  const folder = original.slug.split("/")[0] ?? ""
  const values = valuesOf(original.source)
  let source = original.source
  // From the last to the first: what is taken out of a list moves only what comes behind it.
  for (const path of changedPaths(original.answers, now).sort(byIndexes).reverse()) {
    const steps = toSteps(path)
    if (isNewItem(original, steps)) continue
    const before = at(values, steps)
    const inDutch = typeof before === "object" && !Array.isArray(before)
    const value = valueFor(path, now.get(path), before, folder)
    if (value === before) continue
    source = changed(source, inDutch ? [...steps, "nl"] : steps, value, data)
  }
  return withNewItems(source, original, now, data, folder)
}

/** Take out of the file what is gone from the lists within its parts: the other items stay as they are written. */
function withoutRemoved(original: Original, now: Answers, data: Data): Original {
  let { source, answers } = original
  for (const list of listsIn(data, answers).filter(one => one.includes("."))) {
    for (const index of goneFrom(list, answers, now).reverse()) {
      source = changed(source, [...toSteps(list), index], undefined, data)
      answers = withoutItem(answers, list, index)
    }
  }
  return { ...original, source, answers }
}

/** Return which items of a list are gone: those without which the others have the fewest answers that changed. */
function goneFrom(list: string, before: Answers, now: Answers): number[] {
  const [olds, news] = [before, now].map(answers =>
    Array.from({ length: countOf(answers, list) }, (_, index) => itemOf(answers, `${list}.${index}.`)),
  ) as [Item[], Item[]]
  // What it costs, and which go, when these items of the file are those items of the form: from the last to the first.
  let later: Way[] = news.map((_, index) => ({ cost: sum(news.slice(index)), gone: [] }))
  later.push({ cost: 0, gone: [] })
  for (let index = olds.length - 1; index >= 0; index--) {
    const old = olds[index] as Item
    const ways: Way[] = []
    for (let next = news.length; next >= 0; next--) {
      const without = later[next] as Way
      const choices: Way[] = [{ cost: without.cost + old.size, gone: [index, ...without.gone] }]
      const fresh = news[next]
      if (fresh) {
        const [paired, added] = [later[next + 1] as Way, ways[next + 1] as Way]
        choices.unshift({ cost: paired.cost + difference(old, fresh), gone: paired.gone })
        choices.push({ cost: added.cost + fresh.size, gone: added.gone })
      }
      ways[next] = choices.reduce((best, one) => (one.cost < best.cost ? one : best))
    }
    later = ways
  }
  return later[0]?.gone ?? []
}

type Item = Map<string, string>

interface Way {
  cost: number
  gone: number[]
}

function itemOf(answers: Answers, start: string): Item {
  const own = [...answers].filter(([path]) => path.startsWith(start))
  return new Map(own.map(([path, answer]) => [path.slice(start.length), JSON.stringify(answer)]))
}

function sum(items: Item[]): number {
  return items.reduce((total, one) => total + one.size, 0)
}

function difference(one: Item, other: Item): number {
  return [...new Set([...one.keys(), ...other.keys()])].filter(path => one.get(path) !== other.get(path)).length
}

function withoutItem(answers: Answers, list: string, index: number): Answers {
  const moved: Answers = new Map()
  for (const [path, answer] of answers) {
    const [own = "", ...rest] = path.startsWith(`${list}.`) ? path.slice(list.length + 1).split(".") : []
    const number = Number(own)
    if (own === "" || number < index) moved.set(path, answer)
    else if (number > index) moved.set([list, number - 1, ...rest].join("."), answer)
  }
  return moved
}

/** Say whether a path lies in an item that a list did not have. */
function isNewItem(original: Original, path: Path): boolean {
  return path.some((step, depth) => typeof step === "number" && step >= countOf(original.answers, path.slice(0, depth).join(".")))
}

function byIndexes(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true })
}

function valueFor(path: string, now: Answer | undefined, before: Tree | undefined, folder: string): Tree | undefined {
  if (path.endsWith("address.municipality") && now === folder) return undefined
  if (!Array.isArray(now)) return now?.split(/\s+/u).join(" ")
  const order = Array.isArray(before) ? before.filter(one => typeof one === "string") : []
  return [...order.filter(one => now.includes(one)), ...now.filter(one => !order.includes(one))]
}

/** Append what was added to lists of records. */
function withNewItems(source: string, original: Original, now: Answers, data: Data, folder: string): string {
  let text = source
  for (const part of listsIn(data, now)) {
    if (isNewItem(original, toSteps(part))) continue // it comes with the item that it lies in
    const known = countOf(original.answers, part)
    for (const index of indexesOf(now, part).filter(one => one >= known)) {
      const fresh = new Map([...now].filter(([path]) => path.startsWith(`${part}.${index}.`)))
      // Made of this item alone, it is the first of its list.
      const first = [...toSteps(part).map(step => (typeof step === "number" ? 0 : step)), 0]
      const item = at(treeOf(fresh, data, folder, idsOf(valuesOf(text))), first)
      const present = at(valuesOf(text), toSteps(part))
      text = changed(text, [...toSteps(part), Array.isArray(present) ? present.length : 0], item, data)
    }
  }
  return text
}

function toSteps(path: string): Path {
  return path.split(".").map(step => (/^\d+$/.test(step) ? Number(step) : step))
}

function idsOf(values: Tree): string[] {
  const found = at(values, ["opportunities"])
  return Array.isArray(found) ? found.map(one => String(at(one, ["id"]))) : []
}

function at(tree: Tree, path: Path): Tree | undefined {
  return path.reduce<Tree | undefined>((inner, step) => {
    if (typeof inner !== "object") return undefined
    return Array.isArray(inner) ? inner[Number(step)] : inner[String(step)]
  }, tree)
}
