from datetime import date
from html.parser import HTMLParser

from hypothesis import HealthCheck, given, settings

from robust.engines.rostering.checking import check
from robust.engines.rostering.formats import picture
from robust.engines.rostering.problem import Demand, Problem, Roster, Wish
from robust.engines.rostering.rules import Count, Sequence, Who
from tests.engines.rostering.building import STANDBY, a_person, a_problem, a_roster, a_shift, one_of
from tests.engines.rostering.formats.strategies import rosters


class _Outline(HTMLParser):
    """Collects table cells (class, title, text), list items and whether all tags are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.cells: list[tuple[str, str, str]] = []
        self.items: list[str] = []
        self.attributes: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)
        if tag in ("td", "th", "li"):
            self.attributes = dict(attrs)
            self.cells.append((self.attributes.get("class") or "", self.attributes.get("title") or "", ""))

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("td", "th", "li"):
            kind, title, text = self.cells[-1]
            self.cells[-1] = (kind, title, text + data)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _outline(html: str) -> _Outline:
    outline = _Outline()
    outline.feed(html)
    outline.close()
    return outline


_WARD = a_problem(
    days=2,
    starts_on=date(2026, 1, 10),
    people=(a_person("a"), a_person("<b>")),
    demands=(
        Demand(id="d0", day=0, shifts=one_of("D"), minimum=2),
        Demand(id="i1", day=1, interval=(420, 900), wanted=1, who=Who(ids=one_of("a"))),
    ),
    rules=(Sequence(id="no N-D", shifts=(one_of("N"), one_of("D"))),),
    wishes=(Wish(id="w", person="<b>", day=0, shifts=one_of("off"), weight=4),),
)


def test_people_are_rows_and_violations_are_marked_where_they_are() -> None:
    roster = a_roster("ND", "D.")

    html = picture.draw(_WARD, roster, check(_WARD, roster).violations, {"off": "fri", "hard": "ulovligt"})

    outline = _outline(html)
    rule, missing = "forbidden_sequence · no N-D · 1 · ulovligt", "below_minimum · d0 · 1 · ulovligt"
    wish = "wish_not_granted · w · 1 · cost 4"
    assert outline.open == []
    assert outline.cells == [
        ("", "", "Person"),
        ("saturday", "", "10/1"),
        ("sunday", "", "11"),
        ("", "", "a"),
        ("saturday night hard", f"N · {rule}", "N"),
        ("sunday morning hard", f"D · {rule}", "D"),
        ("", "", "<b>"),
        ("saturday morning soft", f"D · {wish}", "D"),
        ("sunday", "", ""),
        ("", "People there / wanted", "D"),
        ("saturday short hard", missing, "1/2"),
        ("sunday", "", ""),
        ("", "People there / wanted", "07:00–15:00 · a"),
        ("saturday", "", ""),
        ("sunday", "", "1/1"),
        ("", "", f"2026-01-10 · {missing}"),
        ("", "", f"2026-01-10 – 2026-01-11 · a · {rule}"),
        ("", "", f"2026-01-10 · <b> · {wish}"),
    ]


def test_what_concerns_many_days_is_marked_at_the_person() -> None:
    problem = a_problem(days=21, rules=(Count(id="few", maximum=1, weight=3),))
    roster = a_roster("DD" + "." * 19)

    outline = _outline(picture.draw(problem, roster, check(problem, roster).violations))

    marked = [cell for cell in outline.cells if "soft" in cell[0]]
    assert marked == [("soft", "too_many · few · 1 · cost 3", "a")]


def test_the_legend_tells_clock_times_where_there_are_any() -> None:
    html = picture.draw(a_problem(days=1, shifts=(a_shift("D", 7), STANDBY)), a_roster("D"))

    assert _legend(html) == (
        '<span><b class="morning">D</b> D 07:00–15:00</span>'
        '<span><b class="standby">S</b> S 15:00–07:00</span>'
    )


def test_the_legend_tells_no_clock_times_where_all_are_the_same() -> None:
    html = picture.draw(a_problem(days=1, shifts=(a_shift("D", 0), a_shift("E", 0))), a_roster("D"))

    assert _legend(html) == ('<span><b class="morning">D</b> D</span><span><b class="evening">E</b> E</span>')


def _legend(html: str) -> str:
    return html.partition('<p class="legend">')[2].partition("</p>")[0]


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
@given(drawn=rosters())
def test_any_roster_with_any_names_gives_a_page_that_closes_what_it_opens(
    drawn: tuple[Problem, Roster],
) -> None:
    problem, roster = drawn

    outline = _outline(picture.draw(problem, roster))

    assert outline.open == []
