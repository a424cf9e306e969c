"""The same records for the two peers: plain MkDocs with Material, and Hugo."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.project import ROOT, real
from bench.records import MadeUp, Record
from meedoenkaart.geography.places import table

_HUGO = Path(__file__).parent / "hugo"
_MKDOCS = "site_name: Meedoenkaart\nsite_url: https://meedoenkaart.example/\ntheme:\n  name: material\n"
_HIDDEN = "nav: [index.md]\nnot_in_nav: /kansen/\n"


def write_mkdocs(folder: Path, made: MadeUp, in_navigation: bool) -> None:
    """Write a site for MkDocs: one Markdown page for each organisation, in the navigation that MkDocs makes or not."""
    for slug, record in made.organisations.items():
        page = folder / f"docs/kansen/{slug}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("\n".join(_markdown(record)), "utf-8")
    (folder / "docs/index.md").write_text("# Meedoenkaart\n\nWat kun je doen, en waar?\n", "utf-8")
    (folder / "mkdocs.yml").write_text(_MKDOCS + ("" if in_navigation else _HIDDEN), "utf-8")


def write_hugo(folder: Path, made: MadeUp, page_of_ours: Path, catalogue: Path | None = None) -> None:
    """Write a site for Hugo: its templates, the records as JSON data, and the frame of a page that we built.

    Header, footer and what else surrounds a record then weigh the same as ours, byte for byte. With the folder of our
    ``catalogue`` Hugo reads organisations and municipalities from the very YAML files that we read.
    """
    shutil.copytree(_HUGO, folder)
    for name, part in _frame(page_of_ours.read_text("utf-8")).items():
        (folder / f"layouts/_partials/{name}.html").write_text(part, "utf-8")
    (folder / "data").mkdir()
    for name, values in _data(made).items():
        if catalogue and name in ("municipalities", "organisations"):
            shutil.copytree(catalogue / name, folder / "data" / name)
        else:
            (folder / f"data/{name}.json").write_text(json.dumps(values, ensure_ascii=False), "utf-8")


def _frame(page: str) -> dict[str, str]:
    """Cut a page: what lies between its own head and the record, and what follows the record."""
    _, found, rest = page.partition("</script>")
    before, also_found, rest = rest.partition("<article")
    _, ended, after = rest.rpartition("</article>")
    if not (found and also_found and ended):
        raise ValueError("an organisation's page has to have its JSON-LD in the head and one <article>")
    return {"before": before, "after": after}


def _data(made: MadeUp) -> dict[str, Any]:
    """Return what Hugo's templates read, by name; facets, law and words are the real ones."""
    organisations: dict[str, dict[str, Record]] = {}
    for slug, record in made.organisations.items():
        parent, _, name = slug.partition("/")
        organisations.setdefault(parent, {})[name] = record
    return {
        "municipalities": made.municipalities,
        "organisations": organisations,
        "spots": made.spots,
        "receptions": _receptions(),
        "vocabulary": real("meedoenkaart/base/catalogue/vocabulary.yml"),
        "legal": real("meedoenkaart/base/catalogue/legal.yml"),
        "words": real("meedoenkaart/theme/words.yml"),
    }


def _receptions() -> list[Record]:
    centres = {place.name: {"latitude": place.latitude, "longitude": place.longitude} for place in table()}
    files = sorted((ROOT / "catalogue/reception").glob("*.yml"))
    records = {file.stem: real(f"catalogue/reception/{file.name}") for file in files}
    return [{"slug": slug, "name": one["name"], **centres[one["place"]]} for slug, one in records.items()]


def _markdown(record: Record) -> Iterator[str]:
    """Yield the lines of an organisation's page: all that its record says."""
    yield f"# {record['name']}\n"
    yield f"{record['kind']} in {_line(record['address'])}\n"
    yield f"{_dutch(record['description'])}\n"
    yield from (f"- {name}: {value}" for name, value in record["contact"].items())
    for what in record["opportunities"]:
        yield f"\n## {_dutch(what['title'])}\n"
        yield f"{_dutch(what['description'])}\n"
        yield from (f"- {name}: {_line(what[name])}" for name in what if name not in ("id", "title", "description"))
    yield "\n## Over deze organisatie\n"
    rest = ("position", "networks", "serves", "accessible", "confirmation", "status")
    yield from (f"- {name}: {_line(record[name])}" for name in rest if name in record)
    yield "\n## Bronnen\n"
    yield from (f"- [{one['title']}]({one['address']}) {one.get('date', '')}" for one in record["sources"])


def _line(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {_line(part)}" for name, part in value.items())
    return ", ".join(map(_line, value)) if isinstance(value, list) else str(value)


def _dutch(text: str | Record) -> str:
    return text["nl"] if isinstance(text, dict) else text
