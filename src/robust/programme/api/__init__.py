"""What programs ask of the room: one module and one router per noun."""

from robust.programme.api import (
    board,
    change,
    colleague,
    decision,
    example,
    handout,
    idea,
    initiative,
    plan,
    reading,
    relation,
    reminder,
    share,
    status,
    track,
)

ROUTERS = (
    plan.router,
    track.router,
    initiative.router,
    status.router,
    change.router,
    relation.router,
    reading.router,
    handout.router,
    board.router,
    decision.router,
    colleague.router,
    idea.router,
    example.router,
    reminder.router,
    share.router,
)
