from robust.engines.documents.comparing import Change, Passage
from robust.engines.documents.follow_up import Section, Site, Status
from robust.engines.documents.writing.tables import Cell, plain_cell, tables
from tests.engines.documents.writing.follow_ups import AT_RISK, NORTH, SOUTH, follow_up, row, status

MARK = Cell(lines=((Passage("ny", Change.NEW),),))


def headings(**changes: object) -> list[tuple[str, ...]]:
    return [tuple(column.heading for column in table.columns) for table in tables(follow_up(**changes))]


def test_a_row_has_a_cell_per_column_and_its_mark_in_the_margin() -> None:
    [table] = tables(follow_up())

    assert [column.kind for column in table.columns] == [
        "mark", "group", "initiative", "owner", "status", "site", "site",
    ]  # fmt: skip
    assert table.rows == (
        (
            MARK,
            plain_cell("God introduktion"),
            plain_cell("Fast mentor til nye kolleger"),
            plain_cell("Kim Dahl"),
            Cell(
                heading="● på sporet · 3. november 2026",
                lines=((Passage("Seks mentorer."), Passage(" "), Passage("Syv afsnit er med.", Change.NEW)),),
            ),
            Cell(
                heading="▲ i risiko · 3. november 2026",
                lines=(
                    (
                        Passage("Begyndt i "),
                        Passage("maj ", Change.REMOVED),
                        Passage("juni", Change.NEW),
                        Passage("."),
                    ),
                ),
            ),
            Cell(),
        ),
    )


def test_columns_that_nobody_filled_are_left_out() -> None:
    bare = row(owner="", status=Status())

    assert headings(sections=(Section(area="A", rows=(bare,)),)) == [
        ("Nyt", "Gruppe", "Initiativ", "Eksempler Nord", "Eksempler Syd")
    ]
    assert headings(sections=(Section(area="A", rows=(bare,)),), sites=(), compared_on=None) == [
        ("Gruppe", "Initiativ", "Status")
    ]


def test_more_sites_than_fit_go_to_a_further_table_that_says_so() -> None:
    sites = (NORTH, SOUTH, Site(name="Øst", heading="Eksempler Øst"))
    told = row(sites=(Status(), Status(), status("", "Begyndt.", AT_RISK)))

    first, second = tables(follow_up(Section(area="A", rows=(told,)), sites=sites), sites_at_once=2)

    assert (first.goes_on, second.goes_on) == (False, True)
    assert [column.heading for column in second.columns] == ["Nyt", "Gruppe", "Initiativ", "Eksempler Øst"]
    assert second.rows == (
        (
            MARK,
            plain_cell("God introduktion"),
            plain_cell("Fast mentor til nye kolleger (fortsat)"),
            Cell(heading="▲ i risiko · 3. november 2026", lines=((Passage("Begyndt.", Change.NEW),),)),
        ),
    )


def test_sites_are_spread_evenly_over_as_few_tables_as_will_do() -> None:
    def columns_of(count: int) -> list[int]:
        sites = tuple(Site(name=str(at), heading=str(at)) for at in range(count))
        return [
            sum(column.kind == "site" for column in table.columns) for table in tables(follow_up(sites=sites))
        ]

    assert [columns_of(count) for count in (0, 1, 3, 4, 5, 7)] == [
        [0], [1], [3], [2, 2], [3, 2], [3, 2, 2],
    ]  # fmt: skip


def test_a_row_without_anything_new_has_no_mark() -> None:
    [table] = tables(follow_up(Section(area="A", rows=(row(status=Status(), sites=()),))))

    assert table.rows[0][0] == Cell()


def test_a_long_initiative_is_told_again_in_short() -> None:
    long = "Ordet " * 40
    [_, second] = tables(follow_up(Section(area="A", rows=(row(long),))), sites_at_once=1)

    assert second.rows[0][2] == plain_cell("Ordet " * 14 + "Ordet… (fortsat)")


def test_rows_of_one_group_are_found_together() -> None:
    rows = (row(group="A"), row(group="A"), row(group="B"), row(group="A"))

    [table] = tables(follow_up(Section(area="X", rows=rows)))

    assert table.group_spans == ((0, 2), (2, 1), (3, 1))
    assert sum(table.widths) == 1
