// Tries all that the page does with a draft on drafts that somebody made to do harm: texts in, what was said of each out.
import { readFileSync } from "node:fs"
import * as changes from "../../meedoenkaart/theme/components/atelier/changes.ts"
import { hintsOf, problemsOf } from "../../meedoenkaart/theme/components/atelier/hints.ts"
import { PARTS, pathAt, refusalOf, viewOf } from "../../meedoenkaart/theme/components/atelier/route.ts"
import { fromExample, fromFile } from "../../meedoenkaart/theme/components/atelier/start.ts"

const data = JSON.parse(readFileSync(process.argv[2], "utf8"))

function told(text) {
  const view = viewOf(text)
  const rules = view ? problemsOf(view, data).map(one => one.rule) : []
  if (view) hintsOf(view, data)
  pathAt(text, 3, 5)
  fromFile("gemeente.yml", text)
  fromExample(text, data, "leeuwarden", ["__proto__"])
  const id = view?.steps[0]?.id ?? "s"
  const made = [
    changes.set(text, data, ["title"], "Een nieuwe titel"),
    changes.addPart(text, data, "actors", { name: "Iemand", icon: "house" }).text,
    changes.addItem(text, data, ["sources"], { address: "https://voorbeeld.nl/", title: "V" }),
  ]
  const others = [
    changes.addStep(text, data, { title: "Nieuw", phase: "p" }).text,
    changes.set(text, data, ["__proto__", "polluted"], "ja"),
    changes.set(text, data, ["steps", "__proto__", "title"], "ja"),
    changes.set(text, data, ["constructor"], undefined),
    ...PARTS.map(kind => changes.removePart(text, data, [kind, view?.[kind][0]?.id ?? "x"])),
    changes.removePart(text, data, ["notes", 0]),
    changes.moveStep(text, data, id, { phase: "p", lane: "" }),
    changes.movePart(text, ["steps", id], undefined),
    changes.connect(text, data, id, "b"),
    changes.disconnect(text, data, "b", id),
    changes.splitTo(text, data, id, ["a", "b"]),
  ]
  const whole = [...made, ...others].every(one => one === text || viewOf(one))
  return { refusal: refusalOf(text) ?? null, rules, changed: made.map(one => one !== text && whole), polluted: "polluted" in {} }
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(told)))
