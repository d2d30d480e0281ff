"""What many pages show the same way: an initiative in a list, and how far it is at a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from robust.programme.models import Initiative, Judgement, Placement, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is said of an initiative at a place."""

    status_id: int
    unit_id: int
    place: str
    judgement: str
    text: str
    reason: str
    dated_on: date
    by: str
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeRow:
    """An initiative in a list; its state is the latest thing said of it, at whatever place."""

    initiative_id: int
    title: str
    kind: str
    owner: str
    unit: str
    state: Standing | None
    place_count: int
    at_risk_count: int
    next_review_on: date | None
    is_review_late: bool
    headings: tuple[str, ...]
    made_at: datetime
    changed_at: datetime

    @property
    def is_risk_elsewhere(self) -> bool:
        """Whether a place is at risk while the latest word, from another place, does not say so."""
        return bool(self.at_risk_count) and self.state is not None and self.state.judgement != "at_risk"


def standing(status: Status, *, since: datetime | None = None) -> Standing:
    """Show a status; it is new if it was written after the reader's previous visit."""
    return Standing(
        status_id=status.pk,
        unit_id=status.unit_id,
        place=status.unit.name,
        judgement=status.judgement,
        text=status.text,
        reason=status.reason,
        dated_on=status.dated_on,
        by=status.recorded_by.name,
        is_new=since is not None and status.recorded_at > since,
    )


def initiative_row(
    initiative: Initiative,
    *,
    statuses: Sequence[Status],
    placements: Sequence[Placement] = (),
    day: date,
    since: datetime | None = None,
) -> InitiativeRow:
    """Show an initiative in a list; `statuses` are the latest of each place, newest first."""
    review_on = initiative.next_review_on
    return InitiativeRow(
        initiative_id=initiative.pk,
        title=initiative.title,
        kind=initiative.get_kind_display(),
        owner=owner_name(initiative),
        unit=initiative.unit.name,
        state=standing(statuses[0], since=since) if statuses else None,
        place_count=len(statuses),
        at_risk_count=sum(status.judgement == Judgement.AT_RISK for status in statuses),
        next_review_on=review_on,
        is_review_late=review_on is not None and review_on < day,
        headings=tuple(heading(placement) for placement in placements),
        made_at=initiative.created_at,
        changed_at=initiative.updated_at,
    )


def judgement_word(judgement: str) -> str:
    """Say how a status judges; it need not."""
    return str(Judgement(judgement).label) if judgement else _("not judged")


def owner_name(initiative: Initiative) -> str:
    """Name who owns an initiative: a party outside the hospital, or somebody in it."""
    if initiative.party:
        return initiative.party.name
    return initiative.owner.name if initiative.owner else ""


def heading(placement: Placement) -> str:
    """Name a place in a plan in one line."""
    parts = [placement.plan.short_name]
    parts += [part.name for part in (placement.area, placement.track) if part]
    return " · ".join(parts)
