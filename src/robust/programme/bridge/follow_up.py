"""A plan's follow-up into the engine that writes slides, texts, prints and sheets, with all its words."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import formats
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from robust.engines import documents
from robust.engines.documents import follow_up as engine
from robust.engines.documents.comparing import compare
from robust.programme.models import Judgement
from robust.programme.queries.change import FollowUp, FollowUpRow, PlacedAt, SiteChange, Stated

SHAPES = {
    Judgement.NOT_STARTED: "○",
    Judgement.ON_TRACK: "●",
    Judgement.AT_RISK: "▲",
    Judgement.STOPPED: "■",
    Judgement.HANDED_OVER: "→",
    Judgement.DONE: "✓",
}


class CannotUseTemplate(Exception):
    """The uploaded template cannot be used; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_template(content: bytes) -> None:
    """Try out a slide template. Raises: CannotUseTemplate."""
    try:
        documents.check_template(content)
    except documents.TemplateRefused as error:
        raise CannotUseTemplate(error.code) from error


def written(
    follow_up: FollowUp,
    *,
    kind: str,
    subtitle: str,
    sender: str,
    unit_id: int,
    sites: Sequence[int],
    headings: Sequence[str],
    compared_on: date | None,
    template: bytes | None = None,
) -> bytes:
    """Write a follow-up in the language in force; kind is pptx, docx, pdf or xlsx.

    `unit_id` is the plan's own place, `sites` those with a column beside it, `headings` the plan's areas and
    tracks in their order, `sender` the hospital's name if it has told it. Without `compared_on` nothing is
    marked as new. Raises: CannotUseTemplate.
    """
    ready = _engine_follow_up(
        follow_up,
        subtitle=subtitle,
        sender=sender,
        unit_id=unit_id,
        sites=sites,
        headings=headings,
        compared_on=compared_on,
    )
    if kind == "pptx":
        try:
            return documents.write_pptx(ready, template=template)
        except documents.TemplateRefused as error:
            raise CannotUseTemplate(error.code) from error
    writers = {"docx": documents.write_docx, "pdf": documents.write_pdf, "xlsx": documents.write_xlsx}
    return writers[kind](ready)


def _engine_follow_up(
    follow_up: FollowUp,
    *,
    subtitle: str,
    sender: str,
    unit_id: int,
    sites: Sequence[int],
    headings: Sequence[str],
    compared_on: date | None,
) -> engine.FollowUp:
    marked = compared_on is not None
    names = {site.unit_id: site.name for site in follow_up.sites}
    shown = [pk for pk in sites if pk in names and pk != unit_id]
    return engine.FollowUp(
        title=follow_up.title,
        subtitle=subtitle,
        sender=sender,
        dated_on=follow_up.after_on,
        compared_on=compared_on,
        labels=_labels(follow_up.after_on, compared_on),
        sections=_sections(follow_up.rows, headings, unit_id=unit_id, sites=shown, marked=marked),
        sites=tuple(
            engine.Site(name=names[pk], heading=_("Examples %(place)s") % {"place": names[pk]})
            for pk in shown
        ),
        language=get_language() or "da",
        mark_changes=marked,
    )


def _sections(
    rows: Iterable[FollowUpRow], headings: Sequence[str], *, unit_id: int, sites: Sequence[int], marked: bool
) -> tuple[engine.Section, ...]:
    under: dict[str, list[engine.Row]] = {heading: [] for heading in headings}
    for row in rows:
        for place in row.placements:
            heading = place.area or place.track
            under.setdefault(heading, []).append(
                _row(row, place, unit_id=unit_id, sites=sites, marked=marked)
            )
    return tuple(
        engine.Section(area=heading or _("Without area"), rows=tuple(found))
        for heading, found in under.items()
        if found
    )


def _row(
    row: FollowUpRow, place: PlacedAt, *, unit_id: int, sites: Sequence[int], marked: bool
) -> engine.Row:
    said = {site.unit_id: site for site in row.sites}
    text = _whole_text(row)
    return engine.Row(
        group=place.group,
        initiative=compare("" if marked and row.is_added else text, text),
        status=_status(said.get(unit_id), marked=marked),
        sites=tuple(_status(said.get(pk), marked=marked) for pk in sites),
        owner=row.party or row.owner,
        source="; ".join(
            _("%(file)s, page %(page)d") % {"file": cell.file, "page": cell.page} for cell in row.sources[:1]
        ),
    )


def _whole_text(row: FollowUpRow) -> str:
    """Give title and text, the title once: what was read from a document begins with its title."""
    if not row.text:
        return row.title
    if row.text.startswith(row.title.removesuffix(" …")):
        return row.text
    return f"{row.title}\n{row.text}"


def _status(change: SiteChange | None, *, marked: bool) -> engine.Status:
    if change is None or change.after is None:
        return engine.Status()
    after = change.after
    text = _said(after)
    before = _said(change.before) if marked else text
    return engine.Status(
        text=compare(before, text),
        judgement=_judgement(after.judgement),
        stated_on=after.dated_on,
        stated=_short_day(after.dated_on),
    )


def _said(stated: Stated | None) -> str:
    if stated is None:
        return ""
    repeats = not stated.reason or stated.reason in stated.text
    return stated.text if repeats else "\n".join(part for part in (stated.text, stated.reason) if part)


def _judgement(code: str) -> engine.Judgement:
    if not code:
        return engine.Judgement(shape="–", word=_("not judged"))
    return engine.Judgement(shape=SHAPES[Judgement(code)], word=str(Judgement(code).label))


def _day(value: date) -> str:
    return formats.date_format(value, "DATE_FORMAT")


def _short_day(value: date) -> str:
    return formats.date_format(value, "SHORT_DATE_FORMAT")


def _labels(dated_on: date, compared_on: date | None) -> engine.Labels:
    since = _day(compared_on) if compared_on else ""
    return engine.Labels(
        dated=_("Follow-up as of %(day)s") % {"day": _day(dated_on)},
        compared=_("Compared with %(day)s") % {"day": since} if since else "",
        area=_("Area"),
        group=pgettext("heading", "Group"),
        initiative=pgettext("heading", "Initiative"),
        owner=_("Responsible"),
        source=_("Source"),
        site=_("Place"),
        all_sites=_("All places"),
        judgement=_("Judgement"),
        status=_("Status"),
        stated_on=_("Date of status"),
        new_column=pgettext("heading", "New"),
        new_mark=pgettext("margin", "new"),
        legend_new=_("red and underlined is new since %(day)s") % {"day": since},
        legend_removed=_("grey and struck through no longer holds"),
        continued=_("(continued)"),
        page=_("Page {page} of {pages}"),
        no_rows=_("There are no initiatives here yet."),
    )
