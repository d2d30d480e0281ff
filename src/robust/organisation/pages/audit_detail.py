"""The subject and the details of an entry of the audit trail, in the words of the pages."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils import formats
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from robust.core.registry import offered
from robust.organisation.models import ApiToken, AuditEntry, Role, UnitCode

DETAILS: dict[str, Any] = {
    "accent": lazy("accent"),
    "account": lazy("account"),
    "action": lazy("kind"),
    "before": lazy("before"),
    "broken": lazy("broken"),
    "by": lazy("by"),
    "code": lazy("code"),
    "count": lazy("count"),
    "dark_accent": lazy("accent in the dark"),
    "criteria": lazy("looked for"),
    "digest": lazy("fingerprint"),
    "email": lazy("e-mail"),
    "ends_on": lazy("until"),
    "from_on": lazy("from"),
    "into": lazy("into"),
    "kind": lazy("kind"),
    "list": lazy("list"),
    "mark_changed": lazy("new mark"),
    "name": lazy("name"),
    "new": lazy("now"),
    "note": lazy("reason"),
    "old": lazy("before"),
    "page": lazy("page"),
    "parent": lazy("belongs to"),
    "people": lazy("people"),
    "post": lazy("post"),
    "role": lazy("role"),
    "scope": lazy("scope"),
    "size_bytes": lazy("size in bytes"),
    "system": lazy("system"),
    "type": lazy("type"),
    "unit": lazy("unit"),
    "until_on": lazy("until"),
    "words": lazy("words"),
}

CODES: dict[str, Mapping[Any, Any]] = {
    "role": dict(Role.choices),
    "scope": dict(ApiToken.Scope.choices),
    "system": dict(UnitCode.System.choices),
}
WAYS_IN: dict[str, Any] = {
    "password": lazy("password"),
    "recovery_codes": lazy("recovery code"),
    "socialaccount": lazy("the hospital's own sign-in"),
    "totp": lazy("code from an app"),
    "webauthn": lazy("passkey"),
}
DETAILS_OF: dict[str, dict[str, Any]] = {"retention.applied": {"before": lazy("older than")}}
SAID_BY_THE_SUBJECT = frozenset({("job.started", "kind")})
NAMED_BY = frozenset({"name", "title", "text"})
A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
A_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d\S*")


def subject_words(entry: AuditEntry) -> str:
    """Name what something was done to; what has no name of its own is called by its kind and number."""
    model = _model_of(entry)
    if model is None or NAMED_BY & {field.name for field in model._meta.fields}:
        return entry.subject_name
    kind = capfirst(str(model._meta.verbose_name))
    return _("%(kind)s no. %(number)d") % {"kind": kind, "number": entry.subject_id or 0}


def detail_words(entry: AuditEntry, *, actions: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Write the detail as short pairs; a list of people as how many they were."""
    words = _Words(entry, actions)
    for key, value in entry.detail.items():
        if value not in ("", None, [], {}) and (entry.action, key) not in SAID_BY_THE_SUBJECT:
            yield words.name(key), str(len(value)) if key == "people" else words.value(key, value)


class _Words:
    """The words for the names and codes of an entry: of what it is about, then of the domains."""

    def __init__(self, entry: AuditEntry, actions: Mapping[str, str]) -> None:
        self._model, self._special = _model_of(entry), _codes_of(entry.action)
        self._names, self._codes = dict(DETAILS), CODES | {"action": actions}
        for _domain, names in offered("audit_details"):
            self._names |= names
        self._names |= DETAILS_OF.get(entry.action, {})
        for _domain, codes in offered("audit_codes"):
            self._codes |= codes

    def name(self, key: str) -> str:
        field = self._field(key.removesuffix("_id"))
        return str(self._names.get(key) or (field.verbose_name if field else key))

    def value(self, key: str, value: Any) -> str:
        if isinstance(value, dict):
            shown = ((name, one) for name, one in value.items() if one not in ("", None))
            return ", ".join(f"{self.name(name)} {self.value(name, one)}" for name, one in shown)
        if isinstance(value, list):
            each = (self.name(str(one)) if key == "changed" else self.value(key, one) for one in value)
            return ", ".join(each)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return self._word(key, value) if isinstance(value, str) else str(value)

    def _word(self, key: str, text: str) -> str:
        field = self._field(key)
        for codes in (
            self._special,
            dict(field.flatchoices) if field else {},
            self._codes.get(key, {}),
        ):
            if text in codes:
                return str(codes[text])
        return _in_the_readers_form(text)

    def _field(self, name: str) -> Any:
        try:
            return self._model._meta.get_field(name) if self._model else None
        except FieldDoesNotExist:
            return None


def _codes_of(action: str) -> Mapping[str, Any]:
    """Give the codes that only entries of this kind hold."""
    if action.startswith("account."):
        return WAYS_IN
    if action.startswith("retention."):
        return {name: kind.label for name, kind in offered("retention")}
    return dict(Role.choices) if action == "role.second_factor_required" else {}


def _in_the_readers_form(text: str) -> str:
    """Write a day or a moment as the language does; anything else, a name too, stays as it is."""
    try:
        if A_DAY.fullmatch(text):
            return formats.date_format(date.fromisoformat(text))
        if A_MOMENT.fullmatch(text):
            return formats.date_format(localtime(datetime.fromisoformat(text)), "DATETIME_FORMAT")
    except ValueError:
        return text
    return text


def _model_of(entry: AuditEntry) -> type[Model] | None:
    try:
        return apps.get_model(entry.subject_type)
    except (LookupError, ValueError):
        return None
