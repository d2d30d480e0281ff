import pytest

from robust.engines.documents.model import Paragraph, Run
from robust.engines.documents.proposing.handed_over import beginning_of, without_judgement

SAID = Paragraph(runs=(Run(text="Seks mentorer er fundet."),))


def bold(text: str) -> Paragraph:
    return Paragraph(runs=(Run(text=text, bold=True),))


@pytest.mark.parametrize(
    "line",
    [
        "▲ i risiko · 3. marts 2026",
        "på sporet · 22.11.2026",
        "– · 03/11/2026",
        "– ikke vurderet · 3. marts 2026",
        "– not judged · Nov. 3, 2026",
        "· 3. marts 2026",
        "✓ done · Nov. 3, 2026",
    ],
)
def test_a_bold_line_of_judgement_and_day_is_left_out(line: str) -> None:
    assert without_judgement((bold(line), SAID)) == (SAID,)


@pytest.mark.parametrize(
    "line", ["3. marts 2026", "Status", "Opstart · uden dato", "Aftalt på mødet · 3. marts 2026"]
)
def test_other_bold_lines_stay(line: str) -> None:
    assert without_judgement((bold(line), SAID)) == (bold(line), SAID)


def test_a_plain_line_with_a_day_stays() -> None:
    plain = Paragraph(runs=(Run(text="Aftalt · 3. marts 2026"),))

    assert without_judgement((plain, SAID)) == (plain, SAID)
    assert without_judgement(()) == ()


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("Fast mentor (fortsat)", "Fast mentor"),
        ("Fast mentor til nye… (fortsat)", "Fast mentor til nye"),
        ("Fixed mentor (continued)", "Fixed mentor"),
        ("Fast mentor", ""),
        ("(fortsat)", ""),
    ],
)
def test_what_goes_on_says_how_it_began(text: str, beginning: str) -> None:
    assert beginning_of((Paragraph(runs=(Run(text=text),)),)) == beginning


def test_an_empty_cell_begins_nothing() -> None:
    assert beginning_of(()) == ""
