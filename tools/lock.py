"""Write the lock files in ``requirements/`` from ``pyproject.toml``: every version pinned, every file hashed."""

import subprocess
import tomllib
from pathlib import Path

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


def _compile(name: str, wanted: list[str], earlier: tuple[str, ...]) -> None:
    before = [f"--constraint=requirements/{one}.txt" for one in earlier]
    command = ["uv", "pip", "compile", "-", "--universal", "--python-version=3.11", "--generate-hashes", "--no-header"]
    command += ["--no-annotate", "--no-emit-index-url", "--quiet", f"--output-file=requirements/{name}.txt", *before]
    subprocess.run(command, cwd=ROOT, input="\n".join(wanted), text=True, check=True)  # noqa: S603  # our own words


if __name__ == "__main__":
    main()
