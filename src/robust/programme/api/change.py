"""The follow-up between two days: what was said then and now at each place, word by word."""

from datetime import date
from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import BaseModel

from robust.core.http import Against, AskedDay, Flag, Id, Paging, SignedInRequest, page_of
from robust.organisation import queries as organisation_queries
from robust.programme import queries
from robust.programme.api import found
from robust.programme.bridge import comparing

router = Router(tags=["follow-up"])


class PassageAnswer(Schema):
    """A stretch of text that is kept, new or removed."""

    text: str
    change: Literal["kept", "new", "removed"]


class StatedAnswer(Schema):
    """What was said at a place, when and by whom."""

    status: int
    dated_on: date
    judgement: str | None
    text: str
    reason: str
    by: str


class SiteChangeAnswer(Schema):
    """What was said at a place by the first day and by the second, and the words compared."""

    unit: int
    name: str
    before: StatedAnswer | None
    after: StatedAnswer | None
    is_changed: bool
    passages: list[PassageAnswer]


class HeadingsAnswer(Schema):
    """The headings an initiative stands under; empty where under none."""

    area: str
    track: str
    group: str


class SourceAnswer(Schema):
    """Where in a document an initiative was read."""

    file: str
    page: int
    cell: str


class FollowUpRowAnswer(Schema):
    """One initiative in the follow-up."""

    initiative: int
    title: str
    text: str
    owner: str
    party: str
    starts_on: date | None
    ends_on: date | None
    next_review_on: date | None
    placements: list[HeadingsAnswer]
    sites: list[SiteChangeAnswer]
    sources: list[SourceAnswer]
    is_added: bool
    is_ended: bool
    is_changed: bool


class FollowUpAnswer(Schema):
    """A part of the follow-up, and how many initiatives it holds in all."""

    title: str
    before_on: date
    after_on: date
    count: int
    items: list[FollowUpRowAnswer]


class Between(BaseModel):
    """The two days; the first is the latest meeting before the second, or 30 days before, if left out."""

    before: AskedDay = None
    after: AskedDay = None
    only_changed: Flag = False


@router.get("/plans/{plan}/changes", response=FollowUpAnswer, summary="A plan's follow-up between two days")
def plan_change(
    request: SignedInRequest, plan: Id, between: Query[Between], paging: Query[Paging]
) -> dict[str, Any]:
    day = timezone.localdate()
    units = organisation_queries.units_visible_to(request.user, day=day)
    visible = found.visible_plan(request, plan, day=day, units=units)
    before_on, after_on = _days(between, unit_id=visible.unit_id, day=day)
    follow_up = queries.follow_up_of_plan(
        visible,
        initiatives=queries.initiatives_visible_to(request.user, day=day, units=units),
        units=units,
        before_on=before_on,
        after_on=after_on,
        only_touched=between.only_changed,
    )
    return follow_up_answer(follow_up, paging=paging, only_changed=between.only_changed)


@router.get(
    "/initiatives/{initiative}/changes",
    response=FollowUpAnswer,
    summary="One initiative's follow-up between two days",
)
def initiative_change(request: SignedInRequest, initiative: Id, between: Query[Between]) -> dict[str, Any]:
    day = timezone.localdate()
    units = organisation_queries.units_visible_to(request.user, day=day)
    visible = found.visible_initiative(request, initiative, day=day, units=units)
    before_on, after_on = _days(between, unit_id=visible.unit_id, day=day)
    follow_up = queries.follow_up_of_initiative(visible, units=units, before_on=before_on, after_on=after_on)
    return follow_up_answer(follow_up, paging=Paging(), only_changed=between.only_changed)


def follow_up_answer(
    follow_up: queries.FollowUp, *, paging: Paging, only_changed: bool = False
) -> dict[str, Any]:
    """Show a part of a follow-up; only the texts of that part are compared."""
    rows = [row for row in follow_up.rows if row.is_changed or not only_changed]
    names = {site.unit_id: site.name for site in follow_up.sites}
    heading = {
        "title": follow_up.title,
        "before_on": follow_up.before_on,
        "after_on": follow_up.after_on,
    }
    return heading | page_of(rows, paging, lambda part: [_row(row, names) for row in part])


def _days(between: Between, *, unit_id: int, day: date) -> tuple[date, date]:
    after_on = between.after or day
    before_on = between.before or queries.usual_comparison_day(unit_id=unit_id, day=after_on)[0]
    if after_on < before_on:
        raise Against("after", _("The second day is before the first. Choose a later one."))
    return before_on, after_on


ROW = ("title", "text", "owner", "party", "starts_on", "ends_on", "next_review_on", "placements", "sources",
       "is_added", "is_ended", "is_changed")  # fmt: skip


def _row(row: queries.FollowUpRow, names: dict[int, str]) -> dict[str, Any]:
    sites = [_site(site, names[site.unit_id]) for site in row.sites]
    return {name: getattr(row, name) for name in ROW} | {"initiative": row.initiative_id, "sites": sites}


def _site(site: queries.SiteChange, name: str) -> dict[str, Any]:
    return {
        "unit": site.unit_id,
        "name": name,
        "before": stated_answer(site.before),
        "after": stated_answer(site.after),
        "is_changed": site.is_changed,
        "passages": comparing.passages_between(site.before, site.after),
    }


def stated_answer(stated: queries.Stated | None) -> dict[str, Any] | None:
    """Show what was said, if anything was."""
    if stated is None:
        return None
    return {
        "status": stated.status_id,
        "dated_on": stated.dated_on,
        "judgement": stated.judgement or None,
        "text": stated.text,
        "reason": stated.reason,
        "by": stated.by,
    }
