// Answers questions outside a browser, with the finder's own modules: `meedoenkaart ask`. JSON in, JSON out.
import { readFileSync } from "node:fs"
import { write } from "./components/finder/address.ts"
import { radiusFor } from "./components/finder/answer.ts"
import { readAsking } from "./components/finder/asked.ts"
import { chips } from "./components/finder/chips.ts"

const MOST = 10
const { today, files, questions } = JSON.parse(readFileSync(0, "utf8"))
globalThis.fetch = async file => ({ ok: true, json: async () => JSON.parse(readFileSync(file, "utf8")) })
const { index, engine, search, ask } = await readAsking(files, today)
const { lacking, facets } = index.words

function result(row, { filter, sought }) {
  const { offers, organisations } = index
  return {
    title: offers.title[row],
    organisation: organisations.name[offers.organisation[row]],
    key: `${organisations.slug[offers.organisation[row]]}#${offers.id[row]}`,
    km: engine.km(row),
    unknown: engine.lacking(row, filter).map(name => lacking[name] ?? facets[name] ?? name),
    words: sought ? sought.marks.filter(word => search.has(row, word)) : [],
    told: organisations.fresh[offers.organisation[row]],
  }
}

function answered(question) {
  const found = ask(question)
  const { asked, origin, released, rows, sought, ambiguous, guesses } = found
  const wishes = chips(asked, index, origin?.name ?? null, radiusFor(asked, origin?.kind))
  return {
    question,
    query: write(asked),
    wishes: wishes.map(({ criterion, label }) => ({ label, released: released.includes(criterion) })),
    ambiguous,
    guesses: guesses.map(({ written, other }) => ({ written, other: other.place?.name ?? other.word })),
    corrected: sought?.corrected ?? [],
    absent: sought?.absent ?? [],
    count: rows.length,
    results: rows.slice(0, MOST).map(row => result(row, found)),
  }
}

process.stdout.write(JSON.stringify(questions.map(answered)))
