"""Rounds of reminders of a plan: opened, and followed until everybody has answered with a status."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema, Status

from robust.core.http import Day, Id, Moment, Named, Paged, Paging, Sent, SignedInRequest, kept_text, page_of
from robust.programme import actions, queries
from robust.programme.api import found
from robust.programme.models import Plan, Reminder, ReminderRound

router = Router(tags=["reminders"])


class RoundAnswer(Schema):
    """One call to the owners of a plan's initiatives, and how many of them have answered."""

    id: int
    plan: Named
    opened_on: date
    due_on: date
    message: str
    opened_by: Named
    asked_count: int
    answered_count: int
    is_late: bool


class RoundInFullAnswer(RoundAnswer):
    """The same, with those of the plan's initiatives that nobody can be asked about."""

    unasked: list[Named]


class ReminderAnswer(Schema):
    """Who was asked about what; `answered_with` is the status that came."""

    initiative: Named
    account: Named
    sent_at: Moment | None
    answered_with: int | None


class OpenReminderAnswer(Schema):
    """What you were asked and have not answered; a status of the initiative is the answer."""

    round: int
    plan: Named
    initiative: Named
    due_on: date
    message: str


class RoundSent(Sent):
    """When answers are wanted, and what is said to those who are asked."""

    due_on: Day
    message: Annotated[str, kept_text(2_000)] = ""


@router.get("/plans/{plan}/rounds", response=Paged[RoundAnswer], summary="A plan's rounds, newest first")
def round_list(request: SignedInRequest, plan: Id, paging: Query[Paging]) -> dict[str, Any]:
    day = timezone.localdate()
    managed = found.managed_plan(request, plan, day=day)
    rounds = queries.rounds_of(managed).select_related("plan")
    return page_of(rounds, paging, lambda rows: [_round(row, day=day) for row in rows])


@router.post("/plans/{plan}/rounds", response={201: RoundInFullAnswer}, summary="Ask the owners of a plan")
def round_open(request: SignedInRequest, plan: Id, sent: RoundSent) -> Status[Any]:
    now = timezone.now()
    day = timezone.localdate(now)
    managed = found.managed_plan(request, plan, day=day)
    opened = actions.open_round(
        managed, due_on=sent.due_on, message=sent.message, actor=request.user, now=now
    )
    return Status(201, _in_full(managed, opened.pk, day=day))


@router.get("/rounds/{round}", response=RoundInFullAnswer, summary="One round")
def round_detail(request: SignedInRequest, round: Id) -> dict[str, Any]:  # noqa: A002 - a part of the address
    day = timezone.localdate()
    visible, managed = _managed(request, round, day=day)
    return _in_full(managed, visible.pk, day=day)


@router.get(
    "/rounds/{round}/reminders",
    response=Paged[ReminderAnswer],
    summary="Who was asked about what; those who have not answered first",
)
def reminder_list(
    request: SignedInRequest,
    round: Id,  # noqa: A002 - a part of the address
    paging: Query[Paging],
) -> dict[str, Any]:
    visible, _plan = _managed(request, round, day=timezone.localdate())
    return page_of(queries.reminders_in(visible), paging, lambda rows: [_reminder(row) for row in rows])


@router.get("/open-reminders", response=Paged[OpenReminderAnswer], summary="What you have not answered")
def open_reminder_list(request: SignedInRequest, paging: Query[Paging]) -> dict[str, Any]:
    return page_of(
        queries.open_reminders_of(request.user), paging, lambda rows: [_open_reminder(row) for row in rows]
    )


def _managed(request: SignedInRequest, pk: int, *, day: date) -> tuple[ReminderRound, Plan]:
    visible = get_object_or_404(queries.rounds_visible_to(request.user, day=day), pk=pk)
    return visible, found.managed_plan(request, visible.plan_id, day=day)


def _in_full(plan: Plan, pk: int, *, day: date) -> dict[str, Any]:
    round_ = queries.rounds_of(plan).select_related("plan").get(pk=pk)
    going_on = queries.to_be_asked(plan, day=day)
    unasked = [row for row in going_on if not (row.owner_id or row.deputy_id)]
    return _round(round_, day=day) | {"unasked": [{"id": row.pk, "name": row.title} for row in unasked]}


def _round(round_: Any, *, day: date) -> dict[str, Any]:
    names = ("id", "plan", "opened_on", "due_on", "message", "opened_by", "asked_count", "answered_count")
    is_late = round_.due_on < day and round_.answered_count < round_.asked_count
    return {name: getattr(round_, name) for name in names} | {"is_late": is_late}


def _reminder(reminder: Reminder) -> dict[str, Any]:
    return {
        "initiative": {"id": reminder.initiative_id, "name": reminder.initiative.title},
        "account": reminder.account,
        "sent_at": reminder.sent_at,
        "answered_with": reminder.answered_with_id,
    }


def _open_reminder(reminder: Reminder) -> dict[str, Any]:
    return {
        "round": reminder.round_id,
        "plan": reminder.round.plan,
        "initiative": {"id": reminder.initiative_id, "name": reminder.initiative.title},
        "due_on": reminder.round.due_on,
        "message": reminder.round.message,
    }
