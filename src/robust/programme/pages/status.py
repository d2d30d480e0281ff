"""The page of one status: what was said, what is new in it, and where it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from robust.engines.documents.comparing import Passage
from robust.programme.models import Placement, Reminder, Status
from robust.programme.pages.shown import Standing, heading, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPage:
    """A status, compared with the one before it at the place."""

    status: Status
    shown: Standing
    before: Standing | None
    passages: tuple[Passage, ...]
    shown_in: tuple[str, ...]
    forum: str
    newer: Standing | None
    waiting: tuple[Reminder, ...]
    is_own: bool


def status_detail(
    status: Status,
    *,
    before: Status | None,
    passages: Sequence[Passage],
    placements: Sequence[Placement],
    latest: Status | None,
    waiting: Sequence[Reminder],
    is_own: bool,
) -> StatusPage:
    """Show a status; `latest` is the place's latest, `waiting` what else the reader is asked for."""
    is_latest = latest is None or latest.pk == status.pk
    forum = status.initiative.forum
    return StatusPage(
        status=status,
        shown=standing(status),
        before=standing(before) if before else None,
        passages=tuple(passages),
        shown_in=tuple(dict.fromkeys(heading(placement) for placement in placements)),
        forum=forum.name if forum else "",
        newer=None if is_latest or latest is None else standing(latest),
        waiting=tuple(waiting),
        is_own=is_own,
    )
