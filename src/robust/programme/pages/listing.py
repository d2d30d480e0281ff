"""The lists of the room as sheets: the columns and rows of the pages, with days and figures as such."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from robust.engines.documents import Listing
from robust.programme.models import DocumentReading, Forum, Handout, Plan
from robust.programme.pages.board import Decided
from robust.programme.pages.example import ExampleRow
from robust.programme.pages.idea import IdeaRow
from robust.programme.pages.initiative import InitiativeListPage
from robust.programme.pages.matrix import MatrixPage
from robust.programme.pages.plan import PlanLine
from robust.programme.pages.relation import AreaRows
from robust.programme.pages.reminder import RoundLine, RoundPage
from robust.programme.pages.share import ShareLine
from robust.programme.pages.shown import InitiativeRow, Standing, judgement_word
from robust.programme.pages.timeline import TimelinePage


def initiatives(page: InitiativeListPage) -> Listing:
    """Give a row per initiative with the latest word of it, from whatever place."""
    return Listing(
        title=_("Initiatives"),
        columns=(
            _("Initiative"),
            _("Stands in"),
            _("How far"),
            _("Place"),
            _("As of"),
            _("Places at risk"),
            _("Places"),
            _("Owner"),
            _("Next review"),
        ),
        rows=[_initiative(row) for row in page.rows],
    )


def plans(lines: Iterable[PlanLine]) -> Listing:
    """Give a row per plan."""
    return Listing(
        title=_("Plans"),
        columns=(_("Plan"), _("How it goes"), _("Place"), _("From"), _("Until")),
        rows=[
            (line.plan.name, line.answer, line.plan.unit.name, line.plan.starts_on, line.plan.ends_on)
            for line in lines
        ],
    )


def ideas(title: str, rows: Iterable[IdeaRow]) -> Listing:
    """Give a row per idea; who sent it stands in none."""
    return Listing(
        title=title,
        columns=(
            _("Idea"),
            _("State"),
            _("Place"),
            _("Sent"),
            _("Supporters"),
            _("Days since it was sent"),
            _("Answer"),
        ),
        rows=[
            (row.title, row.state, row.place, row.sent_at, row.support_count, row.waited_days, row.answer)
            for row in rows
        ],
    )


def examples(rows: Iterable[ExampleRow]) -> Listing:
    """Give a row per good example."""
    return Listing(
        title=_("Good examples"),
        columns=(
            _("Example"),
            _("Where"),
            _("Recommendations"),
            _("Places that took it up"),
            _("Stopped"),
            _("Result, or what was done"),
        ),
        rows=[
            (
                row.title,
                row.place,
                ", ".join(map(str, row.numbers)),
                row.adoption_count,
                _("yes") if row.has_stopped else _("no"),
                row.excerpt,
            )
            for row in rows
        ],
    )


def readings(found: Iterable[DocumentReading]) -> Listing:
    """Give a row per document that was read."""
    return Listing(
        title=_("Read documents"),
        columns=(_("Document"), _("Plan"), _("Place"), _("As of"), _("State"), _("Read by")),
        rows=[
            (
                reading.file.name,
                reading.plan.short_name,
                reading.unit.name,
                reading.dated_on,
                reading.get_state_display(),
                reading.read_by.name,
            )
            for reading in found
        ],
    )


def handouts(found: Iterable[Handout]) -> Listing:
    """Give a row per document that was made."""
    return Listing(
        title=_("My handouts"),
        columns=(_("Plan"), _("Format"), _("As of"), _("Compared with")),
        rows=[
            (handout.plan.name, handout.get_kind_display(), handout.dated_on, handout.compared_on)
            for handout in found
        ],
    )


def forums(found: Iterable[Any]) -> Listing:
    """Give a row per forum, read with `queries.board.with_next_meeting`."""
    return Listing(
        title=_("Meetings"),
        columns=(_("Forum"), _("Decides for"), _("Waits for a decision"), _("Next meeting")),
        rows=[(forum.name, forum.unit.name, forum.waiting_count, forum.next_on) for forum in found],
    )


def decisions(forum: Forum, decided: Iterable[Decided]) -> Listing:
    """Give a row per decision of a forum."""
    return Listing(
        title=_("Decisions of %(forum)s") % {"forum": forum.name},
        columns=(
            _("Initiative"),
            _("Decision"),
            _("Meeting"),
            _("What was asked"),
            _("Reason"),
            _("Noted by"),
        ),
        rows=[(row.title, row.outcome, row.held_on, row.asked, row.reason, row.by) for row in decided],
    )


def shares(lines: Iterable[ShareLine]) -> Listing:
    """Give a row per link; the link itself is kept nowhere."""
    return Listing(
        title=_("Links for parties outside"),
        columns=(
            _("For"),
            _("What happens at"),
            _("Ends before"),
            _("State"),
            _("Made by"),
        ),
        rows=[(line.party, line.unit, line.ends_on, line.state, line.made_by) for line in lines],
    )


def rounds(plan: Plan, lines: Iterable[RoundLine]) -> Listing:
    """Give a row per round of reminders."""
    return Listing(
        title=_("Reminders: %(plan)s") % {"plan": plan.short_name},
        columns=(_("Answer by"), _("Answered"), _("Asked"), _("Opened by"), _("Opened"), _("Late")),
        rows=[
            (
                line.round.due_on,
                line.answered_count,
                line.asked_count,
                line.round.opened_by.name,
                line.round.opened_on,
                _("yes") if line.is_late else _("no"),
            )
            for line in lines
        ],
    )


def reminders(plan: Plan, page: RoundPage) -> Listing:
    """Give a row per question of a round: the open ones, those with nobody to ask, the answered ones."""
    waiting = [(one.initiative.title, one.account.name, one.sent_at, "", None) for one in page.open]
    unasked = [(initiative.title, "", None, "", None) for initiative in page.unasked]
    answered = [
        (
            one.initiative.title,
            one.account.name,
            one.sent_at,
            judgement_word(one.answered_with.judgement) if one.answered_with else _("no status yet"),
            one.answered_with.dated_on if one.answered_with else None,
        )
        for one in page.answered
    ]
    return Listing(
        title=_("Reminders: %(plan)s") % {"plan": plan.short_name},
        columns=(_("Initiative"), _("Who is asked"), _("Mailed"), _("How far"), _("Answered")),
        rows=[*waiting, *unasked, *answered],
    )


def matrix(page: MatrixPage) -> Listing:
    """Give a row per initiative and a column per place, with how far it is there and since when."""
    places = [f"{place.name}, {place.hospital}" if place.hospital else place.name for place in page.columns]
    return Listing(
        title=_("Matrix"),
        columns=(_("Initiative"), *places),
        rows=[(row.title, *(_standing(cell) for cell in row.cells)) for row in page.rows],
    )


def relations(plan: Plan, others: Sequence[Plan], areas: Iterable[AreaRows]) -> Listing:
    """Give a row per initiative of a plan and a column per other plan, with how it stands to it and why."""
    return Listing(
        title=_("%(plan)s against the other plans") % {"plan": plan.short_name},
        columns=(_("Area"), _("Initiative"), _("Group"), *(other.short_name for other in others)),
        rows=[
            (
                area.area,
                row.title,
                row.group,
                *(f"{cell.word} ({cell.note})" if cell.note else cell.word for cell in row.cells),
            )
            for area in areas
            for row in area.rows
        ],
    )


def timeline(page: TimelinePage) -> Listing:
    """Give a row per initiative with its days."""
    return Listing(
        title=_("Timeline"),
        columns=(
            _("Initiative"),
            _("How far"),
            _("From"),
            _("Until"),
            _("Next review"),
            _("Decisions"),
        ),
        rows=[
            (
                bar.title,
                bar.judgement_word,
                bar.starts_on,
                bar.ends_on,
                next((mark.day for mark in bar.reviews), None),
                "\n".join(f"{formats.date_format(mark.day)}: {mark.words}" for mark in bar.decisions),
            )
            for bar in page.bars
        ],
    )


def _initiative(row: InitiativeRow) -> tuple[Any, ...]:
    state = row.state
    return (
        row.title,
        "\n".join(row.headings),
        judgement_word(state.judgement) if state else _("no status yet"),
        state.place if state else "",
        state.dated_on if state else None,
        row.at_risk_count,
        row.place_count,
        row.owner,
        row.next_review_on,
    )


def _standing(said: Standing | None) -> str:
    if said is None:
        return ""
    return f"{judgement_word(said.judgement)} ({formats.date_format(said.dated_on, 'SHORT_DATE_FORMAT')})"
