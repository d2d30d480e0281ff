"""What the preview of a document says is what taking it over does, and nothing else."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from robust.organisation.models import AuditEntry
from robust.programme import queries
from robust.programme.actions import reading as actions
from robust.programme.actions.taking_over import TakenOver, take_over
from robust.programme.bridge.reading import ReadDocument
from robust.programme.models import (
    Area,
    DocumentReading,
    ImportedRow,
    Initiative,
    Placement,
    PlanRelation,
    ProposedRow,
    Status,
)
from tests.factories import DAY, NOW, make_unit
from tests.programme.factories import make_initiative, make_plan, make_status
from tests.programme.reading_documents import make_reading

pytestmark = pytest.mark.django_db
NIGHTS = "Nattevagter fordeles på tværs af afsnit og klinikker"
MENTOR = "Alle nye sygeplejersker får en mentor de første måneder"


def read(*rows: dict, like: DocumentReading | None = None, **fields) -> DocumentReading:
    """Have the job read a document with these rows, into the same plan for the same place as another."""
    if like:
        fields = {"plan": like.plan, "unit": like.unit, "by": like.read_by} | fields
    reading = make_reading(state="reading", **fields)
    proposed = tuple(
        ProposedRow(number=number, page=1, cell=f"B{number}", **row) for number, row in enumerate(rows, 1)
    )
    actions.keep_proposal(reading, ReadDocument(rows=proposed, not_understood=[]), day=DAY)
    reading.refresh_from_db()
    return reading


def applied(reading: DocumentReading, *, later: int = 0) -> TakenOver:
    done = take_over(reading, actor=reading.read_by, now=NOW + timedelta(minutes=later))
    reading.refresh_from_db()
    return done


def kinds(reading: DocumentReading) -> dict[int, str]:
    return {outcome.row.number: str(outcome.kind) for outcome in queries.outcomes_of(reading)}


def stock() -> tuple:
    """Everything of the plan that a document can write, and how often an action said so."""
    return (
        list(Initiative.objects.order_by("pk").values_list("title", "text")),
        list(Area.objects.order_by("pk").values_list("name", flat=True)),
        list(Placement.objects.order_by("pk").values_list("initiative", "area__name", "group")),
        list(Status.objects.order_by("pk").values_list("initiative", "unit", "text", "dated_on")),
        list(PlanRelation.objects.order_by("pk").values_list("initiative", "plan", "kind", "reason")),
        AuditEntry.objects.exclude(action__startswith="reading.").count(),
    )


def expected(outcomes: list[queries.RowOutcome]) -> tuple[int, int, int, int]:
    """Count the placements, statuses, rewordings and relations that the preview promises."""
    return (
        sum(outcome.is_placed for outcome in outcomes),
        sum(len(outcome.sayings) for outcome in outcomes),
        sum(outcome.text is not None for outcome in outcomes),
        sum(outcome.relates_to is not None for outcome in outcomes),
    )


def test_a_later_version_shows_what_is_new_changed_unchanged_left_out_and_gone():
    first = read(
        {"text": NIGHTS, "area": "A", "status": "Begyndt."},
        {"text": MENTOR, "area": "A", "status": "Begyndt."},
        {"text": "Lederen er med i vagten en gang om måneden", "area": "B"},
        {"text": "Ikke en indsats", "area": "B"},
    )
    first.rows.filter(number=4).update(choice="leave_out")
    applied(first)

    again = read(
        {"text": NIGHTS, "area": "A", "status": "Begyndt."},
        {"text": MENTOR, "area": "A", "status": "Begyndt på P2."},
        {"text": "Ikke en indsats", "area": "B"},
        {"text": "Fælles vikarkorps på tværs af hospitalerne", "area": "B"},
        like=first,
    )

    assert kinds(again) == {1: "unchanged", 2: "changed", 3: "left_out", 4: "new"}
    assert [initiative.title for initiative in queries.gone_since(again)] == [
        "Lederen er med i vagten en gang om måneden"
    ]


def test_changed_rows_write_their_change_and_unchanged_ones_nothing():
    first = read({"text": NIGHTS, "status": "Begyndt."}, {"text": MENTOR, "status": "Begyndt."})
    applied(first)
    again = read({"text": NIGHTS, "status": "Begyndt."}, {"text": MENTOR, "status": "Slut."}, like=first)
    unchanged = Initiative.objects.get(text=NIGHTS)
    before = Initiative.objects.values().get(pk=unchanged.pk)

    done = applied(again, later=5)

    assert done == TakenOver(joined=2, changed=1, unchanged=1, statuses=1)
    assert Initiative.objects.values().get(pk=unchanged.pk) == before
    assert list(Status.objects.order_by("pk").values_list("initiative__text", "text")) == [
        (NIGHTS, "Begyndt."),
        (MENTOR, "Begyndt."),
        (MENTOR, "Slut."),
    ]
    assert kinds(again) == {1: "unchanged", 2: "changed"}


def test_what_was_corrected_by_hand_is_not_changed_when_it_is_read_again():
    row = {"text": "Nattevagter dles på tværs af alle afsnit", "area": "Presonale", "status": "Begynt."}
    first = read(row | {"owner": "HR"})
    values = {"text": "Nattevagter deles", "area": "Personale", "status": "Begyndt."}
    actions.correct_row(first.rows.get(), values=values, actor=first.read_by, now=NOW)
    applied(first)

    second = read(row | {"owner": "HR"}, like=first)
    read_second = kinds(second)
    applied(second, later=5)
    third = read(row | {"owner": "HR"}, like=first)

    assert (read_second, kinds(third)) == ({1: "unchanged"}, {1: "unchanged"})


def test_a_correction_stays_when_another_place_reads_the_same_initiative():
    plan = make_plan()
    row = {"text": "Nattevagter dles på tværs af alle afsnit", "area": "A"}
    first = read(row, plan=plan)
    actions.correct_row(first.rows.get(), values={"text": "Nattevagter deles"}, actor=first.read_by, now=NOW)
    applied(first)
    applied(read(row, plan=plan, unit=make_unit(), by=first.read_by, dated_on=DAY), later=5)

    assert kinds(read(row, like=first)) == {1: "unchanged"}


def test_who_reads_the_document_in_another_language_finds_it_unchanged():
    row = {"text": NIGHTS, "deadline": "juni"}
    with translation.override("en"):
        first = read(row)
        applied(first)

    with translation.override("da"):
        assert kinds(read(row, like=first)) == {1: "unchanged"}
    assert Status.objects.get().text == "Frist: juni"


def test_a_wording_that_a_person_has_changed_shows_the_new_one_and_writes_nothing():
    first = read({"text": NIGHTS})
    applied(first)
    Initiative.objects.update(text="Vores egne ord")
    again = read({"text": f"{NIGHTS} fra maj"}, like=first)

    outcome = queries.outcomes_of(again)[0]

    assert (outcome.kind, outcome.writes, outcome.before) == ("changed", False, ImportedRow.objects.get())
    assert applied(again, later=5) == TakenOver(joined=1, unchanged=1)


def test_an_older_version_does_not_bring_its_wording_back():
    first = read({"text": f"{NIGHTS} fra maj"})
    applied(first)
    older = read({"text": NIGHTS}, like=first, dated_on=DAY - timedelta(days=90))

    applied(older, later=5)

    assert Initiative.objects.get().text == f"{NIGHTS} fra maj"


def test_another_place_may_reword_what_no_person_has_changed():
    first = read({"text": NIGHTS, "area": "A"})
    applied(first)
    elsewhere = read({"text": f"{NIGHTS} fra maj", "area": "B"}, like=first, unit=make_unit())

    assert [outcome.text for outcome in queries.outcomes_of(elsewhere)] == [f"{NIGHTS} fra maj"]


def test_what_a_person_has_moved_in_the_plan_stays_where_it_is():
    first = read({"text": NIGHTS, "area": "A", "group": "Vagt"})
    applied(first)
    Placement.objects.update(group="Nat")

    again = read({"text": NIGHTS, "area": "A", "group": "Vagt"}, like=first)

    assert kinds(again) == {1: "unchanged"}


def test_an_initiative_that_changes_its_area_gets_a_place_there_and_says_nothing_twice():
    first = read({"text": NIGHTS, "area": "A", "status": "Begyndt."})
    applied(first)
    make_status(Initiative.objects.get(), text="Det går godt.", dated_on=DAY)

    outcome = queries.outcomes_of(read({"text": NIGHTS, "area": "B", "status": "Begyndt."}, like=first))[0]

    assert (outcome.kind, outcome.is_placed, outcome.sayings) == ("changed", True, ())


def test_two_rows_of_one_initiative_under_one_area_are_both_known_again():
    rows = ({"text": NIGHTS, "area": "A", "status": "S1"}, {"text": NIGHTS, "area": "A", "status": "S2"})
    first = read(*rows)
    applied(first)

    assert kinds(read(*rows, like=first)) == {1: "unchanged", 2: "unchanged"}


def test_a_row_is_taken_over_in_full_where_the_initiative_had_no_document():
    plan, site = make_plan(), make_unit()
    initiative = make_initiative(NIGHTS, plan=plan)
    row = {"text": NIGHTS, "area": "A", "status": "Begyndt.", "example": "På P2.", "relation_kind": "part_of"}
    again = {"text": NIGHTS, "area": "B", "relation_kind": "covered_by"}
    reading = read(row, again, plan=plan, unit=site, coverage_plan=make_plan())
    reading.rows.update(choice="join", joined=initiative)

    found = queries.outcomes_of(reading)

    assert expected(found) == (2, 2, 0, 1)
    assert {saying.unit_id: saying.text for saying in found[0].sayings} == {
        plan.unit_id: "Begyndt.",
        site.pk: "På P2.",
    }


rows = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.sampled_from([NIGHTS, f"{NIGHTS} fra maj", MENTOR, "Kort"]),
            "area": st.sampled_from(["", "A", "B"]),
            "group": st.sampled_from(["", "Vagt"]),
            "status": st.sampled_from(["", "Begyndt.", "Begyndt.\nNyt."]),
            "example": st.sampled_from(["", "På P2."]),
            "owner": st.sampled_from(["", "HR"]),
            "red": st.sampled_from([[], ["Nyt."]]),
            "relation_kind": st.sampled_from(["", "part_of"]),
        }
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=rows, later=rows, has_site=st.booleans(), has_red=st.booleans())
def test_taking_over_does_what_the_preview_says_and_the_same_again_writes_nothing(
    first, later, has_site, has_red
):
    with transaction.atomic():
        fields = {"red_since_on": DAY - timedelta(days=9)} if has_red else {}
        site = {"unit": make_unit()} if has_site else {}
        start = read(*first, **site, **fields, coverage_plan=make_plan())
        applied(start)
        for minute, document in enumerate((later, later), start=1):
            reading = read(*document, like=start, **fields, coverage_plan=start.coverage_plan)
            found, before = queries.outcomes_of(reading), stock()
            promised, said = expected(found), kinds(reading)
            applied(reading, later=minute)
            after = stock()

            grown = tuple(len(after[place]) - len(before[place]) for place in (2, 3, 4))
            assert grown == (promised[0], promised[1], promised[3])
            made = len(after[0]) - len(before[0])
            assert after[5] - before[5] == made + promised[1] + promised[2]
            assert kinds(reading) == said
            if not any(outcome.writes for outcome in found):
                assert after == before
        assert set(said.values()) == {"unchanged"}
        assert after == before
        transaction.set_rollback(True)
