"""The demo's initiatives: where they stand in the plans, two years of status, money, relations, decisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from robust.demo.content import content
from robust.demo.people import Units
from robust.demo.plans import Plans
from robust.organisation.models import Account
from robust.programme.models import (
    Decision,
    Forum,
    Funding,
    Initiative,
    Meeting,
    Placement,
    PlanRelation,
    ProblemInitiative,
    Status,
)

HISTORY_DAYS = 720
LATEST_DAYS_AGO = (2, 17)
LOCAL = ZoneInfo("Europe/Copenhagen")
CONSULTANT = "konsulent@demo.example"
WARD_LEADER = "funktionsleder@demo.example"
MANAGEMENT = "afdelingsledelse@demo.example"
ENDED = {"stopped", "done", "handed_over"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """What the initiatives hang on: units, accounts by e-mail, plans and forums."""

    units: Units
    accounts: dict[str, Account]
    plans: Plans
    forums: dict[str, Forum]


def make_initiatives(cast: Cast, *, today: date, random: Random) -> list[Initiative]:
    """Make all initiatives with what belongs to them, in the order they are told."""
    told = content("initiatives")["initiatives"]
    group_order = list(dict.fromkeys(place for entry in told for place in entry["places"]))
    made = Initiative.objects.bulk_create(
        _initiative(cast, entry, today=today, number=number) for number, entry in enumerate(told)
    )
    for number, (initiative, entry) in enumerate(zip(made, told, strict=True)):
        _place(cast, initiative, entry, order=group_order)
        _relate(cast, initiative, entry)
        statuses = Status.objects.bulk_create(_statuses(cast, initiative, entry, today=today, random=random))
        _date(initiative, statuses, today=today, number=number)
        _decide(cast, initiative, random=random)
    Initiative.objects.bulk_update(made, ["starts_on", "ends_on"])
    return made


def _date(initiative: Initiative, statuses: list[Status], *, today: date, number: int) -> None:
    """Let it begin before the first that was said of it, and end where it ended or a trial is to end."""
    days = sorted(status.dated_on for status in statuses)
    initiative.starts_on = days[0] - timedelta(days=7 + number % 40)
    if all(status.judgement in ENDED for status in _latest(statuses)):
        initiative.ends_on = days[-1] + timedelta(days=1)
    elif initiative.kind in {Initiative.Kind.TRIAL, Initiative.Kind.PROJECT}:
        initiative.ends_on = today + timedelta(days=20 + number * 37 % 400)


def _latest(statuses: list[Status]) -> list[Status]:
    return list(
        {status.unit_id: status for status in sorted(statuses, key=lambda one: one.dated_on)}.values()
    )


def _initiative(cast: Cast, entry: dict[str, Any], *, today: date, number: int) -> Initiative:
    owner, deputy = ((CONSULTANT, MANAGEMENT), (WARD_LEADER, CONSULTANT), (MANAGEMENT, WARD_LEADER))[
        number % 3
    ]
    party = entry.get("party")
    ended = entry["course"][-1][0] in ENDED
    forum = entry.get("forum")
    return Initiative(
        title=entry["title"],
        text=entry["text"],
        kind=entry["kind"],
        unit=cast.units[entry["unit"]],
        owner=cast.accounts[owner],
        deputy=cast.accounts[deputy],
        party=cast.units.parties[party] if party else None,
        starts_on=today - timedelta(days=HISTORY_DAYS + number),
        next_review_on=None if ended else today + timedelta(days=(number * 7) % 120 - 14),
        forum=cast.forums[forum] if forum else None,
        awaits_decision="awaits" in entry,
        decision_wanted=entry.get("awaits", ""),
    )


def _place(cast: Cast, initiative: Initiative, entry: dict[str, Any], *, order: list[str]) -> None:
    """Put the initiative under its headings, in the order in which the headings are first told."""
    for place in entry["places"]:
        key, _, rest = place.partition("/")
        heading, _, group = rest.partition("/")
        Placement.objects.create(
            initiative=initiative,
            plan=cast.plans.by_key[key],
            area=cast.plans.areas.get((key, heading)),
            track=cast.plans.tracks.get(heading.removeprefix("#")),
            group=group,
            order=order.index(place),
        )


def _relate(cast: Cast, initiative: Initiative, entry: dict[str, Any]) -> None:
    for key, kind, reason, track in entry.get("relations", []):
        PlanRelation.objects.create(
            initiative=initiative,
            plan=cast.plans.by_key[key],
            kind=kind,
            reason=reason,
            owner=cast.accounts[CONSULTANT],
            track=cast.plans.tracks.get(track),
        )
    for track, number, level in entry.get("problems", []):
        ProblemInitiative.objects.create(
            problem=cast.plans.problems[track][number], initiative=initiative, level=level
        )
    for amount, source in entry.get("funding", []):
        Funding.objects.create(initiative=initiative, amount_dkk=amount, source=source)


def _statuses(
    cast: Cast, initiative: Initiative, entry: dict[str, Any], *, today: date, random: Random
) -> Iterator[Status]:
    first, *others = entry.get("sites", [entry["unit"]])
    for day, (judgement, text) in _dated(entry["course"], today=today, random=random):
        yield _status(cast, initiative, first, day, judgement, text)
    for site in others:
        for day, (judgement, _) in _dated(entry["course"][-2:], today=today, random=random):
            yield _status(cast, initiative, site, day, judgement, random.choice(content("sites")[judgement]))


def _dated(course: list[list[str]], *, today: date, random: Random) -> Iterator[tuple[date, list[str]]]:
    """Spread what was said over two years, the latest of it within the last weeks."""
    step = HISTORY_DAYS // len(course)
    for place, said in enumerate(reversed(course)):
        back = random.randint(*LATEST_DAYS_AGO) if place == 0 else place * step + random.randint(-25, 25)
        yield today - timedelta(days=back), said


def _status(cast: Cast, initiative: Initiative, site: str, day: date, judgement: str, text: str) -> Status:
    who = cast.accounts[CONSULTANT if site in {"psykiatrien", "aamunde", "ornstrup"} else WARD_LEADER]
    return Status(
        initiative=initiative,
        unit=cast.units[site],
        dated_on=day,
        judgement=judgement,
        text=text,
        reason=text if judgement == "stopped" else "",
        recorded_by=who,
        recorded_at=datetime.combine(day, time(14, 5), LOCAL),
    )


def _decide(cast: Cast, initiative: Initiative, *, random: Random) -> None:
    """Let the forum have approved the initiative at its first meeting."""
    if initiative.forum is None:
        return
    meeting = Meeting.objects.filter(forum=initiative.forum).earliest("held_on")
    Decision.objects.create(
        initiative=initiative,
        meeting=meeting,
        outcome=Decision.Outcome.APPROVED,
        reason=random.choice(content("sites")["decision_reasons"]),
        decided_by=cast.accounts[CONSULTANT],
        decided_at=datetime.combine(meeting.held_on, time(10, 30), LOCAL),
    )
