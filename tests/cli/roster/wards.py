"""Tiny wards in files, and what is said of them."""

import json

from robust.cli.__main__ import main
from robust.engines import rostering

WARD = {
    "version": 1,
    "name": "Two",
    "horizon": {"starts_on": "2026-10-05", "day_count": 3},
    "shifts": [{"id": "D", "starts_minute": "07:00", "length_minutes": "08:00"}],
    "people": [{"id": "a", "name": "Anna"}, {"id": "b", "name": "Bo"}],
    "demands": [{"id": "day", "every_day": True, "shifts": ["D"], "minimum": 1, "maximum": 1}],
    "rules": [{"kind": "run", "id": "two-days", "maximum": 2}],
    "wishes": [{"id": "w", "person": "a", "day": 0, "shifts": ["off"], "weight": 3}],
}


SCENARIO = """SCENARIO = tiny
WEEKS = 2

SKILLS = 1
Nurse

SHIFT_TYPES = 1
Early (1,7)

FORBIDDEN_SHIFT_TYPES_SUCCESSIONS
Early 0

CONTRACTS = 1
Full (0,14) (1,7) (1,7) 2 0

NURSES = 2
Ada Full 1 Nurse
Bea Full 1 Nurse
"""


HISTORY = "HISTORY\n0 tiny\n\nNURSE_HISTORY\nAda 0 0 None 0 0 0\nBea 0 0 None 0 0 0\n"


WEEK = (
    "WEEK_DATA\ntiny\n\nREQUIREMENTS\nEarly Nurse"
    + " (1,1)" * 7
    + "\n\nSHIFT_OFF_REQUESTS = 1\nAda Early Mon\n"
)


CURTOIS = """SECTION_HORIZON
2

SECTION_SHIFTS
D,480,

SECTION_STAFF
A,D=2,960,0,2,1,1,1

SECTION_DAYS_OFF

SECTION_SHIFT_ON_REQUESTS

SECTION_SHIFT_OFF_REQUESTS

SECTION_COVER
0,D,1,100,1
1,D,1,100,1
"""


def wrote(path, value):
    path.write_text(json.dumps(value))
    return path


def problem(**changes):
    return rostering.problem_from_json(json.dumps({**WARD, **changes}))


def solved(*words):
    return main(["roster", "solve", *map(str, words), "--iterations", "3"])


def said(capsys):
    return capsys.readouterr().err
