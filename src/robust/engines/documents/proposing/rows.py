"""The rows of a table as initiatives: groups carried down, stacked cells resolved, split rows joined."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from robust.engines.documents.model import Cell, Paragraph, Table
from robust.engines.documents.proposing import stacking, words
from robust.engines.documents.proposing.columns import Columns, Line, distinct, from_header, is_header
from robust.engines.documents.proposing.handed_over import beginning_of, without_judgement
from robust.engines.documents.proposing.passages import red_passages, text_of
from robust.engines.documents.proposing.proposal import NotUnderstood, ProposedInitiative, Source
from robust.engines.documents.proposing.words import Role

VALUE_ROLES: tuple[Role, ...] = ("status", "example", "coverage", "owner", "deadline")
IGNORED: tuple[Role, ...] = ("area", "group", "number", "mark")
Paragraphs = tuple[Paragraph, ...]
Place = tuple[int, int, int, int]  # page, block, row, column
LONGEST_BAND = 6  # words
ROWS_THAT_TELL = 40  # below a header, what its columns hold


@dataclass(slots=True, kw_only=True)
class Draft:
    """An initiative while its rows are being read."""

    area: str
    group: str
    source: Source
    fields: dict[str, Paragraphs]
    cells: set[Place] = field(default_factory=set)

    def add(self, role: str, paragraphs: Sequence[Paragraph]) -> None:
        self.fields[role] = (*self.fields.get(role, ()), *paragraphs)

    def finished(self) -> ProposedInitiative:
        order = ("text", *VALUE_ROLES)
        texts = {role: text_of(self.fields.get(role, ())) for role in order}
        red = red_passages(paragraph for role in order for paragraph in self.fields.get(role, ()))
        return ProposedInitiative(area=self.area, group=self.group, red=red, source=self.source, **texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a table stands: its page and block, and what its place says about area and group."""

    page: int
    block: int
    area: str
    group: str = ""  # of a continued table: what its first rows carry on
    continues: bool = False

    def source(self, cell: Cell) -> Source:
        return Source(page=self.page, block=self.block, cell=cell.reference)


class RowReader:
    """Reads the rows of one table from top to bottom."""

    def __init__(self, table: Table, columns: Columns, setting: Setting) -> None:
        self.table = table
        self.columns = columns
        self.setting = setting
        self.area = setting.area
        self.group = setting.group
        self.bands = _bands(table, columns)
        self.drafts: list[Draft] = []
        self.leftovers: list[NotUnderstood] = []

    @property
    def has_only_header(self) -> bool:
        return len(self.table.rows) == len(self.columns.header_rows)

    def read(self) -> None:
        for number, row in enumerate(self.table.rows):
            if number not in self.columns.header_rows:
                self._row(number, row)

    def _row(self, number: int, row: Line) -> None:
        cells = list(distinct(row))
        filled = [cell for cell in cells if not cell.is_blank]
        if not filled:
            return
        if self.columns.header_rows and number < self.columns.header_rows[0]:
            self._leave(row, "text")
        elif (columns := self._header_in(number, filled)) is not None:
            self._new_header(columns)
        elif self._is_sum(row, filled[0]):
            self._leave(row, "row_without_initiative")
        elif (len(cells) == 1 and len(row) > 1) or number in self.bands:
            self._band(filled[0])
        else:
            self._carry_down(row)
            self._initiative(number, row)

    def _header_in(self, number: int, filled: Sequence[Cell]) -> Columns | None:
        """Find a header inside a table that has one: all cells name columns but for one, perhaps an area."""
        known = sum(self._is_label(cell) for cell in filled)
        if not self.columns.header_rows or known < len(filled) - 1 or not is_header(self.table.rows[number]):
            return None
        columns = from_header(Table(rows=self.table.rows[number : number + ROWS_THAT_TELL]))
        return columns if columns is not None and columns.names_initiatives else None

    def _is_sum(self, row: Line, first: Cell) -> bool:
        texts = [row[index] for index in self.columns.of("text")]
        says_nothing = all(cell.is_blank or cell is first for cell in texts)
        return says_nothing and words.TOTAL.match(words.normal(first.text)) is not None

    def _is_label(self, cell: Cell) -> bool:
        is_repeated = words.normal(cell.text) == words.normal(self.columns.labels[cell.column])
        return is_repeated or words.is_label(cell.text)

    def _new_header(self, columns: Columns) -> None:
        """A header inside a table counts for the rows below it, and may name another area."""
        if columns.area_label and self.area == self.columns.area_label:
            self.area, self.group = columns.area_label, ""
        if columns.labels != self.columns.labels:
            self.columns = replace(columns, header_rows=self.columns.header_rows)

    def _band(self, cell: Cell) -> None:
        """A cell over the whole width heads what is below: an area if groups have a column, else a group."""
        heading = words.without_continuation(cell.text.replace("\n", " "))
        if len(heading.split()) > 14 or words.is_legend(heading):
            self.leftovers.append(
                NotUnderstood(source=self.setting.source(cell), text=cell.text, reason="text")
            )
        elif self.columns.of("group"):
            self.area, self.group = heading, ""
        else:
            self.group = heading

    def _carry_down(self, row: Line) -> None:
        for index in self.columns.of("area"):
            if value := _heading(row[index]):
                self.area, self.group = value, self.group if value == self.area else ""
        for index in self.columns.of("group"):
            if value := _heading(row[index]):
                self.group = value

    def _initiative(self, number: int, row: Line) -> None:
        values = self._values(row)
        text_cells = [row[index] for index in self.columns.of("text")]
        anchor = next((cell for cell in text_cells if not cell.is_blank), None)
        if anchor is None:
            self._without_text(number, row, values)
        elif (anchor.row < number and self.drafts) or self._is_rest_of_latest(number, row, anchor):
            self._add_to_latest(values, row)
        else:
            self._start(anchor, values, row)

    def _values(self, row: Line) -> dict[str, Paragraphs]:
        """The paragraphs of each role; purposes go with the text, unknown columns with the status."""
        values: dict[str, Paragraphs] = {}
        seen: set[tuple[int, int]] = set()
        tells_further_sites = not self.columns.of("status") and any(
            beginning_of(row[index].paragraphs) for index in self.columns.of("text")
        )
        for index, cell in enumerate(row):
            role = self.columns.roles[index]
            if cell.is_blank or (cell.row, cell.column) in seen or role in IGNORED:
                continue
            seen.add((cell.row, cell.column))
            paragraphs = tuple(one for one in cell.paragraphs if not words.is_legend(one.text))
            if role in ("status", "example"):
                paragraphs = without_judgement(paragraphs)
            target, labelled = self._target(role, index)
            labelled = labelled or (tells_further_sites and role == "example")
            paragraphs = _labelled(paragraphs, self.columns.labels[index]) if labelled else paragraphs
            values[target] = (*values.get(target, ()), *paragraphs)
        return {role: kept for role, kept in values.items() if any(not one.is_blank for one in kept)}

    def _target(self, role: Role | None, index: int) -> tuple[str, bool]:
        several = len(self.columns.of(role)) > 1 if role else False
        if role == "purpose":
            return "text", True
        if role is None:
            return "status", bool(self.columns.labels[index].strip())
        return role, several and role in ("example", "coverage", "status")

    def _without_text(self, number: int, row: Line, values: dict[str, Paragraphs]) -> None:
        """A row that does not say what is to be done: the rest of the row above, or its group alone."""
        own_group = self._has_own_group(number, row)
        if not values:
            if not own_group or not self._is_only_heading(row):
                self._leave(row, "row_without_initiative")
        elif self.drafts and not own_group:
            self._add_to_latest(values, row)
        else:
            self._leave(row, "row_without_initiative")

    def _has_own_group(self, number: int, row: Line) -> bool:
        return any(not row[index].is_blank and row[index].row == number for index in self.columns.of("group"))

    def _is_only_heading(self, row: Line) -> bool:
        """A group alone in its row heads the rows below, if there are any."""
        return self.table.rows[-1] is not row

    def _is_rest_of_latest(self, number: int, row: Line, anchor: Cell) -> bool:
        """A row cut by a page break goes on in the middle of a sentence, without a group of its own."""
        is_first = number == next(i for i in range(len(self.table.rows)) if i not in self.columns.header_rows)
        if not is_first or not self.setting.continues or not self.drafts or self._has_own_group(number, row):
            return False
        first = stacking.trimmed(anchor.paragraphs)[0]
        is_update = self.columns.is_combined and (first.has_red or words.reads_as_update(first.text))
        return not first.marker and (first.text[:1].islower() or is_update)

    def _add_to_latest(self, values: dict[str, Paragraphs], row: Line) -> None:
        latest = self.drafts[-1]
        for index, cell in enumerate(row):
            target, _ = self._target(self.columns.roles[index], index)
            if target in values and self._place(cell) not in latest.cells:
                latest.add(target, values[target])
                values = {role: kept for role, kept in values.items() if role != target}
        latest.cells |= {self._place(cell) for cell in row}

    def _place(self, cell: Cell) -> Place:
        return self.setting.page, self.setting.block, cell.row, cell.column

    def _start(self, anchor: Cell, values: dict[str, Paragraphs], row: Line) -> None:
        for part in self._split(values):
            draft = Draft(area=self.area, group=self.group, source=self.setting.source(anchor), fields={})
            for role, paragraphs in part.items():
                draft.add(role, paragraphs)
            draft.cells = {self._place(cell) for cell in row}
            self.drafts.append(draft)

    def _split(self, values: dict[str, Paragraphs]) -> Iterator[dict[str, Paragraphs]]:
        """Split stacked initiatives; cells with as many parts are dealt out, others go to the first."""
        others = {role: paragraphs for role, paragraphs in values.items() if role != "text"}
        texts = self._texts(values.get("text", ()), others)
        shares = {role: stacking.parts(paragraphs) for role, paragraphs in others.items()}
        for index, text in enumerate(texts):
            part = {
                role: share[index] if len(share) == len(texts) > 1 else others[role] if index == 0 else ()
                for role, share in shares.items()
            }
            initiative, status = (
                stacking.initiative_and_status(text) if self.columns.is_combined else (text, ())
            )
            yield {**part, "text": initiative, "status": (*status, *part.get("status", ()))}

    def _texts(self, text: Paragraphs, others: dict[str, Paragraphs]) -> stacking.Stack:
        whole = (stacking.trimmed(text),)
        stacked = stacking.stacked(text) or whole
        if len(stacked) > 1 and (self.columns.is_combined or not others or _fits(others, len(stacked))):
            return stacked
        bullets = stacking.bulleted(text)
        if len(bullets) > 1 and self.columns.of("group") and (not others or _fits(others, len(bullets))):
            return bullets
        return whole

    def _leave(self, row: Line, reason: str) -> None:
        filled = [cell for cell in distinct(row) if not cell.is_blank]
        text = " | ".join(cell.text for cell in filled)
        source = self.setting.source(filled[0])
        kept = "legend" if words.is_legend(text) else reason
        self.leftovers.append(NotUnderstood(source=source, text=text, reason=kept))  # type: ignore[arg-type]


def _bands(table: Table, columns: Columns) -> frozenset[int]:
    """Rows with only a short first cell, where the table begins with one and has more, or it is bold.

    Without a column of groups such rows head the rows below them.
    """
    body = [number for number in range(len(table.rows)) if number not in columns.header_rows]
    filled = {number: [cell for cell in distinct(table.rows[number]) if not cell.is_blank] for number in body}
    single = [
        number
        for number, following in pairwise((*body, -1))
        if len(filled[number]) == 1
        and filled[number][0].column == 0
        and len(filled[number][0].text.split()) <= LONGEST_BAND
        and len(filled.get(following, ())) > 1
    ]
    if columns.of("group") or not single:
        return frozenset()
    if len(single) > 1 and single[0] == body[0]:
        return frozenset(single)
    bold = [
        number
        for number in single
        if all(one.is_bold for one in filled[number][0].paragraphs if not one.is_blank)
    ]
    plain = any(
        not one.is_bold
        for number in body
        if number not in bold
        for cell in filled[number][:1]
        for one in cell.paragraphs
    )
    return frozenset(bold) if plain else frozenset()


def _heading(cell: Cell) -> str:
    return words.without_continuation(cell.text.replace("\n", " "))


def _labelled(paragraphs: Paragraphs, label: str) -> Paragraphs:
    """Put the header of an unknown column in front of what stands in it."""
    if all(paragraph.is_blank for paragraph in paragraphs):
        return ()
    first, *rest = stacking.trimmed(paragraphs)
    name = label.replace("\n", " ").strip()
    run = replace(first.runs[0], text=f"{name}: ", red=False)
    return (replace(first, runs=(run, *first.runs)), *rest)


def _fits(others: dict[str, Paragraphs], count: int) -> bool:
    return all(len(stacking.parts(paragraphs)) == count for paragraphs in others.values())
