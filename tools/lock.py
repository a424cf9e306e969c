"""Write the lock files in ``requirements/`` from ``pyproject.toml``: every version pinned, every file hashed."""

import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.browser_wheels import BUILT, download

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Lock for all platforms and Python versions at once, each file adding to the one before."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    wanted = project["project"]["dependencies"] + groups["site"]
    _compile("site", wanted, ())
    _compile("test", wanted + groups["test"], ("site",))
    for name in ("bench", "fuzz"):
        _compile(name, wanted + groups["test"] + groups[name], ("site", "test"))
    _lock_for_the_browser()


def _compile(name: str, wanted: list[str], earlier: tuple[str, ...]) -> None:
    before = [f"--constraint=requirements/{one}.txt" for one in earlier]
    command = ["uv", "pip", "compile", "-", "--universal", "--python-version=3.11", "--generate-hashes", "--no-header"]
    command += ["--no-annotate", "--no-emit-index-url", "--quiet", f"--output-file=requirements/{name}.txt", *before]
    subprocess.run(command, cwd=ROOT, input="\n".join(wanted), text=True, check=True)  # noqa: S603  # our own words


def _lock_for_the_browser() -> None:
    """Lock the same versions, built for the Python of the locked Pyodide: its ABI, and pydantic's core, go together."""
    locked = (ROOT / "requirements/site.txt").read_text("utf-8")
    versions = dict(re.findall(r"^([\w-]+)==(\S+)", locked, re.MULTILINE))
    wanted = [f"{name}=={versions[name]}" for name in BUILT]
    with TemporaryDirectory() as folder:
        try:
            download(Path(folder), *wanted)
        except subprocess.CalledProcessError:
            sys.exit(
                f"Nobody built {' and '.join(wanted)} for the Python of the Pyodide in package-lock.json.\n"
                "Pyodide, its Python and ABI, pydantic-core and the pydantic that wants just that core go together:\n"
                'hold back pydantic or uharfbuzz in pyproject.toml ("pydantic<…") until there is a wheel, or take the\n'
                "Pyodide (package.json) for which there is one. requirements/browser.txt stays as it was."
            )
        files = {name: next(Path(folder).glob(f"{name.replace('-', '_')}-*.whl")) for name in BUILT}
        lines = [
            f"{one} \\\n    --hash=sha256:{hashlib.sha256(files[name].read_bytes()).hexdigest()}\n"
            for name, one in zip(BUILT, wanted, strict=True)
        ]
    (ROOT / "requirements/browser.txt").write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
