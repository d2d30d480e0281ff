"""Start a program that dies with the process that started it: run as a script, it becomes that program.

Its arguments: the process to follow, the signal to get when that one is gone, "user:group" or "-", and the
program with its arguments. The order matters: a change of user clears the wish to be told of the death.
"""

import ctypes
import os
import sys

SET_DEATH_SIGNAL = 1


def become(leader: int, death_signal: int, owner: str, command: list[str]) -> None:  # pragma: no cover
    # Not measured: it replaces the process it runs in. tests/cli/test_crash.py kills the leader and looks.
    os.setsid()
    os.umask(0o077)
    if owner != "-":
        user, group = owner.split(":")
        os.setgroups([])
        os.setgid(int(group))
        os.setuid(int(user))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, death_signal)
    if os.getppid() != leader:
        sys.exit("The process to follow is already gone.")
    os.execv(command[0], command)  # noqa: S606 - no shell is meant


if __name__ == "__main__":  # pragma: no cover
    become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
