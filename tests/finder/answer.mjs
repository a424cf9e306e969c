// Answers queries, words and questions with the finder's own modules: JSON in, JSON out, no page.
import { readFileSync } from "node:fs"
import { fold } from "../../meedoenkaart/theme/fold.ts"
import { read, write } from "../../meedoenkaart/theme/components/finder/address.ts"
import { fill, tallied } from "../../meedoenkaart/theme/components/finder/data.ts"
import { answer } from "../../meedoenkaart/theme/components/finder/answer.ts"
import { readAsking } from "../../meedoenkaart/theme/components/finder/asked.ts"
import { bikeMinutes, written } from "../../meedoenkaart/theme/components/finder/distance.ts"
import { pieces } from "../../meedoenkaart/theme/components/finder/fold.ts"
import { readViews } from "../../meedoenkaart/theme/components/finder/views.ts"

const [day, indexFile, texts, places, question] = process.argv.slice(2)
globalThis.fetch = async file => ({ ok: true, json: async () => JSON.parse(readFileSync(file, "utf8")) })
const { index, engine, search, origins, ask } = await readAsking({ index: indexFile, texts, places, question }, Number(day))
const known = {
  facets: new Map(index.facets.map(({ name, values }) => [name, new Set(values.map(([id]) => id))])),
  levels: new Set(index.levels.map(([id]) => id)),
}
/** Nothing is let go of. */
const everything = { has: () => true }
const keyOf = row => `${index.organisations.slug[index.offers.organisation[row]]}#${index.offers.id[row]}`

const answers = {
  select(query) {
    const { filter, gone, map } = read(query, known)
    const origin = filter.where ? origins.get(filter.where) : undefined
    engine.from(origin ?? null, origin?.areas)
    const { selection: found, sought, ranks } = answer(engine, search, filter, filter.radius ?? "alles", everything)
    const [apart, apartMaybe] = [found.apart.slice(0, found.apartSure), found.apart.slice(found.apartSure)]
    const [sure, maybe] = [[...found.sure, ...apart], [...found.maybe, ...apartMaybe]]
    return {
      sure: sure.map(keyOf),
      maybe: maybe.map(keyOf),
      apart: [...found.apart].map(keyOf),
      also: [...sure, ...maybe].filter(row => engine.isFromElsewhere(row)).map(keyOf),
      venue: Object.fromEntries([...sure, ...maybe].map(row => [keyOf(row), index.venues[engine.venue(row)]?.[4] ?? ""])),
      km: Object.fromEntries([...sure, ...maybe].map(row => [keyOf(row), engine.km(row)])),
      lacking: Object.fromEntries(maybe.map(row => [keyOf(row), engine.lacking(row, filter)])),
      counts: Object.fromEntries([...found.others.counts].map(([name, counts]) => [name, [...counts]])),
      levels: [...found.others.levels],
      permits: found.others.permits,
      radii: Object.fromEntries(found.others.radii),
      gains: Object.fromEntries(found.others.gains),
      farther: engine.farther(filter, ranks),
      corrected: sought?.corrected ?? [],
      marks: sought?.marks ?? [],
      absent: sought?.absent ?? [],
      gone,
      query: write(filter, "", map),
    }
  },
  question(text) {
    const { asked, ambiguous } = ask(text)
    return { query: write(asked), ambiguous }
  },
  ask(text) {
    const { asked, ambiguous, guesses, origin, rows, sought, released } = ask(text)
    return {
      query: write(asked),
      ambiguous,
      where: origin,
      first: rows.slice(0, 5).map(keyOf),
      count: rows.length,
      nothing: sought?.absent ?? [],
      corrected: sought?.corrected ?? [],
      guesses: guesses.map(({ written }) => written),
      released,
    }
  },
  origin: id => origins.get(id) ?? null,
  alike: id => origins.alike(id).map(one => [one.name, one.within]),
  suggest: text => origins.suggest(text, 8).map(one => [one.name, one.kind, one.within]),
  former: text => origins.suggest(text, 8).map(one => [one.name, one.former ?? ""]),
  distance: km => [written(km), bikeMinutes(km, index.ride)],
  fold,
  tallied: tally => tallied(index.words, tally),
  fill: ([text, values]) => fill(text, values),
  pieces: ([text, words]) => pieces(text, words).map(({ text: part, found }) => (found ? `[${part}]` : part)).join(""),
  views: stored => readViews(stored),
}

const calls = JSON.parse(readFileSync(0, "utf8"))
process.stdout.write(JSON.stringify(calls.map(([name, argument]) => answers[name](argument))))
