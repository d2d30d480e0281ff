"""What a read document is made of: pages with tables, text and headings, each run knowing if it is red."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["pptx", "docx", "xlsx", "csv", "pdf"]
Marker = Literal["", "bullet", "number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    text: str
    red: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph without its list sign; one without runs is a blank line."""

    runs: tuple[Run, ...] = ()
    marker: Marker = ""
    number: int = 0  # the printed or counted number of a numbered paragraph, else 0
    level: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    @property
    def is_bold(self) -> bool:
        return not self.is_blank and all(run.bold for run in self.runs if run.text.strip())

    @property
    def has_red(self) -> bool:
        return any(run.red for run in self.runs if run.text.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Where something lies on its page, in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table; a merged one stands in each place it covers, `row` and `column` being its first."""

    paragraphs: tuple[Paragraph, ...]
    row: int
    column: int
    reference: str

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs if not paragraph.is_blank)

    @property
    def is_blank(self) -> bool:
        return all(paragraph.is_blank for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A rectangle of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    box: Box | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """Paragraphs that stand together outside a table; a heading has a level from 1, other text 0."""

    paragraphs: tuple[Paragraph, ...]
    heading_level: int = 0
    box: Box | None = None
    hidden: bool = False

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs if not paragraph.is_blank)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture, chart or drawing large enough to carry content that cannot be read."""

    box: Box | None = None


Block = Table | TextBlock | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A slide, a sheet, a printed page, or as much of a text document as lies between two page breaks."""

    number: int
    title: str
    blocks: tuple[Block, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    kind: Kind
    title: str
    pages: tuple[Page, ...]
