"""Initiatives as bars over months, as coordinates of a drawing and as words of a list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import formats, timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from robust.programme.models import Initiative, Status
from robust.programme.pages.shown import judgement_word

WIDTH = 960
LEFT = 8
ROW = 44
HEAD = 28
MOST_MONTHS_NAMED = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """The first day of a month (or year) on the axis."""

    x: float
    day: date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A review or a decision on a bar."""

    x: float
    day: date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """An initiative in the drawing; `is_open` where nobody has said when it ends, or began."""

    initiative_id: int
    title: str
    short_title: str
    judgement: str
    judgement_word: str
    y: int
    x: float
    width: float
    starts_on: date | None
    ends_on: date | None
    is_open: bool
    reviews: tuple[Mark, ...]
    decisions: tuple[Mark, ...]
    made_at: datetime
    changed_at: datetime

    @property
    def is_late_start(self) -> bool:
        """Whether the title has to end where the bar ends, since it would run out of the drawing."""
        return self.x > WIDTH * 0.6

    @property
    def title_x(self) -> float:
        return WIDTH - LEFT if self.is_late_start else self.x

    @property
    def text_y(self) -> int:
        return self.y + 14

    @property
    def mark_y(self) -> int:
        return self.bar_y + 6

    @property
    def bar_y(self) -> int:
        return self.y + 22


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage:
    """A page of the timeline; width and height are those of the drawing."""

    answer: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    today_x: float | None
    width: int
    height: int


def timeline(
    initiatives: Sequence[Initiative], *, statuses: Mapping[int, tuple[Status, ...]], day: date
) -> TimelinePage:
    """Draw initiatives between the first and the last day any of them names; decisions must be prefetched."""
    first, last = _span(initiatives, day=day)
    axis = _Axis(first=first, last=last)
    bars = tuple(
        _bar(initiative, number, statuses.get(initiative.pk, ()), axis)
        for number, initiative in enumerate(initiatives)
    )
    ending = sum(day < row.ends_on <= _later(day, 3) for row in initiatives if row.ends_on)
    answer = ngettext(
        "%d initiative ends within three months.", "%d initiatives end within three months.", ending
    )
    return TimelinePage(
        answer=answer % ending if bars else _("There is nothing to draw."),
        bars=bars,
        ticks=tuple(_ticks(axis)),
        today_x=axis.x(day),
        width=WIDTH,
        height=HEAD + ROW * len(bars),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    first: date
    last: date

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return round(LEFT + share * (WIDTH - 2 * LEFT), 1)


def _span(initiatives: Sequence[Initiative], *, day: date) -> tuple[date, date]:
    days = [
        day,
        *(on for row in initiatives for on in (row.starts_on, row.ends_on, row.next_review_on) if on),
    ]
    first = min(days).replace(day=1)
    return first, _later(max(days), 1)


def _later(day: date, months: int) -> date:
    """The first of the month this many months on."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _ticks(axis: _Axis) -> Iterator[Tick]:
    months = (axis.last.year - axis.first.year) * 12 + axis.last.month - axis.first.month
    day = axis.first
    apart = 1 if months <= MOST_MONTHS_NAMED else 3 if months <= 3 * MOST_MONTHS_NAMED else 12
    while day < axis.last:
        yield Tick(x=axis.x(day), day=day, words=_month(day) if (day.month - 1) % apart == 0 else "")
        day = _later(day, 1)


def _month(day: date) -> str:
    return formats.date_format(day, "Y" if day.month == 1 else "b")


def _bar(initiative: Initiative, number: int, latest: Sequence[Status], axis: _Axis) -> Bar:
    starts_on, ends_on = initiative.starts_on, initiative.ends_on
    x = axis.x(starts_on or axis.first)
    review = initiative.next_review_on
    return Bar(
        initiative_id=initiative.pk,
        title=initiative.title,
        short_title=Truncator(initiative.title).chars(70),
        judgement=latest[0].judgement if latest else "",
        judgement_word=judgement_word(latest[0].judgement) if latest else "",
        y=HEAD + ROW * number,
        x=x,
        width=round(max(axis.x(ends_on or axis.last) - x, 3), 1),
        starts_on=starts_on,
        ends_on=ends_on,
        is_open=starts_on is None or ends_on is None,
        reviews=(Mark(x=axis.x(review), day=review, words=_("review")),) if review else (),
        decisions=tuple(_decisions(initiative, axis)),
        made_at=initiative.created_at,
        changed_at=initiative.updated_at,
    )


def _decisions(initiative: Initiative, axis: _Axis) -> Iterator[Mark]:
    for decision in initiative.decisions.all():
        day = timezone.localdate(decision.decided_at)
        if axis.first <= day <= axis.last:
            yield Mark(x=axis.x(day), day=day, words=decision.get_outcome_display())
