"""Random histories, held against a model that writes down every unit on every day."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from robust.organisation import actions, queries
from robust.organisation.models import Unit
from tests.factories import NOW, OPENED_ON, make_account

pytestmark = pytest.mark.django_db

DAYS = 9
NAMES = "abc"
State = tuple[str, str | None]  # name, parent's code
History = dict[str, list[State | None]]

day = st.integers(0, DAYS - 1)
number = st.integers(0, 4)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("open"), st.none() | number, day),
        st.tuples(st.just("rename"), number, st.sampled_from(NAMES), day),
        st.tuples(st.just("move"), number, st.none() | number, day),
        st.tuples(st.just("close"), number, day),
        st.tuples(st.just("reopen"), number, day),
        st.tuples(st.just("merge"), number, number, day),
    ),
    min_size=2,
    max_size=14,
)


class Refused(Exception):
    pass


@dataclass
class Naive:
    """Every unit on every day; the last day stands for all that follow."""

    days: History = field(default_factory=dict)

    def after(self, step: tuple[Any, ...]) -> "Naive":
        copy = Naive({code: list(states) for code, states in self.days.items()})
        getattr(copy, step[0])(*step[1:])
        copy.hold_together()
        return copy

    def code(self, wanted: int | None) -> str | None:
        return None if wanted is None else sorted(self.days)[wanted % len(self.days)]

    def open(self, parent: int | None, on: int) -> None:
        state = ("a", self.code(parent))
        self.days[f"u{len(self.days)}"] = [None] * on + [state] * (DAYS - on)

    def rename(self, unit: int, name: str, on: int) -> None:
        self.set_from(self.days[self.code(unit)], on, 0, name)

    def move(self, unit: int, parent: int | None, on: int) -> None:
        self.set_from(self.days[self.code(unit)], on, 1, self.code(parent))

    def close(self, unit: int, on: int) -> None:
        states = self.days[self.code(unit)]
        if on == 0 or states[on - 1] is None or not any(states[on:]):
            raise Refused
        states[on:] = [None] * (DAYS - on)

    def reopen(self, unit: int, on: int) -> None:
        states = self.days[self.code(unit)]
        if any(states[on:]) or not any(states):
            raise Refused
        latest = [state for state in states if state][-1]
        states[on:] = [latest] * (DAYS - on)

    def merge(self, unit: int, into: int, on: int) -> None:
        old, new = self.code(unit), self.code(into)
        if old == new or not all(self.days[new][on:]) or self.days[old][on] is None:
            raise Refused
        for states in self.days.values():
            states[on:] = [(s[0], new) if s and s[1] == old else s for s in states[on:]]
        self.close(unit, on)

    @staticmethod
    def set_from(states: list[State | None], on: int, place: int, value: str | None) -> None:
        if states[on] is None or states[on][place] == value:
            raise Refused
        before = states[on][place]
        for later in range(on, DAYS):
            if states[later] is None or states[later][place] != before:
                break
            changed = list(states[later])
            changed[place] = value
            states[later] = tuple(changed)

    def hold_together(self) -> None:
        for on in range(DAYS):
            for code, states in self.days.items():
                seen, above = {code}, states[on] and states[on][1]
                while above:
                    if above in seen or self.days[above][on] is None:
                        raise Refused
                    seen.add(above)
                    above = self.days[above][on][1]


def really(step: tuple[Any, ...], actor: Any) -> None:
    """Do the same through the actions."""
    kind, *rest = step
    units = list(Unit.objects.order_by("code"))
    pick = lambda wanted: None if wanted is None else units[wanted % len(units)]  # noqa: E731 a word for one place
    on = OPENED_ON + timedelta(days=rest[-1])
    said = {"actor": actor, "now": NOW}
    match kind:
        case "open":
            parent = pick(rest[0])
            place = {"code": f"u{len(units)}", "name": "a", "level": "unit", "unit_type": None}
            actions.open_unit(**place, parent=parent, opens_on=on, **said)
        case "rename":
            actions.change_unit(unit=pick(rest[0]), name=rest[1], unit_type=None, from_on=on, **said)
        case "move":
            actions.move_unit(unit=pick(rest[0]), parent=pick(rest[1]), from_on=on, **said)
        case "close":
            actions.close_unit(unit=pick(rest[0]), closes_on=on, **said)
        case "reopen":
            actions.reopen_unit(unit=pick(rest[0]), opens_on=on, **said)
        case "merge":
            actions.merge_units(units=[pick(rest[0])], into=pick(rest[1]), happens_on=on, **said)


def as_written(naive: Naive, on: int) -> dict[str, State]:
    return {code: states[on] for code, states in naive.days.items() if states[on]}


def as_read(on: int) -> dict[str, State]:
    tree = queries.tree_on(OPENED_ON + timedelta(days=on))
    codes = {node.id: node.code for node in tree.nodes.values()}
    return {node.code: (node.name, codes.get(node.parent_id)) for node in tree.nodes.values()}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=steps)
def test_any_history_reads_back_on_every_day_as_it_was_written(steps):
    with transaction.atomic():
        actor = make_account()
        naive = Naive().after(("open", None, 0))
        really(("open", None, 0), actor)
        for step in steps:
            try:
                expected = naive.after(step)
            except Refused:
                with pytest.raises(actions.CannotChangeTree), transaction.atomic():
                    really(step, actor)
            else:
                really(step, actor)
                naive = expected
            assert [as_read(on) for on in range(DAYS)] == [as_written(naive, on) for on in range(DAYS)], step
        transaction.set_rollback(True)
