"""What the catalogue of good examples shows."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from robust.programme.models import ExampleAdoption


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleRow:
    """One example in the catalogue."""

    pk: int
    title: str
    place: str
    excerpt: str
    numbers: tuple[int, ...]
    adoption_count: int
    has_stopped: bool
    made_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """Who took an example up, and what came of it; `is_like_mine` where it is a ward like the reader's."""

    pk: int
    place: str
    adopted_on: date
    changed: str
    result: str
    why_stopped: str
    initiative_id: int | None
    is_like_mine: bool
    may_tell: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamplePage:
    """One example and its way through the hospital."""

    row: ExampleRow
    parts: tuple[tuple[str, str], ...]
    recommendations: tuple[str, ...]
    told_by: str
    adoptions: tuple[Adoption, ...]
    answer: str


def example_rows(examples: Iterable[Any]) -> tuple[ExampleRow, ...]:
    """Show examples read with `queries.example.examples`."""
    return tuple(_row(example) for example in examples)


def example_detail(
    example: Any,
    *,
    adoptions: Iterable[ExampleAdoption],
    like_mine: Collection[int],
    leading: Collection[int],
    seen: Collection[int],
) -> ExamplePage:
    """Show one example; who leads a unit that took it up may tell what came of it."""
    lines = tuple(
        Adoption(
            pk=adoption.pk,
            place=adoption.unit.name,
            adopted_on=adoption.adopted_on,
            changed=adoption.changed,
            result=adoption.result,
            why_stopped=adoption.why_stopped,
            initiative_id=adoption.initiative_id if adoption.unit_id in seen else None,
            is_like_mine=adoption.unit_id in like_mine,
            may_tell=adoption.unit_id in leading,
        )
        for adoption in adoptions
    )
    return ExamplePage(
        row=_row(example),
        parts=tuple(
            (str(label), text)
            for label, text in (
                (_("Context"), example.context),
                (_("What was done"), example.what_was_done),
                (_("Prerequisites"), example.prerequisites),
                (_("Result"), example.result),
                (_("Why it stopped"), example.why_stopped),
            )
            if text
        ),
        recommendations=tuple(str(recommendation) for recommendation in example.recommendations.all()),
        told_by=example.told_by.name,
        adoptions=lines,
        answer=_answer(lines),
    )


def _answer(adoptions: tuple[Adoption, ...]) -> str:
    if not adoptions:
        return _("Nobody has taken it up yet.")
    count, stopped = len(adoptions), sum(bool(adoption.why_stopped) for adoption in adoptions)
    like = sum(adoption.is_like_mine for adoption in adoptions)
    parts = [ngettext("%d place has taken it up.", "%d places have taken it up.", count) % count]
    if like:
        parts.append(ngettext("%d is a ward like yours.", "%d are wards like yours.", like) % like)
    if stopped:
        parts.append(ngettext("%d has stopped.", "%d have stopped.", stopped) % stopped)
    return " ".join(parts)


def _row(example: Any) -> ExampleRow:
    return ExampleRow(
        pk=example.pk,
        title=example.title,
        place=example.place,
        excerpt=example.result or example.what_was_done,
        numbers=tuple(recommendation.number for recommendation in example.recommendations.all()),
        adoption_count=example.adoption_count,
        has_stopped=bool(example.why_stopped),
        made_at=example.created_at,
        changed_at=example.updated_at,
    )
