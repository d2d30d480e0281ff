"""Text of paragraphs, and the passages in them that are red."""

from collections.abc import Iterable, Iterator

from robust.engines.documents.model import Paragraph


def text_of(paragraphs: Iterable[Paragraph]) -> str:
    """Join paragraphs by line breaks, blank ones left out."""
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_blank)


def red_passages(paragraphs: Iterable[Paragraph]) -> tuple[str, ...]:
    """List each stretch of red inside a paragraph, broken by nothing but white space."""
    return tuple(passage for paragraph in paragraphs for passage in _red_in(paragraph))


def _red_in(paragraph: Paragraph) -> Iterator[str]:
    passage = ""
    for run in paragraph.runs:
        if run.red or (passage and not run.text.strip()):
            passage += run.text
        else:
            yield from _filled(passage)
            passage = ""
    yield from _filled(passage)


def _filled(passage: str) -> Iterator[str]:
    if any(sign.isalnum() for sign in passage):
        yield passage.strip()
