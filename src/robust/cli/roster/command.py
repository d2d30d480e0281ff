"""The verbs of `robust roster`: solve, check, convert."""

import json
from argparse import Namespace
from contextlib import suppress
from dataclasses import asdict

from robust.cli.roster import files, finding, report
from robust.cli.roster.finding import Found
from robust.config.words import gettext as _
from robust.engines import rostering
from robust.engines.rostering import Problem, Verdict

LAWFUL, UNLAWFUL = 0, 1


def run(arguments: Namespace) -> int:
    """Do what the verb says; give 0 for a lawful roster, 1 for one that is not. Raises: Refused."""
    return {"solve": _solve, "check": _check, "convert": _convert}[arguments.verb](arguments)


def _solve(arguments: Namespace) -> int:
    ward = files.read_ward(arguments.file, form=arguments.format, instance=arguments.instance)
    if arguments.out is not None:
        files.check_place(arguments.out, ward)
    start = None if arguments.start is None else files.read_roster(arguments.start, ward)
    found = finding.find(ward, arguments, start=start)
    if arguments.out is not None:
        files.write_roster(arguments.out, ward, found.roster, found.verdict)
    with suppress(BrokenPipeError):
        print(_as_json(found) if arguments.json else "\n".join(_found_lines(ward.problem, found)))
    return LAWFUL if found.verdict.lawful else UNLAWFUL


def _as_json(found: Found) -> str:
    told = {
        "objective": found.verdict.objective,
        "bound": found.bound,
        "gap": found.gap,
        "seconds": round(found.seconds, 3),
        "violations": found.verdict.hard_count,
        "seed": found.seed,
        "iterations": found.iterations,
        "lawful": found.verdict.lawful,
        "workers": found.workers,
        "complete": found.complete,
        "relaxed_rules": list(found.relaxed_rules),
    }
    return json.dumps(told, ensure_ascii=False, allow_nan=False)


def _found_lines(problem: Problem, found: Found) -> list[str]:
    told = {"seconds": found.seconds, "seed": found.seed, "iterations": found.iterations}
    return [
        *report.verdict_lines(problem, found.verdict),
        *report.proof_lines(found),
        _("%(seconds).0f seconds, seed %(seed)d, %(iterations)d iterations.") % told,
    ]


def _check(arguments: Namespace) -> int:
    ward = files.read_ward(arguments.file, form=arguments.format, instance=arguments.instance)
    verdict = rostering.check(ward.problem, files.read_roster(arguments.roster, ward))
    lines = report.verdict_lines(ward.problem, verdict)
    with suppress(BrokenPipeError):
        print(_verdict_as_json(verdict) if arguments.json else "\n".join(lines))
    return LAWFUL if verdict.lawful else UNLAWFUL


def _verdict_as_json(verdict: Verdict) -> str:
    told = {
        "objective": verdict.objective,
        "violations": verdict.hard_count,
        "lawful": verdict.lawful,
        "cost_by_rule": verdict.cost_by_rule,
        "cost_by_person": verdict.cost_by_person,
        "found": [asdict(one) for one in verdict.violations],
    }
    return json.dumps(told, ensure_ascii=False, allow_nan=False)


def _convert(arguments: Namespace) -> int:
    ward = files.read_ward(arguments.file, form=arguments.format, instance=arguments.instance)
    if arguments.roster is None:
        files.write_problem(arguments.out, ward, form=arguments.to)
        return LAWFUL
    roster = files.read_roster(arguments.roster, ward)
    files.write_as(arguments.to, arguments.out, ward, roster, rostering.check(ward.problem, roster))
    return LAWFUL
