"""What changed between two days, as it is read on the screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from robust.engines.documents.comparing import Passage
from robust.programme.queries import Changed, FollowUp, FollowUpRow, SiteChange, Stated

Compare = Callable[[Stated | None, Stated | None], tuple[Passage, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLine:
    """What is said at a place, with what is new in it."""

    unit_id: int
    place: str
    status_id: int | None
    judgement: str
    judgement_before: str
    is_judgement_new: bool
    is_first: bool
    passages: tuple[Passage, ...]
    dated_on: date | None
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """An initiative, and what is new at its places."""

    initiative_id: int
    title: str
    owner: str
    heading: str
    is_added: bool
    is_ended: bool
    sites: tuple[SiteLine, ...]
    unchanged_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChangePage:
    """A page of what changed in a plan."""

    answer: str
    lines: tuple[ChangeLine, ...]


def plan_change(
    follow_up: FollowUp, *, changed: Sequence[Changed], count: int, compare: Compare
) -> PlanChangePage:
    """Show some of the changed initiatives of `count`; only these are compared word by word."""
    names = _names(follow_up)
    return PlanChangePage(
        answer=_answer(
            changed=len(changed),
            count=count,
            added=sum(one.is_added for one in changed),
            ended=sum(one.is_ended for one in changed),
        ),
        lines=tuple(_line(row, names=names, compare=compare) for row in follow_up.rows),
    )


def initiative_change(follow_up: FollowUp, *, compare: Compare) -> PlanChangePage:
    """Show one initiative with all its places, changed or not."""
    row = follow_up.rows[0]
    count = sum(site.is_changed for site in row.sites)
    answer = ngettext("%d place has something new.", "%d places have something new.", count) % count
    line = _line(row, names=_names(follow_up), compare=compare, with_unchanged=True)
    return PlanChangePage(answer=answer if count else _("Nothing new was said."), lines=(line,))


def _answer(*, changed: int, count: int, added: int, ended: int) -> str:
    if not changed:
        return _("Nothing changed between the two days.")
    counted = {"changed": changed, "count": count, "added": added, "ended": ended}
    return (
        ngettext(
            "Something is new in %(changed)d of %(count)d initiatives: %(added)d added, %(ended)d ended.",
            "Something is new in %(changed)d of %(count)d initiatives: %(added)d added, %(ended)d ended.",
            changed,
        )
        % counted
    )


def _names(follow_up: FollowUp) -> dict[int, str]:
    return {site.unit_id: site.name for site in follow_up.sites}


def _line(
    row: FollowUpRow, *, names: dict[int, str], compare: Compare, with_unchanged: bool = False
) -> ChangeLine:
    first = row.placements[0]
    shown = [site for site in row.sites if with_unchanged or site.is_changed]
    return ChangeLine(
        initiative_id=row.initiative_id,
        title=row.title,
        owner=row.party or row.owner,
        heading=" · ".join(part for part in (first.area, first.track, first.group) if part),
        is_added=row.is_added,
        is_ended=row.is_ended,
        sites=tuple(_site_line(site, name=names[site.unit_id], compare=compare) for site in shown),
        unchanged_count=len(row.sites) - len(shown),
    )


def _site_line(site: SiteChange, *, name: str, compare: Compare) -> SiteLine:
    now = site.after
    before_word = site.before.judgement if site.before else ""
    return SiteLine(
        unit_id=site.unit_id,
        place=name,
        status_id=now.status_id if now else None,
        judgement=now.judgement if now else "",
        judgement_before=before_word,
        is_judgement_new=now is not None and now.judgement != before_word,
        is_first=site.before is None,
        passages=compare(site.before, now),
        dated_on=now.dated_on if now else None,
        by=now.by if now else "",
    )
