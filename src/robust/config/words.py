"""What is said on the command line, in Danish or English by LANG, without Django."""

import gettext as catalogues
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from robust.config import env

LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "locale"


class Refused(Exception):
    """A sentence for the person at the keyboard: what happened, what is safe, what to do."""


def language() -> str:
    """Give the language of the person at the keyboard: "da" or "en"."""
    return "da" if env.first_set("LC_ALL", "LC_MESSAGES", "LANG").startswith("da") else "en"


def gettext(message: str) -> str:
    """Translate a sentence."""
    return _catalogue(language()).gettext(message)


def say(sentence: str) -> None:
    """Print a sentence on standard error, if that is still there; standard output is kept for results."""
    with suppress(OSError):  # a closed terminal must not keep Robust from stopping in order
        print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - this is the one place that prints


@cache
def _catalogue(code: str) -> catalogues.NullTranslations:
    return catalogues.translation("django", LOCALE_FOLDER, languages=[code], fallback=True)
