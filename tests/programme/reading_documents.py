"""Small documents of our own to read, and a reading made of rows without any document."""

import io
from datetime import date
from typing import Any

from pptx import Presentation
from pptx.util import Inches

from robust.organisation.models import Account, Unit
from robust.programme.models import DocumentReading, Plan, ProposedRow
from tests.factories import DAY, make_account, make_stored_file
from tests.programme.factories import make_plan


def follow_up_slides(*rows: tuple[str, str, str], heading: str = "Personale") -> bytes:
    """Write one slide with a table of group, initiative and example."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = heading
    shape = slide.shapes.add_table(len(rows) + 1, 3, Inches(0.4), Inches(1.5), Inches(9), Inches(4))
    for row_number, row in enumerate(((heading, "Initiativer og status", "Eksempler"), *rows)):
        for column, text in enumerate(row):
            shape.table.cell(row_number, column).text = text
    packed = io.BytesIO()
    deck.save(packed)
    return packed.getvalue()


def make_reading(
    *rows: dict[str, Any],
    plan: Plan | None = None,
    unit: Unit | None = None,
    by: Account | None = None,
    dated_on: date = DAY,
    state: str = "preview",
    **fields: Any,
) -> DocumentReading:
    """Make a reading that waits to be looked through, with these rows."""
    plan = plan or make_plan()
    reading = DocumentReading.objects.create(
        file=make_stored_file(b"not opened", name="opfølgning.pptx"),
        plan=plan,
        unit=unit or plan.unit,
        dated_on=dated_on,
        read_by=by or make_account(),
        state=state,
        **fields,
    )
    for number, row in enumerate(rows, start=1):
        ProposedRow.objects.create(
            reading=reading, number=number, **{"page": 1, "cell": f"B{number + 1}", **row}
        )
    return reading
