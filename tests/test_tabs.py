"""Tabs: where readers of YAML differ about them they are told, and elsewhere they are white space like any other."""

import pytest

from meedoenkaart.reading.yaml_text import parse

Told = list[tuple[int, int, str]]
SIGN = "tab-beside-sign"
TABS: dict[str, Told] = {
    "name:\tFout\n": [(1, 6, SIGN)],
    "name: \t Fout\n": [(1, 7, SIGN)],
    "name\t: Fout\n": [(1, 5, SIGN)],
    "sources:\n  -\teen\n  -\t'twee'\n": [(2, 4, SIGN), (3, 4, SIGN)],
    "sources:\n  -\ttitle: een\n    address:\ttwee\n": [(2, 4, SIGN), (3, 13, SIGN)],
    "networks: [een,\ttwee]\n": [(1, 16, SIGN)],
    "networks: [\teen]\n": [(1, 12, SIGN)],
    "name: {nl:\tFout}\n": [(1, 11, SIGN)],
    "?\tname\n: Fout\n": [(1, 2, SIGN)],
    "name: - een\n-\ttwee\n": [(1, 7, "first-sign")],
    "name:\ta: b\n": [(1, 6, SIGN), (1, 8, "colon-in-text")],
    "address:\n\tplace: Drachten\n\tstreet: Kade\n": [(2, 1, "tab"), (3, 1, "tab")],
    "\t# Een opmerking\nname: Fout\n": [(1, 1, "tab")],
    "name: Fout\n\t\nkind: fout\n": [(2, 1, "tab")],
    "name: Fout\n  \ten goed\n": [(2, 3, "tab")],
    "networks: [\n\teen,\n\ttwee]\n": [(2, 1, "tab"), (3, 1, "tab")],
    "name: |\n  een\n\ttwee\n": [(3, 1, "tab")],
    "name: |\n  \teen\n  twee\n": [(2, 3, "tab")],
    'name: "een\n\ttwee: drie\n': [(1, 7, "quotes")],
    "name: |\n  een\ttwee\n  \tdrie\n  -\tvier\n": [],
    "name: >-\t# gevouwen\n  een\n": [],
    "name: 'een\n\ttwee'\n": [],
    'name: "een\t\ntwee:\tdrie"\n': [],
    "name: Fout\t\nkind:\t\n  nl: fout\t# fout\n": [],
    "name: Een\ttwee\n": [],
    "#\tname:\tFout\nname: Fout\n": [],
}
"""A file and the problems that its tabs are; ``test_anywhere.py`` reads them with PyYAML in Python too."""


@pytest.mark.parametrize("text", TABS)
def test_a_tab_is_told_where_readers_differ_about_it(text: str) -> None:
    tree, problems = parse(text.encode(), "file.yml")
    assert sorted((one.line, one.column, one.rule) for one in problems) == TABS[text]
    assert tree is not None or TABS[text][-1][2] != SIGN, "a tab beside a sign hides nothing else"
