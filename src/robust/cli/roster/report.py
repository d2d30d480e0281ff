"""What a roster is worth, in lines: what must not be, what costs most, and how much better one could be."""

from collections import Counter
from datetime import timedelta

from robust.cli.roster import numbers
from robust.cli.roster.drawing import breach_words
from robust.cli.roster.finding import Found
from robust.config.words import gettext as _
from robust.engines.rostering import Problem, Verdict, Violation

MOST_VIOLATIONS, MOST_COSTS = 20, 10


def verdict_lines(problem: Problem, verdict: Verdict) -> list[str]:
    """Tell whether a roster is lawful, the first hard violations, and the costliest rules and people."""
    return [
        _lawful(verdict),
        *_violations(problem, verdict),
        _("Cost: %d.") % verdict.objective,
        *_costs(_("What costs most:"), _by_rule(problem, verdict)),
        *_costs(_("Whom it costs most:"), _by_person(problem, verdict)),
    ]


def proof_lines(found: Found) -> list[str]:
    """Tell how far from the best possible a roster is at most, and what the bound leaves out."""
    if found.bound is None:
        return [_("There is no bound, so nothing is known of how good the best roster is.")]
    told = {"bound": found.bound, "gap": numbers.share(found.gap)}
    lines = [
        _("No lawful roster costs less than this one.")
        if found.complete and found.verdict.lawful
        else _("No lawful roster costs less than %(bound)d; the gap is %(gap)s of the cost.") % told
    ]
    if found.relaxed_rules:
        lines.append(_("The bound leaves out these rules: %s.") % ", ".join(found.relaxed_rules))
    return lines


def _lawful(verdict: Verdict) -> str:
    if verdict.lawful:
        return _("The roster is lawful.")
    return _("The roster is not lawful. Hard rules are broken in %d places:") % verdict.hard_count


def _violations(problem: Problem, verdict: Verdict) -> list[str]:
    hard = [one for one in verdict.violations if one.hard]
    lines = [f"  {_violation(problem, one)}" for one in hard[:MOST_VIOLATIONS]]
    if len(hard) > MOST_VIOLATIONS:
        lines.append("  " + _("And %d more.") % (len(hard) - MOST_VIOLATIONS))
    return lines


def _violation(problem: Problem, one: Violation) -> str:
    names = _names(problem)
    first, latest = (
        (problem.horizon.starts_on + timedelta(days=day)).isoformat() for day in (one.first_day, one.last_day)
    )
    when = first if first == latest else f"{first} – {latest}"
    people = ", ".join(names[person] for person in one.people)
    rule = f"{one.rule} ({one.reference})" if one.reference else one.rule
    return " · ".join(filter(None, [when, people, f"{breach_words()[one.code]}: {one.amount}", rule]))


def _by_rule(problem: Problem, verdict: Verdict) -> Counter[str]:
    """Add up what demands and wishes cost by kind, as they have an id for each day."""
    kinds = {demand.id: _("staffing") for demand in problem.demands}
    kinds |= {wish.id: _("wishes") for wish in problem.wishes}
    costs: Counter[str] = Counter()
    for rule, cost in verdict.cost_by_rule.items():
        costs[kinds.get(rule, rule)] += cost
    return costs


def _by_person(problem: Problem, verdict: Verdict) -> Counter[str]:
    names = _names(problem)
    return Counter({names[person]: cost for person, cost in verdict.cost_by_person.items()})


def _costs(heading: str, costs: Counter[str]) -> list[str]:
    lines = [f"  {cost:>8}  {name}" for name, cost in costs.most_common(MOST_COSTS)]
    return [heading, *lines] if lines else []


def _names(problem: Problem) -> dict[str, str]:
    return {person.id: person.name or person.id for person in problem.people}
