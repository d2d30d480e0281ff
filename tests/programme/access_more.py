"""Who may open the pages of relations, meetings, ideas, examples and shares; access takes these lines in."""

from typing import Any

from robust.organisation.models import Role
from tests.architecture.access import Access, World
from tests.factories import DAY, make_party
from tests.programme.factories import make_forum, make_initiative, make_meeting, make_plan
from tests.programme.factories_more import (
    make_adoption,
    make_example,
    make_idea,
    make_question,
    make_share,
)

PLANNING = (Role.IMPROVEMENT_CONSULTANT, Role.DEPARTMENT_MANAGEMENT)
LEADING = (*PLANNING, Role.WARD_LEADER)
DECIDING = (Role.BOARD, Role.IMPROVEMENT_CONSULTANT)


def furnish_more(world: World) -> None:
    plan = make_plan(unit=world.hospital)
    forum = make_forum(unit=world.hospital)
    initiative = make_initiative(
        unit=world.hospital, plan=plan, forum=forum, awaits_decision=True, decision_wanted="Skal vi?"
    )
    meeting = make_meeting(forum)
    example = make_example()
    world.things.update(
        {
            "related_plan": plan,
            "other_plan": make_plan(unit=world.hospital),
            "forum": forum,
            "decided": initiative,
            "meeting": meeting,
            "question": make_question(initiative, meeting),
            "idea": make_idea(unit=world.ward),
            "other_idea": make_idea(unit=world.ward),
            "example": example,
            "adoption": make_adoption(example, world.ward),
            "share": make_share("access", unit=world.hospital, party=make_party()),
        }
    )


def of(name: str) -> Any:
    """Make an example that names a thing of the world by its number."""
    return lambda world: {"pk": world.things[name].pk}


def relation(world: World) -> dict[str, Any]:
    return {"pk": world.things["decided"].pk, "plan_id": world.things["other_plan"].pk}


def at_the_meeting(world: World) -> dict[str, Any]:
    return {"pk": world.things["meeting"].pk, "initiative_id": world.things["decided"].pk}


def day(_world: World) -> dict[str, Any]:
    return {"held_on": DAY.isoformat()}


ACCESS_MORE = {
    f"programme:{name}": line
    for name, line in {
        "relation_matrix": Access(who="signed_in", example=of("related_plan")),
        "relation_edit": (
            Access(who=LEADING, example=relation),
            Access(who=LEADING, example=relation, method="post", form=lambda _world: {"kind": "covered"}),
        ),
        "decision_ask": (
            Access(who=LEADING, example=of("decided")),
            Access(who=LEADING, example=of("decided"), method="post"),
        ),
        "decision_call_back": Access(who=LEADING, example=of("decided"), method="post"),
        "decision_again": Access(who=LEADING, example=of("decided"), method="post"),
        "relation_back": Access(who=LEADING, example=relation, method="post"),
        "forum_list": Access(who="signed_in"),
        "forum_create": (Access(who=PLANNING), Access(who=PLANNING, method="post")),
        "forum_detail": Access(who="signed_in", example=of("forum")),
        "meeting_create": Access(who=DECIDING, example=of("forum"), method="post", form=day),
        "meeting_detail": Access(who="signed_in", example=of("meeting")),
        "meeting_edit": (
            Access(who=DECIDING, example=of("meeting")),
            Access(who=DECIDING, example=of("meeting"), method="post", form=day),
        ),
        "decision_create": (
            Access(who=DECIDING, example=at_the_meeting),
            Access(
                who=DECIDING,
                example=at_the_meeting,
                method="post",
                form=lambda _world: {"outcome": "approved", "reason": "Ja."},
            ),
        ),
        "question_create": (
            Access(who=DECIDING, example=at_the_meeting),
            Access(
                who=DECIDING, example=at_the_meeting, method="post", form=lambda _world: {"text": "Hvad?"}
            ),
        ),
        "question_answer": (
            Access(who=LEADING, example=of("question")),
            Access(who=LEADING, example=of("question"), method="post", form=lambda _world: {"answer": "Ja."}),
        ),
        "idea_list": Access(who="signed_in"),
        "idea_create": (Access(who="signed_in"), Access(who="signed_in", method="post")),
        "idea_similar": Access(who="signed_in", query="title=nattevagter"),
        "idea_queue": Access(who=LEADING),
        "idea_detail": Access(who="signed_in", example=of("idea")),
        "idea_support": Access(who="signed_in", example=of("idea"), method="post"),
        "idea_withdraw": Access(who="signed_in", example=of("idea"), method="post"),
        "idea_answer": Access(
            who=LEADING,
            example=of("idea"),
            method="post",
            form=lambda _world: {"state": "declined", "answer": "Nej."},
        ),
        "idea_merge": (
            Access(who=LEADING, example=of("idea")),
            Access(
                who=LEADING,
                example=of("idea"),
                method="post",
                form=lambda world: {"into": world.things["other_idea"].pk},
            ),
        ),
        "example_list": Access(who="signed_in"),
        "example_create": (Access(who="signed_in"), Access(who="signed_in", method="post")),
        "example_detail": Access(who="signed_in", example=of("example")),
        "example_edit": (
            Access(who=PLANNING, example=of("example")),
            Access(who=PLANNING, example=of("example"), method="post"),
        ),
        "example_adopt": (
            Access(who=LEADING, example=of("example")),
            Access(
                who=LEADING,
                example=of("example"),
                method="post",
                form=lambda world: {"unit": world.ward.pk},
            ),
        ),
        "adoption_edit": (
            Access(who=LEADING, example=of("adoption")),
            Access(who=LEADING, example=of("adoption"), method="post"),
        ),
        "share_list": Access(who=PLANNING),
        "share_create": (Access(who=PLANNING), Access(who=PLANNING, method="post")),
        "share_revoke": Access(who=PLANNING, example=of("share"), method="post"),
        "share_open": Access(who="anyone", example=lambda _world: {"token": "access"}),
    }.items()
}
