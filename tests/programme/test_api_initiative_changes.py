"""Initiatives for programs: made, changed and deleted."""

import pytest

from robust.organisation.models import Role
from robust.programme.models import Initiative
from tests import factories
from tests.programme.calling import NOT_ALLOWED, NOT_THERE, answer, audited, only_reads, problems
from tests.programme.factories import (
    make_area,
    make_forum,
    make_funding,
    make_initiative,
    make_link,
    make_placement,
    make_plan,
    make_status,
    make_track,
)

pytestmark = pytest.mark.django_db
CHOOSE = "Det kan ikke vælges her: det findes ikke, eller du må ikke bruge det."


@pytest.fixture
def hospital():
    return factories.make_unit("Hospitalet", level="hospital")


@pytest.fixture
def ward(hospital):
    return factories.make_unit("Afsnit 1", parent=hospital)


@pytest.fixture
def leader(ward):
    return factories.make_account("Lis Berg", role=Role.WARD_LEADER, unit=ward)


@pytest.fixture
def nurse(hospital):
    return factories.make_account("Ole Lund", role=Role.EMPLOYEE, unit=hospital)


@pytest.fixture
def plan(hospital):
    return make_plan("Region 2026", unit=hospital)


def sent(unit, **parts):
    return {"title": "Ny indsats", "unit": unit.pk, **parts}


def test_an_initiative_is_made_with_all_that_hangs_on_it(client, hospital, ward, leader, plan):
    area, track, party = make_area(plan), make_track(plan), factories.make_party("Kommunen")
    deputy = factories.make_account("Per Dam", role=Role.EMPLOYEE, unit=ward)
    forum = make_forum("Ledelsen", unit=ward)
    fields = {
        "text": "To går sammen.",
        "kind": "trial",
        "starts_on": "2026-01-01",
        "ends_on": "2027-01-01",
        "next_review_on": "2026-06-01",
        "awaits_decision": True,
        "decision_wanted": "Skal vi?",
    }
    chosen = {"owner": leader, "deputy": deputy, "party": party, "forum": forum}
    place = {"plan": plan.pk, "area": area.pk, "track": track.pk, "group": "Vold"}
    body = sent(
        ward,
        **fields,
        **{name: row.pk for name, row in chosen.items()},
        placements=[place],
        links=[{"label": "Referat", "url": "https://example.org/a"}],
        funding=[{"amount_dkk": 1250.5, "source": "Regionen", "decided_on": "2026-01-02"}],
    )
    factories.give_role(leader, Role.EMPLOYEE, hospital)

    status, said = answer(client, leader, "POST", "/initiatives", body)

    assert (status, {name: said[name] for name in fields}) == (201, fields)
    assert {name: said[name] for name in chosen} == {
        name: {"id": row.pk, "name": row.name} for name, row in chosen.items()
    }
    assert [
        {"plan": row["plan"]["id"], "area": row["area"]["id"], "track": row["track"]["id"], "group": "Vold"}
        for row in said["placements"]
    ] == [place]
    assert [(row["label"], row["url"]) for row in said["links"]] == [("Referat", "https://example.org/a")]
    assert [(row["amount_dkk"], row["source"], row["decided_on"]) for row in said["funding"]] == [
        (1250.5, "Regionen", "2026-01-02")
    ]
    assert audited() == [("initiative.created", {})]


def test_what_is_read_can_be_sent_back_changed(client, hospital, ward, leader, plan):
    initiative = make_initiative("Ro", unit=ward, owner=leader)
    make_placement(initiative, plan, area=make_area(plan), track=make_track(plan))
    make_placement(initiative, make_plan("Skjult"))
    make_link(initiative)
    make_funding(initiative)
    factories.give_role(leader, Role.EMPLOYEE, hospital)
    path = f"/initiatives/{initiative.pk}"
    _status, said = answer(client, leader, "GET", path)
    place = said["placements"][0] | {
        name: said["placements"][0][name]["id"] for name in ("plan", "area", "track")
    }
    body = {name: said[name] for name in ("links", "funding", "version", "kind", "text")}
    body |= sent(ward, owner=leader.pk, placements=[place])

    status, changed = answer(client, leader, "PUT", path, body)

    same = [name for name in said if name not in ("title", "version")]
    assert (status, changed["title"]) == (200, "Ny indsats")
    assert {name: changed[name] for name in same} == {name: said[name] for name in same}
    assert sorted(initiative.placements.values_list("plan__name", flat=True)) == ["Region 2026", "Skjult"]
    assert audited() == [("initiative.changed", {"changed": ["title"]})]


def test_parts_that_are_not_sent_stay_and_those_left_out_are_removed(client, ward, leader):
    initiative = make_initiative("Ro", unit=ward)
    make_placement(initiative, make_plan(unit=ward))
    link = make_link(initiative)
    make_funding(initiative)
    path = f"/initiatives/{initiative.pk}"

    _status, kept = answer(client, leader, "PUT", path, sent(ward))
    _status, emptied = answer(client, leader, "PUT", path, sent(ward, placements=[], links=[], funding=[]))

    names = ("placements", "links", "funding")
    assert ([len(kept[name]) for name in names], kept["links"][0]["id"]) == ([1, 1, 1], link.pk)
    assert [emptied[name] for name in names] == [[], [], []]


def test_a_change_in_between_is_not_written_over(client, ward, leader):
    initiative = make_initiative("Ro", unit=ward)
    path = f"/initiatives/{initiative.pk}"
    version = answer(client, leader, "GET", path)[1]["version"]
    answer(client, leader, "PUT", path, sent(ward, version=version))

    status, said = answer(client, leader, "PUT", path, sent(ward, title="Sidst", version=version))

    assert (status, said["problems"], Initiative.objects.get().title) == (409, [], "Ny indsats")
    assert said["detail"].startswith("En anden har rettet indsatsen, mens du skrev.")


def test_what_is_chosen_already_may_stay_though_it_is_not_seen(client, leader):
    elsewhere = factories.make_unit("Andetsteds")
    forum, deputy = make_forum(), factories.make_account()
    initiative = make_initiative("Ro", unit=elsewhere, owner=leader, deputy=deputy, forum=forum)
    body = sent(elsewhere, owner=leader.pk, deputy=deputy.pk, forum=forum.pk)

    status, said = answer(client, leader, "PUT", f"/initiatives/{initiative.pk}", body)

    assert (status, said["forum"]["id"], said["deputy"]["id"]) == (200, forum.pk, deputy.pk)


@pytest.mark.parametrize(
    ("where", "parts"),
    [
        ("ends_on", lambda _ward, _own, _others: {"starts_on": "2026-01-01", "ends_on": "2026-01-01"}),
        ("deputy", lambda _ward, _own, others: {"owner": others.pk, "deputy": others.pk}),
        ("forum", lambda _ward, _own, _others: {"awaits_decision": True}),
        ("forum", lambda _ward, _own, _others: {"forum": make_forum().pk}),
        ("owner", lambda _ward, _own, others: {"owner": others.pk}),
        ("deputy", lambda _ward, _own, others: {"deputy": others.pk}),
        ("party", lambda _ward, _own, _others: {"party": 9}),
        ("unit", lambda _ward, _own, _others: {"unit": factories.make_unit().pk}),
        ("placements", lambda _ward, _own, _others: {"placements": [{"plan": make_plan().pk}]}),
        ("placements", lambda _ward, own, _others: {"placements": [{"plan": own.pk}] * 2}),
        ("placements", lambda _ward, own, _others: {"placements": [{"plan": own.pk, "id": 1}]}),
        (
            "placements",
            lambda ward, own, _others: {
                "placements": [{"plan": own.pk, "area": make_area(make_plan(unit=ward)).pk}]
            },
        ),
        (
            "placements",
            lambda ward, own, _others: {
                "placements": [{"plan": own.pk, "track": make_track(make_plan(unit=ward)).pk}]
            },
        ),
        ("links", lambda _ward, _own, _others: {"links": [{"label": "a", "url": "javascript:alert(1)"}]}),
        ("links", lambda _ward, _own, _others: {"links": [{"label": "a", "url": "https://a b"}]}),
        ("links", lambda _ward, _own, _others: {"links": [{"id": 1, "label": "a", "url": "https://a.dk"}]}),
        ("funding", lambda _ward, _own, _others: {"funding": [{"id": 1, "amount_dkk": 1, "source": "a"}]}),
    ],
)
def test_an_initiative_against_the_rules_is_refused(client, ward, leader, where, parts):
    own, others = make_plan(unit=ward), factories.make_account()

    refused = problems(client, leader, "POST", "/initiatives", sent(ward) | parts(ward, own, others))

    assert (refused, Initiative.objects.count(), audited()) == ((409, [where]), 0, [])


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ({"title": ""}, "title"),
        ({"title": "a" * 301}, "title"),
        ({"text": "\x07"}, "text"),
        ({"owner": 0}, "owner"),
        ({"kind": "what"}, "kind"),
        ({"awaits_decision": "true"}, "awaits_decision"),
        ({"funding": [{"amount_dkk": 0, "source": "a"}]}, "funding.0.amount_dkk"),
        ({"links": [{"label": "a", "url": "a" * 501}]}, "links.0.url"),
        ({"version": "2026-01-01"}, "version"),
    ],
)
def test_an_initiative_that_is_not_as_described_is_refused(client, ward, leader, parts, where):
    path = f"/initiatives/{make_initiative(unit=ward).pk}"

    assert problems(client, leader, "PUT", path, sent(ward) | parts) == (422, [where])


def test_money_has_two_decimals(client, ward, leader):
    body = sent(ward, funding=[{"amount_dkk": 1.005, "source": "a"}])

    assert problems(client, leader, "POST", "/initiatives", body) == (409, "Skriv højst 2 decimaler.")


def test_what_cannot_be_chosen_is_said_in_a_sentence(client, ward, leader):
    _status, said = answer(client, leader, "POST", "/initiatives", sent(factories.make_unit()))

    assert said == {"detail": CHOOSE, "problems": [{"where": "unit", "problem": CHOOSE}]}


def test_an_initiative_is_deleted_while_nothing_is_said_of_it(client, ward, leader):
    untold, told = make_initiative(unit=ward), make_initiative(unit=ward)
    make_status(told)

    gone = answer(client, leader, "DELETE", f"/initiatives/{untold.pk}")
    status, said = answer(client, leader, "DELETE", f"/initiatives/{told.pk}")

    assert (gone, status) == ((204, None), 409)
    assert said["detail"].startswith("Indsatsen har status eller beslutninger")
    assert (Initiative.objects.get(), [action for action, _detail in audited()]) == (
        told,
        ["initiative.deleted"],
    )


def test_who_may_not_change_is_told_so_and_what_is_not_seen_is_not_there(client, hospital, nurse, leader):
    path = f"/initiatives/{make_initiative(unit=hospital).pk}"
    unseen = f"/initiatives/{make_initiative().pk}"

    assert [
        problems(client, nurse, "POST", "/initiatives", sent(hospital)),
        problems(client, nurse, "PUT", path, sent(hospital)),
        problems(client, nurse, "DELETE", path),
    ] == [NOT_ALLOWED] * 3
    assert [
        problems(client, nurse, "GET", unseen),
        problems(client, nurse, "PUT", unseen, sent(hospital)),
        problems(client, nurse, "DELETE", unseen),
    ] == [NOT_THERE] * 3
    assert only_reads(client, leader, "POST", "/initiatives", sent(hospital))
    assert only_reads(client, leader, "PUT", path, sent(hospital))
    assert only_reads(client, leader, "DELETE", path)
    assert (Initiative.objects.count(), audited()) == (2, [])
