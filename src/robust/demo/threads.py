"""The demo's threads: which ideas, examples, meetings and initiatives led to which."""

from datetime import date, timedelta

from robust.demo.content import content
from robust.organisation.models import Account
from robust.programme.models import Example, Idea, Initiative, Meeting, Plan, Track
from robust.thread.models import Link


def make_threads(*, today: date, accounts: dict[str, Account]) -> None:
    """Link what led to what; things are told by their titles, a meeting by its forum's first."""
    known = _by_title()
    Link.objects.bulk_create(
        Link(
            kind=entry["kind"],
            source_thing=entry["from"][0],
            source_id=known[tuple(entry["from"])],
            target_thing=entry["to"][0],
            target_id=known[tuple(entry["to"])],
            linked_on=today - timedelta(days=entry["days_ago"]),
            reason=entry["reason"],
            author=accounts[entry["author"]],
        )
        for entry in content("threads")["links"]
    )


def _by_title() -> dict[tuple[str, ...], int]:
    told = {
        "example": Example.objects.values_list("title", "pk"),
        "idea": Idea.objects.values_list("title", "pk"),
        "initiative": Initiative.objects.values_list("title", "pk"),
        "meeting": Meeting.objects.order_by("-held_on").values_list("forum__name", "pk"),
        "plan": Plan.objects.values_list("name", "pk"),
        "track": Track.objects.values_list("name", "pk"),
    }
    return {(thing, title): pk for thing, rows in told.items() for title, pk in rows}
