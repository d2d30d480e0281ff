"""Who may ask what of the API of the programme: plans, tracks, initiatives, status and relations."""

from collections.abc import Callable
from typing import Any

from robust.organisation.models import Role
from tests.architecture.access import Access, World
from tests.programme.factories_more import make_relation

PLANNING = (Role.IMPROVEMENT_CONSULTANT, Role.DEPARTMENT_MANAGEMENT)
LEADING = (*PLANNING, Role.WARD_LEADER)


def ids(**names: str) -> Callable[[World], dict[str, Any]]:
    """Make an example of the parts of an address by the things of the world they name."""
    return lambda world: {part: world.things[name].pk for part, name in names.items()}


def plan(world: World) -> dict[str, Any]:
    return {"name": "Ny", "short_name": "Ny", "unit": world.hospital.pk, "starts_on": "2026-01-01"}


def initiative(world: World) -> dict[str, Any]:
    return {"title": "Ny", "unit": world.hospital.pk}


def status(world: World) -> dict[str, Any]:
    return {"unit": world.hospital.pk, "judgement": "on_track"}


def working(world: World) -> dict[str, Any]:
    return {"initiative": world.things["told"].pk, "level": "ward"}


def problem(world: World) -> dict[str, Any]:
    return {"track": world.things["track"].pk, "problem": world.things["link"].problem_id}


def reads(example: Callable[[World], dict[str, Any]] = lambda _world: {}) -> Access:
    return Access(who="signed_in", example=example)


def writes(
    method: Any,
    who: tuple[Role, ...],
    example: Callable[[World], dict[str, Any]] = lambda _world: {},
    body: Callable[[World], dict[str, Any]] = lambda _world: {},
) -> Access:
    return Access(who=who, method=method, example=example, form=body, content_type="application/json")


def furnish(world: World) -> None:
    make_relation(world.things["told"], world.things["other_plan"])


ACCESS = {
    f"api:{name}": line
    for name, line in {
        "plan_list": reads(),
        "plan_create": writes("post", PLANNING, body=plan),
        "plan_detail": reads(ids(plan="plan")),
        "plan_edit": writes("put", PLANNING, ids(plan="plan"), plan),
        "plan_initiatives": reads(ids(plan="plan")),
        "plan_change": reads(ids(plan="plan")),
        "plan_coverage": reads(ids(plan="plan")),
        "relation_matrix": reads(ids(plan="plan")),
        "track_list": reads(ids(plan="plan")),
        "track_create": writes("post", PLANNING, ids(plan="plan"), lambda _world: {"name": "Ny"}),
        "track_detail": reads(ids(track="track")),
        "track_edit": writes("put", PLANNING, ids(track="track"), lambda _world: {"name": "Ny"}),
        "problem_link": writes("post", PLANNING, problem, working),
        "problem_unlink": writes("delete", PLANNING, ids(link="link")),
        "initiative_list": reads(),
        "initiative_create": writes("post", LEADING, body=initiative),
        "initiative_detail": reads(ids(initiative="told")),
        "initiative_edit": writes("put", LEADING, ids(initiative="told"), initiative),
        "initiative_delete": writes("delete", LEADING, ids(initiative="untold")),
        "initiative_change": reads(ids(initiative="told")),
        "relation_detail": reads(ids(initiative="told", plan="other_plan")),
        "relation_edit": writes(
            "put",
            LEADING,
            ids(initiative="decided", plan="other_plan"),
            lambda _world: {"kind": "covered"},
        ),
        "relation_delete": writes("delete", LEADING, ids(initiative="decided", plan="other_plan")),
        "status_list": reads(),
        "status_create": writes("post", LEADING, ids(initiative="told"), status),
        "status_detail": reads(ids(status="status")),
    }.items()
}
