from datetime import date, timedelta

import pytest

from robust.programme import queries
from robust.programme.actions import reading as actions
from robust.programme.actions.taking_over import TakenOver, take_over, title_of
from robust.programme.models import (
    DocumentReading,
    ImportedRow,
    Initiative,
    Placement,
    PlanRelation,
    Status,
)
from robust.programme.queries.outcome import without
from tests.factories import DAY, NOW, make_unit
from tests.programme.factories import make_initiative, make_plan, make_status
from tests.programme.reading_documents import make_reading

pytestmark = pytest.mark.django_db

INTRODUCTION = "Alle nye sygeplejersker går seks uger ved siden af en erfaren kollega"
NIGHTS = "Nattevagter fordeles på tværs af afsnit og klinikker"


def taken_over(*rows, **fields) -> DocumentReading:
    reading = make_reading(*rows, **fields)
    take_over(reading, actor=reading.read_by, now=NOW)
    reading.refresh_from_db()
    return reading


def test_taking_over_makes_initiatives_with_place_status_and_source():
    region, hospital = make_unit(level="region"), make_unit(level="hospital")
    row = {
        "area": "Personale",
        "group": "Introduktion",
        "text": f"{INTRODUCTION}. Med samtale midtvejs.",
        "status": "Begyndt.",
        "example": "Akutafsnittet er med.",
        "owner": "HR",
        "deadline": "juni",
        "red": ["Begyndt."],
    }

    taken_over(row, {"text": "ikke med", "choice": "leave_out"}, plan=make_plan(unit=region), unit=hospital)

    initiative = Initiative.objects.get()
    assert (initiative.title, initiative.unit) == (INTRODUCTION, region)
    place = Placement.objects.get()
    assert (place.area.name, place.group) == ("Personale", "Introduktion")
    assert {status.unit: status.text for status in Status.objects.all()} == {
        region: "Begyndt.\nAnsvarlig: HR\nFrist: juni",
        hospital: "Akutafsnittet er med.",
    }
    source = ImportedRow.objects.get()
    assert (source.page, source.cell, source.red) == (1, "B2", ["Begyndt."])


def test_status_and_example_of_the_same_place_stand_in_one_entry():
    taken_over({"text": NIGHTS, "status": "Begyndt.", "example": "På to afsnit."})

    assert [status.text for status in Status.objects.all()] == ["Begyndt.\nPå to afsnit."]


def test_reading_the_same_document_again_changes_nothing():
    row = {"text": NIGHTS, "area": "Personale", "status": "Begyndt."}
    first = taken_over(row)
    initiative = Initiative.objects.get()
    again = make_reading({**row, "choice": "join", "joined": initiative}, plan=first.plan)

    done = take_over(again, actor=again.read_by, now=NOW)

    assert done == TakenOver(joined=1, unchanged=1)
    assert (Initiative.objects.count(), Placement.objects.count(), Status.objects.count()) == (1, 1, 1)


def test_a_status_that_already_stands_there_is_not_written_again():
    initiative = make_initiative(NIGHTS, plan=make_plan())
    make_status(initiative, text="Begyndt.", dated_on=DAY - timedelta(days=9))
    row = {"text": NIGHTS, "status": "Begyndt.", "choice": "join", "joined": initiative}

    taken_over(row, plan=initiative.plans.get())

    assert Status.objects.count() == 1


def test_a_later_version_updates_the_text_and_adds_a_status_with_the_judgement_before():
    row = {"text": NIGHTS, "area": "Personale", "status": "Begyndt."}
    first = taken_over(row, dated_on=DAY - timedelta(days=9))
    initiative = Initiative.objects.get()
    make_status(initiative, text="Det går godt.", judgement="at_risk", dated_on=DAY - timedelta(days=3))
    later = {
        **row,
        "text": f"{NIGHTS} fra maj",
        "status": "Nu også P2.",
        "choice": "join",
        "joined": initiative,
    }

    taken_over(later, plan=first.plan, by=first.read_by)

    initiative.refresh_from_db()
    assert (initiative.text, initiative.title) == (f"{NIGHTS} fra maj", f"{NIGHTS} fra maj")
    newest = queries.latest_at(initiative, unit_id=initiative.unit_id, day=DAY)
    assert (newest.text, newest.judgement) == ("Nu også P2.", "at_risk")


def test_words_that_a_person_has_changed_stay():
    first = taken_over({"text": NIGHTS, "area": "Personale"})
    initiative = Initiative.objects.get()
    Initiative.objects.update(title="Nat", text="Vores egne ord")
    later = {"text": f"{NIGHTS} fra maj", "area": "Personale", "choice": "join", "joined": initiative}

    taken_over(later, plan=first.plan)

    initiative.refresh_from_db()
    assert (initiative.title, initiative.text) == ("Nat", "Vores egne ord")


def test_a_title_that_a_person_has_changed_stays_when_the_text_moves_on():
    first = taken_over({"text": NIGHTS, "area": "Personale"})
    initiative = Initiative.objects.get()
    Initiative.objects.update(title="Nat")
    later = {"text": f"{NIGHTS} fra maj", "area": "Personale", "choice": "join", "joined": initiative}

    taken_over(later, plan=first.plan)

    initiative.refresh_from_db()
    assert (initiative.title, initiative.text) == ("Nat", f"{NIGHTS} fra maj")


def test_a_stop_is_not_carried_on_to_what_a_document_says():
    initiative = make_initiative(NIGHTS, plan=make_plan())
    make_status(initiative, judgement="stopped", text="Stoppet.", dated_on=DAY - timedelta(days=9))

    taken_over({"text": NIGHTS, "status": "Begyndt igen.", "choice": "join", "joined": initiative},
               plan=initiative.plans.get())  # fmt: skip

    newest = queries.latest_at(initiative, unit_id=initiative.unit_id, day=DAY)
    assert (newest.text, newest.judgement) == ("Begyndt igen.", "")


def test_a_repeated_row_becomes_a_second_place_of_the_same_initiative():
    reading = make_reading(
        {"text": NIGHTS, "area": "Hospitaler"}, {"text": NIGHTS, "area": "Kommuner", "choice": "join"}
    )
    first, second = queries.rows_of(reading)
    second.joined_row = first
    second.save()

    done = take_over(reading, actor=reading.read_by, now=NOW)

    assert done == TakenOver(made=1, joined=1)
    places = Placement.objects.order_by("area__name").values_list("initiative__text", "area__name")
    assert list(places) == [(NIGHTS, "Hospitaler"), (NIGHTS, "Kommuner")]


def test_a_row_that_repeats_one_left_out_becomes_an_initiative_of_its_own():
    reading = make_reading({"text": NIGHTS, "choice": "leave_out"}, {"text": NIGHTS, "choice": "join"})
    first, second = queries.rows_of(reading)
    second.joined_row = first
    second.save()

    done = take_over(reading, actor=reading.read_by, now=NOW)

    assert done == TakenOver(made=1, left_out=1)


def test_red_words_are_new_since_the_version_before():
    before = date(2026, 1, 5)
    row = {"text": NIGHTS, "status": "Aftalt i MED.\nBegyndt på P2.", "red": ["Begyndt på P2."]}

    taken_over(row, red_since_on=before)

    said = Status.objects.order_by("dated_on").values_list("dated_on", "text")
    assert list(said) == [(before, "Aftalt i MED."), (DAY, "Aftalt i MED.\nBegyndt på P2.")]


def test_coverage_becomes_a_relation_to_the_other_plan_once():
    other = make_plan()
    row = {"text": NIGHTS, "coverage": "Er en del af", "relation_kind": "part_of"}

    reading = taken_over(row, coverage_plan=other)
    again = {**row, "choice": "join", "joined": Initiative.objects.get(), "relation_kind": "not_relevant"}
    taken_over(again, plan=reading.plan, coverage_plan=other)

    relation = PlanRelation.objects.get()
    assert (relation.plan, relation.kind, relation.reason) == (other, "part_of", "Er en del af")


def test_a_document_is_taken_over_once():
    reading = taken_over({"text": NIGHTS})

    with pytest.raises(actions.CannotChangeReading):
        take_over(reading, actor=reading.read_by, now=NOW)

    assert Initiative.objects.count() == 1


def test_the_title_is_the_first_sentence_cut_between_words():
    assert title_of("Kort. Og så mere.") == "Kort"
    assert title_of("Senere pension, f.eks. ved 68 år. Og så mere.") == "Senere pension, f.eks. ved 68 år"
    assert title_of("Første linje\nanden") == "Første linje"
    assert title_of("langt " * 40) == ("langt " * 20).strip() + " …"


def test_a_text_without_its_red_passages_has_no_empty_lines():
    assert without("Gammelt.\nNyt.\nOgså gammelt.", ["Nyt."]) == "Gammelt.\nOgså gammelt."
