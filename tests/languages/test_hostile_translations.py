"""Were every translation an attack, it would still be text on every page and in what the finder reads."""

import json
from collections import Counter, defaultdict
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import write_po

from meedoenkaart.catalogue import Catalogue
from meedoenkaart.languages import DUTCH, Language, speaking
from meedoenkaart.languages.messages import read
from meedoenkaart.languages.po import PluralCatalog
from meedoenkaart.layers import TRANSLATIONS
from meedoenkaart.publishing.drawings import draughtsman
from meedoenkaart.publishing.pages import pages
from meedoenkaart.publishing.rendering import Renderer, Site
from meedoenkaart.writing.message_catalogues import extract
from tests.conftest import ROOT, Project
from tests.site.html import Html

ATTACK = "\\ \" onload=\"alert(1)\" ' onclick='alert(2)' &lt;script&gt; \\u003cscript\\u003e 50 % javascript:alert(3)"
ADDRESS = "https://kaart.voorbeeld.nl/"
SITE = Site("Kaart", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, assets=defaultdict(str))


def _spoken(folder: Path, ending: str) -> Language:
    """Return Arabic, in which every text ends alike."""
    arabic = Language("ar")
    catalog = PluralCatalog(arabic.locale)
    for message in extract(ROOT):
        if message.id:
            other = message.id if isinstance(message.id, str) else message.id[1]
            catalog.add(message.id, other + ending if other is message.id else (other + ending,) * 6)
    data = BytesIO()
    write_po(data, catalog)
    path = folder / TRANSLATIONS / "ar/messages.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.getvalue())
    return Language("ar", read(path, arabic.locale))


def _drawn(catalogue: Catalogue, language: Language) -> dict[str, Html]:
    languages = (DUTCH, language)
    renderer = Renderer(ROOT, SITE, catalogue, draughtsman(ROOT), language, languages)
    wanted = [page for page in pages(catalogue, languages) if page.language == language.code]
    found = {}
    with speaking(language):
        for page in wanted:
            head, switch, content = renderer.draw(page)
            found[page.url] = Html("".join([head, switch, *content]))
    return found


def test_attacks_add_no_element_and_no_attribute(project: Project, tmp_path: Path) -> None:
    catalogue = project.catalogue()
    honest, attacked = (_drawn(catalogue, _spoken(tmp_path, ending)) for ending in (" !", ATTACK))
    assert honest.keys() == attacked.keys()
    assert len(honest) > 20
    for url, page in attacked.items():
        assert ATTACK in "".join(one.text for one in page.all("p", "a", "button")), url
        assert page.faults == [], url
        shapes = (Counter((one.tag, *one.attributes) for one in some.elements) for some in (honest[url], page))
        assert next(shapes) == next(shapes), url
        for one in page.elements:
            assert not one["href"].strip().startswith("javascript:"), url


def test_the_finder_gets_plain_text(project: Project, tmp_path: Path) -> None:
    file = project.root / "catalogue/organisations/smallingerland/buurthuis-de-brug.yml"
    before, _, rest = file.read_text("utf-8").partition("      meetings:\n")
    *_, after = rest.partition("schoolvakanties.\n")
    file.write_text(f'{before}      words: "Zo\'n & 3"\n{after}', "utf-8")
    catalogue = project.catalogue()
    language = _spoken(tmp_path, " !")
    dutch, spoken = (
        Renderer(ROOT, SITE, catalogue, draughtsman(ROOT), one, (DUTCH, language)) for one in (DUTCH, language)
    )
    files, own = spoken.name_words(*dutch.name_finder())
    assert "Zo'n & 3" in json.loads(own[files.words])["times"]
