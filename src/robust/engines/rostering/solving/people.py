"""Each person's lawful lines: which diagram, from which start, and the cheapest line at given prices."""

from collections import defaultdict
from collections.abc import Collection, Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from robust.engines.rostering.frame import Frame
from robust.engines.rostering.lines import kernels, parts
from robust.engines.rostering.lines.automata import CannotCompile
from robust.engines.rostering.lines.diagram import Diagram, build
from robust.engines.rostering.rules import Accompanied, Apart, Count, LineRule, Unit
from robust.engines.rostering.solving import coupling

UNLAWFUL = 1e11


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lawful lines of one person from `first_day` on, for as many days as the diagram has."""

    diagram: Diagram
    root: int
    root_cost: int
    first_day: int = 0

    @property
    def day_count(self) -> int:
        """Give the number of days that are free to choose."""
        return self.diagram.layer.size - 2

    def cheapest(self, price: NDArray[np.float64]) -> tuple[float, int, NDArray[np.int16]]:
        """Give price, own cost and choices of the cheapest line at `price` (shape: its days, choices)."""
        whole = self.diagram
        lowest, which = kernels.grouped(price, whole.group_of, whole.group_count)
        to_end = np.empty(whole.node_count)
        kernels.cheapest_to_end(*whole.arcs, lowest, to_end)
        groups = np.empty(self.day_count, dtype=np.int16)
        paid = kernels.walk(*whole.arcs, lowest, to_end, self.root, groups)
        choices = which[np.arange(self.day_count), groups]
        return to_end[self.root] + self.root_cost, paid + self.root_cost, choices

    def to_end(self, price: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give the cheapest way from each node to the end at `price` (shape: its days, choices)."""
        whole = self.diagram
        lowest, _which = kernels.grouped(price, whole.group_of, whole.group_count)
        to_end = np.empty(whole.node_count)
        kernels.cheapest_to_end(*whole.arcs, lowest, to_end)
        return to_end

    def own_cost(self, choices: NDArray[np.int16]) -> int | None:
        """Give what a line costs by its person's rules, None where it is not lawful."""
        groups = self.diagram.group_of[choices].astype(np.int16)
        paid = kernels.follow_line(*self.diagram.arcs, self.root, groups)
        return None if paid < 0 else int(paid) + self.root_cost

    def lawful_cost(self, choices: NDArray[np.int16]) -> int:
        """Give what a line that is known to be lawful costs by its person's rules. Raises: ValueError."""
        cost = self.own_cost(choices)
        if cost is None:
            raise ValueError("The line is not lawful.")
        return cost

    def between(self, first_day: int, until: int, choices: NDArray[np.int16]) -> "Lines":
        """Give the lines that are as `choices` before `first_day` and from `until` on."""
        groups = self.diagram.group_of[choices].astype(np.int16)
        root, paid = kernels.node_after(*self.diagram.arcs, self.root, groups, first_day)
        forward = kernels.cut(*self.diagram.arcs, root, until, groups)
        layer, first, to, group, cost, roots = kernels.reduce(*forward, np.zeros(1, dtype=np.int64))
        part = Diagram(
            layer=layer,
            first=first,
            to=to,
            group=group,
            cost=cost,
            roots=roots,
            root_cost=np.zeros(1, dtype=np.int64),
            group_of=self.diagram.group_of,
        )
        return Lines(
            diagram=part, root=int(roots[0]), root_cost=self.root_cost + int(paid), first_day=first_day
        )


class NoLawfulLine(Exception):
    """The rules leave these people no line at all."""

    def __init__(self, people: tuple[str, ...]) -> None:
        super().__init__(", ".join(people))
        self.people = people


def lines_of(frame: Frame) -> tuple[tuple[Lines, ...], tuple[str, ...]]:
    """Give each person's lines, from one diagram per set of rules, and the rules that had to be left out.

    Left out is a rule that remembers too much to be held in a diagram. Raises: NoLawfulLine.
    """
    left_out = tuple(rule.id for rule in _line_rules(frame) if not _can_compile(frame, rule))
    made = _built(frame, [rule for rule in _line_rules(frame) if rule.id not in left_out])
    if without := tuple(frame.problem.people[k].id for k, lines in enumerate(made) if lines.root < 0):
        raise NoLawfulLine(without)
    return made, left_out


def loose_lines_of(frame: Frame, exact: tuple[Lines, ...], left_out: Collection[str]) -> tuple[Lines, ...]:
    """Give lines without the mere upper limits on shifts, where that makes a diagram much smaller.

    A line from there may break such a limit; whoever takes one looks whether the exact diagram has it.
    """
    rules = [rule for rule in _line_rules(frame) if rule.id not in left_out and not _is_limit(rule)]
    return tuple(
        wide if 2 * wide.diagram.to.size < narrow.diagram.to.size else narrow
        for wide, narrow in zip(_built(frame, rules), exact, strict=True)
    )


def _line_rules(frame: Frame) -> list[LineRule]:
    return [
        rule
        for rule in frame.problem.rules
        if not isinstance(rule, Apart | Accompanied) and not coupling.is_ban(rule)
    ]


def _can_compile(frame: Frame, rule: LineRule) -> bool:
    try:
        parts.parts_of(frame, [rule], frame.chosen(rule.who))
    except CannotCompile:
        return False
    return True


def _built(frame: Frame, rules: list[LineRule]) -> tuple[Lines, ...]:
    made: dict[int, Lines] = {}
    for shared, people in _alike(frame, rules):
        diagram = build(
            frame.day_count, frame.choice_count, parts.parts_of(frame, shared, people), len(people)
        )
        for start, person in enumerate(people):
            made[person] = Lines(
                diagram=diagram, root=int(diagram.roots[start]), root_cost=int(diagram.root_cost[start])
            )
    return tuple(made[person] for person in range(len(frame.problem.people)))


def _alike(frame: Frame, rules: list[LineRule]) -> list[tuple[list[LineRule], list[int]]]:
    """Put people together who have the same rules and can share a diagram."""
    marks: dict[int, list[tuple[int, Hashable]]] = {person: [] for person in range(len(frame.problem.people))}
    for number, rule in enumerate(rules):
        signatures = parts.signatures_of(frame, rule)
        for person in frame.chosen(rule.who):
            marks[person].append((number, signatures[person]))
    groups: dict[tuple[tuple[int, Hashable], ...], list[int]] = defaultdict(list)
    for person, marked in marks.items():
        groups[tuple(marked)].append(person)
    return [([rules[number] for number, _mark in marked], people) for marked, people in groups.items()]


def _is_limit(rule: LineRule) -> bool:
    return isinstance(rule, Count) and rule.unit is Unit.SHIFTS and rule.weight is None and not rule.minimum
