"""A colleague named in a form: typed, or picked from a list that the page holds once for all its fields."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

LIST = "colleagues"
MOST_OFFERED = 5


class ColleagueField(forms.CharField):
    """The account of somebody named as the list names them; the browser offers the list while one types."""

    widget = forms.TextInput(attrs={"list": LIST, "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known: dict[int, str] = {}

    def prepare_value(self, value: Any) -> Any:
        return self.known.get(value, "") if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        words = _plain(super().clean(value))
        if not words:
            return None
        alike = [(pk, name) for pk, name in self.known.items() if _has_words(name, words)]
        found = next((pk for pk, name in alike if _plain(name) == words), None)
        if found is None:
            raise forms.ValidationError(_refusal([name for _pk, name in alike]))
        return found


def offered(accounts: Sequence[tuple[int, str]]) -> SafeString:
    """Write the list that the fields offer."""
    return format_html_join("", '<option value="{}">', ((name,) for _pk, name in accounts))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _has_words(name: str, words: str) -> bool:
    plain = _plain(name)
    return all(word in plain for word in words.split())


def _refusal(alike: list[str]) -> str:
    if not alike:
        return _("No colleague has that name. Check how it is spelled, or leave the field empty.")
    names = "; ".join(alike[:MOST_OFFERED]) + ("; …" if len(alike) > MOST_OFFERED else "")
    return _("Write the whole name as it stands in the list. Did you mean: %(names)s?") % {"names": names}
