import os
import signal
from math import inf

import pytest

from robust.cli.roster.stopping import Deadline


def test_a_search_ends_when_its_time_is_over():
    assert (Deadline(0).is_over(), Deadline(inf).is_over(), Deadline(None).is_over()) == (True, False, False)


def test_a_part_of_the_time_ends_with_the_whole():
    over, endless = Deadline(0), Deadline(None)

    assert over.part(0.5).is_over()
    assert not endless.part(0.5).is_over()
    assert Deadline(1000).part(0).is_over()


def test_interrupting_ends_the_search_and_once_more_breaks_it_off(capsys):
    deadline = Deadline(None)
    before = signal.getsignal(signal.SIGINT)

    with deadline.listening():
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)

    assert deadline.is_over()
    assert signal.getsignal(signal.SIGINT) is before
    assert capsys.readouterr().err.startswith("The search ends with the best roster so far.")
