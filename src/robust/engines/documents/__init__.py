"""Office files to plain rows and back: bytes in, pages and proposed initiatives out, and the way back."""

from robust.engines.documents.apart import read_apart
from robust.engines.documents.limits import DocumentRefused, Limits
from robust.engines.documents.model import (
    Block,
    Box,
    Cell,
    Document,
    Kind,
    Page,
    Paragraph,
    Picture,
    Run,
    Table,
    TextBlock,
)
from robust.engines.documents.proposing import propose
from robust.engines.documents.proposing.proposal import (
    NotUnderstood,
    Proposal,
    ProposedInitiative,
    Reason,
    Source,
    proposal_as_json,
)
from robust.engines.documents.reading import read
from robust.engines.documents.writing.docx import write_docx
from robust.engines.documents.writing.listing import Listing, write_listing
from robust.engines.documents.writing.pdf import write_pdf
from robust.engines.documents.writing.pptx import write_pptx
from robust.engines.documents.writing.separated import write_csv
from robust.engines.documents.writing.slide_template import TemplateRefused, check_template
from robust.engines.documents.writing.xlsx import write_xlsx

__all__ = [
    "Block",
    "Box",
    "Cell",
    "Document",
    "DocumentRefused",
    "Kind",
    "Limits",
    "Listing",
    "NotUnderstood",
    "Page",
    "Paragraph",
    "Picture",
    "Proposal",
    "ProposedInitiative",
    "Reason",
    "Run",
    "Source",
    "Table",
    "TemplateRefused",
    "TextBlock",
    "check_template",
    "proposal_as_json",
    "propose",
    "read",
    "read_apart",
    "write_csv",
    "write_docx",
    "write_listing",
    "write_pdf",
    "write_pptx",
    "write_xlsx",
]
