from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from robust.organisation.models import Role
from tests.factories import make_account, make_party, make_stored_file, make_unit
from tests.programme.factories import (
    make_area,
    make_decision,
    make_funding,
    make_initiative,
    make_link,
    make_plan,
    make_problem,
    make_status,
    make_track,
)
from tests.programme.factories_more import queries_for

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


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


def address(name, *args):
    return reverse(f"programme:{name}", args=args)


def titles(response):
    return [row.title for row in response.context["page"].rows]


def test_the_list_shows_what_one_sees_with_its_state(web, hospital, ward):
    plan = make_plan("Tresindstyve", short_name="360°", unit=hospital)
    initiative = make_initiative("Nætter", unit=ward, plan=plan, area=make_area(plan, "Personale"))
    make_status(initiative, hospital, judgement="at_risk", dated_on=TODAY - timedelta(days=3))
    make_status(initiative, ward, judgement="on_track", dated_on=TODAY - timedelta(days=1))
    make_initiative("Andetsteds")

    page = web.get(address("initiative_list")).context["page"]

    (row,) = page.rows
    assert (page.answer, page.is_narrowed) == ("Du kan se 1 indsats.", False)
    assert (row.title, row.headings, row.place_count, row.at_risk_count, row.is_risk_elsewhere) == (
        "Nætter",
        ("360° · Personale",),
        2,
        1,
        True,
    )
    assert (row.state.place, row.state.judgement, row.is_review_late) == ("Afsnit 1", "on_track", False)


def test_the_address_says_what_is_looked_for(web, hospital, consultant):
    plan = make_plan(unit=hospital)
    mine = make_initiative("Nattevagten", unit=hospital, plan=plan, owner=consultant)
    make_initiative("Mentor", unit=hospital, plan=plan, next_review_on=TODAY - timedelta(days=1))
    make_initiative("Dagvagten", unit=hospital)
    make_status(mine, judgement="at_risk", dated_on=TODAY)
    address_of = address("initiative_list")

    found = {
        query: titles(web.get(f"{address_of}?{query}"))
        for query in (
            f"plan={plan.pk}&words=vagt",
            "owner=me",
            f"owner={consultant.pk}",
            "judgement=at_risk",
            "only=overdue",
            "only=quiet&sort=-title",
            f"unit={hospital.pk}&kind=trial",
            "plan=nonsense&sort=upwards&judgement=great",
            "words=%00",
        )
    }

    assert list(found.values()) == [
        ["Nattevagten"],
        ["Nattevagten"],
        ["Nattevagten"],
        ["Nattevagten"],
        ["Mentor"],
        ["Mentor", "Dagvagten"],
        [],
        ["Dagvagten", "Mentor", "Nattevagten"],
        ["Dagvagten", "Mentor", "Nattevagten"],
    ]


def test_the_unit_in_focus_narrows_until_all_are_asked_for(web, hospital, ward):
    make_initiative("her", unit=ward)
    make_initiative("på hospitalet", unit=hospital)
    session = web.session
    session["unit_id"] = ward.pk
    session.save()

    assert titles(web.get(address("initiative_list"))) == ["her"]
    assert titles(web.get(address("initiative_list") + "?unit=")) == ["her", "på hospitalet"]


def test_the_filters_swap_only_the_rows_and_the_headings(web, hospital):
    plan = make_plan(unit=hospital)
    make_area(plan, "Personale")
    make_initiative(plan=plan)

    response = web.get(f"{address('initiative_list')}?plan={plan.pk}", headers={"HX-Request": "true"})

    assert response.templates[0].name == "programme/_initiative_rows.html"
    assert b'id="look_headings" hx-swap-oob="true"' in response.content
    assert b"<html" not in response.content
    assert "HX-Request" in response.headers["Vary"]


def test_a_list_without_matches_and_an_empty_one_say_what_to_do(web):
    empty = web.get(address("initiative_list")).content.decode()
    unmatched = web.get(address("initiative_list") + "?words=xyz").content.decode()

    assert "Tilføj den første indsats" in empty
    assert "Ingen indsats passer" in unmatched


def test_the_list_takes_as_many_queries_for_one_row_as_for_three(web, hospital):
    def more():
        initiative = make_initiative(plan=make_plan(unit=hospital), owner=make_account())
        make_status(initiative, dated_on=TODAY)

    more()
    one = queries_for(web, address("initiative_list"))
    more()
    more()

    assert queries_for(web, address("initiative_list")) == one


def test_the_page_of_an_initiative_tells_all_there_is(web, consultant, hospital, ward):
    plan = make_plan("Planen", unit=hospital)
    track = make_track(plan, "Sengeafsnit")
    initiative = make_initiative(
        "Nætter", plan=plan, track=track, owner=consultant, next_review_on=TODAY - timedelta(days=2)
    )
    first = make_status(initiative, ward, judgement="at_risk", dated_on=TODAY - timedelta(days=9))
    second = make_status(initiative, ward, dated_on=TODAY - timedelta(days=4))
    elsewhere = make_status(initiative, hospital, judgement="at_risk", dated_on=TODAY - timedelta(days=7))
    decision, money, link = make_decision(initiative), make_funding(initiative), make_link(initiative)
    problem = make_problem(track, "Uro", initiative)

    response = web.get(address("initiative_detail", initiative.pk))

    page = response.context["page"]
    assert (page.answer, page.judgement) == ("I risiko 1 af 2 steder.", "on_track")
    assert [said.status_id for said in page.standings] == [second.pk, elsewhere.pk]
    assert [said.status_id for said in page.history] == [second.pk, elsewhere.pk, first.pk]
    assert [(place.plan, place.track) for place in page.places] == [("Planen", "Sengeafsnit")]
    assert (page.decisions, page.funding, page.funding_dkk) == ((decision,), (money,), money.amount_dkk)
    assert [row.problem for row in page.problems] == [problem]
    assert (page.is_review_late, page.is_over, page.is_history_cut) == (True, False, False)
    assert {name: response.context[name] for name in ("may_change", "may_tell", "may_delete")} == {
        "may_change": True,
        "may_tell": True,
        "may_delete": False,
    }
    assert link.label in response.content.decode()


def test_the_page_names_where_in_a_document_the_initiative_was_read(web, hospital):
    initiative = make_initiative(unit=hospital)
    reading = make_plan(unit=hospital).readings.create(
        file=make_stored_file(name="plan.pptx"), unit=hospital, dated_on=TODAY, read_by=make_account()
    )
    reading.imported_rows.create(initiative=initiative, page=7, cell="B3", text="Kortere nætter")

    response = web.get(address("initiative_detail", initiative.pk))

    (strand,) = response.context["thread"].came_from
    assert (strand.title, strand.excerpt, strand.reason) == ("plan.pptx", "side 7, B3", "Kortere nætter")
    assert (strand.url, strand.words) == (reading.get_absolute_url(), "er læst fra")
    assert response.content.decode().count("plan.pptx") == 1


def test_where_it_was_read_is_told_to_those_who_may_not_open_the_document(client, hospital):
    initiative = make_initiative(unit=hospital)
    reading = make_plan(unit=hospital).readings.create(
        file=make_stored_file(name="plan.pptx"), unit=hospital, dated_on=TODAY, read_by=make_account()
    )
    reading.imported_rows.create(initiative=initiative, page=7, text="Kortere nætter")
    client.force_login(make_account(role=Role.EMPLOYEE, unit=hospital))

    thread = client.get(address("initiative_detail", initiative.pk)).context["thread"]

    assert [(strand.title, strand.excerpt, strand.url) for strand in thread.came_from] == [
        ("plan.pptx", "side 7", "")
    ]


def test_a_party_outside_the_hospital_stands_as_owner(web, hospital, consultant):
    make_initiative(unit=hospital, owner=consultant, party=make_party("Kommunen"))

    assert [row.owner for row in web.get(address("initiative_list")).context["page"].rows] == ["Kommunen"]


@pytest.mark.parametrize(
    ("days", "answer"),
    [
        ((), "Ingen har fortalt endnu, hvor langt den er."),
        ((0,), "Seneste status er fra i dag."),
        ((1,), "Seneste status er 1 dag gammel."),
        ((3, 2), "2 steder har fortalt, hvor langt de er; ingen er i risiko."),
    ],
)
def test_the_page_answers_in_one_sentence(web, hospital, ward, days, answer):
    initiative = make_initiative(unit=hospital)
    for unit, ago in zip((hospital, ward), days, strict=False):
        make_status(initiative, unit, dated_on=TODAY - timedelta(days=ago))

    assert web.get(address("initiative_detail", initiative.pk)).context["page"].answer == answer


def test_a_long_history_is_cut_until_all_is_asked_for(web, hospital):
    initiative, by = make_initiative(unit=hospital), make_account()
    for ago in range(41):
        make_status(initiative, dated_on=TODAY - timedelta(days=ago), by=by)
    page = web.get(address("initiative_detail", initiative.pk)).context["page"]
    whole = web.get(address("initiative_detail", initiative.pk) + "?all").context["page"]

    assert (len(page.history), page.is_history_cut) == (40, True)
    assert (len(whole.history), whole.is_history_cut) == (41, False)


def test_an_initiative_one_does_not_see_is_not_there(web):
    assert web.get(address("initiative_detail", make_initiative().pk)).status_code == 404


@pytest.mark.parametrize(
    "name", ["initiative_list", "initiative_detail", "plan_change", "timeline", "track_detail"]
)
def test_a_status_need_not_judge_and_is_a_status_all_the_same(web, hospital, name):
    plan = make_plan(unit=hospital)
    track = make_track(plan)
    initiative = make_initiative("Nætter", unit=hospital, plan=plan, track=track)
    make_problem(track, "", initiative)
    make_status(initiative, hospital, judgement="", text="I gang", dated_on=TODAY)
    about = {"initiative_detail": initiative, "plan_change": plan, "track_detail": track}.get(name)

    told = web.get(address(name, *([about.pk] if about else []))).content.decode()

    assert "ikke vurderet" in told
    assert "ingen status endnu" not in told


@pytest.mark.parametrize("name", ["initiative_list", "track_detail"])
def test_where_nothing_is_said_there_is_no_status_yet(web, hospital, name):
    plan = make_plan(unit=hospital)
    track = make_track(plan)
    make_problem(track, "", make_initiative(unit=hospital, plan=plan, track=track))

    told = web.get(address(name, *([track.pk] if name == "track_detail" else []))).content.decode()

    assert "ingen status endnu" in told
    assert "ikke vurderet" not in told


def test_a_review_that_is_late_says_so_in_words(web, hospital, consultant):
    late = make_initiative(unit=hospital, next_review_on=TODAY - timedelta(days=1))
    make_initiative(unit=hospital, next_review_on=TODAY)

    told = [web.get(at).text for at in (address("initiative_detail", late.pk), address("initiative_list"))]

    assert [page.count(", overskredet</span>") for page in told] == [1, 1]
