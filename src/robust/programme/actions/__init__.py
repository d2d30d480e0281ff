"""Changes to plans, initiatives, status and rounds of reminders: one function per use case."""

from robust.programme.actions.handout import forget_handouts
from robust.programme.actions.initiative import (
    CannotDeleteInitiative,
    ChangedMeanwhile,
    InitiativeParts,
    change_initiative,
    create_initiative,
    delete_initiative,
)
from robust.programme.actions.parts import Part
from robust.programme.actions.plan import change_plan, create_plan
from robust.programme.actions.reminder import (
    JOB_KIND,
    CannotOpenRound,
    claim_mail,
    give_back_mail,
    open_round,
)
from robust.programme.actions.status import (
    CannotRecordStatus,
    StatusMeanwhile,
    forget_draft,
    forget_drafts,
    keep_draft,
    record_status,
)
from robust.programme.actions.track import (
    TrackParts,
    change_track,
    create_track,
    link_problem,
    unlink_problem,
)

__all__ = [
    "JOB_KIND",
    "CannotDeleteInitiative",
    "CannotOpenRound",
    "CannotRecordStatus",
    "ChangedMeanwhile",
    "InitiativeParts",
    "Part",
    "StatusMeanwhile",
    "TrackParts",
    "change_initiative",
    "change_plan",
    "change_track",
    "claim_mail",
    "create_initiative",
    "create_plan",
    "create_track",
    "delete_initiative",
    "forget_draft",
    "forget_drafts",
    "forget_handouts",
    "give_back_mail",
    "keep_draft",
    "link_problem",
    "open_round",
    "record_status",
    "unlink_problem",
]
