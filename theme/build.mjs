// Bundles the theme's style sheet and script into .cache/theme/, with a manifest of their hashed names.
import { mkdir, rm, writeFile } from "node:fs/promises"
import { basename } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const root = fileURLToPath(new URL("..", import.meta.url))
const out = ".cache/theme"

await rm(`${root}${out}`, { recursive: true, force: true })
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["theme/site.css", "theme/site.ts", "theme/finder.ts", "theme/components/form/form.ts"],
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  outdir: out,
  bundle: true,
  minify: true,
  metafile: true,
  format: "iife",
  target: ["chrome100", "edge100", "firefox102", "safari15.4"],
  loader: { ".woff2": "file" },
})

const manifest = {}
for (const [path, { entryPoint, inputs }] of Object.entries(metafile.outputs)) {
  const source = basename(entryPoint ?? Object.keys(inputs)[0])
  manifest[source.replace(/\.ts$/, ".js")] = basename(path)
}
const sorted = Object.fromEntries(Object.entries(manifest).sort(([one], [other]) => (one < other ? -1 : 1)))
await mkdir(`${root}${out}`, { recursive: true })
await writeFile(`${root}${out}/manifest.json`, `${JSON.stringify(sorted, null, 2)}\n`)
