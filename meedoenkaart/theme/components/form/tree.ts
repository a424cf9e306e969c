import { slugOf } from "./alike"
import { type Answers, type Data, type Order, type Tree, fieldPath, indexesOf, text } from "./model"

/**
 * Return the values of a file for answers, its fields in the order of the record.
 *
 * What the form does not ask is worked out: an id from a title, and no municipality where the folder says it.
 */
export function treeOf(answers: Answers, data: Data, folder: string, taken: string[] = []): Tree {
  const ids = new Set(taken)
  const build = (within: Order, before: string): Tree | undefined => {
    const tree: { [name: string]: Tree } = {}
    for (const [name, inner] of within) {
      const path = `${before}${name}`
      const value = inner ? nested(inner, path) : leaf(path)
      if (value !== undefined) tree[name] = value
    }
    return Object.keys(tree).length ? tree : undefined
  }
  const nested = (inner: Order, path: string): Tree | undefined => {
    if (!data.lists.includes(fieldPath(path))) return build(inner, `${path}.`)
    const items: Tree[] = []
    for (const index of indexesOf(answers, path)) {
      const item = build(inner, `${path}.${index}.`)
      if (item !== undefined) items.push(item)
    }
    return items.length ? items : undefined
  }
  const leaf = (path: string): Tree | undefined => {
    const answer = answers.get(path)
    if (path.endsWith("address.municipality") && answer === folder) return undefined
    if (/^opportunities\.\d+\.id$/.test(path)) return idFor(text(answers, path.replace(/id$/, "title")), ids)
    return typeof answer === "string" ? answer.split(/\s+/u).join(" ") : answer
  }
  return build(data.order, "") ?? {}
}

function idFor(title: string, ids: Set<string>): string {
  const id = slugOf(title) || "kans"
  let free = id
  for (let number = 2; ids.has(free); number++) free = `${id.slice(0, 76)}-${number}`
  ids.add(free)
  return free
}
