"""What programs may ask of documents, handouts, forums, ideas, examples, rounds and shares."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from robust.organisation.models import Role
from tests.architecture.access import Access, World
from tests.factories import DAY
from tests.programme.factories_more import make_recommendation

PLANNING = (Role.IMPROVEMENT_CONSULTANT, Role.DEPARTMENT_MANAGEMENT)
LEADING = (*PLANNING, Role.WARD_LEADER)
DECIDING = (Role.BOARD, Role.IMPROVEMENT_CONSULTANT)


def of(name: str, **more: Any) -> Any:
    """Make an example that names a thing of the world under its own name."""
    return lambda world: {name: world.things[name].pk, **more}


def sent(body: Any) -> dict[str, Any]:
    """Send what `body` makes of the world, as JSON."""
    return {"form": lambda world: json.dumps(body(world)), "content_type": "application/json"}


def document(world: World) -> dict[str, Any]:
    plan = world.things["plan"]
    file = SimpleUploadedFile("plan.csv", b"a;b")
    return {"file": file, "plan": plan.pk, "unit": plan.unit_id, "dated_on": DAY.isoformat()}


READING = of("reading")
READINGS = {
    "reading_list": Access(who=PLANNING),
    "reading_create": Access(who=PLANNING, method="post", form=document),
    "reading_detail": Access(who=PLANNING, example=READING),
    "reading_rows": Access(who=PLANNING, example=READING),
    "reading_row": Access(
        who=PLANNING, example=of("reading", number=1), method="patch", **sent(lambda _world: {})
    ),
    "reading_join_similar": Access(who=PLANNING, example=READING, method="post"),
    "reading_take_over": Access(who=PLANNING, example=READING, method="post"),
    "reading_drop": Access(who=PLANNING, example=READING, method="post"),
    "reading_file": Access(who=PLANNING, example=READING),
}


def template(_world: World) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("vores.pptx", b"not slides")}


PLAN = of("plan")
MAKER = (Role.IMPROVEMENT_CONSULTANT,)
HANDOUTS = {
    "handout_list": Access(who="signed_in"),
    "handout_create": Access(who="signed_in", example=PLAN, method="post", **sent(lambda _world: {})),
    "handout_detail": Access(who=MAKER, example=of("handout")),
    "handout_file": Access(who=MAKER, example=of("handout")),
    "template_detail": Access(who=(), example=PLAN),
    "template_edit": Access(who=PLANNING, example=PLAN, method="post", form=template),
    "template_remove": Access(who=PLANNING, example=PLAN, method="delete"),
}


def forum(world: World) -> dict[str, Any]:
    return {"name": "Et nyt forum", "unit": world.hospital.pk}


def day(_world: World) -> dict[str, Any]:
    return {"held_on": DAY.isoformat()}


def about(**more: Any) -> dict[str, Any]:
    return sent(lambda world: {"initiative": world.things["decided"].pk, **more})


def wanted(world: World) -> dict[str, Any]:
    return {"forum": world.things["forum"].pk, "wanted": "Skal vi?"}


def decided(world: World) -> dict[str, Any]:
    return {"initiative": world.things["decided"].pk}


FORUM, MEETING, QUESTION = of("forum"), of("meeting"), of("question")
BOARD = {
    "forum_list": Access(who="signed_in"),
    "forum_create": Access(who=PLANNING, method="post", **sent(forum)),
    "forum_detail": Access(who="signed_in", example=FORUM),
    "forum_waiting": Access(who="signed_in", example=FORUM),
    "meeting_list": Access(who="signed_in", example=FORUM),
    "meeting_create": Access(who=DECIDING, example=FORUM, method="post", **sent(day)),
    "meeting_detail": Access(who="signed_in", example=MEETING),
    "meeting_edit": Access(who=DECIDING, example=MEETING, method="put", **sent(day)),
    "meeting_changes": Access(who="signed_in", example=MEETING),
    "meeting_ended": Access(who="signed_in", example=MEETING),
    "decision_list": Access(who="signed_in"),
    "decision_create": Access(
        who=DECIDING, example=MEETING, method="post", **about(outcome="approved", reason="Ja.")
    ),
    "decision_ask": Access(who=LEADING, example=decided, method="post", **sent(wanted)),
    "decision_call_back": Access(who=LEADING, example=decided, method="delete"),
    "question_list": Access(who="signed_in"),
    "question_create": Access(who=DECIDING, example=MEETING, method="post", **about(text="Hvad?")),
    "account_list": Access(who=LEADING),
    "question_answer": Access(
        who=LEADING, example=QUESTION, method="put", **sent(lambda _world: {"answer": "Ja."})
    ),
}


def idea(world: World) -> dict[str, Any]:
    return {"title": "Ny", "unit": world.ward.pk}


def told(_world: World) -> dict[str, Any]:
    words = {"title": "Ny", "place": "Her", "what_was_done": "Det."}
    return words | {"recommendations": [make_recommendation().pk]}


def due(_world: World) -> dict[str, Any]:
    return {"due_on": "2199-01-01"}


def share(world: World) -> dict[str, Any]:
    return {"party": world.things["share"].party_id, "unit": world.ward.pk, "ends_on": "2199-01-01"}


IDEA, EXAMPLE, ROUND = of("idea"), of("example"), of("round")
BANK = {
    "idea_list": Access(who="signed_in"),
    "idea_queue": Access(who=LEADING),
    "idea_similar": Access(who="signed_in"),
    "idea_create": Access(who="signed_in", method="post", **sent(idea)),
    "idea_detail": Access(who="signed_in", example=IDEA),
    "idea_support": Access(who="signed_in", example=IDEA, method="post"),
    "idea_withdraw": Access(who="signed_in", example=IDEA, method="delete"),
    "idea_answer": Access(
        who=LEADING,
        example=IDEA,
        method="put",
        **sent(lambda _world: {"state": "declined", "answer": "Nej."}),
    ),
    "idea_merge": Access(
        who=LEADING,
        example=IDEA,
        method="post",
        **sent(lambda world: {"into": world.things["other_idea"].pk}),
    ),
    "recommendation_list": Access(who="signed_in"),
    "example_list": Access(who="signed_in"),
    "example_create": Access(who="signed_in", method="post", **sent(told)),
    "example_detail": Access(who="signed_in", example=EXAMPLE),
    "example_edit": Access(who=PLANNING, example=EXAMPLE, method="put", **sent(told)),
    "example_adopt": Access(
        who=LEADING, example=EXAMPLE, method="post", **sent(lambda world: {"unit": world.ward.pk})
    ),
    "adoption_edit": Access(
        who=LEADING, example=of("adoption"), method="put", **sent(lambda _world: {"result": "Ro."})
    ),
}
ROUNDS = {
    "round_list": Access(who=PLANNING, example=PLAN),
    "round_open": Access(who=PLANNING, example=PLAN, method="post", **sent(due)),
    "round_detail": Access(who=PLANNING, example=ROUND),
    "reminder_list": Access(who=PLANNING, example=ROUND),
    "open_reminder_list": Access(who="signed_in"),
    "share_list": Access(who=PLANNING),
    "share_create": Access(who=PLANNING, method="post", **sent(share)),
    "share_revoke": Access(who=PLANNING, example=of("share"), method="post"),
}
LINES = READINGS | HANDOUTS | BOARD | BANK | ROUNDS
ACCESS = {f"api:{name}": line for name, line in LINES.items()}
