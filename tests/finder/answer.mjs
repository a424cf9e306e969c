// Answers queries, words and questions with the finder's own modules: JSON in, JSON out, no page.
import { readFileSync } from "node:fs"
import { fold } from "../../theme/fold.ts"
import { read, write } from "../../theme/components/finder/address.ts"
import { fill, tallied } from "../../theme/components/finder/data.ts"
import { bikeMinutes, written } from "../../theme/components/finder/distance.ts"
import { Engine } from "../../theme/components/finder/engine.ts"
import { pieces } from "../../theme/components/finder/fold.ts"
import { EVERYTHING } from "../../theme/components/finder/filter.ts"
import { Origins } from "../../theme/components/finder/origins.ts"
import { understand } from "../../theme/components/finder/question.ts"
import { readViews } from "../../theme/components/finder/views.ts"
import { withSoon } from "../../theme/components/finder/soon.ts"
import { WordSearch } from "../../theme/components/finder/words.ts"

const [day, indexFile, textsFile, placesFile] = process.argv.slice(2)
const json = file => JSON.parse(readFileSync(file, "utf8"))
const index = withSoon(json(indexFile), Number(day))
globalThis.fetch = async () => ({ ok: true, json: async () => json(placesFile) })
const origins = new Origins(index, "places")
await origins.complete()
const engine = new Engine(index)
const search = new WordSearch(index)
search.learn(json(textsFile))
const known = {
  facets: new Map(index.facets.map(({ name, values }) => [name, new Set(values.map(([id]) => id))])),
  levels: new Set(index.levels.map(([id]) => id)),
}
const keyOf = row => `${index.organisations.slug[index.offers.organisation[row]]}#${index.offers.id[row]}`

const answers = {
  select(query) {
    const { filter, gone, map } = read(query, known)
    const origin = filter.where ? origins.get(filter.where) : undefined
    engine.from(origin ?? null, origin?.areas)
    const sought = filter.words ? search.find(filter.words) : null
    const found = engine.select(filter, filter.radius ?? "alles", sought?.ranks ?? null)
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
      farther: engine.farther(filter, sought?.ranks ?? null),
      corrected: sought?.corrected ?? [],
      marks: sought?.marks ?? [],
      gone,
      query: write(filter, "", map),
    }
  },
  question(text) {
    const { filter, ambiguous } = understand(text, EVERYTHING, index, origins)
    return { query: write(filter), ambiguous }
  },
  origin: id => origins.get(id) ?? null,
  alike: id => origins.alike(id).map(one => [one.name, one.within]),
  suggest: text => origins.suggest(text, 8).map(one => [one.name, one.kind, one.within]),
  distance: km => [written(km), bikeMinutes(km, index.ride)],
  fold,
  tallied: tally => tallied(index.words, tally),
  fill: ([text, values]) => fill(text, values),
  pieces: ([text, words]) => pieces(text, words).map(({ text: part, found }) => (found ? `[${part}]` : part)).join(""),
  views: stored => readViews(stored),
}

const calls = JSON.parse(readFileSync(0, "utf8"))
process.stdout.write(JSON.stringify(calls.map(([name, argument]) => answers[name](argument))))
