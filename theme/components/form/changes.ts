import { type Answer, type Answers, type Data, type Tree, countOf } from "./model"
import { indexesOf, treeOf } from "./tree"
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
export function changedFile(original: Original, now: Answers, data: Data): string {
  const folder = original.slug.split("/")[0] ?? ""
  const values = valuesOf(original.source)
  let source = original.source
  for (const path of changedPaths(original.answers, now)) {
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

function isNewItem(original: Original, [part, index]: Path): boolean {
  return typeof index === "number" && index >= countOf(original.answers, String(part))
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
  for (const part of data.lists) {
    const known = countOf(original.answers, part)
    const fresh = new Map([...now].filter(([path]) => isNewItem(original, toSteps(path)) && path.startsWith(`${part}.`)))
    if (!indexesOf(fresh, part).length) continue
    const tree = treeOf(fresh, data, folder, idsOf(valuesOf(text))) as { [name: string]: Tree[] }
    tree[part]?.forEach((item, offset) => {
      text = changed(text, [part, known + offset], item, data)
    })
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
