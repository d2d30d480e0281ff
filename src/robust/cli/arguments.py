"""What can be written after `robust`, and what it means."""

import argparse
from pathlib import Path
from typing import Any, NoReturn

from robust.config.words import Refused
from robust.config.words import gettext as _

USUAL_PORT = 8000
FORMS = ("curtois", "inrc2", "robust")
LARGEST = 10**9


class Help(argparse.HelpFormatter):
    """Say in the reader's language how a command is written."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix=_("This is how it is written: "))


class Parser(argparse.ArgumentParser):
    """Refuse what it does not understand with a sentence."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, formatter_class=Help, **options)
        self.listed = self.add_argument_group(_("what can be added"))
        self.listed.add_argument("-h", "--help", action="help", help=_("show this"))

    def error(self, message: str) -> NoReturn:
        raise Refused(_("That was not understood.") + "\n" + self.format_help().strip())


def parser() -> argparse.ArgumentParser:
    """Give the parser of the whole command."""
    whole = Parser(prog="robust")
    commands = whole.add_subparsers(
        dest="command",
        required=True,
        title=_("commands"),
        metavar=_("COMMAND"),
        prog="robust",
        parser_class=Parser,
    )
    _add_serving(commands)
    _add_keeping(commands)
    _add_rostering(commands)
    _add_developing(commands)
    _add_internal(commands)
    return whole


def _add_serving(commands: "argparse._SubParsersAction[Parser]") -> None:
    demo = commands.add_parser("demo", help=_("start a demo hospital with fictional people"))
    demo.listed.add_argument(
        "--check", action="store_true", help=_("start, visit every page of the menu, stop")
    )
    start = commands.add_parser("start", help=_("start Robust for real work"))
    start.listed.add_argument(
        "--administrator-email",
        metavar=_("E-MAIL"),
        help=_("make this person administrator and print a link for choosing a password"),
    )
    worker = commands.add_parser("worker", help=_("do background jobs, on this or on one more computer"))
    for command in (demo, start):
        command.listed.add_argument(
            "--port", type=_port, default=USUAL_PORT, help=_("the port to serve on, usually 8000")
        )
        command.listed.add_argument(
            "--host",
            default="127.0.0.1",
            help=_("the network address to serve on, usually only this computer"),
        )
    for command in (demo, start, worker):
        _add_folder(command)


def _add_keeping(commands: "argparse._SubParsersAction[Parser]") -> None:
    backup = commands.add_parser("backup", help=_("write everything into one file, also while Robust runs"))
    restore = commands.add_parser("restore", help=_("put back what a backup holds"))
    restore.listed.add_argument("--overwrite", action="store_true", help=_("replace what is there now"))
    for command in (backup, restore):
        command.listed.add_argument("file", type=Path, metavar=_("FILE"))
        _add_folder(command)
    plan = commands.add_parser("plan", help=_("read a plan")).add_subparsers(
        dest="verb", required=True, prog="robust plan"
    )
    read = plan.add_parser("read", help=_("find the initiatives in a document"))
    read.listed.add_argument("file", type=Path, metavar=_("FILE"))
    read.listed.add_argument(
        "--json", action="store_true", help=_("print everything that was found, for other programs")
    )
    commands.add_parser("version", help=_("print the version"))


def _add_rostering(commands: "argparse._SubParsersAction[Parser]") -> None:
    verbs = commands.add_parser("roster", help=_("make, judge and rewrite rosters")).add_subparsers(
        dest="verb", required=True, prog="robust roster", metavar=_("VERB")
    )
    solve = verbs.add_parser("solve", help=_("find a lawful, fair roster and say how good it is at most"))
    check = verbs.add_parser("check", help=_("say everything that is broken in a roster"))
    convert = verbs.add_parser("convert", help=_("write a problem or a roster in another form"))
    for verb in (solve, check, convert):
        verb.listed.add_argument("file", type=Path, metavar=_("FILE"), help=_("the ward and its period"))
    check.listed.add_argument("roster", type=Path, metavar=_("ROSTER"))
    for verb in (solve, check, convert):
        verb.listed.add_argument(
            "--format", choices=FORMS, help=_("the form of the file, if it cannot be told from its name")
        )
        verb.listed.add_argument(
            "--instance", metavar=_("NAME"), help=_("the instance in a folder of the competition")
        )
    for verb in (solve, check):
        verb.listed.add_argument("--json", action="store_true", help=_("print for other programs"))
    _add_solving(solve)
    convert.listed.add_argument("--to", required=True, choices=("robust", "xlsx", "html", "curtois"))
    convert.listed.add_argument("--roster", type=Path, metavar=_("FILE"), help=_("the roster to rewrite"))
    convert.listed.add_argument("--out", required=True, type=Path, metavar=_("FILE"))


def _add_solving(solve: Parser) -> None:
    solve.listed.add_argument(
        "--staged", action="store_true", help=_("week by week, without knowing the later weeks")
    )
    solve.listed.add_argument(
        "--seconds", type=_seconds, metavar=_("NUMBER"), help=_("how long to search, usually 60")
    )
    for name, usual, text in (
        ("--iterations", None, _("end after so many steps, for the same roster again")),
        ("--workers", 1, _("how many processors to use, usually 1")),
    ):
        solve.listed.add_argument(name, type=_positive, default=usual, metavar=_("NUMBER"), help=text)
    solve.listed.add_argument(
        "--seed", type=_seed, default=1, metavar=_("NUMBER"), help=_("where chance begins, usually 1")
    )
    solve.listed.add_argument("--start", type=Path, metavar=_("FILE"), help=_("a roster to begin with"))
    solve.listed.add_argument(
        "--out", type=Path, metavar=_("FILE"), help=_("where to write the roster: .csv, .json, .xlsx, .html")
    )


def _add_developing(commands: "argparse._SubParsersAction[Parser]") -> None:
    test = commands.add_parser("test", help=_("run every check and test"))
    test.listed.add_argument(
        "selection", nargs=argparse.REMAINDER, metavar="k=WORD|PATH", help=_("only these tests")
    )
    manage = commands.add_parser("manage", help=_("run a Django command"))
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    wheel = commands.add_parser("wheel", help=_("build the package that pip installs"))
    wheel.listed.add_argument(
        "--check", action="store_true", help=_("install it in an empty environment and start the demo")
    )


def _add_internal(commands: "argparse._SubParsersAction[Parser]") -> None:
    """The steps that the supervisor runs as processes of their own."""
    prepare = commands.add_parser("prepare")
    prepare.add_argument("--only-tables", action="store_true")
    prepare.add_argument("--demo", action="store_true")
    prepare.add_argument("--administrator-email")
    commands.add_parser("work")
    commands.add_parser("chromium")


def _add_folder(command: Parser) -> None:
    command.listed.add_argument("--data", type=Path, metavar=_("FOLDER"), help=_("where the data lies"))


def _port(text: str) -> int:
    if not text.isdecimal() or not int(text) < 65536:
        raise Refused(_("A port is a number from 0 to 65535, and %s is not.") % text)
    return int(text)


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text[:20]) > LARGEST:
        raise Refused(_("%s is no whole number from 0 on.") % text)
    return int(text)


def _positive(text: str) -> int:
    number = _seed(text)
    if number == 0:
        raise Refused(_("The number must be at least 1."))
    return number


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 < seconds <= LARGEST:
        raise Refused(_("%s is no number of seconds above 0.") % text)
    return seconds
