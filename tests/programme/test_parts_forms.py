from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation

from robust.programme.forms import parts
from robust.programme.forms.initiative import InitiativeForm, PlacementFormSet
from robust.programme.forms.plan import AreaFormSet, ComparisonForm
from robust.programme.forms.track import SignFormSet
from robust.programme.models import Area, Plan, Track


def sent(prefix, *rows, initial=0):
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(initial)}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    query = QueryDict(mutable=True)
    query.update(data)
    return query


def areas(*rows, initial=0):
    formset = AreaFormSet(sent("areas", *rows, initial=initial), prefix="areas")
    assert formset.is_valid()
    return formset


@pytest.mark.parametrize(
    ("language", "typed", "number"),
    [
        ("da", "31,5", Decimal("31.5")),
        ("da", "5.000.000", Decimal(5_000_000)),
        ("da", "5 000 000,25", Decimal("5000000.25")),
        ("da", "17.5", Decimal("17.5")),
        ("en", "31.5", Decimal("31.5")),
        ("en", "17.000", Decimal("17.000")),
        ("en", "5,000,000.5", Decimal("5000000.5")),
        ("da", "", None),
    ],
)
def test_a_number_is_read_as_people_write_it(language, typed, number):
    with translation.override(language):
        assert parts.NumberField(required=False).clean(typed) == number


def test_what_is_no_number_is_told():
    with pytest.raises(forms.ValidationError):
        parts.NumberField().clean("mange")


@pytest.mark.parametrize(
    ("language", "shown"), [("da", ["17", "31,5", "abc"]), ("en", ["17", "31.5", "abc"])]
)
def test_a_number_is_shown_as_it_is_read(language, shown):
    field = parts.NumberField()

    with translation.override(language):
        values = [field.prepare_value(value) for value in (Decimal("17.000"), Decimal("31.500"), "abc")]

    assert values == shown


def test_rows_are_given_in_order_without_the_empty_and_the_removed():
    formset = areas(
        {"id": "7", "name": "Personale"},
        {"name": ""},
        {"id": "8", "name": "Praksis", "DELETE": "on"},
        {"name": "Ny"},
        initial=2,
    )

    assert formset.parts() == ({"id": 7, "name": "Personale"}, {"id": None, "name": "Ny"})


def test_an_existing_row_that_is_emptied_is_removed():
    assert areas({"id": "7", "name": ""}, initial=1).parts() == ()


def test_a_row_that_stands_there_twice_is_told_at_the_second():
    formset = areas({"name": "Personale"}, {"name": "Personale"}, {"name": "Personale", "DELETE": "on"})

    assert not parts.refuse_doubles(formset, "name", field="name")
    assert [row.errors for row in formset.forms] == [
        {},
        {"name": ["Det står der allerede. Fjern den ene."]},
        {},
    ]


def test_what_was_typed_is_given_back_with_one_more_row():
    query = sent("areas", {"name": "Personale"})

    rows = [
        parts.rows_as_typed(parts_form(), query, prefix="areas", with_one_more=more) for more in (True, False)
    ]

    assert rows == [
        [{"id": None, "name": "Personale"}, {}],
        [{"id": None, "name": "Personale"}],
    ]


@pytest.mark.parametrize("total", ["", "mange", "-1"])
def test_nonsense_about_how_many_rows_counts_as_none(total):
    query = QueryDict(mutable=True)
    query["areas-TOTAL_FORMS"] = total

    assert parts.rows_as_typed(parts_form(), query, prefix="areas", with_one_more=False) == []


def parts_form():
    return AreaFormSet.form


def sign(**said):
    formset = SignFormSet(sent("signs", {"text": "Flow", "target_kind": "not_set"} | said), prefix="signs")
    formset.is_valid()
    return formset.forms[0].errors


def test_a_target_may_honestly_be_not_set():
    assert sign() == {}


def test_a_target_number_needs_its_source_and_day():
    needed = "Et måltal skal have et tal, en kilde og en dato."

    assert sign(target_kind="number", target_number="mange") == {
        "target_number": ["Indtast et tal."],
        "target_source": [needed],
        "target_set_on": [needed],
    }
    assert (
        sign(
            target_kind="number", target_number="0", target_source="Personaledata", target_set_on="2022-01-05"
        )
        == {}
    )


def test_a_series_to_be_level_with_is_named():
    assert sign(target_kind="series") == {"target_series": ["Skriv, hvilken serie niveauet skal nå."]}
    assert sign(target_kind="series", target_series="ambulatorierne") == {}


def test_a_new_row_in_which_only_the_kind_of_target_stands_is_empty():
    formset = SignFormSet(sent("signs", {"target_kind": "not_set"}), prefix="signs")

    assert (formset.is_valid(), formset.parts()) == (True, ())


def placement(**said):
    plans = [Plan(pk=1, name="360"), Plan(pk=2, name="Robust")]
    kwargs = {
        "plans": plans,
        "areas": [Area(pk=3, name="Personale", plan=plans[0])],
        "tracks": [Track(pk=4, name="Sengeafsnit", plan=plans[1])],
    }
    formset = PlacementFormSet(sent("placements", said), prefix="placements", form_kwargs=kwargs)
    formset.is_valid()
    return formset


def test_area_and_track_must_be_the_plans_own():
    other = "Det hører til en anden plan. Vælg et af planens egne."

    assert placement(plan="1", area="3", track="4").forms[0].errors == {"track": [other]}
    assert placement(plan="2", area="3").forms[0].errors == {"area": [other]}
    assert placement(plan="1", area="3").parts() == (
        {"id": None, "plan": 1, "area": 3, "track": None, "group": ""},
    )


def test_a_place_without_a_plan_is_told():
    assert placement(group="Fastholdelse").forms[0].errors == {"plan": ["Dette felt er påkrævet."]}


def initiative(**said):
    people = [(1, "Mette"), (2, "Søren")]
    form = InitiativeForm(
        {"title": "Nætter", "kind": "effort", "unit": "9"} | said,
        units=[(9, "Afsnit 1")],
        accounts=people,
        parties=[],
        forums=[(5, "Ledelsen")],
    )
    form.is_valid()
    return form.errors


def test_an_initiative_needs_a_title_and_where_it_belongs():
    assert initiative() == {}
    assert initiative(title="", unit="") == {
        "title": ["Dette felt er påkrævet."],
        "unit": ["Dette felt er påkrævet."],
    }


def test_the_days_the_deputy_and_the_forum_of_an_initiative_must_fit():
    assert initiative(starts_on="2026-03-02", ends_on="2026-03-02") == {
        "ends_on": ["Slutdatoen skal ligge efter startdatoen."]
    }
    assert initiative(owner="mette", deputy=" Mette ") == {
        "deputy": ["Stedfortræderen skal være en anden end den ansvarlige."]
    }
    assert initiative(awaits_decision="on") == {"forum": ["Vælg, hvor det skal besluttes."]}
    assert (
        initiative(awaits_decision="on", forum="5", owner="Mette", deputy="Søren", ends_on="2026-03-02") == {}
    )


def test_a_colleague_is_named_as_the_list_names_them():
    people = [
        (1, "Mette Holm, m@holm.dk"),
        (2, "Mette Holm, mh@holm.dk"),
        *((n, f"Søren {n}") for n in range(3, 9)),
    ]

    def named(text):
        form = InitiativeForm(
            {"title": "Nætter", "kind": "effort", "unit": "9", "owner": text},
            units=[(9, "Afsnit 1")],
            accounts=people,
            parties=[],
            forums=[],
        )
        form.is_valid()
        return form.errors.get("owner") or form.cleaned_data["owner"]

    assert [named(""), named(" mette  holm, MH@holm.dk"), named("Søren 3")] == [None, 2, 3]
    assert named("Holm") == [
        "Skriv hele navnet, som det står på listen. Mener du: Mette Holm, m@holm.dk; Mette Holm, mh@holm.dk?"
    ]
    assert named("søren") == [
        "Skriv hele navnet, som det står på listen. Mener du: Søren 3; Søren 4; Søren 5; Søren 6; Søren 7; …?"
    ]
    assert named("Ole") == [
        "Ingen kollega hedder sådan. Se efter, hvordan navnet staves, eller lad feltet stå tomt."
    ]


def test_the_second_day_of_a_comparison_is_not_before_the_first():
    wrong = ComparisonForm({"before": "2026-03-02", "after": "2026-03-01"})

    assert wrong.errors == {"after": ["Den anden dato ligger før den første. Vælg en senere."]}
    assert ComparisonForm({"before": "2026-03-02", "after": "2026-03-02"}).errors == {}
