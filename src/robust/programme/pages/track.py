"""The page of a track: what it is for, what will show that it worked, and who works on which problem."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page
from django.utils.translation import ngettext

from robust.programme.models import (
    Placement,
    Problem,
    ProblemInitiative,
    ProcessGoal,
    Status,
    SuccessSign,
    Track,
)
from robust.programme.pages.shown import InitiativeRow, initiative_row


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingOn:
    """An initiative that works on a problem."""

    link_id: int
    initiative_id: int
    title: str
    judgement: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemLine:
    """A problem, and who works on it at each level."""

    problem: Problem
    at_hospital: tuple[WorkingOn, ...]
    at_ward: tuple[WorkingOn, ...]

    @property
    def is_left_alone(self) -> bool:
        return not (self.at_hospital or self.at_ward)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackPage:
    """A track."""

    track: Track
    answer: str
    goals: tuple[ProcessGoal, ...]
    signs: tuple[SuccessSign, ...]
    problems: tuple[ProblemLine, ...]
    rows: tuple[InitiativeRow, ...]
    placed: Page[Placement]


def track_detail(
    track: Track,
    *,
    problems: Sequence[Problem],
    placed: Page[Placement],
    statuses: Mapping[int, tuple[Status, ...]],
    day: date,
    since: datetime | None,
) -> TrackPage:
    """Show a track; the problems' initiatives must be prefetched."""
    lines = tuple(_problem_line(problem, statuses) for problem in problems)
    initiatives = {placement.initiative_id: placement.initiative for placement in placed}
    rows = tuple(
        initiative_row(initiative, statuses=statuses.get(pk, ()), day=day, since=since)
        for pk, initiative in initiatives.items()
    )
    return TrackPage(
        track=track,
        answer=_answer(placed.paginator.count, lines),
        goals=tuple(track.process_goals.all()),
        signs=tuple(track.success_signs.all()),
        problems=lines,
        rows=rows,
        placed=placed,
    )


def _problem_line(problem: Problem, statuses: Mapping[int, tuple[Status, ...]]) -> ProblemLine:
    at_level: dict[str, list[WorkingOn]] = {level: [] for level in ProblemInitiative.Level.values}
    for link in problem.initiatives.all():
        latest = statuses.get(link.initiative_id, ())
        at_level[link.level].append(
            WorkingOn(
                link_id=link.pk,
                initiative_id=link.initiative_id,
                title=link.initiative.title,
                judgement=latest[0].judgement if latest else None,
            )
        )
    return ProblemLine(
        problem=problem, at_hospital=tuple(at_level["hospital"]), at_ward=tuple(at_level["ward"])
    )


def _answer(count: int, problems: Sequence[ProblemLine]) -> str:
    told = ngettext("%d initiative in the track.", "%d initiatives in the track.", count) % count
    left = sum(line.is_left_alone for line in problems)
    if not left:
        return told
    alone = ngettext(
        "Nobody works on %(left)d of the %(count)d problems yet.",
        "Nobody works on %(left)d of the %(count)d problems yet.",
        left,
    ) % {"left": left, "count": len(problems)}
    return f"{told} {alone}"
