"""Rounds of reminders: who is asked, who has answered, and who is late."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from robust.programme.models import Initiative, Reminder, ReminderRound


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """A round in the list."""

    round: ReminderRound
    asked_count: int
    answered_count: int
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPreview:
    """Whom a new round would ask about what."""

    answer: str
    asked: tuple[tuple[str, int], ...]
    unasked: tuple[Initiative, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPage:
    """A round, and a page of its questions: the open ones first."""

    round: ReminderRound
    answer: str
    is_late: bool
    shown: Page[Reminder]
    open: tuple[Reminder, ...]
    open_count: int
    answered: tuple[Reminder, ...]
    answered_count: int
    unasked: tuple[Initiative, ...]
    row_count: int


def round_list(rounds: Sequence[Any], *, day: date) -> tuple[RoundLine, ...]:
    """Show rounds with the counts that `queries.rounds_of` adds."""
    return tuple(
        RoundLine(
            round=round_,
            asked_count=round_.asked_count,
            answered_count=round_.answered_count,
            is_late=round_.due_on < day and round_.answered_count < round_.asked_count,
        )
        for round_ in rounds
    )


def round_open(going: Sequence[Initiative]) -> RoundPreview:
    """Show whom a round would ask: owners, and deputies where there is no owner."""
    named = [who for initiative in going if (who := initiative.owner or initiative.deputy)]
    counted = Counter((who.name, who.pk) for who in named)
    answer = ngettext(
        "%(people)d person will be asked about %(count)d initiatives.",
        "%(people)d people will be asked about %(count)d initiatives.",
        len(counted),
    ) % {"people": len(counted), "count": len(named)}
    asked = tuple((name, count) for (name, _pk), count in sorted(counted.items()))
    unasked = tuple(initiative for initiative in going if not (initiative.owner_id or initiative.deputy_id))
    return RoundPreview(answer=answer, asked=asked, unasked=unasked)


def round_detail(
    round_: ReminderRound,
    *,
    shown: Page[Reminder],
    answered_count: int,
    unasked: Sequence[Initiative],
    day: date,
) -> RoundPage:
    """Show a round; `unasked` are the plan's initiatives that have nobody to ask, on the first page."""
    asked_count = shown.paginator.count
    counted = {"answered": answered_count, "asked": asked_count}
    return RoundPage(
        round=round_,
        answer=_("%(answered)d of %(asked)d have been answered.") % counted,
        is_late=answered_count < asked_count and round_.due_on < day,
        shown=shown,
        open=tuple(reminder for reminder in shown if reminder.answered_with_id is None),
        open_count=asked_count - answered_count,
        answered=tuple(reminder for reminder in shown if reminder.answered_with_id is not None),
        answered_count=answered_count,
        unasked=tuple(unasked) if shown.number == 1 else (),
        row_count=asked_count + len(unasked),
    )
