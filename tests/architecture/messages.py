"""Find every text that is marked for translation, in Python and in templates, without outside tools."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

Message = tuple[str, str, str]  # context, singular, plural

COMMA = ","
_MODULES = {"django.utils.translation", "robust.config.words"}
_PLACES = {
    "gettext": ("singular",),
    "gettext_lazy": ("singular",),
    "gettext_noop": ("singular",),
    "ngettext": ("singular", "plural"),
    "ngettext_lazy": ("singular", "plural"),
    "pgettext": ("context", "singular"),
    "pgettext_lazy": ("context", "singular"),
    "npgettext": ("context", "singular", "plural"),
    "npgettext_lazy": ("context", "singular", "plural"),
}
_TEXT = r"""u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*\""""
_CALL = re.compile(rf"\b(gettext|ngettext|pgettext|npgettext|_)\(\s*((?:(?:{_TEXT})\s*,?\s*)+)", re.DOTALL)


def in_python(path: Path) -> Iterator[Message]:
    """Give the messages of a module; a text that is not written out as one literal is an error."""
    tree = ast.parse(path.read_text())
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in _MODULES
        for alias in node.names
        if alias.name in _PLACES
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            places = _PLACES[names[node.func.id]]
            if all(isinstance(argument, ast.Name) for argument in node.args[:1]):
                continue  # a word that was marked where it was written
            yield _message(places, [ast.literal_eval(argument) for argument in node.args[: len(places)]])


def in_template(path: Path) -> Iterator[Message]:
    """Give the messages of a template, as Django would hand them to gettext."""
    for name, texts in _CALL.findall(templatize(path.read_text(), origin=str(path))):
        places = _PLACES["gettext" if name == "_" else name]
        yield _message(places, list(ast.literal_eval(f"({texts.strip().rstrip(COMMA)},)")))


def _message(places: tuple[str, ...], texts: list[str]) -> Message:
    found = dict(zip(places, texts, strict=False))
    return found.get("context", ""), found["singular"], found.get("plural", "")
