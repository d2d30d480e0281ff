import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

CHOICES = [
    ("", "vælg"),
    (1, "Ålborg & <Nord>"),
    ("Psykiatri", [("a", "Afsnit 1"), (True, "Afsnit 2")]),
]


@pytest.mark.parametrize(
    ("widget", "value"),
    [(forms.Select(choices=CHOICES), "1"), (forms.SelectMultiple(choices=CHOICES), ["1", "a"])],
)
def test_a_select_says_what_djangos_own_says(widget, value):
    attrs = {"id": "id_place", "disabled": True}

    ours = widget.render("place", value, attrs=attrs)

    assert parse_html(ours) == parse_html(
        widget.render("place", value, attrs=attrs, renderer=DjangoTemplates())
    )
