"""Make ideas, examples, relations, questions and shares for tests; the rest stands in factories."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from robust.organisation.models import Account, Party, Unit
from robust.programme.models import (
    Example,
    ExampleAdoption,
    Idea,
    IdeaSupport,
    Initiative,
    Meeting,
    PartyShare,
    Plan,
    PlanRelation,
    Question,
    Recommendation,
)
from robust.programme.queries.share import digest_of
from tests.factories import DAY, NOW, make_account, make_party, make_unit
from tests.programme.factories import make_meeting

_numbers = count(1)


def make_relation(initiative: Initiative, plan: Plan, kind: str = "covered", **fields: Any) -> PlanRelation:
    return PlanRelation.objects.create(initiative=initiative, plan=plan, kind=kind, **fields)


def make_idea(
    title: str = "",
    *,
    unit: Unit | None = None,
    sender: Account | None = None,
    supporters: tuple[Account, ...] = (),
    created_at: datetime | None = None,
    **fields: Any,
) -> Idea:
    """Make an idea with its sender's support and that of the supporters."""
    sender = sender or make_account()
    idea = Idea.objects.create(
        title=title or f"Idé {next(_numbers)}", unit=unit or make_unit(), sender=sender, **fields
    )
    for account in (sender, *supporters):
        IdeaSupport.objects.create(idea=idea, account=account)
    if created_at:
        Idea.objects.filter(pk=idea.pk).update(created_at=created_at)
    return idea


def make_recommendation(number: int = 1) -> Recommendation:
    """Give a recommendation; the migrations bring all eleven, unless a test's clean-up took them."""
    return Recommendation.objects.get_or_create(number=number, defaults={"name": f"Anbefaling {number}"})[0]


def make_example(
    title: str = "", *, number: int = 0, told_by: Account | None = None, **fields: Any
) -> Example:
    """Make an example; with `number` it hangs under that recommendation."""
    texts = {"place": "Et andet hospital", "what_was_done": "Vi mødtes ti minutter hver dag.", **fields}
    example = Example.objects.create(
        title=title or f"Eksempel {next(_numbers)}", told_by=told_by or make_account(), **texts
    )
    if number:
        example.recommendations.add(make_recommendation(number))
    return example


def make_adoption(
    example: Example, unit: Unit | None = None, *, adopted_on: date = DAY, **fields: Any
) -> ExampleAdoption:
    return ExampleAdoption.objects.create(
        example=example, unit=unit or make_unit(), adopted_on=adopted_on, **fields
    )


def make_question(
    initiative: Initiative,
    meeting: Meeting | None = None,
    *,
    text: str = "Hvornår ved vi mere?",
    answer: str = "",
) -> Question:
    answered = {"answered_by": make_account(), "answered_at": NOW} if answer else {}
    return Question.objects.create(
        initiative=initiative,
        meeting=meeting or make_meeting(),
        text=text,
        asked_by=make_account(),
        asked_at=NOW,
        answer=answer,
        **answered,
    )


def make_share(
    link: str = "link",
    *,
    party: Party | None = None,
    unit: Unit | None = None,
    ends_on: date = date(2099, 1, 1),
    revoked_at: datetime | None = None,
    made_by: Account | None = None,
) -> PartyShare:
    return PartyShare.objects.create(
        party=party or make_party(),
        unit=unit or make_unit(),
        digest=digest_of(link),
        ends_on=ends_on,
        revoked_at=revoked_at,
        made_by=made_by or make_account(),
    )


def at(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def queries_for(client: Client, url: str) -> int:
    """Count the queries of a page's second visit, when what is read once per process has been read."""
    client.get(url)
    with CaptureQueriesContext(connection) as context:
        assert client.get(url).status_code == 200
    return len(context)
