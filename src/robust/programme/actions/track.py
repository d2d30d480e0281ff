"""Tracks with their goals, signs of success and problems: made and changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from robust.organisation import actions as organisation_actions
from robust.organisation.models import Account
from robust.programme.actions.parts import Part, save_parts
from robust.programme.models import Initiative, Plan, Problem, ProblemInitiative, Track


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackParts:
    """What hangs under a track, in order."""

    process_goals: tuple[Part, ...] = ()
    success_signs: tuple[Part, ...] = ()
    problems: tuple[Part, ...] = ()


@transaction.atomic
def create_track(
    plan: Plan, *, values: dict[str, Any], parts: TrackParts, actor: Account, now: datetime
) -> Track:
    """Make a track at the end of a plan."""
    track = Track.objects.create(plan=plan, order=plan.tracks.count(), **values)
    _save_parts(track, parts)
    organisation_actions.record("track.created", actor=actor, now=now, subject=track)
    return track


@transaction.atomic
def change_track(
    track: Track, *, values: dict[str, Any], parts: TrackParts, actor: Account, now: datetime
) -> None:
    """Change a track and what hangs under it; initiatives of a removed problem stay as they are."""
    track = Track.objects.select_for_update().get(pk=track.pk)
    for name, value in values.items():
        setattr(track, name, value)
    track.save()
    _save_parts(track, parts)
    organisation_actions.record("track.changed", actor=actor, now=now, subject=track)


@transaction.atomic
def link_problem(
    problem: Problem, *, initiative: Initiative, level: str, actor: Account, now: datetime
) -> ProblemInitiative:
    """Say that an initiative works on a problem at a level; saying it again changes nothing."""
    link, is_new = ProblemInitiative.objects.get_or_create(
        problem=problem, initiative=initiative, level=level
    )
    if is_new:
        organisation_actions.record(
            "problem.linked", actor=actor, now=now, subject=initiative, detail={"problem": problem.text}
        )
    return link


@transaction.atomic
def unlink_problem(link: ProblemInitiative, *, actor: Account, now: datetime) -> None:
    """Say that an initiative does not work on a problem after all."""
    organisation_actions.record(
        "problem.unlinked",
        actor=actor,
        now=now,
        subject=link.initiative,
        detail={"problem": link.problem.text},
    )
    link.delete()


def _save_parts(track: Track, parts: TrackParts) -> None:
    save_parts(track.process_goals.all(), parts.process_goals, order_field="order", track=track)
    save_parts(track.success_signs.all(), parts.success_signs, order_field="order", track=track)
    save_parts(track.problems.all(), parts.problems, order_field="order", track=track)
