"""The demo's plans with areas and tracks, and the forums with their meetings."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from robust.demo.content import content
from robust.demo.people import Units
from robust.programme.models import (
    Area,
    Forum,
    Meeting,
    Plan,
    Problem,
    ProcessGoal,
    SuccessSign,
    Track,
)

DAYS_BETWEEN_MEETINGS = 28
LATEST_MEETING_DAYS_AGO = 20
MEETING_COUNT = 24
TARGET_SET_ON = date(2022, 6, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """The demo's plans by key, areas by plan key and name, tracks and problems by track key."""

    by_key: dict[str, Plan]
    areas: dict[tuple[str, str], Area]
    tracks: dict[str, Track]
    problems: dict[str, list[Problem]]


def make_plans(units: Units, *, today: date) -> Plans:
    """Make the three plans with everything under them but initiatives."""
    made = Plans(by_key={}, areas={}, tracks={}, problems={})
    for order, entry in enumerate(content("plans")["plans"]):
        plan = Plan.objects.create(
            name=entry["name"],
            short_name=entry["short_name"],
            purpose=entry["purpose"],
            unit=units[entry["unit"]],
            starts_on=today - timedelta(days=30 * entry["months_ago"]),
            order=order,
        )
        made.by_key[entry["key"]] = plan
        for place, name in enumerate(entry["areas"]):
            made.areas[entry["key"], name] = Area.objects.create(plan=plan, name=name, order=place)
        for place, track in enumerate(entry.get("tracks", [])):
            _make_track(made, plan, track, order=place)
    return made


def _make_track(made: Plans, plan: Plan, entry: dict[str, Any], *, order: int) -> None:
    track = Track.objects.create(plan=plan, name=entry["name"], purpose=entry["purpose"], order=order)
    ProcessGoal.objects.bulk_create(
        ProcessGoal(track=track, text=text, order=place) for place, text in enumerate(entry["goals"])
    )
    SuccessSign.objects.bulk_create(
        _sign(track, sign, order=place) for place, sign in enumerate(entry["signs"])
    )
    made.tracks[entry["key"]] = track
    made.problems[entry["key"]] = Problem.objects.bulk_create(
        Problem(track=track, text=text, order=place) for place, text in enumerate(entry["problems"])
    )


def _sign(track: Track, entry: dict[str, Any], *, order: int) -> SuccessSign:
    number = entry.get("number")
    return SuccessSign(
        track=track,
        text=entry["text"],
        target_kind=entry["kind"],
        target_number=number,
        target_unit=entry.get("unit", ""),
        target_series=entry.get("series", ""),
        target_source=entry.get("source", ""),
        target_set_on=TARGET_SET_ON if number is not None else None,
        order=order,
    )


def make_forums(units: Units, *, today: date) -> dict[str, Forum]:
    """Make the forums with two years of meetings and the next one; give them by name."""
    forums = {}
    note = content("sites")["meeting_note"]
    for entry in content("organisation")["forums"]:
        forum = Forum.objects.create(name=entry["name"], unit=units[entry["unit"]])
        latest = today - timedelta(days=LATEST_MEETING_DAYS_AGO)
        Meeting.objects.bulk_create(
            Meeting(forum=forum, held_on=latest - timedelta(days=DAYS_BETWEEN_MEETINGS * back), note=note)
            for back in range(-1, MEETING_COUNT)
        )
        forums[forum.name] = forum
    return forums
