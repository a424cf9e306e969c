// The worker of the atelier: loads Python and the generator, all from the site itself, then checks and draws texts.
import { Decompress } from "fzstd"
import { loadPyodide, type PyodideAPI } from "pyodide"
import { graphviz } from "./graphviz"
import type { Failure, Look, Problem, Start, Told, Untold } from "./protocol"

interface Session {
  check(slug: string, text: string, today: string): string
  draw(form: string): string
}
/** Emscripten's own way of loading a library: not public, so Pyodide's version is pinned, and a test runs it. */
interface Emscripten {
  preloadedWasm: Record<string, unknown>
  loadWebAssemblyModule(module: WebAssembly.Module, flags: object, name: string, scope: object): unknown
}

const SCRIPT = "pyodide.asm.mjs"
const PYTHON = "python.zip"
const LIBRARIES = ["pydantic_core/_pydantic_core.so", "uharfbuzz/_harfbuzz.so"]
const EVERY = 100 // milliseconds between two words about progress
const worker = self as unknown as { postMessage(what: Told): void; onmessage: (event: MessageEvent) => void }
const ask = fetch.bind(self)

class Failed extends Error {
  readonly reason: Failure
  constructor(reason: Failure) {
    super(reason)
    this.reason = reason
  }
}

interface Listed {
  abi: object
  files: Record<string, [file: string, bytes: number]>
}

/** What there is to load; every file is asked for once, and told how far it is. */
class Files {
  readonly abi: object
  readonly #listed: Listed["files"]
  readonly #folder: string
  readonly #cache: RequestCache
  readonly #total: number
  #done = 0
  #told = 0

  private constructor({ abi, files: listed }: Listed, { files, fresh }: Start) {
    this.abi = abi
    this.#listed = listed
    this.#folder = files
    this.#cache = fresh ? "reload" : "force-cache" // names hold a hash: what was kept under one is right for ever
    this.#total = Object.values(listed).reduce((sum, [, bytes]) => sum + bytes, 0)
  }

  static async listed(start: Start): Promise<Files> {
    return new Files(await (await asked(start.files, "no-cache")).json(), start)
  }

  /** Returns a file as it is once unpacked, while it still comes in. */
  async open(name: string): Promise<Response> {
    const [file] = this.#listed[name] ?? [""]
    const { body } = await asked(new URL(file, this.#folder).href, this.#cache)
    if (!body) throw new Failed("network")
    const counted = body.pipeThrough(new TransformStream({ transform: (chunk, out) => this.#count(chunk, out) }))
    const unpacked = file.endsWith(".gz") ? counted.pipeThrough(new DecompressionStream("gzip")) : counted.pipeThrough(zstd())
    return new Response(unpacked, { headers: { "Content-Type": name.endsWith(".mjs") ? "text/javascript" : "application/wasm" } })
  }

  #count(chunk: Uint8Array, out: TransformStreamDefaultController): void {
    this.#done += chunk.length
    const now = performance.now()
    if (now - this.#told > EVERY || this.#done === this.#total) {
      this.#told = now
      worker.postMessage({ kind: "progress", done: this.#done, total: this.#total })
      if (this.#done === this.#total) worker.postMessage({ kind: "starting" })
    }
    out.enqueue(chunk)
  }
}

async function asked(address: string, cache: RequestCache): Promise<Response> {
  const response = await ask(address, { cache }).catch(() => {
    throw new Failed("network")
  })
  if (!response.ok) throw new Failed(response.status === 404 ? "missing" : "network")
  return response
}

function zstd(): TransformStream<Uint8Array, Uint8Array> {
  let unpacking: Decompress
  return new TransformStream({
    start: out => {
      unpacking = new Decompress(chunk => out.enqueue(chunk))
    },
    transform: chunk => unpacking.push(chunk),
    flush: () => unpacking.push(new Uint8Array(), true),
  })
}

async function start(told: Start): Promise<Session> {
  const files = await Files.listed(told)
  const compiled = async (name: string) => WebAssembly.compileStreaming(await files.open(name))
  const bytes = async (name: string) => new Uint8Array(await (await files.open(name)).arrayBuffer())
  const wasm = files.open("pyodide.asm.wasm")
  const python = files.open(PYTHON)
  const libraries = Promise.all(LIBRARIES.map(compiled))
  const layout = compiled("graphviz.wasm")
  const app = bytes("app.zip")
  const sent = ["project.json", "drawing.json"].map(async name => (await files.open(name)).text())
  // Pyodide asks for its own two files by name; it, and all that it runs, gets nothing else from anywhere.
  self.fetch = async address => {
    const name = String(address instanceof Request ? address.url : address).split("/").at(-1)
    return name === PYTHON ? python : name === "pyodide.asm.wasm" ? wasm : Response.error()
  }
  const script = URL.createObjectURL(await (await files.open(SCRIPT)).blob())
  const { default: createPyodideModule } = await import(script)
  const py = await loadPyodide({
    createPyodideModule,
    indexURL: new URL(".", location.href).href,
    stdLibURL: PYTHON,
    packageBaseUrl: new URL(".", location.href).href,
    lockFileContents: { info: files.abi, packages: {} },
    enableRunUntilComplete: false,
  } as Parameters<typeof loadPyodide>[0])
  py.FS.writeFile("/app.zip", await app)
  py.runPython(UNPACK)
  for (const [at, module] of (await libraries).entries()) preload(py, `/app/${LIBRARIES[at]}`, module)
  const session: (...given: unknown[]) => Session = py.runPython("from meedoenkaart.atelier import Session; Session")
  return session(py.runPython("Path('/project')"), ...(await Promise.all(sent)), graphviz(await layout))
}

const UNPACK = `
import sys, zipfile
from pathlib import Path
zipfile.ZipFile("/app.zip").extractall("/app")
sys.path.insert(0, "/app")
`

/** Gives Python a library that is compiled already: it would compile it again, and wait for it. */
function preload(py: PyodideAPI, path: string, module: WebAssembly.Module): void {
  const flags = { loadAsync: false, global: false, nodelete: true, allowUndefined: true }
  py.FS.writeFile(path, "")
  const own = (py as unknown as { _module: Emscripten })._module
  own.preloadedWasm[path] = own.loadWebAssemblyModule(module, flags, path, {})
}

function look(session: Session, { number, slug, text, form, today }: Look): void {
  const checked: { problems: Problem[]; untold: Untold[] } = JSON.parse(session.check(slug, text, today))
  worker.postMessage({ kind: "checked", number, ...checked })
  try {
    const drawn = session.draw(form)
    if (drawn) worker.postMessage({ kind: "drawn", number, form, ...JSON.parse(drawn) })
    else worker.postMessage({ kind: "not-drawn", number, form, reason: "errors" })
  } catch (error) {
    if ((error as { type?: string }).type !== "CannotDraw") throw error
    worker.postMessage({ kind: "not-drawn", number, form, reason: "limits" })
  }
}

worker.onmessage = async ({ data }: MessageEvent<Start>) => {
  try {
    const session = await start(data)
    worker.onmessage = ({ data: asked }: MessageEvent<Look>) => look(session, asked)
    worker.postMessage({ kind: "ready" })
  } catch (error) {
    console.info(error)
    worker.postMessage({ kind: "failed", reason: error instanceof Failed ? error.reason : "broken" })
  }
}
