"""A page that asks for something: what it is called, who will see what is typed, and what the button says."""

from collections.abc import Iterable
from dataclasses import dataclass

from robust.organisation.queries import UnitTree


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """The words around a form."""

    title: str
    button: str
    back_url: str
    back: str = ""
    answer: str = ""
    seen_by: str = ""
    is_upload: bool = False


def unit_choices(tree: UnitTree, allowed: Iterable[int]) -> list[tuple[int, str]]:
    """Offer the allowed units of a tree, each moved in under what it belongs to."""
    offered = set(allowed)
    return [(node.id, "\u2003" * depth + node.name) for node, depth in tree.in_order() if node.id in offered]
