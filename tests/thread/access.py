"""Who may open the addresses of the thread."""

from typing import Any

from django.utils import timezone

from robust.organisation.models import Role
from robust.thread.models import Link
from tests.architecture.access import Access, World
from tests.programme.factories import make_initiative
from tests.thread.factories import make_thread_link

NOBODY: tuple[Role, ...] = ()
LEADING = (Role.IMPROVEMENT_CONSULTANT, Role.DEPARTMENT_MANAGEMENT, Role.WARD_LEADER)


def furnish(world: World) -> None:
    """Put two initiatives there that hang together, and a link that has ended."""
    source, target = (make_initiative(unit=world.hospital) for _ in range(2))
    today = timezone.localdate()
    ends = ("initiative", source.pk), ("initiative", target.pk)
    ended = {"ended_on": today, "ended_by": world.accounts[Role.IMPROVEMENT_CONSULTANT]}
    world.things["thread_open"] = make_thread_link(*ends, linked_on=today)
    world.things["thread_ended"] = make_thread_link(*ends, kind="answered", linked_on=today, **ended)


def link(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def the_link(world: World) -> dict[str, Any]:
    return {"link": world.things["thread_open"].pk}


def at_its_source(world: World) -> dict[str, Any]:
    return {"thing": "initiative", "pk": world.things["thread_open"].source_id}


def whole(world: World) -> dict[str, Any]:
    known: Link = world.things["thread_open"]
    other = f"{known.target_thing}-{known.target_id}"
    return {"way": "relevant.onwards", "other": other, "reason": "Samme afsnit."}


def sent(world: World) -> dict[str, Any]:
    known: Link = world.things["thread_open"]
    ends = {
        side: {"thing": end.thing, "id": end.id}
        for side, end in (("source", known.source), ("target", known.target))
    }
    return {"kind": "relevant", "reason": "Samme afsnit.", **ends}


ACCESS: dict[str, Access | tuple[Access, ...]] = {
    "thread:link_create": (
        Access(who=LEADING, example=at_its_source, query="words=Indsats"),
        Access(who=LEADING, example=at_its_source, method="post", form=whole),
    ),
    "thread:link_end": Access(who=LEADING, example=link("thread_open"), method="post"),
    "thread:link_again": Access(who=LEADING, example=link("thread_ended"), method="post"),
    "api:thread": Access(who=NOBODY, query="thing=initiative&id=999999999"),  # a thing that is not there
    "api:link_create": Access(who=LEADING, method="post", form=sent, content_type="application/json"),
    "api:link_end": Access(who=LEADING, example=the_link, method="post"),
}
