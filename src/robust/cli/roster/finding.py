"""One search for a roster: all at once, or week by week as the competition's second stage asks for."""

from argparse import Namespace
from dataclasses import dataclass
from itertools import chain

from robust.cli.roster.files import Competition, Ward
from robust.cli.roster.progress import Teller
from robust.cli.roster.stopping import Deadline
from robust.config.words import Refused
from robust.config.words import gettext as _
from robust.engines import rostering
from robust.engines.rostering import (
    NoLawfulLine,
    Problem,
    Roster,
    Solution,
    StopRule,
    TooHeavy,
    TooLarge,
    Verdict,
)

USUAL_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A roster with what is known of it; `gap` is a share of its cost, None where there is no bound."""

    roster: Roster
    verdict: Verdict
    bound: int | None
    gap: float | None
    seconds: float
    iterations: int
    seed: int
    workers: int
    relaxed_rules: tuple[str, ...]
    complete: bool


def find(ward: Ward, arguments: Namespace, *, start: Roster | None) -> Found:
    """Search until the time is over, or Ctrl-C. Raises: Refused, also for what is impossible."""
    if arguments.staged and start is not None:
        raise Refused(_("A search week by week has no roster to begin with; leave out --start."))
    deadline = Deadline(_seconds(arguments))
    teller = Teller()
    search = _Search(arguments=arguments, teller=teller)
    try:
        with deadline.listening():
            if arguments.staged:
                return search.by_weeks(ward, deadline)
            return search.at_once(ward.problem, deadline, start)
    finally:
        teller.end()


def _seconds(arguments: Namespace) -> float | None:
    if arguments.seconds is None and arguments.iterations is None:
        return USUAL_SECONDS
    seconds: float | None = arguments.seconds
    return seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    arguments: Namespace
    teller: Teller

    def at_once(self, problem: Problem, deadline: Deadline, start: Roster | None) -> Found:
        solution = self._solved(problem, deadline, start)
        return self._found(solution, deadline=deadline)

    def by_weeks(self, ward: Ward, deadline: Deadline) -> Found:
        """Solve each week without knowing the later ones; the whole is judged as the static problem."""
        if ward.competition is None:
            raise Refused(_("Only problems of the competition can be solved week by week."))
        solutions = self._weeks(ward.problem.name, ward.competition, deadline)
        roster = Roster(
            lines=tuple(
                tuple(chain.from_iterable(parts))
                for parts in zip(*(one.roster.lines for one in solutions), strict=True)
            )
        )
        return Found(
            roster=roster,
            verdict=rostering.check(ward.problem, roster),
            bound=None,
            gap=None,
            seconds=deadline.seconds,
            iterations=sum(one.iterations for one in solutions),
            seed=self.arguments.seed,
            workers=self.arguments.workers,
            relaxed_rules=(),
            complete=False,
        )

    def _weeks(self, name: str, competition: Competition, deadline: Deadline) -> list[Solution]:
        history, solutions = competition.history, []
        for place, text in enumerate(competition.weeks):
            week = rostering.inrc2.read_week(competition.scenario, history, text, name=name)
            part = deadline.part(1 / (len(competition.weeks) - place))
            solution = self._solved(week, part, None)
            history = rostering.inrc2_solutions.next_history(week, solution.roster, history=history)
            solutions.append(solution)
        return solutions

    def _solved(self, problem: Problem, deadline: Deadline, start: Roster | None) -> Solution:
        try:
            return rostering.solve(
                problem,
                stop=StopRule(expired=deadline.is_over, iterations=self.arguments.iterations),
                seed=self.arguments.seed,
                workers=self.arguments.workers,
                start=start,
                on_progress=self.teller.tell,
            )
        except (NoLawfulLine, TooHeavy, TooLarge) as error:
            raise Refused(why_impossible(error, problem)) from error

    def _found(self, solution: Solution, *, deadline: Deadline) -> Found:
        return Found(
            roster=solution.roster,
            verdict=solution.verdict,
            bound=solution.bound,
            gap=solution.gap,
            seconds=deadline.seconds,
            iterations=solution.iterations,
            seed=solution.seed,
            workers=self.arguments.workers,
            relaxed_rules=solution.relaxed_rules,
            complete=solution.complete,
        )


def why_impossible(error: NoLawfulLine | TooHeavy | TooLarge, problem: Problem) -> str:
    """Give the sentence for a ward that the solver cannot begin with."""
    if isinstance(error, TooHeavy):
        return _("The weights are so heavy that what a roster costs cannot be counted. Make them smaller.")
    if isinstance(error, TooLarge):
        return _(
            "The rules leave somebody more possible rows of days than can be kept in memory. Plan a "
            "shorter period, or leave out the rules with the longest windows."
        )
    names = {person.id: person.name or person.id for person in problem.people}
    told = ", ".join(names[person] for person in error.people)
    return (
        _(
            "There is no lawful roster: no row of days is lawful for %s, whatever others do. Look at "
            "what is fixed for them, at their history and at the rules that hold for them."
        )
        % told
    )
