"""Colours that can be read: whether an accent stands out, the nearest shade that does, and its stylesheet.

Source: WCAG 2.1, relative luminance and contrast ratio.
"""

from collections.abc import Iterator

from robust.organisation.queries import Look

LEAST_CONTRAST = 4.5
LIGHT_GROUNDS = ("#ffffff", "#f5f6f4", "#e9ebe8")  # --paper, --paper-2 and --paper-3 of tokens.css
DARK_GROUNDS = ("#14171a", "#1b1f23", "#272c31")
WHITE, NEARLY_BLACK = "#ffffff", "#0b1a1e"
STRONGER = 0.25  # how far the pressed shade lies on the way to black, or to white in the dark

STYLESHEET = """@layer tokens {
@media (prefers-contrast: no-preference) {
:root { %(light)s }
[data-theme="dark"] { %(dark)s }
}
@media (prefers-contrast: no-preference) and (prefers-color-scheme: dark) {
[data-theme="system"] { %(dark)s }
}
}
"""


def stylesheet(look: Look) -> str:
    """Write the accent as custom properties; who asked for more contrast keeps Robust's own."""
    if not look.accent:
        return ""
    return STYLESHEET % {
        "light": _properties(look.accent, towards="#000000"),
        "dark": _properties(look.dark_accent, towards=WHITE),
    }


def stands_out(colour: str, *, grounds: tuple[str, ...]) -> bool:
    """Whether a colour can be read on every ground, and words on it as a button's ground."""
    on_it = contrast(colour, words_on(colour))
    return min(on_it, *(contrast(colour, ground) for ground in grounds)) >= LEAST_CONTRAST


def nearest_shade(colour: str, *, grounds: tuple[str, ...]) -> str:
    """Give the nearest shade that stands out, on the way to black on light grounds and to white on dark."""
    goal = "#000000" if luminance(grounds[0]) > luminance(DARK_GROUNDS[-1]) else WHITE
    return next(shade for shade in _shades(colour, goal) if stands_out(shade, grounds=grounds))


def words_on(colour: str) -> str:
    """Give the colour of words on a button of this colour."""
    return max((WHITE, NEARLY_BLACK), key=lambda words: contrast(words, colour))


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour, from 0 to 1."""
    shares = (channel / 255 for channel in _channels(colour))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _properties(accent: str, *, towards: str) -> str:
    strong = _between(accent, towards, STRONGER)
    return f"--accent: {accent}; --on-accent: {words_on(accent)}; --accent-strong: {strong};"


def _shades(colour: str, goal: str) -> Iterator[str]:
    return (_between(colour, goal, step / 100) for step in range(101))


def _between(one: str, other: str, share: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
