"""The words in pictures and sheets of rosters, and of what is broken in them."""

from collections.abc import Mapping

from robust.config.words import gettext as _
from robust.config.words import language
from robust.engines.rostering import Breach


def sheet_words() -> dict[str, str]:
    """Give the words in a sheet."""
    return {
        "roster": _("Roster"),
        "shifts": _("Shifts"),
        "person": _("Person"),
        "name": _("Name"),
        "shift": _("Shift"),
        "label": _("Label"),
        "from": _("From"),
        "to": _("To"),
    }


def picture_words() -> dict[str, str]:
    """Give the words in a picture, those of the kinds of breaches included."""
    return {
        "language": language(),
        "person": _("Person"),
        "off": _("free"),
        "shifts": _("Shifts"),
        "staffing": _("People there / wanted"),
        "violations": _("What is broken"),
        "no_violations": _("Nothing is broken."),
        "hard": _("must not be"),
        "cost": _("cost"),
        **_weekdays(),
        **{code.value: words for code, words in breach_words().items()},
    }


def _weekdays() -> dict[str, str]:
    return {
        "mon": _("Mo"),
        "tue": _("Tu"),
        "wed": _("We"),
        "thu": _("Th"),
        "fri": _("Fr"),
        "sat": _("Sa"),
        "sun": _("Su"),
    }


def breach_words() -> Mapping[Breach, str]:
    """Give the words for each kind of breach."""
    return {
        Breach.FORBIDDEN_SEQUENCE: _("shifts that must not follow each other"),
        Breach.REST_TOO_SHORT: _("too short a rest"),
        Breach.REST_CUT_TWICE_RUNNING: _("rest cut twice running"),
        Breach.REST_CUT_TOO_OFTEN: _("rest cut too often in a week"),
        Breach.TOO_FEW: _("too few"),
        Breach.TOO_MANY: _("too many"),
        Breach.RUN_TOO_SHORT: _("too short a run"),
        Breach.RUN_TOO_LONG: _("too long a run"),
        Breach.FREE_PERIOD_TOO_LATE: _("too long until the next long free period"),
        Breach.WEEK_WITHOUT_FREE_PERIOD: _("a week without its free period"),
        Breach.BELOW_SHARE: _("less than the share"),
        Breach.ABOVE_SHARE: _("more than the share"),
        Breach.TOO_MANY_TOGETHER: _("people together who should be apart"),
        Breach.NOT_ACCOMPANIED: _("somebody without the companion"),
        Breach.BELOW_MINIMUM: _("fewer people than the minimum"),
        Breach.ABOVE_MAXIMUM: _("more people than the maximum"),
        Breach.BELOW_WANTED: _("fewer people than wanted"),
        Breach.ABOVE_WANTED: _("more people than wanted"),
        Breach.WISH_NOT_GRANTED: _("a wish not granted"),
        Breach.FIXED_CHANGED: _("something settled changed"),
        Breach.PUBLISHED_CHANGED: _("the published roster changed"),
    }
