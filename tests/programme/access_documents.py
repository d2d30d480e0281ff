"""Who may open the addresses for reading documents and for handing over."""

from robust.organisation.models import Role
from robust.programme.actions import handout as handout_actions
from robust.programme.models import Plan
from tests.architecture.access import EVERY_ROLE, Access, World
from tests.factories import DAY, NOW, make_stored_file
from tests.programme.factories import make_initiative, make_plan
from tests.programme.reading_documents import make_reading

PLANNERS = (Role.IMPROVEMENT_CONSULTANT, Role.DEPARTMENT_MANAGEMENT)


def furnish(world: World) -> None:
    """Put a read document with one row and a written handout there."""
    plan: Plan = world.things.get("plan") or make_plan(unit=world.hospital)
    world.things["plan"] = plan
    world.things["reading"] = make_reading(
        {"text": "Nattevagter deles", "similar": make_initiative(unit=world.hospital)}, plan=plan
    )

    order = handout_actions.Order(plan=plan, kind="pdf", dated_on=DAY, compared_on=None, sites=())
    maker = world.accounts[Role.IMPROVEMENT_CONSULTANT]
    handout = handout_actions.order_handout(order, actor=maker, now=NOW)
    handout.file = make_stored_file(b"%PDF", name="plan.pdf")
    handout.save()
    world.things["handout"] = handout


def handout(world: World) -> dict[str, int]:
    return {"pk": world.things["handout"].pk}


def reading(world: World) -> dict[str, int]:
    return {"pk": world.things["reading"].pk}


def row(world: World) -> dict[str, int]:
    return {**reading(world), "number": 1}


def plan(world: World) -> dict[str, int]:
    return {"plan_pk": world.things["plan"].pk}


ACCESS = {
    "programme:reading_list": Access(who=PLANNERS),
    "programme:reading_create": Access(who=PLANNERS),
    "programme:reading_detail": Access(who=PLANNERS, example=reading),
    "programme:reading_file": Access(who=PLANNERS, example=reading),
    "programme:reading_row": Access(who=PLANNERS, example=row),
    "programme:reading_row_choice": Access(
        who=PLANNERS, example=row, method="post", form=lambda _world: {"choice": "new"}
    ),
    "programme:reading_row_back": Access(who=PLANNERS, example=row, method="post"),
    "programme:reading_join_similar": Access(who=PLANNERS, example=reading, method="post"),
    "programme:reading_take_over": Access(who=PLANNERS, example=reading, method="post"),
    "programme:reading_drop": Access(who=PLANNERS, example=reading, method="post"),
    "programme:handout_list": Access(who="signed_in"),
    "programme:handout_detail": Access(who=(Role.IMPROVEMENT_CONSULTANT,), example=handout),
    "programme:handout_file": Access(who=(Role.IMPROVEMENT_CONSULTANT,), example=handout),
    "programme:handout_create": Access(who=EVERY_ROLE, example=plan),
    "programme:template_edit": Access(who=PLANNERS, example=plan),
    "programme:template_remove": Access(who=PLANNERS, example=plan, method="post"),
    "programme:template_again": Access(who=PLANNERS, example=plan, method="post"),
}
