import pytest
from django import forms
from django.test import RequestFactory
from django.utils import translation

from robust.core.http import (
    MOST_UNDOS,
    asked_in_words,
    file_answer,
    rows_shown,
    taken_back,
    undo_at,
    wants_file,
)


class Look(forms.Form):
    words = forms.CharField(label="Ord", required=False, max_length=10)
    state = forms.ChoiceField(label="Tilstand", required=False, choices=[("new", "\u2003ny")])
    only = forms.MultipleChoiceField(label="Kun", required=False, choices=[("a", "én"), ("b", "to")])
    mine = forms.BooleanField(label="Kun mine", required=False)
    day = forms.DateField(label="Dag", required=False)
    sort = forms.CharField(required=False)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, {}),
        (
            {
                "words": "vagt",
                "state": "new",
                "only": ["a", "b"],
                "mine": "1",
                "day": "2026-03-02",
                "sort": "x",
            },
            {"Ord": "vagt", "Tilstand": "ny", "Kun": "én, to", "Kun mine": "ja", "Dag": "2. marts 2026"},
        ),
        ({"words": "alt for mange ord", "state": "sideways"}, {}),
    ],
)
def test_what_a_form_asks_for_is_said_label_by_label(sent, said):
    form = Look(sent)
    form.is_valid()

    with translation.override("da"):
        assert asked_in_words(form) == said


@pytest.mark.parametrize(("query", "rows"), [("", 25), ("format=pdf", 25), ("format=xlsx", 50_000)])
def test_a_list_as_a_file_has_all_rows(query, rows):
    request = RequestFactory().get(f"/?{query}")

    assert (wants_file(request), rows_shown(request, 25)) == (rows > 25, rows)


def test_a_file_keeps_its_name_whatever_letters_it_has():
    answer = file_answer('Idéer "1".xlsx', b"PK")

    assert answer.content == b"PK"
    assert dict(answer.headers) == {
        "Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Content-Disposition": "attachment; filename*=UTF-8''Id%C3%A9er%20%221%22.xlsx",
    }


def test_what_is_kept_to_undo_is_given_back_once_and_the_newest_counts():
    request = RequestFactory().post("/x/1/")
    request.session = {}

    tags = [undo_at(request, "/x/1/", was=1), undo_at(request, "/x/2/"), undo_at(request, "/x/1/", was=2)]

    assert tags == ["undo=/x/1/", "undo=/x/2/", "undo=/x/1/"]
    assert [taken_back(request), taken_back(request)] == [{"was": 2}, {}]
    assert request.session == {"undo": {"/x/2/": {}}}


def test_only_the_latest_acts_can_be_undone():
    request = RequestFactory().post("/x/0/")
    request.session = {}
    for number in range(MOST_UNDOS + 1):
        undo_at(request, f"/x/{number}/", was=number)

    assert len(request.session["undo"]) == MOST_UNDOS
    assert taken_back(request) == {}
