from dataclasses import replace

from robust.engines.rostering.formats import tones
from robust.engines.rostering.formats.tones import Tone
from tests.engines.rostering.building import STANDBY, a_problem, a_shift


def test_tones_follow_the_clock() -> None:
    problem = a_problem(
        shifts=(
            a_shift("D", 7),
            a_shift("M", 11),
            a_shift("E", 15),
            a_shift("N", 23),
            a_shift("early", 2, 5),
            STANDBY,
        )
    )

    assert tones.tones(problem) == {
        "D": Tone.MORNING,
        "M": Tone.DAY,
        "E": Tone.EVENING,
        "N": Tone.NIGHT,
        "early": Tone.NIGHT,
        "S": Tone.STANDBY,
    }


def test_shifts_without_clock_times_get_tones_by_their_place() -> None:
    problem = a_problem(shifts=tuple(a_shift(name, 0) for name in "ABCDE"))

    assert tones.tones(problem) == {
        "A": Tone.MORNING,
        "B": Tone.MORNING,
        "C": Tone.DAY,
        "D": Tone.EVENING,
        "E": Tone.NIGHT,
    }


def test_signs_are_the_shortest_beginnings_that_tell_labels_apart() -> None:
    shifts = [a_shift(name, 7) for name in ("Early", "Evening", "N", "Night", "x:1", "x:2")]
    shifts[4:] = [replace(shift, label="Late") for shift in shifts[4:]]

    assert tones.signs(a_problem(shifts=tuple(shifts))) == {
        "Early": "Ea",
        "Evening": "Ev",
        "N": "N",
        "Night": "Ni",
        "x:1": "L",
        "x:2": "L",
    }
