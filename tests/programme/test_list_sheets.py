from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from robust.organisation.models import AuditEntry, Role
from robust.programme.models import Handout, Judgement
from tests.factories import make_account, make_unit
from tests.programme.factories import (
    make_initiative,
    make_plan,
    make_reminder,
    make_round,
    make_status,
)
from tests.programme.factories_more import make_example, make_idea, make_relation, queries_for
from tests.programme.reading_documents import make_reading
from tests.sheets import sheet_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def ward(hospital):
    return make_unit("Afsnit 1", parent=hospital)


@pytest.fixture
def consultant(hospital):
    return make_account("Karin Holm", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


@pytest.fixture
def web(client, consultant):
    client.force_login(consultant)
    return client


def address(name, *args, **query):
    asked = "&".join(f"{key}={value}" for key, value in {**query, "format": "xlsx"}.items())
    return f"{reverse(f'programme:{name}', args=args)}?{asked}"


def night(day):
    return datetime.combine(day, datetime.min.time())


def test_initiatives_are_taken_along_as_the_filter_gives_them(web, hospital, ward, consultant):
    plan = make_plan("Tresindstyve", short_name="360°", unit=hospital)
    initiative = make_initiative("Nætter", unit=ward, plan=plan, owner=consultant, next_review_on=TODAY)
    make_status(initiative, hospital, judgement="at_risk", dated_on=YESTERDAY - timedelta(days=1))
    make_status(initiative, ward, judgement="on_track", dated_on=YESTERDAY)
    make_initiative("Nætter andetsteds", unit=hospital)

    facts, rows = sheet_of(
        web.get(
            address("initiative_list", words="nætter", plan=plan.pk, owner="me", only="overdue&only=quiet")
        )
    )
    facts_of_all, every = sheet_of(web.get(address("initiative_list", sort="-title")))

    assert facts[0] == "Indsatser"
    assert facts[2] == (
        "Ord: nætter; Plan: 360°; Ansvarlig: mig; Kun: opfølgning overskredet, ingen status i 60 dage"
    )
    assert rows[1:] == []
    assert facts_of_all[2:] == ["Alt, hvad du må se", "2 rækker"]
    assert every[1:] == [
        ("Nætter andetsteds", None, "ingen status endnu", None, None, 0, 0, None, None),
        (
            "Nætter",
            "360°",
            "på sporet",
            "Afsnit 1",
            night(YESTERDAY),
            1,
            2,
            "Karin Holm",
            night(TODAY),
        ),
    ]
    entry = AuditEntry.objects.filter(action="list.exported").order_by("id").first()
    assert entry.detail["criteria"]["Plan"] == "360°"
    assert (entry.actor_id, entry.detail["list"], entry.detail["count"]) == (
        consultant.pk,
        "Indsatser",
        0,
    )


@pytest.mark.parametrize("name", ["initiative_list", "matrix", "timeline"])
def test_more_initiatives_than_fit_on_a_page_cost_no_more_queries(web, hospital, ward, name):
    make_status(make_initiative(unit=ward, plan=make_plan(unit=hospital)), ward)
    one = queries_for(web, address(name))
    for _number in range(64):
        make_status(make_initiative(unit=ward, plan=make_plan(unit=hospital)), ward)

    assert queries_for(web, address(name)) == one
    assert sheet_of(web.get(address(name, page=2)))[0][3] == "65 rækker"


def test_the_matrix_tells_who_is_silent_who_has_not_judged_and_how_far_the_others_are(web, hospital, ward):
    other = make_unit("Afsnit 2", parent=make_unit("Somatikken", level="hospital", parent=hospital))
    initiative = make_initiative("Nætter", unit=hospital)
    make_status(initiative, ward, judgement="at_risk", dated_on=TODAY)
    make_status(make_initiative("Pauser", unit=hospital), other, judgement="", text="I gang", dated_on=TODAY)

    _facts, rows = sheet_of(web.get(address("matrix")))

    day = f"{TODAY.day}/{TODAY.month} {TODAY.year}"
    assert rows[0][0] == "Indsats"
    assert set(rows[0][1:]) == {"Afsnit 1, Psykiatrien", "Afsnit 2, Somatikken"}
    assert {cell for row in rows[1:] for cell in row[1:]} == {
        None,
        f"{Judgement.AT_RISK.label} ({day})",
        f"ikke vurderet ({day})",
    }


def test_relations_say_which_gaps_they_are_narrowed_to_and_why(web, hospital):
    plan, other, third = (make_plan(unit=hospital, short_name=name) for name in ("A", "B", "C"))
    covered, open_ = (make_initiative(title, unit=hospital, plan=plan) for title in ("Dækket", "Åben"))
    make_relation(covered, other, "covered", reason="Sker der")

    every, rows = sheet_of(web.get(address("relation_matrix", plan.pk)))
    facts, gaps = sheet_of(web.get(address("relation_matrix", plan.pk, gaps=other.pk)))

    assert every[2] == "Alt, hvad du må se"
    assert rows[0] == ("Område", "Indsats", "Gruppe", "B", "C")
    assert {row[1]: row[3:] for row in rows[1:]} == {
        "Dækket": ("dækket af (Sker der)", "ikke vurderet endnu"),
        "Åben": ("ikke vurderet endnu", "ikke vurderet endnu"),
    }
    assert facts[2] == "Huller i forhold til: B"
    assert [row[1] for row in gaps[1:]] == [open_.title]
    assert third.short_name in rows[0]


def test_ideas_and_examples_say_what_they_are_narrowed_to(web, ward, consultant):
    make_idea("Frokost", unit=ward, sender=consultant)
    make_example(title="Frokost sammen", why_stopped="Ingen tid")

    ideas, idea_rows = sheet_of(web.get(address("idea_list", words="frokost", mine=1, sort="support")))
    examples, example_rows = sheet_of(web.get(address("example_list", words="frokost")))

    assert ideas[2] == "Ord: frokost; Kun mine: ja"
    assert [row[0] for row in idea_rows[1:]] == ["Frokost"]
    assert examples[2] == "Ord: frokost"
    assert [(row[0], row[4]) for row in example_rows[1:]] == [("Frokost sammen", "ja")]


def test_a_round_is_taken_along_with_the_open_the_unasked_and_the_answered(web, hospital, consultant):
    plan = make_plan(unit=hospital)
    round_ = make_round(plan, opened_on=YESTERDAY, due_on=YESTERDAY)
    answered, waiting = (
        make_initiative(title, unit=hospital, plan=plan, owner=consultant) for title in ("Svaret", "Åben")
    )
    make_initiative("Uden ejer", unit=hospital, plan=plan)
    make_reminder(round_, waiting, consultant)
    status = make_status(answered, hospital, judgement="done", dated_on=TODAY)
    make_reminder(round_, answered, consultant, answered_with=status)

    _facts, rows = sheet_of(web.get(address("round_detail", round_.pk)))
    _facts, rounds = sheet_of(web.get(address("round_list", plan.pk)))

    assert [row[:2] + row[3:] for row in rows[1:]] == [
        ("Åben", "Karin Holm", None, None),
        ("Uden ejer", None, None, None),
        ("Svaret", "Karin Holm", "gennemført", night(TODAY)),
    ]
    assert rounds[1][0:3] == (night(YESTERDAY), 1, 2)
    assert rounds[1][5] == "ja"


def test_readings_are_narrowed_by_name_plan_and_state(web, hospital):
    plan, other = make_plan(unit=hospital), make_plan(unit=hospital, short_name="Anden")
    for into, state in ((plan, "preview"), (other, "preview"), (other, "dropped")):
        make_reading({"text": "a"}, plan=into, state=state)

    asked = {"words": "pptx", "plan": other.pk, "state": "preview"}
    page = web.get(reverse("programme:reading_list"), asked)
    facts, rows = sheet_of(web.get(address("reading_list", **asked)))
    nothing = web.get(reverse("programme:reading_list"), {"words": "findes ikke"}).content.decode()

    assert page.context["page"].paginator.count == 1
    assert facts[2] == "Ord i navnet: pptx; Plan: Anden; Tilstand: venter på dig"
    assert [(row[1], row[4]) for row in rows[1:]] == [("Anden", "venter på dig")]
    assert "Intet dokument passer" in nothing


def test_handouts_are_narrowed_by_plan_and_format(web, hospital, consultant):
    plan, other = make_plan("Vores plan", unit=hospital), make_plan("Anden plan", unit=hospital)
    for of, kind in ((plan, "pdf"), (plan, "pptx"), (other, "pdf")):
        Handout.objects.create(plan=of, kind=kind, dated_on=TODAY, made_by=consultant)

    asked = {"plan": plan.pk, "kind": "pdf"}
    page = web.get(reverse("programme:handout_list"), asked)
    facts, rows = sheet_of(web.get(address("handout_list", **asked)))
    none = web.get(reverse("programme:handout_list"), {"plan": other.pk, "kind": "pptx"}).content.decode()

    assert page.context["page"].paginator.count == 1
    assert [label for _pk, label in page.context["look"].fields["plan"].choices] == [
        "Anden plan",
        "Vores plan",
    ]
    assert facts[2] == "Plan: Vores plan; Format: print (PDF)"
    assert rows[1:] == [("Vores plan", "print (PDF)", night(TODAY), None)]
    assert "Intet dokument passer" in none
