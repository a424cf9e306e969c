"""Fetch the packages that are built for the browser into ``.cache/wheels/``; pip checks every hash."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ("pydantic-core", "uharfbuzz")
"""The packages with parts in C or Rust that have no other half in Python."""


def download(folder: Path, *wanted: str) -> None:
    """Put wheels for the locked Pyodide's Python into a folder; raise ``CalledProcessError`` where there is none."""
    abi = json.loads((ROOT / "node_modules/pyodide/pyodide-lock.json").read_text("utf-8"))["info"]
    python, _ = abi["python"].rsplit(".", 1)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary=:all:", "--implementation=cp", f"--python-version={python}", "--abi=abi3"]
    command += [f"--abi=cp{python.replace('.', '')}", f"--platform=pyemscripten_{abi['abi_version']}_wasm32"]
    subprocess.run([*command, f"--dest={folder}", *wanted], cwd=ROOT, check=True)  # noqa: S603  # our own words


if __name__ == "__main__":
    target = ROOT / ".cache/wheels"
    shutil.rmtree(target, ignore_errors=True)
    download(target, "--require-hashes", "--requirement=requirements/browser.txt")
