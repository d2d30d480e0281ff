"""How numbers, days, states and changed text read on a page."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext

from robust.organisation.models import Account

register = template.Library()

THIN_SPACE = "\u2009"
NO_BREAK_SPACE = "\u00a0"

JUDGEMENTS = {
    "on_track": (gettext_lazy("on track"), "disc"),
    "at_risk": (gettext_lazy("at risk"), "triangle"),
    "stopped": (gettext_lazy("stopped"), "square"),
    "done": (gettext_lazy("done"), "tick"),
    "not_started": (gettext_lazy("not started"), "ring"),
    "handed_over": (gettext_lazy("handed over"), "arrow"),
    "": (gettext_lazy("not judged"), "none"),
}
SHAPES = {
    "disc": SafeString('<circle cx="6" cy="6" r="5.5"/>'),
    "triangle": SafeString('<path d="M6 .5 12 11.5H0z"/>'),
    "square": SafeString('<path d="M.75.75h10.5v10.5H.75z"/>'),
    "tick": SafeString('<path d="M1 6.5 4.5 10 11 2"/>'),
    "ring": SafeString('<circle cx="6" cy="6" r="4.75"/>'),
    "arrow": SafeString('<path d="M.5 6h10M7 2l4 4-4 4"/>'),
    "none": SafeString('<path d="M2 6h8"/>'),
}
OUR_UNDO = re.compile(r"undo=/(?!/)")
DRAWN_AS_LINE = frozenset({"tick", "ring", "arrow", "none"})


@register.filter
def percent(share: float | Decimal | None) -> str:
    """Write a share of one as a percentage with one decimal: 0.272 as 27,2 %."""
    if share is None:
        return ""
    rounded = (Decimal(str(share)) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{_grouped(rounded, decimals=1)}{NO_BREAK_SPACE}%"


@register.filter
def whole(number: float | Decimal | None) -> str:
    """Write a number without decimals, thousands apart by a thin space."""
    return "" if number is None else _grouped(Decimal(str(number)), decimals=0)


@register.filter
def amount(kroner: float | Decimal | None) -> str:
    """Write an amount in Danish kroner; øre only where there are any."""
    if kroner is None:
        return ""
    exact = Decimal(str(kroner))
    decimals = 0 if exact == exact.to_integral_value() else 2
    return f"{_grouped(exact, decimals=decimals)}{NO_BREAK_SPACE}kr."


@register.filter
def day(value: date | None) -> str:
    """Write a day in full: 3. marts 2026."""
    return "" if value is None else formats.date_format(_as_day(value), "DATE_FORMAT")


@register.filter
def short_day(value: date | None) -> str:
    """Write a day as 3/3, with the year where it is not this one."""
    if value is None:
        return ""
    on = _as_day(value)
    year = "" if on.year == timezone.localdate().year else f"{NO_BREAK_SPACE}{on.year}"
    return f"{on.day}/{on.month}{year}"


@register.filter
def clock(value: datetime | None) -> str:
    """Write a time of day as the language does: 07.15."""
    return "" if value is None else formats.time_format(timezone.localtime(value), "TIME_FORMAT")


@register.filter
def moment(value: datetime | None) -> str:
    """Write a day and the time on it."""
    if value is None:
        return ""
    return gettext("%(day)s at %(time)s") % {"day": day(value), "time": clock(value)}


@register.filter
def week(value: date | None) -> str:
    """Write the ISO week of a day: uge 10."""
    if value is None:
        return ""
    return gettext("week %(week)d") % {"week": _as_day(value).isocalendar().week}


@register.filter
def since(value: date | None) -> str:
    """Say how long ago a day was, in days up to a week and then as the day."""
    if value is None:
        return ""
    passed = (timezone.localdate() - _as_day(value)).days
    if passed == 0:
        return gettext("today")
    if passed == 1:
        return gettext("yesterday")
    if 1 < passed <= 7:
        return ngettext("%(days)d day ago", "%(days)d days ago", passed) % {"days": passed}
    return day(value)


@register.simple_tag
def status(judgement: str | None, label: Any = "") -> SafeString:
    """Draw a judgement as a shape and its word; None where there is no status that could have one.

    Quick enough for a cell of a large table.
    """
    word, shape = JUDGEMENTS.get(judgement or "", JUDGEMENTS[""])
    label = label or (gettext("no status yet") if judgement is None else word)
    return format_html(
        '<span class="status status--{}"><svg class="status__shape{}" viewBox="0 0 12 12" aria-hidden="true">'
        "{}</svg><span>{}</span></span>",
        judgement if judgement in JUDGEMENTS and judgement else "none",
        " status__shape--line" if shape in DRAWN_AS_LINE else "",
        SHAPES[shape],
        label,
    )


@register.simple_tag
def new_mark() -> SafeString:
    """Mark a row that is new since the reader's previous visit, in words."""
    return _since_mark(gettext("new"))


@register.simple_tag(takes_context=True)
def mark_since(
    context: template.Context, made_at: datetime | None, changed_at: datetime | None = None
) -> SafeString:
    """Mark a row that was made or changed since the reader's previous visit, in words; else draw nothing."""
    account: Account = context["request"].user
    if account.has_not_seen(made_at):
        return new_mark()
    return _since_mark(gettext("changed")) if account.has_not_seen(changed_at) else SafeString("")


@register.filter
def row_count(rows: Any) -> int:
    """Count the rows of a list; of a page, those of all its pages."""
    return rows.paginator.count if isinstance(rows, Page) else len(rows)


@register.simple_tag
def no_value(why: str) -> SafeString:
    """Say in an empty cell why it is empty."""
    return format_html('<span class="no-value">{}</span>', why)


@register.simple_tag(takes_context=True)
def sort_head(context: template.Context, key: str, label: str, kind: str = "") -> SafeString:
    """Draw a column head that sorts by `key` in the address; kind is a class, as "figure" to align right."""
    asked: QueryDict = context["request"].GET.copy()
    now = asked.get("sort", "")
    asked["sort"] = f"-{key}" if now == key else key
    asked.pop("page", None)
    order = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="?{}">{}'
        '<span class="sort__arrow" aria-hidden="true">{}</span></a></th>',
        format_html(' class="{}"', kind) if kind else "",
        format_html(' aria-sort="{}"', order) if order else "",
        asked.urlencode(),
        label,
        {"ascending": "↑", "descending": "↓"}.get(order, ""),
    )


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, name: str, value: Any) -> str:
    """Give the query of this page's address with one value changed, as `?a=1&page=2`."""
    asked: QueryDict = context["request"].GET.copy()
    asked[name] = str(value)
    return f"?{asked.urlencode()}"


@register.filter
def described(field: BoundField, has_more: Any = "") -> str:
    """Render a form field whose help, readers and errors are tied to it by aria-describedby."""
    parts = [f"{field.auto_id}_help"] if field.help_text or has_more else []
    if field.errors:
        parts.insert(0, f"{field.auto_id}_error")
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(parts)} if parts else {}
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.simple_tag
def row_errors(row_sets: Iterable[Any] | None) -> list[dict[str, Any]]:
    """List what is wrong in rows of a form, and where: in a field of a row, or in all rows of a kind."""
    return [error for rows in row_sets or () for error in _errors_of(rows)]


def _errors_of(rows: Any) -> Iterable[dict[str, Any]]:
    for words in rows.non_form_errors():
        yield {"place": rows.prefix, "label": gettext("The rows"), "words": words}
    for number, row in rows.counted_forms():
        for field in row:
            label = gettext("%(label)s, row %(number)d") % {"label": field.label, "number": number}
            for words in field.errors:
                yield {"place": field.auto_id, "label": label, "words": words}


@register.filter
def options(groups: Iterable[tuple[str | None, Sequence[dict[str, Any]], int]]) -> SafeString:
    """Write the choices of a select as Django's own templates do, group by group."""
    return format_html_join("\n", "{}", ((_option_group(name, choices),) for name, choices, _index in groups))


def _option_group(name: str | None, choices: Sequence[dict[str, Any]]) -> SafeString:
    each = ((str(one["value"]), flatatt(one["attrs"]), one["label"]) for one in choices)
    lines = format_html_join("\n", '<option value="{}"{}>{}</option>', each)
    return format_html('<optgroup label="{}">\n{}\n</optgroup>', name, lines) if name else lines


@register.filter
def widget_kind(field: BoundField) -> str:
    """Name the kind of control: checkboxinput, radioselect, select, textarea, textinput …"""
    return type(field.field.widget).__name__.lower()


@register.filter
def has_changes(passages: Sequence[Any]) -> bool:
    """Tell whether anything in the passages is new or removed."""
    return any(str(passage.change) != "kept" for passage in passages)


@register.filter
def notice_parts(tags: str) -> dict[str, str]:
    """Read a message's tags: how serious it is, and the address that takes the act back."""
    words = (tags or "").split()
    kinds = {"success": "good", "warning": "warn", "error": "bad"}
    return {
        "kind": next((kinds[word] for word in words if word in kinds), "info"),
        "undo_url": next((word.removeprefix("undo=") for word in words if OUR_UNDO.match(word)), ""),
    }


def _since_mark(word: str) -> SafeString:
    return format_html(
        '<span class="new-mark">{}<span class="visually-hidden"> {}</span></span>',
        word,
        gettext("since your last visit"),
    )


def _as_day(value: date) -> date:
    if not isinstance(value, datetime):
        return value
    return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()


def _grouped(number: Decimal, *, decimals: int) -> str:
    return formats.number_format(number, decimal_pos=decimals, use_l10n=True, force_grouping=True)
