"""What no template may hold: inline script or style, addresses elsewhere, untrimmed blocks of text."""

import re
from pathlib import Path

import pytest

import robust

PACKAGE = Path(robust.__file__).parent
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
SCRIPTS = sorted(path for path in PACKAGE.rglob("static/**/*") if path.suffix in (".js", ".css", ".svg"))
NAMESPACE = "http://www.w3.org/"


def named(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def without_comments(path: Path) -> str:
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.DOTALL)
    return re.sub(r"\{#.*?#\}", "", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_template_has_no_inline_style_or_handler(path: Path):
    found = re.findall(
        r"<style\b|\sstyle=|\son[a-z]+=|\shx-on[:-]|javascript:", without_comments(path), re.IGNORECASE
    )

    assert found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_template_has_no_inline_script(path: Path):
    scripts = re.findall(r"<script\b([^>]*)>(.*?)</script>", without_comments(path), re.DOTALL)

    inline = [
        attributes
        for attributes, body in scripts
        if body.strip() and 'type="application/json"' not in attributes
    ]
    assert inline == []


@pytest.mark.parametrize("path", [*TEMPLATES, *SCRIPTS], ids=named)
def test_nothing_is_fetched_from_elsewhere(path: Path):
    text = without_comments(path) if path.suffix == ".html" else path.read_text()

    addresses = re.findall(r"(?:https?:)?//[a-z][\w.-]+\.[a-z]{2,}[^\s\"')]*", text.replace(NAMESPACE, ""))
    assert addresses == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_blocks_of_text_are_trimmed(path: Path):
    untrimmed = re.findall(r"\{% blocktrans(?:late)?\b(?! trimmed)[^%]*%\}", without_comments(path))

    assert untrimmed == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_template_is_at_most_120_lines(path: Path):
    assert len(path.read_text().splitlines()) <= 120


def test_every_component_names_its_use():
    silent = [
        named(path)
        for path in TEMPLATES
        if path.parent.name == "components" and not path.read_text().startswith("{% comment %}")
    ]

    assert silent == []
