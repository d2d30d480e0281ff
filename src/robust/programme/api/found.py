"""What a request of a program names, as far as its account may see, change or choose it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from robust.core.http import Against, SignedInRequest
from robust.organisation import queries as organisation_queries
from robust.organisation.models import Unit
from robust.programme import actions, queries, rules
from robust.programme.models import Forum, Idea, Initiative, Meeting, Plan, Track
from robust.programme.queries import board as board_queries
from robust.programme.queries import idea as idea_queries

Row = TypeVar("Row", bound=Model)


def visible_plan(
    request: SignedInRequest, pk: int, *, day: date, units: Collection[int] | None = None
) -> Plan:
    """Give the plan; `units` are those that the account sees, where they have been asked for already."""
    return get_object_or_404(queries.plans_visible_to(request.user, day=day, units=units), pk=pk)


def managed_plan(request: SignedInRequest, pk: int, *, day: date) -> Plan:
    plan = visible_plan(request, pk, day=day)
    if not rules.can_manage_plans(request.user, plan.unit_id, day=day):
        raise PermissionDenied
    return plan


def visible_track(
    request: SignedInRequest, pk: int, *, day: date, units: Collection[int] | None = None
) -> Track:
    return get_object_or_404(queries.tracks_visible_to(request.user, day=day, units=units), pk=pk)


def managed_track(request: SignedInRequest, pk: int, *, day: date) -> Track:
    track = visible_track(request, pk, day=day)
    if not rules.can_manage_plans(request.user, track.plan.unit_id, day=day):
        raise PermissionDenied
    return track


def visible_initiative(
    request: SignedInRequest, pk: int, *, day: date, units: Collection[int] | None = None
) -> Initiative:
    return get_object_or_404(queries.initiatives_visible_to(request.user, day=day, units=units), pk=pk)


def changeable_initiative(request: SignedInRequest, pk: int, *, day: date) -> Initiative:
    initiative = visible_initiative(request, pk, day=day)
    if not rules.can_change_initiative(request.user, initiative, day=day):
        raise PermissionDenied
    return initiative


def visible_forum(request: SignedInRequest, pk: int, *, day: date) -> Forum:
    return get_object_or_404(board_queries.forums_visible_to(request.user, day=day), pk=pk)


def visible_meeting(request: SignedInRequest, pk: int, *, day: date) -> Meeting:
    return get_object_or_404(board_queries.meetings_visible_to(request.user, day=day), pk=pk)


def deciding_meeting(request: SignedInRequest, pk: int, *, day: date) -> Meeting:
    meeting = visible_meeting(request, pk, day=day)
    if not rules.can_decide(request.user, meeting.forum, day=day):
        raise PermissionDenied
    return meeting


def visible_idea(request: SignedInRequest, pk: int, *, day: date) -> Idea:
    return get_object_or_404(idea_queries.ideas_visible_to(request.user, day=day), pk=pk)


def answerable_idea(request: SignedInRequest, pk: int, *, day: date) -> Idea:
    idea = visible_idea(request, pk, day=day)
    if not rules.can_answer_ideas(request.user, idea.unit_id, day=day):
        raise PermissionDenied
    return idea


def chosen(rows: QuerySet[Row], pk: int, *, where: str) -> Row:
    """Give the row that a part of the body names. Raises: Against, where it may not be chosen there."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Against(where, _("This cannot be chosen here: it does not exist, or you may not use it."))
    return row


def chosen_unit(pk: int, *, among: Collection[int], where: str = "unit") -> Unit:
    return chosen(organisation_queries.units_among(among), pk, where=where)


def refuse_end_before_start(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on <= starts_on:
        raise Against("ends_on", _("The end must be after the start."))


def refuse_doubles(said: Collection[object], *, where: str) -> None:
    if len(set(said)) < len(said):
        raise Against(where, _("This stands there already. Remove one of the two."))


def parts_sent(
    sent: Sequence[Any] | None, standing: Iterable[Model], *, where: str
) -> tuple[actions.Part, ...]:
    """Give the parts of a whole as they are to be: as they stand, where nothing is sent of them.

    Raises: Against, where an id is none of the whole's own, or stands there twice.
    """
    own = [row.pk for row in standing]
    if sent is None:
        return tuple({"id": pk} for pk in own)
    named = [part.id for part in sent if part.id]
    refuse_doubles(named, where=where)
    if not set(named) <= set(own):
        raise Against(where, _("This cannot be chosen here: it does not exist, or you may not use it."))
    return tuple(part.model_dump() for part in sent)


def refuse_what_is_wrong(form: BaseForm) -> None:
    """Refuse what the same form on the screen would send back. Raises: Against, for the first part."""
    for where, problems in form.errors.items():
        raise Against(where, str(problems[0]))
