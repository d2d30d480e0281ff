"""Wards and rosters in files: which form a file has, reading it, and writing it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from robust.cli.roster import drawing, refusals
from robust.config.words import Refused
from robust.config.words import gettext as _
from robust.engines import rostering
from robust.engines.rostering import Problem, ProblemRefused, Roster, Verdict, inrc2

BY_SUFFIX = {".csv": "curtois", ".html": "html", ".json": "robust", ".xlsx": "xlsx"}
_Writer = Callable[[Path, "Ward", Roster, Verdict], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Competition:
    """The texts of an instance of the competition, and what its files of solutions are called."""

    scenario: str
    history: str
    weeks: tuple[str, ...]
    solutions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ward:
    """A problem, and for the competition's form the texts that it was read from."""

    path: Path
    problem: Problem
    competition: Competition | None = None


def read_ward(path: Path, *, form: str | None, instance: str | None) -> Ward:
    """Read a problem in the form that is named, or that the file looks like. Raises: Refused."""
    form = form or _form_of(path)
    if form == "inrc2":
        return _read_competition(path, instance)
    text = _text(path)
    with _refusing(path):
        if form == "robust":
            return Ward(path=path, problem=rostering.problem_from_json(text))
        return Ward(path=path, problem=rostering.curtois.read_problem(text, name=path.stem))


def _form_of(path: Path) -> str:
    if path.is_dir():
        return "inrc2"
    return "robust" if path.suffix == ".json" else "curtois"


def _read_competition(folder: Path, instance: str | None) -> Ward:
    if not folder.is_dir():
        raise Refused(_("There is no folder %s. Look whether its name is right.") % folder)
    if instance is None:
        raise Refused(_("Say which instance of the folder with --instance, such as n030w4_1_6-2-9-1."))
    with _refusing(folder):
        named = inrc2.files_of(instance)
    scenario, history = _text(folder / named.scenario), _text(folder / named.history)
    weeks = tuple(_text(folder / week) for week in named.weeks)
    with _refusing(folder):
        problem = inrc2.read_problem(scenario, history, weeks, name=instance)
    solutions = tuple(
        f"Sol-{week.removeprefix('WD-').removesuffix('.txt')}-{place}.txt"
        for place, week in enumerate(named.weeks)
    )
    texts = Competition(scenario=scenario, history=history, weeks=weeks, solutions=solutions)
    return Ward(path=folder, problem=problem, competition=texts)


def read_roster(path: Path, ward: Ward) -> Roster:
    """Read a roster of a ward in the form that its name ends in. Raises: Refused."""
    if ward.competition is not None and not path.suffix:
        texts = [_text(path / name) for name in ward.competition.solutions]
        with _refusing(path):
            return rostering.inrc2_solutions.read_solutions(texts, ward.problem)
    if path.suffix == ".xlsx":
        content = _content(path)
        with _refusing(path):
            return rostering.read_xlsx(content, ward.problem)
    text = _text(path)
    with _refusing(path):
        if path.suffix == ".json":
            return rostering.roster_from_json(text, ward.problem)
        return rostering.curtois.read_roster(text, ward.problem)


def check_place(path: Path, ward: Ward) -> None:
    """Look before long work whether a roster can be written there. Raises: Refused."""
    _form_for(path, ward)
    if not path.absolute().parent.is_dir():
        raise Refused(_("There is no folder %s. Make it first, or choose another.") % path.absolute().parent)


def _form_for(path: Path, ward: Ward) -> str:
    if path.suffix in BY_SUFFIX:
        return BY_SUFFIX[path.suffix]
    _competition_of(ward, path)
    return "inrc2"


def _competition_of(ward: Ward, path: Path) -> Competition:
    if ward.competition is None or path.suffix:
        raise Refused(_("%s must end in .csv, .json, .xlsx or .html, which says how it is written.") % path)
    return ward.competition


def write_roster(path: Path, ward: Ward, roster: Roster, verdict: Verdict) -> None:
    """Write a roster in the form that the file's name ends in. Raises: Refused."""
    write_as(_form_for(path, ward), path, ward, roster, verdict)


def write_as(form: str, path: Path, ward: Ward, roster: Roster, verdict: Verdict) -> None:
    """Write a roster in the form that is named. Raises: Refused."""
    writers: dict[str, _Writer] = {
        "curtois": _write_rows,
        "html": _write_picture,
        "inrc2": _write_solutions,
        "robust": _write_lines,
        "xlsx": _write_sheet,
    }
    writers[form](path, ward, roster, verdict)


def write_problem(path: Path, ward: Ward, *, form: str) -> None:
    """Write a problem as robust or curtois. Raises: Refused, also for the forms that show rosters only."""
    if form in ("html", "xlsx"):
        raise Refused(_("A sheet and a picture show a roster. Name its file with --roster."))
    with _refusing(ward.path):
        text = (
            rostering.problem_as_json(ward.problem)
            if form == "robust"
            else rostering.curtois_writing.write_problem(ward.problem)
        )
    _write(path, text.encode())


def _write_rows(path: Path, ward: Ward, roster: Roster, _verdict: Verdict) -> None:
    _write(path, rostering.curtois.write_roster(ward.problem, roster).encode())


def _write_lines(path: Path, ward: Ward, roster: Roster, _verdict: Verdict) -> None:
    _write(path, rostering.roster_as_json(ward.problem, roster).encode())


def _write_sheet(path: Path, ward: Ward, roster: Roster, _verdict: Verdict) -> None:
    _write(path, rostering.write_xlsx(ward.problem, roster, drawing.sheet_words()))


def _write_picture(path: Path, ward: Ward, roster: Roster, verdict: Verdict) -> None:
    page = rostering.draw(ward.problem, roster, verdict.violations, drawing.picture_words())
    _write(path, page.encode())


def _write_solutions(path: Path, ward: Ward, roster: Roster, _verdict: Verdict) -> None:
    competition = _competition_of(ward, path)
    texts = rostering.inrc2_solutions.write_solutions(ward.problem, roster, history=competition.history)
    with _writing(path):
        path.mkdir(exist_ok=True)
    for name, text in zip(competition.solutions, texts, strict=True):
        _write(path / name, text.encode())


def _write(path: Path, content: bytes) -> None:
    """Write all of a file or nothing."""
    unfinished = path.with_name(f"{path.name}.new")
    with _writing(path):
        unfinished.write_bytes(content)
        unfinished.replace(path)


def _text(path: Path) -> str:
    try:
        return _content(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            _("%(file)s is not text in UTF-8: byte %(place)d is none. Save it as UTF-8 and try again.")
            % {"file": path, "place": error.start}
        ) from error


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise Refused(_("There is no file %s. Look whether its name and folder are right.") % path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(
            _("%s cannot be opened. See to it that you may read it, and try again.") % path
        ) from error


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except ProblemRefused as refusal:
        raise Refused("\n".join([f"{path}:", *refusals.sentences(refusal.errors)])) from refusal


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refused(
            _("%(file)s cannot be written: %(reason)s. Choose another place with --out.")
            % {"file": path, "reason": error.strerror}
        ) from error
