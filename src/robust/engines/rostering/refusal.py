"""What is wrong with a problem or a file: one refusal each, gathered so that all of it is told at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LONGEST = 200  # characters of a path or value


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One thing that is wrong: `path` says where ("$.people[3].id", "line 12"), `code` what."""

    path: str
    code: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)


class ProblemRefused(Exception):
    """A problem or a file that cannot be used, with everything that is wrong with it."""

    def __init__(self, errors: Iterable[Refusal]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(f"{error.path}: {error.code}" for error in self.errors))


@dataclass(slots=True)
class Complaints:
    """Gathers refusals while something is read or checked."""

    found: list[Refusal] = field(default_factory=list)

    def add(self, path: str, code: str, **values: str | int | float) -> None:
        """Note one thing that is wrong."""
        told = {name: _told(value) if isinstance(value, str) else value for name, value in values.items()}
        self.found.append(Refusal(path=_told(path), code=code, values=told))

    def refuse_if_any(self, code: str = "") -> None:
        """Raise ProblemRefused with everything noted so far, if there is any (or any with that code)."""
        if any(code in ("", one.code) for one in self.found):
            raise ProblemRefused(self.found)


def _told(text: str) -> str:
    """Give a text from a file, short enough to be told and with what cannot be printed as an escape."""
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in short)
