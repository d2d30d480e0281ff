"""A roster as one page of HTML: people by days, shifts in tones, weekends ruled, violations outlined."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from html import escape

from robust.engines.rostering.checking.verdict import Violation
from robust.engines.rostering.formats import presence, tones
from robust.engines.rostering.formats.clock_words import WEEKDAYS, from_minutes
from robust.engines.rostering.formats.picture_style import STYLE, WORDS
from robust.engines.rostering.frame import Frame
from robust.engines.rostering.problem import Demand, Person, Problem, Roster, Shift

FEW_DAYS = 14  # a violation over more days is marked at the person, not at each day
SEPARATOR = " · "
Cell = tuple[str, int]


def draw(
    problem: Problem,
    roster: Roster,
    violations: Sequence[Violation] = (),
    words: Mapping[str, str] = WORDS,
) -> str:
    """Draw a roster as a page that stands alone and can be printed.

    `words` are those of `WORDS` and of the codes of violations; what is missing is told in English or by its
    code. Raises: KeyError for a shift that is not there.
    """
    return _Picture(problem=problem, roster=roster, violations=violations, words={**WORDS, **words}).page()


@dataclass(frozen=True, kw_only=True)
class _Picture:
    problem: Problem
    roster: Roster
    violations: Sequence[Violation]
    words: Mapping[str, str]

    @cached_property
    def days(self) -> list[date]:
        first = self.problem.horizon.starts_on
        return [first + timedelta(days=day) for day in range(self.problem.horizon.day_count)]

    @cached_property
    def names(self) -> dict[str, str]:
        return {person.id: person.name or person.id for person in self.problem.people}

    @cached_property
    def signs(self) -> dict[str, str]:
        return tones.signs(self.problem)

    @cached_property
    def tones(self) -> dict[str, tones.Tone]:
        return tones.tones(self.problem)

    @cached_property
    def at_cells(self) -> dict[Cell, list[Violation]]:
        """Violations over few days, by person and day."""
        found = defaultdict(list)
        for one in self.violations:
            if one.last_day - one.first_day < FEW_DAYS:
                for day in range(max(0, one.first_day), one.last_day + 1):
                    for person in one.people:
                        found[person, day].append(one)
        return found

    @cached_property
    def at_demands(self) -> dict[Cell, list[Violation]]:
        """Violations that concern nobody in particular, by demand and day."""
        found = defaultdict(list)
        for one in self.violations:
            if not one.people:
                found[one.rule, one.first_day].append(one)
        return found

    @cached_property
    def at_people(self) -> dict[str, list[Violation]]:
        """Violations over many days, by person."""
        found = defaultdict(list)
        for one in self.violations:
            if one.last_day - one.first_day >= FEW_DAYS:
                for person in one.people:
                    found[person].append(one)
        return found

    def page(self) -> str:
        name, language = escape(self.problem.name), escape(self.words["language"])
        period = f"{self.days[0].isoformat()} – {self.days[-1].isoformat()}"
        return (
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{name}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
            f"<h1>{name}</h1>\n<p>{period}</p>\n"
            f'<div class="wide"><table>\n{self._head()}\n{self._body()}\n{self._foot()}\n</table></div>\n'
            f"{self._legend()}\n{self._listing()}\n</body>\n</html>\n"
        )

    def _head(self) -> str:
        cells = (
            f'<th scope="col"{_attributes(_weekend(day))}>'
            f"<small>{self._word(WEEKDAYS[day.weekday()])}</small>{day.day}"
            f"{f'/{day.month}' if place == 0 or day.day == 1 else ''}</th>"
            for place, day in enumerate(self.days)
        )
        return f'<thead><tr><th scope="row">{self._word("person")}</th>{"".join(cells)}</tr></thead>'

    def _body(self) -> str:
        rows = (
            self._row(person, line)
            for person, line in zip(self.problem.people, self.roster.lines, strict=True)
        )
        return "<tbody>\n" + "\n".join(rows) + "\n</tbody>"

    def _row(self, person: Person, line: Sequence[str | None]) -> str:
        broken = self.at_people.get(person.id, [])
        heading = (
            f'<th scope="row"{_attributes(_severity(broken), title=self._told(broken))}>'
            f"{escape(self.names[person.id])}</th>"
        )
        cells = (self._cell(person, day, shift) for day, shift in enumerate(line))
        return f"<tr>{heading}{''.join(cells)}</tr>"

    def _cell(self, person: Person, day: int, shift: str | None) -> str:
        broken = self.at_cells.get((person.id, day), [])
        tone = self.tones[shift] if shift is not None else ""
        kinds = (_weekend(self.days[day]), tone, _severity(broken))
        title = SEPARATOR.join(part for part in (shift or "", self._told(broken)) if part)
        sign = escape(self.signs[shift]) if shift is not None else ""
        return f"<td{_attributes(*kinds, title=title)}>{sign}</td>"

    def _foot(self) -> str:
        frame = Frame(self.problem)
        kinds: dict[tuple[object, ...], dict[int, Demand]] = {}
        for demand in self.problem.demands:
            kinds.setdefault((demand.shifts, demand.interval, demand.who), {})[demand.day] = demand
        rows = (self._staffing(demands, frame) for demands in kinds.values())
        return "<tfoot>\n" + "\n".join(rows) + "\n</tfoot>"

    def _staffing(self, demands: Mapping[int, Demand], frame: Frame) -> str:
        example = next(iter(demands.values()))
        counts = presence.present(example, frame=frame, roster=self.roster)
        cells = (self._count(count, demands.get(day), self.days[day]) for day, count in enumerate(counts))
        heading = escape(_asked(example))
        title = self.words["staffing"]
        return f'<tr><th scope="row"{_attributes(title=title)}>{heading}</th>{"".join(cells)}</tr>'

    def _count(self, count: int, demand: Demand | None, day: date) -> str:
        if demand is None:
            return f"<td{_attributes(_weekend(day))}></td>"
        broken = self.at_demands.get((demand.id, demand.day), [])
        wanted = demand.minimum if demand.wanted is None else demand.wanted
        kinds = (_weekend(day), "short" if count < wanted else "", _severity(broken))
        return f"<td{_attributes(*kinds, title=self._told(broken))}>{count}/{wanted}</td>"

    def _legend(self) -> str:
        clocks = len({shift.starts_minute for shift in self.problem.shifts}) > 1
        entries = (
            f'<span><b class="{self.tones[shift.id]}">{escape(self.signs[shift.id])}</b> '
            f"{escape(_named(shift, clocks=clocks))}</span>"
            for shift in self.problem.shifts
        )
        return f'<h2>{self._word("shifts")}</h2>\n<p class="legend">{"".join(entries)}</p>'

    def _listing(self) -> str:
        heading = f"<h2>{self._word('violations')}</h2>\n"
        if not self.violations:
            return f"{heading}<p>{self._word('no_violations')}</p>"
        rows = (f"<li>{escape(self._line(one))}</li>" for one in self.violations)
        return f"{heading}<ol>\n" + "\n".join(rows) + "\n</ol>"

    def _line(self, one: Violation) -> str:
        first = self.problem.horizon.starts_on + timedelta(days=one.first_day)
        latest = self.problem.horizon.starts_on + timedelta(days=one.last_day)
        days = first.isoformat() if first == latest else f"{first.isoformat()} – {latest.isoformat()}"
        people = ", ".join(self.names.get(person, person) for person in one.people)
        return SEPARATOR.join(part for part in (days, people, self._told([one])) if part)

    def _told(self, violations: Iterable[Violation]) -> str:
        return "\n".join(
            SEPARATOR.join(
                (
                    self.words.get(one.code, one.code),
                    one.rule,
                    f"{one.amount}",
                    self.words["hard"] if one.hard else f"{self.words['cost']} {one.cost}",
                )
            )
            for one in violations
        )

    def _word(self, key: str) -> str:
        return escape(self.words[key])


def _attributes(*kinds: str, title: str = "") -> str:
    classes = " ".join(kind for kind in kinds if kind)
    return (f' class="{classes}"' if classes else "") + (f' title="{escape(title)}"' if title else "")


def _weekend(day: date) -> str:
    return {5: "saturday", 6: "sunday"}.get(day.weekday(), "")


def _severity(violations: Sequence[Violation]) -> str:
    if not violations:
        return ""
    return "hard" if any(one.hard for one in violations) else "soft"


def _asked(demand: Demand) -> str:
    if demand.interval is not None:
        when = "–".join(from_minutes(list(demand.interval)))
    else:
        when = ", ".join(sorted(demand.shifts))
    who = sorted(demand.who.competences | demand.who.groups | demand.who.ids)
    return SEPARATOR.join((when, *who))


def _named(shift: Shift, *, clocks: bool) -> str:
    name = shift.label or shift.id
    if not clocks:
        return name
    ends = (shift.starts_minute + shift.length_minutes) % tones.DAY
    return f"{name} {from_minutes(shift.starts_minute)}–{from_minutes(ends)}"
