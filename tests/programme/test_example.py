import pytest

from robust.organisation.models import AuditEntry, Role
from robust.programme.actions import example as actions
from robust.programme.models import Example, ExampleAdoption, Initiative, Recommendation
from robust.programme.queries import example as queries
from robust.thread.models import Link
from tests.factories import DAY, NOW, make_account, make_unit, make_unit_type
from tests.programme.factories import make_initiative
from tests.programme.factories_more import make_adoption, make_example, make_recommendation

pytestmark = pytest.mark.django_db


def audited() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


TOLD = {"title": "Ti minutter", "place": "Afsnit 4", "what_was_done": "Vi mødtes.", "result": " Ro. "}


def test_a_told_example_stands_in_the_catalogue_under_its_recommendations():
    anna, support = make_account(), make_recommendation(10)

    example = actions.tell(told=TOLD, recommendations=[support], actor=anna, now=NOW)

    assert (example.title, example.place, example.result, example.context, example.told_by) == (
        "Ti minutter",
        "Afsnit 4",
        "Ro.",
        "",
        anna,
    )
    assert list(example.recommendations.all()) == [support]
    assert audited() == ["example.told"]


def test_an_example_told_twice_is_one_example():
    anna = make_account()

    first = actions.tell(told=TOLD, recommendations=[], actor=anna, now=NOW)
    second = actions.tell(told=TOLD, recommendations=[], actor=anna, now=NOW)

    assert (second, audited()) == (first, ["example.told"])


def test_a_retold_example_keeps_what_stood_before_in_the_trail():
    example = make_example("Før", number=1)

    actions.retell(
        example=example,
        told={**TOLD, "title": "Efter"},
        recommendations=[make_recommendation(2)],
        actor=make_account(),
        now=NOW,
    )

    example.refresh_from_db()
    assert (example.title, example.result) == ("Efter", "Ro.")
    assert [recommendation.number for recommendation in example.recommendations.all()] == [2]
    assert [(entry.action, entry.detail["before"]["title"]) for entry in AuditEntry.objects.all()] == [
        ("example.retold", "Før")
    ]


def test_adopting_makes_an_initiative_that_remembers_where_it_came_from():
    example, ward, leader = make_example("Ti minutter"), make_unit(), make_account()

    adoption = actions.adopt(example=example, unit=ward, changed=" Kun om natten. ", actor=leader, now=NOW)

    initiative = adoption.initiative
    assert (adoption.example, adoption.unit, adoption.adopted_on, adoption.changed) == (
        example,
        ward,
        DAY,
        "Kun om natten.",
    )
    assert (initiative.title, initiative.text, initiative.unit, initiative.owner, initiative.starts_on) == (
        "Ti minutter",
        "Vi mødtes ti minutter hver dag.",
        ward,
        leader,
        DAY,
    )
    link = Link.objects.get()
    assert (str(link), link.reason, link.author, link.linked_on) == (
        f"example {example.pk} adopted initiative {initiative.pk}",
        "Kun om natten.",
        leader,
        DAY,
    )
    assert initiative.kind == Initiative.Kind.TRIAL
    assert audited() == ["initiative.created", "thread.linked", "example.adopted"]


def test_a_unit_that_goes_on_with_an_example_adopts_it_once():
    example, ward, leader = make_example(), make_unit(), make_account()

    first = actions.adopt(example=example, unit=ward, changed="", actor=leader, now=NOW)
    second = actions.adopt(example=example, unit=ward, changed="", actor=leader, now=NOW)

    assert (second, Initiative.objects.count()) == (first, 1)


def test_a_unit_that_stopped_may_try_again():
    example, ward = make_example(), make_unit()
    make_adoption(example, ward, why_stopped="Sommerferie", initiative=make_initiative())

    actions.adopt(example=example, unit=ward, changed="", actor=make_account(), now=NOW)

    assert ExampleAdoption.objects.filter(example=example, unit=ward).count() == 2


def test_an_adoption_tells_what_came_of_it():
    adoption = make_adoption(make_example())

    actions.tell_result(
        adoption=adoption,
        changed="Kun nat",
        result=" Ro ",
        why_stopped="",
        actor=make_account(),
        now=NOW,
    )

    assert list(ExampleAdoption.objects.values_list("changed", "result", "why_stopped")) == [
        ("Kun nat", "Ro", "")
    ]
    assert audited() == ["example.result_told"]


def test_the_eleven_recommendations_are_there_with_numbers_and_names():
    for number in range(1, 12):
        make_recommendation(number)

    assert list(Recommendation.objects.values_list("number", flat=True)) == list(range(1, 12))


def test_recommendations_tell_how_many_examples_hang_under_each():
    make_example(number=3)
    make_example(number=3)

    counts = {row.number: row.example_count for row in queries.recommendations()}

    assert (counts[3], counts.get(4, 0)) == (2, 0)


def test_the_catalogue_tells_how_many_took_each_example_up():
    make_adoption(make_example("B"))
    make_example("A", number=1)

    assert [(row.title, row.adoption_count) for row in queries.examples()] == [("A", 0), ("B", 1)]


@pytest.mark.parametrize(
    "words", ["vagt", "afdelingerne", "nattevagten", "faste makere om natten", "makker vagt"]
)
def test_a_search_finds_inflections_parts_of_compounds_and_near_spellings(words):
    make_example("Faste makkere om natten", what_was_done="Afdelingen gav alle i nattevagten en makker.")
    make_example("Ny kaffestue", what_was_done="Vi malede.")

    found = queries.searched(queries.examples(), words)

    assert [example.title for example in found] == ["Faste makkere om natten"]


def test_a_search_puts_what_is_named_so_first():
    make_example("Noget andet", what_was_done="Vi talte også om debriefing.")
    make_example("Debriefing efter vold")

    found = queries.searched(queries.examples(), "debriefing")

    assert [example.title for example in found] == ["Debriefing efter vold", "Noget andet"]


def test_adoptions_stand_latest_first():
    example = make_example()
    old = make_adoption(example, adopted_on=DAY.replace(year=2025))
    new = make_adoption(example)

    assert list(queries.adoptions_of(example)) == [new, old]


def test_wards_like_mine_have_the_type_of_a_unit_where_i_hold_a_role():
    inpatient, clinic = make_unit_type("inpatient"), make_unit_type("clinic")
    mine, like, other = (make_unit(unit_type=kind) for kind in (inpatient, inpatient, clinic))
    untyped = make_unit()
    nurse = make_account(role=Role.EMPLOYEE, unit=mine)

    assert queries.units_like_those_of(nurse, day=DAY) == frozenset({like.pk})
    assert queries.units_like_those_of(make_account(role=Role.EMPLOYEE, unit=untyped), day=DAY) == frozenset()
    assert other.pk not in queries.units_like_those_of(nurse, day=DAY)


def test_what_units_took_up_is_found_by_unit():
    adoption = make_adoption(make_example())
    make_adoption(make_example())

    assert list(queries.taken_up_at({adoption.unit_id})) == [adoption]
    assert Example.objects.count() == 2


def test_an_adoption_names_itself_by_example_and_unit():
    adoption = make_adoption(make_example())

    assert str(adoption) == f"{adoption.example_id} {adoption.unit_id}"
