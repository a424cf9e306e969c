"""Templates in a language: what ``{% trans %}`` marks is translated when they are compiled.

So a page in Dutch costs what it would without translations, and one in another language no more. What a translator
wrote is escaped, but for the tags that its source has too (see ``messages.complaint``).
"""

import hashlib
import re
import shutil
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemBytecodeCache, nodes
from jinja2 import __version__ as jinja_version
from jinja2.ext import InternationalizationExtension
from markupsafe import Markup, escape

from meedoenkaart.languages import DUTCH, Language
from meedoenkaart.languages.messages import TAG, categories_of

TEMPLATES = ".cache/templates"
"""Compiled templates, below the project's root; safe to delete."""
_HOLE = re.compile(r"%\((\w+)\)s|(%%)")


class Translated(InternationalizationExtension):
    """Jinja's own extension for translations, with the language of the environment: its global ``language``."""

    def __init__(self, environment: Environment) -> None:
        """Speak Dutch until ``translate`` says otherwise."""
        super().__init__(environment)
        environment.globals.setdefault("language", DUTCH)
        environment.policies["ext.i18n.trimmed"] = True

    def _make_node(  # type: ignore[override]  # Jinja types the nodes it makes itself
        self,
        singular: str,
        plural: str | None,
        _context: str | None,
        variables: dict[str, nodes.Expr],
        plural_expr: nodes.Expr | None,
        *_: Any,
    ) -> nodes.Stmt:
        language = language_of(self.environment)
        if plural is None or plural_expr is None:
            return self._output(self._safe(language.messages.text(singular), singular), variables)
        forms = language.messages.forms(singular, plural)
        outputs = {
            category: self._output(self._safe(text, singular, plural), variables) for category, text in forms.items()
        }
        *special, last = [one for one in categories_of(language.locale) if one in outputs]
        made: nodes.Stmt = outputs[last]
        for category in reversed(special):
            called = nodes.Call(nodes.Name("plural_category", "load"), [plural_expr], [], None, None)
            test = nodes.Compare(called, [nodes.Operand("eq", nodes.Const(category))])
            made = nodes.If(test, [outputs[category]], [], [made])
        return made

    def _output(self, text: str, variables: dict[str, nodes.Expr]) -> nodes.Output:
        """Return the node that writes a text, with what is filled in."""
        parts: list[nodes.Expr] = []
        end = 0
        for hole in _HOLE.finditer(text):
            parts.append(nodes.TemplateData(text[end : hole.start()]))
            parts.append(variables[hole[1]] if hole[1] else nodes.TemplateData("%"))
            end = hole.end()
        parts.append(nodes.TemplateData(text[end:]))
        return nodes.Output([one for one in parts if not isinstance(one, nodes.TemplateData) or one.data])

    @staticmethod
    def _safe(text: str, *ours: str) -> str:
        """Return a text with all but its tags escaped, unless it is ours; what is filled in may stand within a tag."""
        if text in ours:
            return text
        tags = TAG.findall(text)
        rest = [str(escape(one)) for one in TAG.split(text)]
        return "".join(part for pair in zip(rest, [*tags, ""], strict=True) for part in pair)


def language_of(environment: Environment) -> Language:
    """Return the language that the templates of an environment are in."""
    return cast("Language", environment.globals["language"])


def translate(environment: Environment, language: Language) -> None:
    """Let the templates of an environment be in a language; none of them may be compiled yet."""
    in_dutch = Markup("" if language.is_source else ' hreflang="nl"')  # noqa: S704  # ours
    environment.globals |= {
        "_": language.messages.text,
        "comma": language.comma,
        "language": language,
        "in_dutch": in_dutch,
        "plural_category": language.locale.plural_form,
    }


def compiled(root: Path, language: Language, compiler: str) -> FileSystemBytecodeCache:
    """Return where compiled templates in a language are kept; those with its translations as they were before go.

    ``compiler`` is the file of the program that says how: what was compiled by something else is of no use.
    """
    compilers = Path(__file__).read_bytes() + Path(compiler).read_bytes() + jinja_version.encode()
    folder = root / TEMPLATES / hashlib.sha256(compilers).hexdigest()[:8]
    state = language.messages.state
    code = state.rpartition("-")[0]
    for before in folder.glob(f"{code}-{'[0-9a-f]' * 16}") if code else ():
        if before.name != state:
            shutil.rmtree(before, ignore_errors=True)
    made = folder / state
    made.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(made))
