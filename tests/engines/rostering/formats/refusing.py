"""What a reader refuses, as plain tuples."""

from collections.abc import Callable

import pytest

from robust.engines.rostering.refusal import ProblemRefused

Told = list[tuple[str, str, dict[str, str | int | float]]]


def told_by(read: Callable[[], object]) -> Told:
    """Run something that must be refused, and give path, code and values of each refusal."""
    with pytest.raises(ProblemRefused) as caught:
        read()
    return [(error.path, error.code, dict(error.values)) for error in caught.value.errors]


def hold_to_refusals(read: Callable[[], object]) -> None:
    """Run a reader that may refuse, with reasons, and may fail in no other way."""
    reasons: tuple[object, ...] | None = None
    try:
        read()
    except ProblemRefused as refused:
        reasons = refused.errors
    assert reasons != ()
