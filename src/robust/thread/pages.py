"""What the page for linking shows, and what the audit trail calls what is done."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from robust.core.registry import Found, ThreadKind
from robust.thread.models import End

AUDIT_WORDS: dict[str, Promise] = {
    "thread.ended": _("ended a connection"),
    "thread.linked": _("connected two things"),
}
ONWARDS, BACK = "onwards", "back"


def ways(kinds: Mapping[str, ThreadKind], *, thing: str) -> list[tuple[str, str]]:
    """Offer how a thing can hang together with another: from its side, in words that follow on its title."""
    offered = []
    for name, kind in kinds.items():
        onwards, back = str(kind.onwards), str(kind.back)
        if not kind.sources or thing in kind.sources:
            offered.append((f"{name}.{ONWARDS}", onwards))
        if back != onwards:
            offered.append((f"{name}.{BACK}", back))
    return offered


def others(found: Mapping[End, Found]) -> list[tuple[str, str]]:
    """Offer things to choose among, each with what sort of thing it is."""
    return [(f"{end.thing}-{end.id}", f"{thing.title} ({thing.kind})") for end, thing in found.items()]
