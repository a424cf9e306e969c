// Graphviz in the browser's WebAssembly: the very module that the build runs, without access to anything.

const NO_SUCH_FILE = 44
const NO_FILE = 8
const MOST_OF_A_REASON = 400

interface Exports {
  memory: WebAssembly.Memory
  malloc(size: number): number
  graphviz_render(source: number, format: number, engine: number, length: number): number
  graphviz_last_error(): number
  graphviz_free(at: number): void
}

/** Returns what lays out a graph: the bytes of `json0`, or as words why that can't be. */
export function graphviz(module: WebAssembly.Module): (source: string) => Uint8Array | string {
  let running: Exports | undefined
  return source => {
    try {
      running ??= started(module)
      return render(running, source)
    } catch (reason) {
      running = undefined // its memory may be anything now
      return `Graphviz: ${String(reason)}`
    }
  }
}

function render(own: Exports, source: string): Uint8Array {
  const bytes = () => new Uint8Array(own.memory.buffer)
  const put = (data: Uint8Array): number => {
    const at = own.malloc(data.length) >>> 0
    if (at === 0) throw new Error("no memory")
    bytes().set(data, at)
    return at
  }
  const given = [source, "json0", "dot"].map(text => put(new TextEncoder().encode(`${text}\0`)))
  const [graph = 0, format = 0, engine = 0] = given
  const lengthAt = put(new Uint8Array(4))
  const at = own.graphviz_render(graph, format, engine, lengthAt) >>> 0
  if (at === 0) {
    const reason = own.graphviz_last_error() >>> 0
    const end = bytes().indexOf(0, reason)
    throw new Error(new TextDecoder().decode(bytes().slice(reason, Math.min(end, reason + MOST_OF_A_REASON))))
  }
  const length = new DataView(own.memory.buffer).getUint32(lengthAt, true)
  const output = bytes().slice(at, at + length)
  for (const one of [at, ...given, lengthAt]) own.graphviz_free(one)
  return output
}

/** An instance of its own; what it asks of a system, it is told that there is none. */
function started(module: WebAssembly.Module): Exports {
  let own: Exports
  const view = () => new DataView(own.memory.buffer)
  const none = () => NO_FILE
  const zero = (...at: number[]) => {
    for (const one of at) view().setUint32(one, 0, true)
    return 0
  }
  const system = {
    environ_get: () => 0,
    environ_sizes_get: zero,
    clock_time_get: (_id: number, _precision: bigint, at: number) => {
      view().setBigUint64(at, 0n, true)
      return 0
    },
    random_get: (at: number, length: number) => {
      new Uint8Array(own.memory.buffer, at, length).fill(0)
      return 0
    },
    proc_exit: (code: number) => {
      throw new Error(`exit ${code}`)
    },
    fd_write: (_file: number, at: number, count: number, written: number) => {
      let length = 0
      for (let one = 0; one < count; one += 1) length += view().getUint32(at + one * 8 + 4, true)
      view().setUint32(written, length, true)
      return 0
    },
    fd_fdstat_get: (file: number) => (file <= 2 ? 0 : NO_FILE),
    fd_close: none,
    fd_fdstat_set_flags: none,
    fd_filestat_get: none,
    fd_prestat_get: none,
    fd_prestat_dir_name: none,
    fd_read: none,
    fd_seek: none,
    path_filestat_get: () => NO_SUCH_FILE,
    path_open: () => NO_SUCH_FILE,
  }
  own = new WebAssembly.Instance(module, { wasi_snapshot_preview1: system }).exports as unknown as Exports
  return own
}
