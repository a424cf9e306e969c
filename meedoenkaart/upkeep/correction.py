"""From the form for a correction to the organisation's file with that one value changed."""

from urllib.parse import SplitResult, unquote, urlsplit

from meedoenkaart.catalogue import Catalogue, OrganisationPage
from meedoenkaart.records.organisation import Organisation
from meedoenkaart.texts import fold, texts
from meedoenkaart.upkeep.filled import ByHandError, Change, Filled, RefusedError, one_line, said, same, shown
from meedoenkaart.writing.edit import Path, Value, with_value
from meedoenkaart.writing.fields import in_first_items
from meedoenkaart.writing.issue_forms import question_of


def correction(filled: Filled) -> Change:
    """Return the file with the value that somebody says is right; what is free words goes to a reader."""
    path = filled.value("field")
    if not path:
        raise ByHandError("other")
    if filled.catalogue is None:
        raise ByHandError("broken")
    page, anchor = _page(filled, filled.catalogue)
    at = _place(filled, page, path, anchor)
    value = _value(filled, path)
    before = (filled.root / page.file).read_text("utf-8")
    content = with_value(before, Organisation, at, value)
    if content == before:
        raise RefusedError(said("the-same"))
    if content and path.startswith("address.") and page.record.position:  # the point of where it was
        content = with_value(content, Organisation, ("position",), None)
    if content is None:
        raise ByHandError("no-edit")
    return Change(page.file, content, page.record.name)


def _page(filled: Filled, catalogue: Catalogue) -> tuple[OrganisationPage, str]:
    """Return the organisation whose page or file was named, and the id of an opportunity when that was in it too."""
    written = _split(filled.answer("page"))
    path = unquote(written.path).removesuffix("index.html").strip("/")

    def is_meant(*names: str) -> bool:
        return any(f"/{path}".endswith(f"/{name.strip('/')}") for name in names)

    for one in catalogue.organisations.values():
        if is_meant(one.url, one.file, *(f"kansen/{alias}" for alias in one.record.aliases)):
            return one, written.fragment
    is_reception = any(is_meant(other.url, other.file) for other in catalogue.receptions.values())
    if is_reception or any(is_meant(other.url, other.file) for other in catalogue.municipalities.values()):
        raise ByHandError("no-record")
    labels = {"label": filled.question("page").label, "field": filled.question("field").label}
    raise RefusedError(said("no-page", **labels))


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(one_line(address))
    except ValueError:
        return urlsplit("")


def _place(filled: Filled, page: OrganisationPage, path: str, anchor: str) -> Path:
    """Return the path in the file: of the opportunity that is meant, in the first item of each list of it."""
    names = in_first_items(Organisation, path.split("."))
    if names[0] != "opportunities":
        return names
    opportunities, written = page.record.opportunities, filled.answer("opportunity")
    if written:
        meant = [index for index, one in enumerate(opportunities) if same(str(one.title), written) or one.id == written]
    else:
        meant = [index for index, one in enumerate(opportunities) if one.id == anchor or len(opportunities) == 1]
    if len(meant) != 1:
        titles = ", ".join(shown(str(one.title)) for one in opportunities)
        raise RefusedError(said("which", label=filled.question("opportunity").label, titles=titles))
    schedule = opportunities[meant[0]].schedule
    if "meetings" in names and schedule and len(schedule.meetings) > 1:
        raise ByHandError("several")
    return ("opportunities", meant[0], *names[2:])


def _value(filled: Filled, path: str) -> Value:
    """Return what the file should say: a text, or the values of the words that were chosen; None when it goes."""
    written = one_line(filled.answer("now"))
    if same(written, texts("issues")["correction"]["gone"]):
        return None
    question = question_of(Organisation, {"path": path}, filled.draft)
    if not question.options:
        return written
    values = {fold(word): value for word, value in question.options.items()}
    values |= {fold(value): value for value in question.options.values()}
    parts = [fold(part) for part in written.split(",")] if question.control == "several" else [fold(written)]
    if strange := [part for part in parts if part not in values]:
        label, choices = filled.question("now").label, ", ".join(question.options)
        raise RefusedError(said("choices", label=label, value=shown(strange[0]), choices=choices))
    found = list(dict.fromkeys(values[part] for part in parts))
    return found if question.control == "several" else found[0]
