"""What the columns of a table hold, told from its header, boxes above it, or its text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from robust.engines.documents.model import Cell, Table, TextBlock
from robust.engines.documents.proposing import categories, words
from robust.engines.documents.proposing.categories import TEXT_ROLES
from robust.engines.documents.proposing.words import Role

Line = tuple[Cell, ...]
DEEPEST_HEADER = 8  # rows of title and notes that may stand above a header
MUCH_SHORTER = 2.5
ABOVE = 45  # points between a header box and its table


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A role for each column, None where none is known; `area_label` is a first header that names an area."""

    roles: tuple[Role | None, ...]
    labels: tuple[str, ...]
    header_rows: tuple[int, ...] = ()
    area_label: str = ""
    names_initiatives: bool = True  # False where the column of initiatives is a guess

    @property
    def is_combined(self) -> bool:
        """Say if initiative and status share a column."""
        return "status" not in self.roles

    def of(self, role: Role) -> tuple[int, ...]:
        return tuple(index for index, known in enumerate(self.roles) if known == role)


def from_header(table: Table, *, known: Columns | None = None) -> Columns | None:
    """Find the header among the first rows; None where no row reads as one.

    `known` are the columns of a table that this one may go on with; then a first row that only sounds like a
    header may be one of the rows that go on.
    """
    for index, row in enumerate(table.rows[:DEEPEST_HEADER]):
        if is_header(row) or (index == 0 and _heads(table, known)):
            last = index + 1 if _continues_header(table, index) else index
            header = table.rows[index : last + 1]
            lowest = [cell.text for cell in header[-1]]
            return _columns(table, _labels(header), lowest=lowest, rows=tuple(range(index, last + 1)))
    return None


def from_boxes(table: Table, boxes: Sequence[TextBlock]) -> tuple[Columns | None, tuple[TextBlock, ...]]:
    """Find the header in text boxes that stand in a row right above the table, one for each column."""
    if table.box is None or not table.rows:
        return None, ()
    top = table.box.top
    near = [
        box
        for box in boxes
        if box.box is not None and abs(top - box.box.bottom) < ABOVE and box.box.top < top
    ]
    near = sorted((box for box in near if len(box.text) < 80 and not words.is_legend(box.text)), key=_left)
    if len(near) != len(table.rows[0]):
        return None, ()
    names = [box.text for box in near]
    columns = _columns(table, names, lowest=names, rows=())
    return (columns, tuple(near)) if columns.names_initiatives else (None, ())


def from_content(table: Table) -> Columns | None:
    """Guess the columns of a table without header by the length of their texts; None if it is no plan."""
    columns = _by_column(table)
    lengths = [categories.mean_words(column) for column in columns]
    if len(lengths) < 2 or max(lengths) < 3:
        return None
    longest = lengths.index(max(lengths))
    group = _group_without_header(columns, longest)
    text = 0 if group is None else 1 if group == 0 else longest
    roles: list[Role | None] = [None] * len(columns)
    roles[text] = "text"
    if group is not None:
        roles[group] = "group"
    return Columns(roles=tuple(roles), labels=("",) * len(roles))


def _group_without_header(columns: Sequence[Sequence[Cell]], longest: int) -> int | None:
    """The first column, if it is short and stands before the longest, or else one that is merged or bold."""
    if longest > 0 and (_is_short(columns[0]) or len(columns[0]) < len(columns[longest])):
        return 0
    others = [index for index in range(1, len(columns)) if index != longest]
    return next((index for index in others if categories.stands_out(columns[index], columns[longest])), None)


def _is_short(column: Sequence[Cell]) -> bool:
    return categories.mean_words(column) <= categories.SURELY_SHORT


def is_header(row: Line) -> bool:
    """Say if a row names columns: it sounds so, and a cell has only the words of headers, or all are bold.

    A row that begins "Indsats mod vold" sounds like a header too.
    """
    filled = [cell for cell in distinct(row) if not cell.is_blank]
    is_bold = all(one.is_bold for cell in filled for one in cell.paragraphs if not one.is_blank)
    return _sounds_like_header(row) and (is_bold or any(words.is_label(cell.text) for cell in filled))


def _sounds_like_header(row: Line) -> bool:
    """Say if a row has short cells, and two known roles, or one that names initiatives."""
    texts = [cell.text for cell in distinct(row)]
    filled = [text for text in texts if text.strip()]
    if not filled or any(len(words.normal(text).split()) > 9 or len(text) > 90 for text in filled):
        return False
    roles = {role for text in filled if (role := words.role_of(text)) is not None}
    names_initiatives = any(role in roles for role in TEXT_ROLES)
    short = sum(len(words.normal(text).split()) for text in filled) <= 4 * len(filled)
    if len(row) == 1:
        return names_initiatives and len(words.normal(filled[0]).split()) <= 3
    return len(filled) > 1 and short and (len(roles) > 1 or (names_initiatives and len(filled) == len(texts)))


def _heads(table: Table, known: Columns | None) -> bool:
    """Say if the first row sounds like a header, and does not go on with a table that has another one."""
    first, *rows = table.rows
    if not _sounds_like_header(first):
        return False
    if known is None or len(known.labels) != len(first):
        return True
    pairs = zip(known.labels, first, strict=True)
    others = sum(words.normal(label) != words.normal(cell.text) for label, cell in pairs)
    return others <= 1 or _is_short_beside(rows, first)  # one cell may name another area


def _is_short_beside(rows: Sequence[Line], header: Line) -> bool:
    """Say if a row is much shorter than those below it, as a header is."""
    below = [categories.mean_words(row) for row in rows[:DEEPEST_HEADER]]
    return bool(below) and sum(below) / len(below) > MUCH_SHORTER * categories.mean_words(header)


def names_other_columns(row: Line) -> bool:
    """Say if a row names the columns of an agenda, a list of people or a budget."""
    return sum(words.NOT_PLAN_COLUMNS.match(words.normal(cell.text)) is not None for cell in row) > 1


def with_content(columns: Columns, table: Table) -> Columns:
    """Let the cells correct the header: a column of coverage words is the coverage, whatever it is called."""
    roles = list(columns.roles)
    for index, column in enumerate(_by_column(table, skip=columns.header_rows)):
        filled = [cell for cell in column if not cell.is_blank]
        matching = sum(words.COVERAGE.match(cell.text) is not None for cell in filled)
        if roles[index] not in ("text", "text_status") and filled and matching * 2 > len(filled):
            roles[index] = "coverage"
    return replace(columns, roles=tuple(roles))


def distinct(row: Line) -> Iterator[Cell]:
    """Give the cells of a row, those merged over several columns once."""
    for index, cell in enumerate(row):
        if index == 0 or (cell.row, cell.column) != (row[index - 1].row, row[index - 1].column):
            yield cell


def _continues_header(table: Table, index: int) -> bool:
    """Say if the row below belongs to the header: cells merged down, or names under a merged one."""
    if index + 1 >= len(table.rows):
        return False
    row, below = table.rows[index], table.rows[index + 1]
    merged_down = [cell.row < index + 1 for cell in below]
    if any(merged_down):
        return True
    merged_across = len(list(distinct(row))) < len(row)
    return (
        merged_across
        and len(list(distinct(below))) > 1
        and all(len(cell.text) < 40 for cell in below)
        and _sounds_like_header(below)
    )


def _labels(rows: Sequence[Line]) -> list[str]:
    labels = []
    for column in range(len(rows[0])):
        parts = dict.fromkeys(row[column].text.replace("\n", " ").strip() for row in rows)
        labels.append(" ".join(part for part in parts if part))
    return labels


def _columns(table: Table, labels: Sequence[str], *, lowest: Sequence[str], rows: tuple[int, ...]) -> Columns:
    """Give each column its role by the lowest line of its header, or by all of it."""
    roles = [words.role_of(own) or words.role_of(label) for own, label in zip(lowest, labels, strict=True)]
    is_grouped = any(role in ("group", "area", "site") for role in roles)
    named = categories.area_column(roles, labels, _by_column(table, skip=range(max(rows, default=-1) + 1)))
    if named is not None and (not is_grouped or named <= 1):
        roles[named] = None
    else:
        named = None
    if "text_status" in roles:
        roles = ["text" if role == "text_status" else None if role == "text" else role for role in roles]
    roles = _without_doubles(roles)
    area_label = ""
    if named is not None and "group" in roles:
        roles[named] = None if "area" in roles else "area"
    elif named is not None:
        area_label = words.without_continuation(labels[named].replace("\n", " "))
        roles[named] = "group"
    names_initiatives = "text" in roles
    _name_missing_text(roles, labels)
    return Columns(
        roles=tuple(roles),
        labels=tuple(labels),
        header_rows=rows,
        area_label=area_label,
        names_initiatives=names_initiatives,
    )


def _without_doubles(roles: Sequence[Role | None]) -> list[Role | None]:
    """Let one column be area and one group: a second area is a group, the first of two groups an area."""
    single: list[Role | None] = list(roles)
    if "group" not in single:
        single = ["group" if role == "site" else role for role in single]
    single = [None if role == "site" else role for role in single]
    areas = [index for index, role in enumerate(single) if role == "area"]
    groups = [index for index, role in enumerate(single) if role == "group"]
    for number, index in enumerate(areas[1:]):
        single[index] = None if groups or number else "group"
    if len(groups) > 1:
        first, _, *more = groups
        single[first] = None if areas else "area"
        for index in more:
            single[index] = None
    return single


def _name_missing_text(roles: list[Role | None], labels: Sequence[str]) -> None:
    """Without a column of initiatives, take an unknown one beside a status, an owner or a deadline."""
    known = {role for role in roles if role}
    if "text" in known or not known & {"status", "owner", "deadline"}:
        return
    if any(words.NOT_PLAN_COLUMNS.match(words.normal(label)) for label in labels) or "purpose" in known:
        return
    unknown = [index for index, role in enumerate(roles) if role is None and labels[index].strip()]
    groups = [index for index, role in enumerate(roles) if role == "group"]
    for index in (*unknown, *groups)[:1]:
        roles[index] = "text"


def _by_column(table: Table, *, skip: Sequence[int] = ()) -> list[list[Cell]]:
    """The cells of each column, merged cells once, rows of the header left out."""
    columns: list[list[Cell]] = [[] for _ in table.rows[0]] if table.rows else []
    for number, row in enumerate(table.rows):
        for index, cell in enumerate(row):
            if number not in skip and (cell.row, cell.column) not in {
                (one.row, one.column) for one in columns[index][-1:]
            }:
                columns[index].append(cell)
    return columns


def _left(box: TextBlock) -> float:
    return box.box.left if box.box else 0.0


def share_of_numbers(table: Table, *, header_rows: Sequence[int] = ()) -> float:
    """Tell how much of a table, its first column and header left out, is numbers."""
    cells = [
        cell
        for column in _by_column(table, skip=header_rows or (0,))[1:]
        for cell in column
        if not cell.is_blank
    ]
    numeric = [cell for cell in cells if not any(sign.isalpha() for sign in cell.text)]
    return len(numeric) / len(cells) if cells else 0.0
