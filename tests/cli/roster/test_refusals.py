import ast
import re
from pathlib import Path

from robust.cli.roster import drawing, refusals
from robust.engines import rostering
from robust.engines.rostering import Breach, Refusal

ENGINE = Path(rostering.__file__).parent


def test_after_twenty_things_that_are_wrong_the_rest_is_counted():
    many = [Refusal(path=f"$.people[{place}].id", code="empty_id") for place in range(25)]

    lines = refusals.sentences(many)

    assert (len(lines), lines[0], lines[20]) == (21, "$.people[0].id: the id is empty.", "And 5 more.")


def calls(name):
    """Give each call of a function or method of that name anywhere in the engine."""
    for path in sorted(ENGINE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name:
                yield node


def texts_in(node):
    return {
        one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def codes():
    """Give every code that the engine refuses with, found in its source."""
    found = {one.args[1].value for one in calls("add") if len(one.args) == 2 and texts_in(one.args[1])
             if isinstance(one.args[1], ast.Constant)}  # fmt: skip
    for one in calls("Refusal"):
        found |= {text for part in one.keywords if part.arg == "code" for text in texts_in(part.value)}
    for name in ("_unknown", "_known"):
        found |= {f"unknown_{one.args[1].value}" for one in calls(name)}
    return found | {
        text
        for path in ENGINE.rglob("*.py")
        for text in texts_in(ast.parse(path.read_text()))
        if re.fullmatch("unknown_[a-z_]+", text)
    }


def test_every_code_of_a_refusal_has_words_and_no_other():
    assert set(refusals.table()) == codes()


def test_the_words_of_a_refusal_use_only_what_it_tells():
    told = {}
    for one in calls("add"):
        if len(one.args) == 2 and isinstance(one.args[1], ast.Constant):
            told.setdefault(one.args[1].value, set()).update(part.arg for part in one.keywords)

    wrong = {
        code: sentence
        for code, sentence in refusals.table().items()
        if code in told and not set(re.findall(r"%\((\w+)\)", sentence)) <= told[code]
    }

    assert wrong == {}


def test_every_breach_has_words():
    assert set(drawing.breach_words()) == set(Breach)
