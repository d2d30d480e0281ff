"""The organisation's lists as sheets: the columns and rows of the pages, with days and figures as such."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from robust.engines.documents import Listing
from robust.organisation.models import UnitCode
from robust.organisation.pages.account import AccountLine
from robust.organisation.pages.audit import AuditLine, LookedLine
from robust.organisation.pages.directory import DirectoryLine
from robust.organisation.pages.job import JobPage
from robust.organisation.pages.person import PersonLine
from robust.organisation.pages.token import TokenRow
from robust.organisation.pages.unit import UnitLine
from robust.organisation.pages.unit_code import MappingLine
from robust.organisation.queries import ChainHead, Kept


def people(lines: Iterable[PersonLine]) -> Listing:
    """Give a row per person; several posts stand under each other in their cells."""
    return Listing(
        title=_("People"),
        columns=(_("Name"), _("Profession"), _("Unit"), _("Hours a week")),
        rows=[
            (
                line.name,
                "\n".join(post.profession for post in line.posts),
                "\n".join(post.unit for post in line.posts),
                _alone([post.weekly_hours for post in line.posts]),
            )
            for line in lines
        ],
    )


def accounts(lines: Iterable[AccountLine]) -> Listing:
    """Give a row per account; several roles stand under each other."""
    return Listing(
        title=_("Accounts"),
        columns=(_("Name"), _("E-mail"), _("May sign in"), _("Roles today"), _("Latest sign-in")),
        rows=[
            (
                line.name,
                line.email,
                _("yes") if line.is_active else _("no"),
                "\n".join(line.roles),
                line.signed_in_at,
            )
            for line in lines
        ],
    )


def audit(lines: Iterable[AuditLine]) -> Listing:
    """Give a row per entry of the audit trail."""
    return Listing(
        title=_("Audit trail"),
        columns=(_("When"), _("Who"), _("What"), _("To what"), _("Details")),
        rows=[
            (
                line.occurred_at,
                line.actor,
                line.words,
                line.subject,
                "; ".join(f"{name}: {value}" for name, value in line.detail),
            )
            for line in lines
        ],
    )


def looked(lines: Iterable[LookedLine]) -> Listing:
    """Give a row for each time somebody looked at the reader."""
    return Listing(
        title=_("Who has looked at me"),
        columns=(_("When"), _("Who, by their role at the time"), _("What"), _("Why")),
        rows=[(line.occurred_at, line.who, line.words, line.why) for line in lines],
    )


def chain(heads: Iterable[ChainHead]) -> Listing:
    """Give a row per month of the audit trail, with the fingerprint it ends with."""
    return Listing(
        title=_("The chain of the audit trail"),
        columns=(_("Month"), _("Entries"), _("Latest fingerprint")),
        rows=[(head.month_on, head.entry_count, head.digest) for head in heads],
    )


def jobs(lines: Iterable[JobPage]) -> Listing:
    """Give a row per job."""
    return Listing(
        title=_("My jobs"),
        columns=(_("Job"), _("State"), _("Message"), _("Asked for"), _("Ended")),
        rows=[(line.title, line.state_label, line.message, line.asked_at, line.ended_at) for line in lines],
    )


def tokens(rows: Iterable[TokenRow]) -> Listing:
    """Give a row per key; the key itself is kept nowhere."""
    states = {"live": _("works"), "revoked": _("revoked"), "over": _("ran out")}
    return Listing(
        title=_("My keys"),
        columns=(_("Name"), _("Scope"), _("State"), _("Last day"), _("Latest used")),
        rows=[(row.name, row.scope_label, states[row.state], row.latest_on, row.used_at) for row in rows],
    )


def units(lines: Iterable[UnitLine]) -> Listing:
    """Give a row per unit in the order of the tree, with how deep it stands."""
    return Listing(
        title=_("Units"),
        columns=(_("Unit"), _("Level"), _("Type"), _("Depth in the tree")),
        rows=[(line.name, line.level, line.type_name, line.depth) for line in lines],
    )


def codes(lines: Iterable[MappingLine]) -> Listing:
    """Give a row per unit with its code in each system."""
    return Listing(
        title=_("Codes"),
        columns=(_("Unit"), _("Code in Robust"), *(str(system.label) for system in UnitCode.System)),
        rows=[(line.name, line.code, *(code for _system, code in line.codes)) for line in lines],
    )


def directory(label: str, lines: Iterable[DirectoryLine]) -> Listing:
    """Give a row per line of one of the hospital's own lists."""
    return Listing(
        title=label,
        columns=(_("Name"), _("Kind or code")),
        rows=[(line.name, line.fact) for line in lines],
    )


def kept(kinds: Iterable[Kept]) -> Listing:
    """Give a row per kind of record, with for how long it is kept."""
    return Listing(
        title=_("What is kept"),
        columns=(_("Kind"), _("Kept for (months)"), _("Why"), _("Here")),
        rows=[(str(one.kind.label), one.months, str(one.kind.basis), one.note) for one in kinds],
    )


def _alone(figures: Sequence[Any]) -> Any:
    """A figure alone in its cell is a number; several are a text."""
    return figures[0] if len(figures) == 1 else "\n".join(str(figure) for figure in figures)
