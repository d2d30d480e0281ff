"""Who may open the addresses of the programme; the lines of its other parts stand in modules beside this."""

from typing import Any

from django.utils import timezone

from robust.organisation.models import Role
from tests.architecture.access import Access, World
from tests.programme import access_api, access_api_more, access_documents, access_more
from tests.programme.factories import (
    make_initiative,
    make_plan,
    make_problem,
    make_reminder,
    make_round,
    make_status,
    make_track,
)

PLANNING = (Role.IMPROVEMENT_CONSULTANT, Role.DEPARTMENT_MANAGEMENT)
LEADING = (*PLANNING, Role.WARD_LEADER)


def furnish(world: World) -> None:
    """Put a plan there with a track, a problem, an initiative nobody has spoken of, and one with status."""
    plan = make_plan(unit=world.hospital)
    track = make_track(plan)
    untold, told = (make_initiative(unit=world.hospital, plan=plan, track=track) for _ in range(2))
    round_ = make_round(plan, opened_on=timezone.localdate())
    make_reminder(round_, told, world.accounts[Role.WARD_LEADER])
    problem = make_problem(track, "Uro", told)
    world.things.update(
        {
            "plan": plan,
            "track": track,
            "untold": untold,
            "told": told,
            "status": make_status(told),
            "round": round_,
            "link": problem.initiatives.get(),
        }
    )
    access_documents.furnish(world)
    access_more.furnish_more(world)
    access_api.furnish(world)


def of(name: str) -> Any:
    """Make an example that names a thing of the world by its number."""
    return lambda world: {"pk": world.things[name].pk}


def both(who: tuple[Role, ...], **more: Any) -> tuple[Access, Access]:
    """A form is shown to those who may send it."""
    return Access(who=who, **more), Access(who=who, method="post", **more)


ACCESS: dict[str, Access | tuple[Access, ...]] = {
    f"programme:{name}": line
    for name, line in {
        "initiative_list": Access(who="signed_in"),
        "initiative_create": both(LEADING),
        "initiative_detail": Access(who="signed_in", example=of("told")),
        "initiative_edit": both(LEADING, example=of("told")),
        "initiative_delete": Access(who=LEADING, example=of("untold"), method="post"),
        "initiative_change": Access(who="signed_in", example=of("told")),
        "status_create": both(LEADING, example=of("told")),
        "status_draft": Access(who=LEADING, example=of("told"), method="post"),
        "status_draft_forget": Access(who=LEADING, example=of("told"), method="post"),
        "status_detail": Access(who="signed_in", example=of("status")),
        "plan_list": Access(who="signed_in"),
        "plan_create": both(PLANNING),
        "plan_detail": Access(who="signed_in", example=of("plan")),
        "plan_edit": both(PLANNING, example=of("plan")),
        "plan_change": Access(who="signed_in", example=of("plan")),
        "track_create": both(PLANNING, example=of("plan")),
        "track_detail": Access(who="signed_in", example=of("track")),
        "track_edit": both(PLANNING, example=of("track")),
        "problem_link": Access(who=PLANNING, example=of("track"), method="post"),
        "problem_unlink": Access(who=PLANNING, example=of("link"), method="post"),
        "problem_again": Access(who=PLANNING, example=of("link"), method="post"),
        "round_list": Access(who=PLANNING, example=of("plan")),
        "round_open": both(PLANNING, example=of("plan")),
        "round_detail": Access(who=PLANNING, example=of("round")),
        "matrix": Access(who="signed_in"),
        "timeline": Access(who="signed_in"),
    }.items()
}
ACCESS |= access_documents.ACCESS
ACCESS |= access_more.ACCESS_MORE
ACCESS |= access_api.ACCESS
ACCESS |= access_api_more.ACCESS
