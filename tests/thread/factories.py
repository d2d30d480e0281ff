"""Make links for tests, and two kinds of things that stand in no room."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from robust.core.registry import Found, Thing
from robust.organisation.models import Account
from robust.thread.models import Link
from tests.factories import DAY

Named = tuple[str, int]


def make_thread_link(
    source: Named, target: Named, *, kind: str = "became", linked_on: date = DAY, **fields: Any
) -> Link:
    """Make a link between things named as ("initiative", 17)."""
    return Link.objects.create(
        kind=kind,
        source_thing=source[0],
        source_id=source[1],
        target_thing=target[0],
        target_id=target[1],
        linked_on=linked_on,
        **fields,
    )


def make_thing(label: str, sight: Mapping[int, Collection[int]]) -> Thing:
    """Make a thing of which each account, by its id, sees and may change some ids."""

    def seen(account: Account, ids: Collection[int], *, day: date) -> dict[int, Found]:
        visible = set(ids) & set(sight.get(account.pk, ()))
        return {pk: Found(title=f"{label} {pk}", url=f"/{label}/{pk}/", kind=label) for pk in visible}

    def searched(account: Account, *, words: str, day: date) -> dict[int, Found]:
        return seen(account, sight.get(account.pk, ()), day=day) if words == label else {}

    def changeable(account: Account, ids: Collection[int], *, day: date) -> set[int]:
        return set(seen(account, ids, day=day))

    return Thing(label=label, seen=seen, searched=searched, changeable=changeable)
