// Makes changes at random, as somebody would who tries everything, and says what went wrong: texts in, texts and faults out.
import { readFileSync } from "node:fs"
import * as changes from "../../meedoenkaart/theme/components/atelier/changes.ts"
import { begin, changedTo, redo, undo } from "../../meedoenkaart/theme/components/atelier/history.ts"
import { hintsOf, problemsOf } from "../../meedoenkaart/theme/components/atelier/hints.ts"
import { countIn, listIn, pathsOf, textIn, valueIn, viewOf } from "../../meedoenkaart/theme/components/atelier/route.ts"

const data = JSON.parse(readFileSync(process.argv[2], "utf8"))
const WORDS = ["Kennismaken", "ja", "12", "een: twee", "# geen opmerking", "'s avonds", "- streep", "", "  ruimte  er omheen ", "{a}", "[b", "*c", "!d", "%e", "\"f\"", "g \ud83d", "é ü ا", "nee # toch"]
const LONG = "Dit is een lange tekst die niet op één regel past, en daarom over meer regels gaat zodra hij in een bestand komt te staan. ".repeat(3)

/** Returns numbers at random that are the same each time for a seed. */
function dice(seed) {
  let state = seed
  return most => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most
  }
}

const commentsOf = text => (text.match(/(?<=^|\s)# opm \d+/gm) ?? []).sort()

function danglingIn(view) {
  const own = { actors: view.actors, phases: view.phases, lanes: view.lanes, steps: view.steps }
  const fields = Object.entries(data.fields).filter(([, field]) => own[field.refers])
  return fields.flatMap(([key, field]) =>
    pathsOf(view.tree, key.split(".")).flatMap(path =>
      listIn(view.tree, path).filter(id => !own[field.refers].some(one => one.id === id) && !["regisseur", "budget", "status"].includes(id)),
    ),
  )
}

/** Returns the paths of all that can be set in a text, of parts that are there and of those that may come. */
function settable(view) {
  return Object.keys(data.fields).flatMap(key => {
    const names = key.split(".")
    const walk = ([name, ...rest], path) => {
      if (name === undefined) return [path]
      if (name === "*") return view[path[0]].flatMap(({ id }) => walk(rest, [...path, id]))
      const here = [...path, name]
      const within = [...here, ...rest].length > here.length && Array.isArray(valueIn(view.tree, here))
      return within ? Array.from({ length: countIn(view.tree, here) }, (_, index) => walk(rest, [...here, index])).flat() : walk(rest, here)
    }
    return walk(names, [])
  }).filter(path => !["links", "money", "breaks_off", "notes", "sources"].some(list => path.includes(list) && typeof path[path.indexOf(list) + 1] !== "number"))
}

/** Returns one change, with what it is called and whether it may take comments away. */
function someChange(text, roll) {
  const view = viewOf(text)
  const one = list => list[roll(list.length)]
  const idOf = kind => one(view[kind])?.id ?? "weg"
  const kind = one(["actors", "phases", "lanes", "steps"])
  const list = one([["notes"], ["money"], ["sources"], ["breaks_off"], ["steps", idOf("steps"), "links"]])
  const word = () => (roll(6) ? one(WORDS) : LONG)
  const choose = field => {
    if (field.choices) return one(field.choices)
    const ids = view[field.refers]?.map(other => other.id) ?? Object.keys(data[field.refers] ?? {})
    const value = ids.length ? one(ids) : word()
    return field.many ? [...new Set([value, ...(ids.length && roll(2) ? [one(ids)] : [])])] : value
  }
  switch (roll(13)) {
    case 0:
    case 1:
    case 2:
    case 3: {
      const path = one(settable(view))
      const key = path.map((step, index) => (index === 1 && view[path[0]] ? "*" : step)).filter(step => typeof step !== "number").join(".")
      const value = roll(4) ? choose(data.fields[key]) : undefined
      return { name: `set ${path.join(".")} ${JSON.stringify(value)}`, takes: value === undefined || value === "" || Array.isArray(value), to: changes.set(text, data, path, value), path, value }
    }
    case 4:
      return { name: "addStep", to: changes.addStep(text, data, { title: word(), phase: idOf("phases"), lane: idOf("lanes"), after: [idOf("steps")] }).text }
    case 5:
      return { name: `addPart ${kind}`, to: changes.addPart(text, data, kind, { title: word(), name: word(), icon: "house", lasts: { number: "6", unit: "weken" } }).text }
    case 6:
      return { name: `addItem ${list}`, to: changes.addItem(text, data, list, { title: word(), text: word(), amount: word(), address: "https://voorbeeld.nl/" }) }
    case 7: {
      const path = roll(2) ? [kind, idOf(kind)] : countIn(view.tree, list) ? [...list, roll(countIn(view.tree, list))] : [one(["regisseur", "status", "contact"])]
      return { name: `removePart ${path}`, takes: true, to: changes.removePart(text, data, path) }
    }
    case 8:
      return { name: `movePart ${kind}`, to: changes.movePart(text, [kind, idOf(kind)], roll(3) ? idOf(kind) : undefined) }
    case 9:
      return { name: "moveStep", takes: true, to: changes.moveStep(text, data, idOf("steps"), { phase: idOf("phases"), lane: roll(2) ? "" : idOf("lanes"), ...(roll(2) ? { before: idOf("steps") } : {}) }) }
    case 10:
      return { name: "connect", to: changes.connect(text, data, idOf("steps"), idOf("steps")) }
    case 11: {
      const to = one(view.steps)
      return { name: "disconnect", takes: true, to: to ? changes.disconnect(text, data, to.after[0] ?? "weg", to.id) : text }
    }
    default:
      return { name: "splitTo", takes: true, to: changes.splitTo(text, data, idOf("steps"), view.lanes.map(lane => lane.id).slice(0, 1 + roll(3))) }
  }
}

function play({ text, seed, steps }) {
  const roll = dice(seed)
  const faults = []
  let history = begin(text)
  for (let step = 0; step < steps && !faults.length; step++) {
    const before = history.now
    const was = viewOf(before)
    const { name, to, takes, path, value } = someChange(before, roll)
    const fault = what => faults.push({ what, name, before, to })
    const view = viewOf(to)
    if (!view) {
      fault("can't be read")
      break
    }
    const [had, has] = [commentsOf(before), commentsOf(to)]
    if (has.some(one => !had.includes(one)) || has.length > had.length) fault("new comments")
    if (!takes && had.length !== has.length) fault("comments lost")
    const known = danglingIn(was)
    if (!path && danglingIn(view).some(id => !known.includes(id) && id !== "weg")) fault("names what is not there")
    if (path && typeof value === "string" && textIn(view.tree, path) !== value.replace(/\p{Surrogate}/gu, "\ufffd").split(/\s+/u).join(" ").trim()) fault("another value")
    if (path && Array.isArray(value) && `${listIn(view.tree, path)}` !== `${value}`) fault("other values")
    if (path && elsewhere(was.tree, path) !== elsewhere(view.tree, path)) fault("changed elsewhere")
    if (/[ \t]+$/m.test(to) || !to.endsWith("\n")) fault("loose ends")
    problemsOf(view, data)
    hintsOf(view, data)
    history = changedTo(history, to, step * 10_000)
  }
  const texts = history.past.length
  const last = history.now
  for (let step = 0; step < texts; step++) history = undo(history)
  if (history.now !== text) faults.push({ what: "undo", to: history.now })
  for (let step = 0; step < texts; step++) history = redo(history)
  if (history.now !== last) faults.push({ what: "redo", to: history.now })
  return { faults, text: last, tree: viewOf(last)?.tree, changes: texts }
}

/** Returns all values of a file but the one that a path leads to, and the empty parts on its way. */
function elsewhere(tree, path) {
  const copy = structuredClone(tree)
  const part = path.slice(0, -1).map((_, index) => path.slice(0, index + 1)).reverse()
  const drop = way => {
    const parent = valueIn(copy, way.slice(0, -1))
    if (parent && typeof parent === "object") delete parent[way.at(-1)]
  }
  drop(path)
  for (const way of part) if (typeof valueIn(copy, way) !== "object" || !Object.keys(valueIn(copy, way) ?? {}).length) drop(way)
  return JSON.stringify(sorted(copy))
}

function sorted(tree) {
  if (typeof tree !== "object" || tree === null || Array.isArray(tree)) return Array.isArray(tree) ? tree.map(sorted) : tree
  return Object.fromEntries(Object.keys(tree).sort().map(name => [name, sorted(tree[name])]))
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(play)))
