"""Walks a document from page to page, turning tables and lists into initiatives and keeping the rest."""

from collections.abc import Sequence
from dataclasses import replace

from robust.engines.documents.model import Block, Document, Page, Paragraph, Picture, Table, TextBlock
from robust.engines.documents.proposing import columns as columns_of
from robust.engines.documents.proposing import lists, words
from robust.engines.documents.proposing.columns import Columns
from robust.engines.documents.proposing.headings import Outline, subject_of
from robust.engines.documents.proposing.lists import ListPart
from robust.engines.documents.proposing.passages import red_passages, text_of
from robust.engines.documents.proposing.proposal import (
    NotUnderstood,
    Proposal,
    ProposedInitiative,
    Reason,
    Source,
)
from robust.engines.documents.proposing.rows import Draft, RowReader, Setting
from robust.engines.documents.proposing.told_in_parts import joined

LONGEST_LEAD = 25  # words
LONGEST_CAPTION = 8
ABOVE = 45  # points between a caption and its table
MOSTLY_NUMBERS = 0.6


class Walk:
    """What is known so far: headings, the columns of the latest table, initiatives and leftovers."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.outline = Outline(document)
        self.subject = subject_of(document)
        self.order: list[Draft | ProposedInitiative] = []
        self.leftovers: list[NotUnderstood] = []
        self.latest: RowReader | None = None
        self.latest_list: tuple[tuple[int, str], int] | None = None
        self.caption = ""
        self.lead = ""

    def proposal(self) -> Proposal:
        for page in self.document.pages:
            self.outline.turn_to(page)
            self._page(page)
        initiatives = tuple(one.finished() if isinstance(one, Draft) else one for one in joined(self.order))
        return Proposal(initiatives=initiatives, not_understood=tuple(self.leftovers))

    def _page(self, page: Page) -> None:
        before = len(self.order), len(self.leftovers)
        self.lead = self.caption = ""
        for index, block in enumerate(page.blocks):
            source = Source(page=page.number, block=index + 1)
            if page.hidden:
                self._leave(source, block, "hidden")
            elif isinstance(block, Picture):
                self._leave(source, block, "picture")
            elif block.hidden:
                self._leave(source, block, "hidden" if isinstance(block, Table) else "notes")
            elif isinstance(block, Table):
                self._table(page, index, block)
            else:
                self._text_block(page, index, block)
        if page.title and before == (len(self.order), len(self.leftovers)):
            source = Source(page=page.number, block=0)
            self.leftovers.append(NotUnderstood(source=source, text=page.title, reason="heading_only"))

    def _text_block(self, page: Page, index: int, block: TextBlock) -> None:
        if block.heading_level:
            self.outline.add(block.text.replace("\n", " "), block.heading_level)
            self.lead = ""
        elif self._is_caption(page, index):
            self.caption = block.text.rstrip(" :")
        elif not self._heads_a_table(page, index):
            self.lead = self._text(Source(page=page.number, block=index + 1), block, self.lead)

    def _is_caption(self, page: Page, index: int) -> bool:
        """Say if a short line right above a table names what the table is about."""
        block, below = page.blocks[index], page.blocks[index + 1 : index + 2]
        if not isinstance(block, TextBlock) or not below or not isinstance(below[0], Table):
            return False
        text = block.text
        is_name = (
            len(block.paragraphs) == 1
            and not block.paragraphs[0].marker
            and len(text.split()) <= LONGEST_CAPTION
        )
        is_other = (
            words.is_legend(text)
            or words.is_generic(text)
            or words.reads_as_update(text)
            or text.endswith(".")
        )
        is_near = not block.box or not below[0].box or below[0].box.top - block.box.bottom < ABOVE
        return is_name and is_near and not is_other and columns_of.from_header(below[0]) is not None

    def _heads_a_table(self, page: Page, index: int) -> bool:
        """Say if a text box is a column header of a table on the page."""
        block = page.blocks[index]
        return any(block in self._boxes(page, table)[1] for table in page.blocks if isinstance(table, Table))

    def _boxes(self, page: Page, table: Table) -> tuple[Columns | None, tuple[TextBlock, ...]]:
        texts = [block for block in page.blocks if isinstance(block, TextBlock) and not block.hidden]
        return columns_of.from_boxes(table, texts)

    # Tables

    def _table(self, page: Page, index: int, table: Table) -> None:
        source = Source(page=page.number, block=index + 1)
        columns = self._columns(page, table)
        reason = self._refusal(table, columns)
        if columns is None or reason is not None:
            self._leave(source, table, reason or "no_initiative_column")
            return
        columns = columns_of.with_content(columns, table)
        setting = self._setting(page, index, columns)
        reader = RowReader(table, columns, setting)
        if setting.continues and self.latest is not None:
            reader.drafts = self.latest.drafts
        known = len(reader.drafts)
        reader.read()
        self.order.extend(reader.drafts[known:])
        self.leftovers.extend(reader.leftovers)
        self.latest = reader

    def _columns(self, page: Page, table: Table) -> Columns | None:
        if not table.rows or not table.rows[0]:
            return None
        known = self.latest.columns if self.latest else None
        found = columns_of.from_header(table, known=known) or self._boxes(page, table)[0]
        if found is not None:
            return found
        if self._other_subject() or columns_of.names_other_columns(table.rows[0]):
            return None
        if self.latest is not None and len(self.latest.columns.roles) == len(table.rows[0]):
            is_header_above = self.latest.setting.page == page.number and self.latest.has_only_header
            kept = self.latest.columns.area_label if is_header_above else ""
            return replace(self.latest.columns, header_rows=(), area_label=kept)
        if any(words.PLAN_CONTEXT.search(text) for text in (*self.outline.all, self.document.title)):
            return columns_of.from_content(table)
        return None

    def _other_subject(self) -> Reason | None:
        """Say what the nearest heading is about, if that is no plan."""
        return lists.verdict(lead="", title=self.outline.latest, numbered=True)

    def _refusal(self, table: Table, columns: Columns | None) -> Reason | None:
        header = columns.header_rows if columns else ()
        if columns_of.share_of_numbers(table, header_rows=header) > MOSTLY_NUMBERS and not (
            columns and "text" in columns.roles and columns.header_rows
        ):
            return "numbers"
        if columns is None:
            return self._other_subject()
        if "text" in columns.roles:
            return None if columns.names_initiatives else self._other_subject()
        if "purpose" in columns.roles:
            return "goals"
        return self._other_subject() or "no_initiative_column"

    def _setting(self, page: Page, index: int, columns: Columns) -> Setting:
        area, group = self._area_and_group(columns)
        latest = self.latest
        if latest is None:
            return Setting(page=page.number, block=index + 1, area=area, group=group)
        is_next_page = latest.setting.page < page.number
        has_own_name = bool(columns.header_rows or columns.area_label or self.caption)
        if is_next_page and not has_own_name and self.outline.is_about_follow_up():
            area = latest.area
        continues = is_next_page and latest.area == area and len(latest.columns.roles) == len(columns.roles)
        if continues and columns.of("group"):
            group = group or latest.group
        return Setting(page=page.number, block=index + 1, area=area, group=group, continues=continues)

    def _area_and_group(self, columns: Columns) -> tuple[str, str]:
        """The area that a table's place and header give it, and a group if only headings name one."""
        specific = self.outline.specific
        if columns.area_label and self.outline.is_about_follow_up():
            return columns.area_label, self.caption if not columns.of("group") else ""
        if self.caption and not columns.of("group") and specific:
            return specific[-1], self.caption
        if self.caption and not specific:
            return self.caption, ""
        if not specific:
            return columns.area_label or (
                self.subject if not columns.of("area") else ""
            ) or self.outline.latest, ""
        if len(specific) > 1 and not columns.of("group"):
            return specific[-2], specific[-1]
        return specific[-1], ""

    # Lists and other text

    def _text(self, source: Source, block: TextBlock, lead: str) -> str:
        """Read a block of text; answer the line that introduces what comes next."""
        if words.is_legend(block.text):
            self._leave(source, block, "legend")
            return lead
        for part in lists.parts_of(block.paragraphs):
            if isinstance(part, ListPart):
                self._list(source, part, part.lead or lead)
            else:
                lead = (
                    part.paragraphs[-1].text if len(part.paragraphs[-1].text.split()) <= LONGEST_LEAD else ""
                )
                self._leave_text(source, part.paragraphs, part.position)
        return lead

    def _list(self, source: Source, part: ListPart, lead: str) -> None:
        place = (source.page, self.outline.latest)
        goes_on = self.latest_list == (place, part.items[0].number - 1)
        reason = (
            None
            if goes_on
            else lists.verdict(lead=lead, title=self.outline.latest, numbered=part.is_numbered)
        )
        if reason is None and len(part.items) == 1 and not part.is_numbered:
            reason = "text"
        if reason is not None:
            text = "\n".join(text_of(item.text + item.status) for item in part.items)
            self._leave_at(source, text, reason, part.items[0].position)
            self.latest_list = None
            return
        area, group = self._area_of_list(lead)
        for item in part.items:
            self.order.append(
                ProposedInitiative(
                    area=area,
                    group=group,
                    text=text_of(item.text),
                    status=text_of(item.status),
                    example="",
                    coverage="",
                    red=red_passages((*item.text, *item.status)),
                    source=replace(source, cell=str(item.position)),
                )
            )
        self.latest_list = (place, part.items[-1].number)

    def _area_of_list(self, lead: str) -> tuple[str, str]:
        specific, latest = self.outline.specific, self.outline.latest
        is_name = (
            len(lead.split()) <= LONGEST_CAPTION
            and not words.is_generic(lead)
            and not words.reads_as_update(lead)
        )
        heading = lead.rstrip(" :") if is_name else ""
        if latest not in specific and self.subject:
            return self.subject, heading or latest
        if len(specific) > 1:
            return specific[-2], specific[-1]
        return (specific[-1] if specific else latest), heading

    def _leave_text(self, source: Source, paragraphs: Sequence[Paragraph], position: int) -> None:
        text = text_of(paragraphs)
        reason: Reason = "footnote" if text.lstrip().startswith("*") else self._reason_of_text(text)
        self._leave_at(source, text, reason, position)

    def _reason_of_text(self, text: str) -> Reason:
        for context in (text, self.outline.latest):
            for reason, pattern in words.NEGATIVE:
                if pattern.search(context):
                    return reason
        return "text"

    def _leave_at(self, source: Source, text: str, reason: Reason, position: int) -> None:
        self.leftovers.append(
            NotUnderstood(source=replace(source, cell=str(position)), text=text, reason=reason)
        )

    def _leave(self, source: Source, block: Block, reason: Reason) -> None:
        self.leftovers.append(NotUnderstood(source=source, text=_text_of_block(block), reason=reason))


def _text_of_block(block: Block) -> str:
    if isinstance(block, Table):
        return "\n".join(
            " | ".join(cell.text.replace("\n", " ") for cell in columns_of.distinct(row))
            for row in block.rows
        )
    return block.text if isinstance(block, TextBlock) else ""
