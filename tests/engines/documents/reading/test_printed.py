import pytest

from robust.engines import documents
from robust.engines.documents import Limits, Paragraph, Picture, Run, Table, TextBlock
from robust.engines.documents.reading.pdf_lines import Line, colour_of, paragraphs
from tests.engines.documents.reading import files, shown

RULED = """= Personale
#table(columns: (1fr, 2fr, 2fr), [Tema], [Initiativ], [Status],
  table.cell(rowspan: 2)[Introduktion],
  [Gode introduktionsforløb for nye ansatte på alle afdelinger, herunder et længerevarende forløb for alle],
  [#text(fill: red)[Afsat midler.] Det går godt.], [Mentor], [Slut])"""
ROWS = [
    ["Tema", "Initiativ", "Status"],
    [
        "Introduktion",
        (
            "Gode introduktionsforløb for nye ansatte på alle afdelinger, herunder et længerevarende forløb "
            "for alle"
        ),
        "Afsat midler. Det går godt.",
    ],
]


def cells(content: bytes) -> list[list[str]]:
    return [[text for _, text in row] for row in shown.table(content)]


def drawn(stream: str) -> bytes:
    """A page drawn by hand, with Helvetica."""
    page = files.raw_pdf(stream.encode("cp1252"))
    font = (
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>>>"
    )
    return page.replace(b"/MediaBox[0 0 900 900]", b"/MediaBox[0 0 900 900]" + font)


def words(x: float, y: float, text: str, *, size: int = 10, colour: str = "0 g") -> str:
    return f"{colour} BT /F {size} Tf {x} {y} Td ({text}) Tj ET\n"


def test_a_ruled_table_is_read_with_merged_cells_and_whole_paragraphs():
    document = documents.read(files.print_of(RULED), name="plan")

    assert (document.kind, document.pages[0].title) == ("pdf", "Personale")
    assert cells(files.print_of(RULED)) == [*ROWS, ["Introduktion", "Mentor", "Slut"]]
    assert shown.red(files.print_of(RULED)) == ["Afsat midler. "]


@pytest.mark.parametrize("stroke", ["none", "(x, y) => (bottom: 1pt)"])
def test_a_table_without_lines_between_its_columns_is_read(stroke):
    table = """= Hospitaler
#table(columns: (1fr, 2fr, 2fr), stroke: STROKE, [*Tema*], [*Initiativ*], [*Status*],
  [Introduktion],
  [Gode introduktionsforløb for nye ansatte på alle afdelinger, herunder et længerevarende forløb for alle],
  [#text(fill: red)[Afsat midler.] Det går godt.], [], [Mentor], [Slut], [Vagter], [Vagtplan], [I gang])
Herunder følger et almindeligt afsnit, som løber hen over alle kolonner og ikke hører til tabellen."""

    assert cells(files.print_of(table.replace("STROKE", stroke))) == [
        *ROWS,
        ["", "Mentor", "Slut"],
        ["Vagter", "Vagtplan", "I gang"],
    ]


def test_two_tables_without_lines_on_one_page_are_two():
    table = """#table(columns: (1fr, 2fr, 2fr), stroke: none, [*Tema*], [*Initiativ*], [*Status*],
  [A], [Mentor], [Slut], [B], [Vagtplan], [I gang])
Et almindeligt afsnit, som løber hen over alle kolonner, står mellem de to tabeller og skiller dem ad.
"""

    tables = [block for block in shown.blocks(files.print_of(table * 2)) if isinstance(block, Table)]

    assert [len(block.rows) for block in tables] == [3, 3]


def test_prose_and_lists_in_columns_are_no_tables():
    page = """#grid(columns: (1fr, 1fr), gutter: 30pt)[+ Arbejdsgruppe om krav
+ Bedre miljøer
+ Flere studerende][
#set enum(start: 4)
+ Fælles skabeloner
+ Netværk for ledere]"""

    read = shown.paragraphs(files.print_of(page))

    assert [(one.marker, one.number, one.text) for one in read] == [
        ("number", 1, "Arbejdsgruppe om krav"),
        ("number", 2, "Bedre miljøer"),
        ("number", 3, "Flere studerende"),
        ("number", 4, "Fælles skabeloner"),
        ("number", 5, "Netværk for ledere"),
    ]


def test_nested_bullets_have_levels():
    read = shown.paragraphs(files.print_of("- Et\n  - To\n  - Tre\n- Fire"))

    assert [(one.marker, one.level, one.text) for one in read] == [
        ("bullet", 0, "Et"),
        ("bullet", 1, "To"),
        ("bullet", 1, "Tre"),
        ("bullet", 0, "Fire"),
    ]


def test_a_wide_gap_is_a_blank_paragraph():
    page = "#box(width: 300pt)[Første afsnit. \\ Andet. #v(8pt) Tredje.]"

    assert shown.paragraphs(files.print_of(page)) == [
        *shown.paragraphs(files.print_of("#box[Første afsnit. \\ Andet.]")),
        Paragraph(),
        *shown.paragraphs(files.print_of("Tredje.")),
    ]


def test_a_box_over_a_table_does_not_break_it():
    page = """#table(columns: (200pt, 200pt), fill: luma(240),
  [Tema], [Initiativ], [Introduktion], [Mentor], [Vagter], [Plan])
#place(top + left, dx: 330pt, dy: -20pt, rect(width: 120pt, height: 30pt, fill: white)[Nyt med rødt])"""

    blocks = shown.blocks(files.print_of(page))

    assert cells(files.print_of(page)) == [
        ["Tema", "Initiativ"],
        ["Introduktion", "Mentor"],
        ["Vagter", "Plan"],
    ]
    assert [block.text for block in blocks if isinstance(block, TextBlock)] == ["Nyt med rødt"]


def test_a_round_box_inside_a_cell_is_text_of_its_own():
    page = """#table(columns: (200pt, 200pt), rows: 60pt, [Tema], [Initiativ], [Introduktion], [Mentor])
#place(top + left, dx: 260pt, dy: 85pt,
  rect(width: 120pt, height: 30pt, radius: 8pt, fill: white)[Nyt med rødt])"""

    assert cells(files.print_of(page)) == [["Tema", "Initiativ"], ["Introduktion", "Mentor"]]


def test_struck_text_is_left_out():
    assert shown.texts(files.print_of("Nyt #strike[gammelt og langt] og godt")) == ["Nyt og godt"]


def test_headings_are_known_by_size_and_weight():
    page = (
        "#text(size: 26pt)[Titel] \\ #v(20pt)\n*Fed linje*\n\nAlmindelig tekst, som fylder det "
        "meste.\n\n*Fed sætning.*\n\n#v(200pt)#text(size: 20pt)[Stor]"
    )

    found = documents.read(files.print_of(page), name="x").pages[0]

    assert found.title == "Titel"
    assert [(block.text, block.heading_level) for block in found.blocks] == [
        ("Fed linje", 6),
        ("Almindelig tekst, som fylder det meste.", 0),
        ("Fed sætning.", 0),
        ("Stor", 2),
    ]


def test_page_numbers_and_lines_repeated_on_every_page_are_no_content():
    page = (
        "#set page(footer: [Region Øst, side #context "
        "counter(page).display()])\nEn\n#pagebreak()\nTo\n\n#v(90pt) 4 af 7"
    )

    pages = documents.read(files.print_of(page), name="x").pages

    assert [[block.text for block in one.blocks] for one in pages] == [["En"], ["To"]]


def test_a_red_line_repeated_on_every_page_is_kept():
    page = "#set page(footer: text(fill: red)[Nyt er rødt])\nEn\n#pagebreak()\nTo"

    pages = documents.read(files.print_of(page), name="x").pages

    assert [[block.text for block in one.blocks] for one in pages] == [
        ["En", "Nyt er rødt"],
        ["To", "Nyt er rødt"],
    ]


def test_large_pictures_are_told_of():
    picture = (
        '#image(bytes("<svg xmlns=\\"http://www.w3.org/2000/svg\\" width=\\"9\\" height=\\"9\\"/>'
        '"), width: 300pt)'
    )
    raster = (
        "q 600 0 0 600 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q q 5 0 0 5 0 0 cm BI /W 1 /H 1 "
        "/CS /G /BPC 8 ID x EI Q\n"
    )

    blocks = shown.blocks(drawn(raster + words(700, 700, "Ord")))

    assert [type(block) for block in blocks] == [TextBlock, Picture]
    assert shown.texts(files.print_of(f"Ord {picture}")) == ["Ord"]


def test_a_title_alone_is_text_enough():
    page = documents.read(
        files.print_of("#text(size: 26pt)[Titel] \\ #text(size: 2pt)[12 / 1234]"), name="x"
    ).pages[0]

    assert page.title == "Titel"


def test_a_page_with_too_many_lines_is_read_without_its_tables():
    document = documents.read(files.print_of(RULED), name="x", limits=Limits(drawn_lines=3))

    assert not any(isinstance(block, Table) for block in document.pages[0].blocks)


def test_a_grid_of_more_places_than_any_plan_is_a_drawing():
    lines = "".join(f"{i * 4} 0 m {i * 4} 800 l S 0 {i * 4} m 800 {i * 4} l S\n" for i in range(120))

    blocks = shown.blocks(drawn(lines + words(850, 850, "Ord")))

    assert [block.text for block in blocks] == ["Ord"]


def test_a_frame_of_one_column_is_text():
    frame = "50 500 300 40 re S 50 460 300 40 re S\n"

    blocks = shown.blocks(drawn(frame + words(60, 515, "Et") + words(60, 475, "To")))

    assert [type(block) for block in blocks] == [TextBlock, TextBlock]


def line(number: int, text: str, *, right: float = 99.5) -> Line:
    return Line(
        runs=(Run(text=text),),
        left=0,
        right=right,
        top=12 * number,
        bottom=12 * number + 10,
        size=10,
        first_word=40,
    )


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("Et almindeligt", "afsnit", "Et almindeligt afsnit"),
        ("uddannelses", "plan", "uddannelsesplan"),
        ("et langt afta", "l", "et langt aftal"),
        ("der er mer-", "og overarbejde", "der er mer- og overarbejde"),
        ("flere sub-", "akutte tider", "flere sub-akutte tider"),
        ("hospitaler/", "klinikker", "hospitaler/klinikker"),
        ("blød bindestreg\u00ad", "her", "blød bindestregher"),
    ],
)
def test_lines_are_joined_as_they_were_broken(first, second, joined):
    assert [one.text for one in paragraphs((line(0, first), line(1, second)), right_edge=100)] == [joined]


def test_a_sentence_that_ends_well_before_the_edge_ends_its_paragraph():
    lines = (line(0, "Det er slut.", right=75), line(1, "Nu begynder noget andet"))

    assert [one.text for one in paragraphs(lines, right_edge=100)] == [
        "Det er slut.",
        "Nu begynder noget andet",
    ]


def test_nothing_is_no_paragraphs():
    assert paragraphs(()) == ()


def test_colours_of_every_kind_are_read():
    assert [
        colour_of({"non_stroking_color": colour})
        for colour in (None, (0.5,), (1, 0, 0), (0, 1, 1, 0), ("P1",))
    ] == [
        None,
        None,
        (1, 0, 0),
        (1, 0, 0),
        None,
    ]


def columns_at(*lefts: float, size: int = 10):
    """Write a line of words, each at its column."""
    return lambda y, *texts: "".join(
        words(left, y, text, size=size) for left, text in zip(lefts, texts, strict=False)
    )


def test_a_header_with_a_single_line_below_it_is_no_table():
    line = columns_at(50, 200, 400)

    blocks = shown.blocks(
        drawn(line(800, "Tema", "Initiativ", "Status") + line(780, "Intro", "Mentor", "Slut"))
    )

    assert not any(isinstance(block, Table) for block in blocks)


def test_a_header_close_to_its_first_row_is_still_a_row_of_its_own():
    line = columns_at(50, 200, 400)
    page = (
        line(800, "Tema", "Initiativ", "Status")
        + line(788, "Intro", "Mentor", "Slut")
        + line(760, "Vagt", "Plan", "Ny")
    )

    assert cells(drawn(page)) == [
        ["Tema", "Initiativ", "Status"],
        ["Intro", "Mentor", "Slut"],
        ["Vagt", "Plan", "Ny"],
    ]


def test_columns_too_narrow_to_tell_apart_are_text():
    line = columns_at(50, 51.6, 53.2, size=1)
    page = "".join(line(800 - 3 * number, "i", "i", "i") for number in range(4))

    assert not any(isinstance(block, Table) for block in shown.blocks(drawn(page)))


def test_a_shape_without_text_is_no_box():
    page = "300 300 200 90 re f\n" + words(50, 800, "Ord")

    assert [block.text for block in shown.blocks(drawn(page))] == ["Ord"]
