"""What diagrams say of lines, and what the judge says of them, in one form."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from robust.engines.rostering.checking import check
from robust.engines.rostering.frame import Frame
from robust.engines.rostering.lines import diagram, parts
from robust.engines.rostering.lines.diagram import Diagram
from robust.engines.rostering.problem import Problem, Roster
from robust.engines.rostering.rules import LineRule

Line = tuple[int, ...]


def a_diagram(frame: Frame, rules: Sequence[LineRule], people: Sequence[int]) -> Diagram:
    """Build the diagram of people who share rules."""
    made = parts.parts_of(frame, rules, people)
    return diagram.build(frame.day_count, frame.choice_count, made, len(people))


def costs_in(built: Diagram, start: int, lines: Iterable[Line]) -> list[int | None]:
    """Follow lines from one of the roots; None where one is not lawful."""
    first, to = built.first.tolist(), built.to.tolist()
    group, cost, group_of = built.group.tolist(), built.cost.tolist(), built.group_of.tolist()

    def follow(line: Line) -> int | None:
        node, paid = int(built.roots[start]), int(built.root_cost[start])
        for choice in line:
            arcs = range(first[node], first[node + 1]) if node >= 0 else ()
            arc = next((arc for arc in arcs if group[arc] == group_of[choice]), None)
            if arc is None:
                return None
            node, paid = to[arc], paid + cost[arc]
        return paid

    return [follow(line) for line in lines]


def judged(problem: Problem, person: int, lines: Iterable[Line]) -> list[int | None]:
    """Judge lines of one person, each as if it were that of another person with the same past."""
    each = list(lines)
    twin = problem.people[person]
    people = tuple(replace(twin, id=str(place)) for place in range(len(each)))
    ids = [None, *(shift.id for shift in problem.shifts)]
    roster = Roster(lines=tuple(tuple(ids[choice] for choice in line) for line in each))
    return costs_of(replace(problem, people=people), roster)


def costs_of(problem: Problem, roster: Roster) -> list[int | None]:
    """Give what each person's line costs by the rules; None where it is not lawful."""
    costs: dict[str, int | None] = {person.id: 0 for person in problem.people}
    rules = {rule.id for rule in problem.rules}
    for breach in check(problem, roster).violations:
        if breach.rule not in rules:
            continue
        (person,) = breach.people
        so_far = costs[person]
        costs[person] = None if breach.hard or so_far is None else so_far + breach.cost
    return list(costs.values())
