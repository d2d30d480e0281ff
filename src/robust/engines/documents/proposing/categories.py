"""Which column names the group of each row, when its header is no kind of column but an area."""

from collections.abc import Iterator, Sequence

from robust.engines.documents.model import Cell
from robust.engines.documents.proposing import words
from robust.engines.documents.proposing.words import Role

TEXT_ROLES = ("text", "text_status")
LONGEST_NAME = 12  # words that a group has on average
SURELY_SHORT = 8


def area_column(
    roles: Sequence[Role | None], labels: Sequence[str], columns: Sequence[Sequence[Cell]]
) -> int | None:
    """Find the column headed by an area: the first, or else one whose cells look like groups."""
    text = next((index for index, role in enumerate(roles) if role in TEXT_ROLES[::-1]), None)
    candidates = list(_candidates(roles, labels))
    first = 1 if roles[:1] == ["number"] else 0
    if first in candidates and len(roles) > first + 1:
        return first
    if text is None:
        return None
    return next((index for index in candidates if names_groups(columns[index], columns[text])), None)


def names_groups(cells: Sequence[Cell], texts: Sequence[Cell]) -> bool:
    """Say if cells stand out as names of groups, or are all filled and much shorter than the texts."""
    is_short = mean_words(cells) <= min(SURELY_SHORT, mean_words(texts) / 3)
    return stands_out(cells, texts) or (is_short and not any(cell.is_blank for cell in cells))


def stands_out(cells: Sequence[Cell], texts: Sequence[Cell]) -> bool:
    """Say if cells are short and merged downwards, or bold where the texts are not."""
    filled = [cell for cell in cells if not cell.is_blank]
    if not filled or mean_words(cells) > LONGEST_NAME:
        return False
    is_bold = all(map(_is_bold, filled)) and not all(map(_is_bold, texts))
    return is_bold or len(cells) < len(texts)


def mean_words(cells: Sequence[Cell]) -> float:
    filled = [len(cell.text.split()) for cell in cells if not cell.is_blank]
    return sum(filled) / len(filled) if filled else 0.0


def _candidates(roles: Sequence[Role | None], labels: Sequence[str]) -> Iterator[int]:
    """Columns that are no kind of column, or only sound like one that stands elsewhere."""
    for index, (role, label) in enumerate(zip(roles, labels, strict=True)):
        others = [*roles[:index], *roles[index + 1 :]]
        only_sounds = role in ("example", "coverage", "status") and not words.FIRM.search(words.normal(label))
        is_doubled = role == "text" and "text_status" in others
        is_elsewhere = only_sounds and any(other in TEXT_ROLES for other in others)
        if (role is None and label.strip()) or is_doubled or is_elsewhere:
            yield index


def _is_bold(cell: Cell) -> bool:
    return all(paragraph.is_bold for paragraph in cell.paragraphs if not paragraph.is_blank)
