"""Records built from their types: nearly every value is one that its field takes, now and then one is not."""

from functools import cache
from typing import Any

import yaml
from hypothesis import strategies as st

from meedoenkaart.draft import Draft
from meedoenkaart.reading.documents import COLLECTIONS, Reader
from meedoenkaart.writing.fields import FieldHelp, fields_of
from meedoenkaart.writing.schema import choices_of
from tests.conftest import MINIMAL
from tests.fuzz.target import FILES, collection_of
from tests.test_robustness import nasty

_DRAFT = Draft(Reader(MINIMAL).read())
_KNOWN = {**choices_of(_DRAFT), "organisations": list(_DRAFT.names("organisations"))}
_IDS = ("a", "b", "c")
"""Few, so that parts of a record often refer to one another."""
_FITTING = {"icon": ("house",), "place": ("Gorredijk", "Terwispel"), "seat": ("Drachten",), "cbs_code": ("GM0090",)}
"""Values, by a field's name, that also fit the rest of the catalogue."""
_FITTING_MUNICIPALITIES = ("opsterland", "opsterland", "smallingerland")
"""The places above lie in the first one."""
_EXPECTED = ("sources", "status")
"""Fields that a record's type can do without and that a rule mostly asks for."""
_NEW = ("catalogue/organisations/opsterland/a.yml", "catalogue/reception/a.yml", "routes/opsterland.yml")
"""Files that no other refers to."""
_ALL = (*_NEW, *(file for file in FILES if collection_of(file) not in {collection_of(one) for one in _NEW}))
_WORDS = st.sampled_from(("Een verzonnen woord", "Gorredijk", "vanaf 2022"))


@st.composite
def near_valid(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file with a record of any collection, more often of those that stand on their own."""
    file = draw(st.sampled_from((*_NEW, *_ALL)))
    cls = next(one.record for one in COLLECTIONS if one.name == collection_of(file))
    record = _record(cls, spoilt=draw(st.booleans()))
    return file, yaml.safe_dump(draw(record), allow_unicode=True, sort_keys=False).encode("utf-8", "replace")


@cache
def _record(cls: Any, spoilt: bool) -> st.SearchStrategy[Any]:
    needed = [field for field in fields_of(cls) if field.required or field.name in _EXPECTED]
    return st.fixed_dictionaries(
        {field.name: _value(field, spoilt) for field in fields_of(cls) if field in needed},
        optional={field.name: _value(field, spoilt) for field in fields_of(cls) if field not in needed},
    )


def _value(field: FieldHelp, spoilt: bool) -> st.SearchStrategy[Any]:
    right = _record(field.record, spoilt) if field.record else _scalar(field)
    if field.by_id:
        right = st.dictionaries(st.sampled_from(_IDS), right, min_size=1)
    elif field.many:
        right = st.lists(right, min_size=1, max_size=3)
    return st.integers(0, 20).flatmap(lambda luck: right if luck else nasty) if spoilt else right


def _scalar(field: FieldHelp) -> st.SearchStrategy[Any]:
    if field.refers_to == "municipalities":
        return st.sampled_from(_FITTING_MUNICIPALITIES)
    if choices := field.choices or _KNOWN.get(field.refers_to):
        return st.sampled_from(choices)
    if field.name in _FITTING:
        return st.sampled_from(_FITTING[field.name])
    if field.shape and field.shape.rule == "not-a-slug":
        return st.sampled_from(_IDS)
    example = yaml.load(field.example or "x", yaml.CBaseLoader)  # noqa: S506  # makes plain text only
    texts = st.sampled_from(example) if isinstance(example, list) else st.just(example)
    return texts | _WORDS if field.shape and field.shape.kind in ("text", "line") else texts
