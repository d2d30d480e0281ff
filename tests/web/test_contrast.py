"""The colours of tokens.css against the contrasts that the design asks for."""

import re
from pathlib import Path

import pytest

import robust.web

TOKENS = (Path(robust.web.__file__).parent / "static/web/css/tokens.css").read_text()
BODY, SECONDARY, LINES = 7.0, 4.5, 3.0


def blocks() -> list[tuple[str, dict[str, str]]]:
    """Give each rule's selector, with the media query it stands in, and its colours."""
    found, media = [], ""
    for line in TOKENS.splitlines():
        if query := re.match(r"\s*@media (.+) \{$", line):
            media = query.group(1)
        elif line == "  }" and media:
            media = ""
        elif rule := re.match(r'\s*(:root|\[data-theme="\w+"\]) \{$', line):
            found.append((f"{media} {rule.group(1)}".strip(), {}))
        elif colour := re.match(r"\s*--([\w-]+): (#[0-9a-f]{6});$", line):
            found[-1][1][colour.group(1)] = colour.group(2)
    return found


RULES = dict(blocks())
DARK = RULES['[data-theme="dark"]']
MORE = "(prefers-contrast: more)"
THEMES = {
    "light": RULES[":root"],
    "dark": RULES[":root"] | DARK,
    "light, more contrast": RULES[":root"] | RULES[f"{MORE} :root"],
    "dark, more contrast": RULES[":root"] | DARK | RULES[f'{MORE} [data-theme="dark"]'],
}
LEAST = {
    "ink": BODY,
    "ink-2": SECONDARY,
    "accent": SECONDARY,
    "accent-strong": SECONDARY,
    "good": SECONDARY,
    "warn": SECONDARY,
    "bad": SECONDARY,
    "new": SECONDARY,
    "gone": SECONDARY,
    "line-2": LINES,
    "focus": LINES,
}


def luminance(colour: str) -> float:
    """Source: WCAG 2.1, relative luminance."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "paper-2", "paper-3"])
def test_every_colour_stands_out_from_every_ground(theme: str, ground: str):
    colours = THEMES[theme]

    too_faint = {
        name: round(contrast(colours[name], colours[ground]), 2)
        for name, least in LEAST.items()
        if contrast(colours[name], colours[ground]) < least
    }

    assert too_faint == {}


@pytest.mark.parametrize("theme", THEMES)
def test_new_text_and_words_on_the_accent_read_as_body_text(theme: str):
    colours = THEMES[theme]

    assert contrast(colours["new"], colours["paper"]) >= BODY
    assert contrast(colours["on-accent"], colours["accent"]) >= BODY


def test_the_device_and_the_person_choose_the_same_dark():
    assert RULES['(prefers-color-scheme: dark) [data-theme="system"]'] == DARK
    more = f'{MORE} and (prefers-color-scheme: dark) [data-theme="system"]'
    assert RULES[more] == RULES[f'{MORE} [data-theme="dark"]']


def test_every_colour_of_the_light_theme_has_its_dark_twin():
    assert RULES[":root"].keys() == DARK.keys()
