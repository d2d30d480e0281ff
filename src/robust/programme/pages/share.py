"""What a link shows a party outside, and the list of links."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import ngettext, pgettext_lazy

from robust.programme.models import Initiative, PartyShare, Status

STATES = {
    "open": pgettext_lazy("link", "open"),
    "ended": pgettext_lazy("link", "ended"),
    "taken_back": pgettext_lazy("link", "taken back"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLine:
    """A link in the list of those who manage it."""

    pk: int
    party: str
    unit: str
    ends_on: date
    made_by: str
    state: str
    is_open: bool
    made_at: datetime
    taken_back_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedStatus:
    """The latest status at a place, without who wrote it."""

    place: str
    judgement: str
    text: str
    reason: str
    dated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedInitiative:
    """An initiative as a party sees it: no names of people."""

    title: str
    text: str
    place: str
    judgement: str | None
    statuses: tuple[SharedStatus, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePage:
    """What a link shows."""

    party: str
    unit: str
    ends_on: date
    answer: str
    initiatives: tuple[SharedInitiative, ...]


def share_lines(shares: Iterable[PartyShare], *, day: date) -> tuple[ShareLine, ...]:
    """Show the links with what they are today."""
    return tuple(_line(share, day=day) for share in shares)


def share_open(
    share: PartyShare, *, initiatives: Iterable[Initiative], statuses: Mapping[int, tuple[Status, ...]]
) -> SharePage:
    """Show what the party owns, with the latest status at each place."""
    shown = tuple(_initiative(row, statuses.get(row.pk, ())) for row in initiatives)
    said = ngettext(
        "%(party)s owns %(count)d initiative at %(unit)s.",
        "%(party)s owns %(count)d initiatives at %(unit)s.",
        len(shown),
    )
    words: dict[str, Any] = {"party": share.party.name, "count": len(shown), "unit": share.unit.name}
    return SharePage(
        party=share.party.name,
        unit=share.unit.name,
        ends_on=share.ends_on,
        answer=said % words,
        initiatives=shown,
    )


def _initiative(initiative: Initiative, statuses: tuple[Status, ...]) -> SharedInitiative:
    return SharedInitiative(
        title=initiative.title,
        text=initiative.text,
        place=initiative.unit.name,
        judgement=statuses[0].judgement if statuses else None,
        statuses=tuple(
            SharedStatus(
                place=status.unit.name,
                judgement=status.judgement,
                text=status.text,
                reason=status.reason,
                dated_on=status.dated_on,
            )
            for status in statuses
        ),
    )


def state_of(share: PartyShare, *, day: date) -> str:
    """Say whether a link is open, ended or taken back."""
    return "taken_back" if share.revoked_at else "ended" if share.ends_on <= day else "open"


def link_of(token: str) -> str:
    """Give the address that opens a share: shown once, to whoever made it."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('programme:share_open', args=[token])}"


def _line(share: PartyShare, *, day: date) -> ShareLine:
    state = state_of(share, day=day)
    return ShareLine(
        pk=share.pk,
        party=share.party.name,
        unit=share.unit.name,
        ends_on=share.ends_on,
        made_by=share.made_by.name,
        state=str(STATES[state]),
        is_open=state == "open",
        made_at=share.created_at,
        taken_back_at=share.revoked_at,
    )
