"""The demo's good examples and ideas."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from robust.demo.content import content
from robust.demo.people import Units
from robust.organisation.models import Account
from robust.programme.models import (
    Example,
    ExampleAdoption,
    Idea,
    IdeaSupport,
    Initiative,
    Recommendation,
)

LOCAL = ZoneInfo("Europe/Copenhagen")
TELLER = "amr@demo.example"
SENDER = "sygeplejerske@demo.example"
ANSWERER = "funktionsleder@demo.example"
IDEA_UNIT = "p2"
ADOPTED = (("Instruks i lommen", "Sundhedsassistenter med eget ansvar", "p1"),
           ("Lederen med i vagten", "Funktionslederen får en hverdag", "a1"))  # fmt: skip


def make_examples(
    units: Units, initiatives: list[Initiative], *, today: date, accounts: dict[str, Account]
) -> None:
    """Make the examples under their recommendations, and two that have been adopted."""
    recommendations = {one.number: one for one in Recommendation.objects.all()}
    told_fields = ("title", "place", "context", "prerequisites", "what_was_done", "result", "why_stopped")
    made = {}
    for entry in content("community")["examples"]:
        told = {name: entry.get(name, "") for name in told_fields}
        example = Example.objects.create(told_by=accounts[TELLER], **told)
        example.recommendations.set(recommendations[number] for number in entry["recommendations"])
        made[example.title] = example
    by_title = {initiative.title: initiative for initiative in initiatives}
    for title, initiative_title, unit_code in ADOPTED:
        ExampleAdoption.objects.create(
            example=made[title],
            unit=units[unit_code],
            initiative=by_title[initiative_title],
            adopted_on=today - timedelta(days=200),
        )


def make_ideas(units: Units, *, today: date, accounts: dict[str, Account], random: Random) -> None:
    """Make the idea bank, with support, answers and one merged idea."""
    made: dict[str, Idea] = {}
    supporters = sorted(accounts.values(), key=lambda account: account.email)[:60]
    for number, entry in enumerate(content("community")["ideas"]):
        idea = Idea.objects.create(
            title=entry["title"],
            text=entry["text"],
            unit=units[IDEA_UNIT],
            sender=accounts[SENDER],
            **_answer(entry, made, accounts, today=today, number=number),
        )
        sent_on = today - timedelta(days=6 + 9 * number)
        Idea.objects.filter(pk=idea.pk).update(created_at=datetime.combine(sent_on, time(2, 40), LOCAL))
        made[idea.title] = idea
        if not idea.merged_into_id:
            IdeaSupport.objects.bulk_create(
                IdeaSupport(idea=idea, account=account)
                for account in random.sample(supporters, random.randint(1, 25))
            )


def _answer(
    entry: dict[str, Any], made: dict[str, Idea], accounts: dict[str, Account], *, today: date, number: int
) -> dict[str, Any]:
    if "merged_into" in entry:
        return {"state": Idea.State.MERGED, "merged_into": made[entry["merged_into"]]}
    if "answer" not in entry:
        return {"state": entry["state"]}
    answered_on = today - timedelta(days=3 + 5 * number)
    return {
        "state": entry["state"],
        "answer": entry["answer"],
        "answered_by": accounts[ANSWERER],
        "answered_at": datetime.combine(answered_on, time(9, 15), LOCAL),
    }
