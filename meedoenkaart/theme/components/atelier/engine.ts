// The worker from the page's side: one question at a time, of those that wait only the newest, and an end to what hangs.
import type { Failure, FormName, Look, Start, Told } from "./protocol"

export interface Engine {
  /** Asks to check and draw a text; what was asked before and has not begun is forgotten. */
  look(draft: { slug: string; text: string }, form: FormName): void
  end(): void
}

/** As the build has it for the search of a layout; where Python is slow to start, it is slow to look as well. */
const LONGEST_LOOK = 5_000
const OF_START = 3
/** So long nothing may be heard while it loads and starts. */
const LONGEST_SILENCE = 60_000

/** Starts loading; `worker` and `files` are the addresses of the script and of the list of files. */
export function startEngine(worker: string, files: string, told: (what: Told) => void): Engine {
  let running: Worker | undefined
  let isReady = false
  let atWork: Look | undefined
  let waiting: Look | undefined
  let number = 0
  let timer = 0
  let wasFresh = false
  let starting = 0
  let longest = LONGEST_LOOK

  function begin(fresh: boolean): void {
    wasFresh = fresh
    const started = new Worker(worker, { type: "module" })
    running = started
    started.onmessage = ({ data }: MessageEvent<Told>) => hear(data)
    started.onerror = event => {
      event.preventDefault()
      if (running !== started) return
      if (isReady) stop()
      else fail("broken")
    }
    started.postMessage({ files: new URL(files, location.href).href, fresh } satisfies Start)
    watch(LONGEST_SILENCE, () => fail("network"))
  }

  function watch(most: number, late: () => void): void {
    clearTimeout(timer)
    timer = window.setTimeout(late, most)
  }

  function hear(what: Told): void {
    if (what.kind === "failed") return fail(what.reason)
    if (what.kind === "starting") starting = performance.now()
    if (what.kind === "ready") {
      isReady = true
      longest = Math.max(LONGEST_LOOK, OF_START * (performance.now() - starting))
    }
    if (what.kind === "drawn" || what.kind === "not-drawn") atWork = undefined
    told(what)
    if (isReady) send()
    else watch(LONGEST_SILENCE, () => fail("broken"))
  }

  function send(): void {
    if (!isReady || atWork) return
    clearTimeout(timer)
    if (!running || !waiting) return
    atWork = waiting
    waiting = undefined
    running.postMessage(atWork)
    watch(longest, stop)
  }

  function stop(): void {
    const stopped = atWork?.number ?? number
    quit()
    told({ kind: "stopped", number: stopped })
    begin(false)
  }

  /** Tries once more, with nothing that the browser kept: a file in its cache may be another than it should be. */
  function fail(reason: Failure): void {
    quit()
    if (!wasFresh && (reason === "broken" || reason === "network")) begin(true)
    else told({ kind: "failed", reason })
  }

  function quit(): void {
    clearTimeout(timer)
    running?.terminate()
    running = undefined
    isReady = false
    atWork = undefined
  }

  if (typeof WebAssembly === "object" && typeof Worker === "function") begin(false)
  else queueMicrotask(() => told({ kind: "failed", reason: "no-webassembly" }))

  return {
    look({ slug, text }, form) {
      number += 1
      waiting = { number, slug, text, form, today: today() }
      send()
    },
    end() {
      quit()
      waiting = undefined
    },
  }
}

/** The day in the reader's own time zone. */
function today(): string {
  const now = new Date()
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, "0")).join("-")
}
