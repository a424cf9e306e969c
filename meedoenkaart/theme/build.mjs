// Bundles the theme's style sheets and scripts into .cache/theme/, with a manifest of their hashed names.
import { mkdir, rm, writeFile } from "node:fs/promises"
import { basename } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const root = `${process.cwd()}/`
const theme = fileURLToPath(new URL(".", import.meta.url))
const out = ".cache/theme"

const options = {
  absWorkingDir: root,
  preserveSymlinks: true, // names hold a hash of where modules lie: below the project, wherever that is
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  outdir: out,
  bundle: true,
  minify: true,
  metafile: true,
  target: ["chrome100", "edge100", "firefox102", "safari15.4"],
  loader: { ".woff2": "file", ".png": "empty" },
}

await rm(`${root}${out}`, { recursive: true, force: true })
const built = await Promise.all([
  build({
    ...options,
    format: "iife",
    entryPoints: [`${theme}site.css`, `${theme}site.ts`, `${theme}finder.ts`, `${theme}agenda.ts`, `${theme}onward.ts`, `${theme}routes.ts`, `${theme}components/form/form.ts`, `${theme}components/atelier/atelier.css`, `${theme}components/atelier/atelier.ts`,
      ...["embed.css", "embed-permit.css", "embed-route.css", "embed.ts", "embed-agenda.ts", "embed-frame.ts", "embedding.ts", "components/embed/height.ts"].map(name => theme + name)],
  }),
  // Modules of their own: meedoenkaart/theme/lazy.ts loads them when they are needed.
  build({
    ...options,
    format: "esm",
    entryPoints: [
      `${theme}components/calendar/calendar.ts`,
      `${theme}components/map/map.css`,
      `${theme}components/map/map.ts`,
      `${theme}components/form/spot.ts`,
      `${theme}components/search/answers.ts`,
      `${theme}components/sheet/sheet.ts`,
      `${theme}components/handover/handover.ts`,
      `${theme}components/tasks/tasks.ts`,
      `${theme}components/choices/choose.ts`,
      `${theme}components/offline/offline.ts`,
    ],
  }),
  // The worker of the atelier; what Pyodide asks of Node, it asks there only.
  build({ ...options, format: "esm", target: "es2022", external: ["node:*", "ws"], entryPoints: [`${theme}components/atelier/worker.ts`] }),
  // The service worker: Workbox tells its developers less when it is told that this is no development.
  build({ ...options, format: "iife", define: { "process.env.NODE_ENV": '"production"' }, entryPoints: [`${theme}components/offline/sw.ts`] }),
])
// The finder's own modules without a page, for `meedoenkaart ask`.
await build({
  ...options,
  format: "esm",
  platform: "node",
  target: "node20",
  metafile: false,
  entryNames: "[name]",
  outExtension: { ".js": ".mjs" },
  outdir: ".cache",
  entryPoints: [`${theme}ask.mjs`],
})

const manifest = {}
for (const [path, { entryPoint, inputs }] of built.flatMap(({ metafile }) => Object.entries(metafile.outputs))) {
  const source = basename(entryPoint ?? Object.keys(inputs)[0])
  manifest[source.replace(/\.ts$/, ".js")] = basename(path)
}
const sorted = Object.fromEntries(Object.entries(manifest).sort(([one], [other]) => (one < other ? -1 : 1)))
await mkdir(`${root}${out}`, { recursive: true })
await writeFile(`${root}${out}/manifest.json`, `${JSON.stringify(sorted, null, 2)}\n`)
