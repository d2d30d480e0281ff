"""Make the programme's rows for tests: everything not said has a plain, visible default."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count
from typing import Any

from robust.organisation.models import Account, Unit
from robust.programme.models import (
    Area,
    Decision,
    Forum,
    Funding,
    Initiative,
    InitiativeLink,
    Meeting,
    Placement,
    Plan,
    Problem,
    ProblemInitiative,
    Reminder,
    ReminderRound,
    Status,
    Track,
)
from tests.factories import DAY, OPENED_ON, make_account, make_unit

_numbers = count(1)


def make_plan(
    name: str = "",
    *,
    unit: Unit | None = None,
    short_name: str = "",
    starts_on: date = OPENED_ON,
    ends_on: date | None = None,
    order: int = 0,
) -> Plan:
    name = name or f"Plan {next(_numbers)}"
    return Plan.objects.create(
        name=name,
        short_name=short_name or name[:40],
        unit=unit or make_unit(),
        starts_on=starts_on,
        ends_on=ends_on,
        order=order,
    )


def make_area(plan: Plan, name: str = "", *, order: int = 0) -> Area:
    return Area.objects.create(plan=plan, name=name or f"Område {next(_numbers)}", order=order)


def make_track(plan: Plan, name: str = "", *, order: int = 0) -> Track:
    return Track.objects.create(plan=plan, name=name or f"Spor {next(_numbers)}", order=order)


def make_problem(track: Track, text: str = "", *initiatives: Initiative, level: str = "hospital") -> Problem:
    problem = Problem.objects.create(track=track, text=text or f"Problem {next(_numbers)}")
    for initiative in initiatives:
        ProblemInitiative.objects.create(problem=problem, initiative=initiative, level=level)
    return problem


def make_initiative(
    title: str = "",
    *,
    unit: Unit | None = None,
    plan: Plan | None = None,
    area: Area | None = None,
    track: Track | None = None,
    group: str = "",
    **fields: Any,
) -> Initiative:
    """Make an initiative; with `plan` it is placed there, under the area, track and group given."""
    initiative = Initiative.objects.create(
        title=title or f"Indsats {next(_numbers)}",
        unit=unit or (plan.unit if plan else make_unit()),
        **fields,
    )
    if plan:
        make_placement(initiative, plan, area=area, track=track, group=group)
    return initiative


def make_placement(
    initiative: Initiative,
    plan: Plan,
    *,
    area: Area | None = None,
    track: Track | None = None,
    group: str = "",
    order: int = 0,
) -> Placement:
    return Placement.objects.create(
        initiative=initiative, plan=plan, area=area, track=track, group=group, order=order
    )


def make_status(
    initiative: Initiative,
    unit: Unit | None = None,
    *,
    dated_on: date = DAY,
    judgement: str = "on_track",
    text: str = "Det går fremad.",
    reason: str = "",
    by: Account | None = None,
    recorded_at: datetime | None = None,
) -> Status:
    """Make an entry, at the initiative's own unit and written at noon of its date if not said."""
    return Status.objects.create(
        initiative=initiative,
        unit=unit or initiative.unit,
        dated_on=dated_on,
        judgement=judgement,
        text=text,
        reason=reason or ("Ingen opbakning." if judgement == "stopped" else ""),
        recorded_by=by or make_account(),
        recorded_at=recorded_at or datetime.combine(dated_on, time(12), tzinfo=UTC),
    )


def make_forum(name: str = "", *, unit: Unit | None = None) -> Forum:
    return Forum.objects.create(name=name or f"Forum {next(_numbers)}", unit=unit or make_unit())


def make_meeting(forum: Forum | None = None, *, held_on: date = DAY) -> Meeting:
    return Meeting.objects.create(forum=forum or make_forum(), held_on=held_on)


def make_decision(
    initiative: Initiative,
    meeting: Meeting | None = None,
    *,
    outcome: str = "approved",
    reason: str = "Der er opbakning.",
    by: Account | None = None,
    decided_at: datetime | None = None,
) -> Decision:
    meeting = meeting or make_meeting()
    return Decision.objects.create(
        initiative=initiative,
        meeting=meeting,
        outcome=outcome,
        reason=reason,
        decided_by=by or make_account(),
        decided_at=decided_at or datetime.combine(meeting.held_on, time(12), tzinfo=UTC),
    )


def make_link(
    initiative: Initiative, label: str = "Referat", url: str = "https://example.org/"
) -> InitiativeLink:
    return InitiativeLink.objects.create(initiative=initiative, label=label, url=url)


def make_funding(
    initiative: Initiative, amount_dkk: Decimal = Decimal(5_000_000), *, source: str = "Regionsrådet"
) -> Funding:
    return Funding.objects.create(initiative=initiative, amount_dkk=amount_dkk, source=source)


def make_round(plan: Plan, *, opened_on: date = DAY, due_on: date | None = None) -> ReminderRound:
    return ReminderRound.objects.create(
        plan=plan, opened_on=opened_on, due_on=due_on or opened_on, opened_by=make_account()
    )


def make_reminder(
    round_: ReminderRound,
    initiative: Initiative,
    account: Account,
    *,
    sent_at: datetime | None = None,
    answered_with: Status | None = None,
) -> Reminder:
    return Reminder.objects.create(
        round=round_, initiative=initiative, account=account, sent_at=sent_at, answered_with=answered_with
    )
