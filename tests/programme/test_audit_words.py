import re
from pathlib import Path

import robust.programme
from robust.programme.models import Idea
from robust.programme.pages.audit import AUDIT_WORDS

FOLDER = Path(robust.programme.__file__).parent
NAME = re.compile(r'"([a-z]+\.[a-z_]+)"')


def test_everything_the_room_writes_in_the_trail_has_its_words():
    written = {
        name
        for kind in ("actions", "views", "jobs")
        for path in (FOLDER / kind).glob("*.py")
        for name in NAME.findall(path.read_text())
    }

    written |= {f"idea.{state}" for state in Idea.State.values}
    assert written - set(AUDIT_WORDS) == set()
