"""Put Python's library, the packages and the generator into archives for the browser: compiled, in a fixed order.

Runs in Pyodide itself, within Node (``pack_engine.mjs``): no other Python makes byte code that it reads.
"""

import importlib.util
import io
import json
import marshal
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

DISTRIBUTIONS = (
    *("annotated_types", "dateutil", "graphviz", "idna", "jinja2", "markupsafe", "pydantic", "rapidfuzz", "six.py"),
    *("typing_extensions.py", "typing_inspection", "yaml"),
)
"""Packages that go along whole, but for ``LEFT_OUT``; what they have in C they also have in Python."""
UNPACKED = ("babel", "pyphen")
"""Packages that read files of their own, and so can't stay in an archive."""
LEFT_OUT = re.compile(
    r"babel/messages/|pydantic/(v1/|mypy\.py|_hypothesis_plugin\.py)|dateutil/zoneinfo/|idna/(cli|__main__)\.py|.*/__pyinstaller/|yaml/cyaml"
)
"""An older interface beside the one that is used, and what serves other programs."""
CORE = (
    *("__init__", "atelier", "catalogue", "draft", "geography", "icons", "infographic", "languages", "layers"),
    *("loading", "problems", "processes", "reading", "records", "rules", "tables", "texts", "times", "versions"),
    "yaml_loaders",
)
"""The modules and folders of the generator that check and draw."""
NEEDLESS = re.compile(
    # programs and tools, other people's protocols, databases, windows and processes, of which a browser has none
    r"(__hello__|__phello__|_pydatetime|_pydecimal|_pyio|_pyrepl|_aix_support|antigravity|bdb|cProfile|cmd|code|compileall|ctypes|curses|dbm|doctest"
    r"|difflib|ensurepip|fileinput|filecmp|ftplib|getpass|idlelib|imaplib|lib2to3|mailbox|modulefinder|multiprocessing|netrc"
    r"|nturl2path|optparse|pdb|pickletools|plistlib|poplib|profile|pstats|pty|py_compile|pyclbr|pydoc|pydoc_data"
    r"|rlcompleter|sched|shelve|smtplib|socketserver|sqlite3|symtable|tabnanny|tarfile|test|this|timeit|tkinter"
    r"|tomllib|trace|tty|turtle|turtledemo|unittest|venv|wave|webbrowser|wsgiref|xml|xmlrpc|zipapp)(\.py$|/)"
    # alphabets of other systems: all that comes in is UTF-8
    r"|encodings/(big5|cp|euc|gb|hp_|hz|iso|johab|koi8|kz|mac_|palmos|ptcp|shift|tis)(?!437|1252|8859_1\.)"
)
"""What nobody here needs of Python's library."""
DATA = re.compile(r".*\.(tsv|json)|pyphen/dictionaries/hyph_nl_NL\.dic|babel/global\.dat")
"""What goes along beside Python."""
LOCALE = re.compile(r"babel/locale-data/\w+\.dat")
"""Only that a language is there is asked of Babel: an empty file says it."""
_THE_BEGINNING = (1980, 1, 1, 0, 0, 0)


def pack(name: str, root: str, packages: str, wheels: str, texts: str) -> bytes:
    """Return one of the two archives: ``python`` stays an archive, ``app`` is unpacked.

    ``texts`` are the generator's own, as JSON by name: to read YAML in Python takes a second.
    """
    if name == "python":
        found = [*_library(Path(root)), *(one for part in DISTRIBUTIONS for one in _files(Path(packages), part))]
    else:
        found = [*(one for part in UNPACKED for one in _files(Path(packages), part)), *_of_wheels(Path(wheels))]
        found += [one for part in CORE for one in _files(Path(root), f"meedoenkaart/{part}")]
        written = {
            f"meedoenkaart/texts/nl/{name}.json": json.dumps(one).encode() for name, one in json.loads(texts).items()
        }
        found += written.items()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for path, data in sorted(found):
            entry = path.removesuffix(".py") + ".pyc" if path.endswith(".py") else path
            archive.writestr(zipfile.ZipInfo(entry, _THE_BEGINNING), _compiled(path, data) if entry != path else data)
    return packed.getvalue()


def texts_of_core(root: Path) -> str:
    """Return the texts that the core tells, as JSON by name; for the Python that has the generator."""
    from meedoenkaart.texts import texts

    files = [
        file
        for part in CORE
        for file in [root / f"meedoenkaart/{part}.py", *(root / f"meedoenkaart/{part}").rglob("*.py")]
    ]
    code = "".join(file.read_text("utf-8") for file in files if file.exists())
    return json.dumps({name: texts(name) for name in sorted(set(re.findall(r'texts\("([\w-]+)"\)', code)))})


def _compiled(path: str, source: bytes) -> bytes:
    """Return byte code that nobody compares with its source."""
    code = compile(source, path, "exec", dont_inherit=True, optimize=2)
    unchecked = (1).to_bytes(4, "little")
    return importlib.util.MAGIC_NUMBER + unchecked + importlib.util.source_hash(source) + marshal.dumps(code)


def _library(root: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(root / "node_modules/pyodide/python_stdlib.zip") as archive:
        for path in archive.namelist():
            if path.endswith(".py") and not NEEDLESS.match(path):
                yield path, archive.read(path)


def _of_wheels(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the part in Python of the packages that are built for the browser; their other part is WebAssembly."""
    for wheel in sorted(folder.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            yield from ((path, archive.read(path)) for path in archive.namelist() if path.endswith(".py"))


def _files(root: Path, part: str) -> Iterator[tuple[str, bytes]]:
    """Yield what of a module or folder goes along, by path from its root."""
    start = root / part
    files = sorted(start.rglob("*")) if start.is_dir() else [start if start.suffix else start.with_suffix(".py")]
    for file in files:
        path = PurePosixPath(file.relative_to(root)).as_posix()
        if LOCALE.fullmatch(path):
            yield path, b""
        elif (path.endswith(".py") or DATA.fullmatch(path)) and not LEFT_OUT.match(path):
            yield path, file.read_bytes()
