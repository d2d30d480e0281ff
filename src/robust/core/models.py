"""What models in every domain share: when a row changed, periods that exclude each other, Danish order."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, GeneratedField, Q, TextField, Value
from django.db.models.functions import Lower, Replace
from django.utils.translation import gettext_lazy as _


class BaseModel(models.Model):
    """Know when a row was made and changed."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True, editable=False)

    class Meta:
        abstract = True


class DateRange(Func):
    """The days from a start to an exclusive end."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Translate(Func):
    """Swap single characters, as PostgreSQL's translate does."""

    function = "TRANSLATE"
    output_field = TextField()


def no_overlap(name: str, *same: str, condition: Q | None = None) -> ExclusionConstraint:
    """Refuse two rows with the same values in these fields on the same day."""
    expressions: list[tuple[str | Func, str]] = [
        (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
        *((field, RangeOperators.EQUAL) for field in same),
    ]
    return ExclusionConstraint(name=name, expressions=expressions, condition=condition)


def danish_order(field: str) -> Translate:
    """Give the text by which Danish orders a name (æ, ø, å last, aa as å) on any server, without ICU."""
    return Translate(
        Replace(Lower(F(field)), Value("aa"), Value("å")),
        Value("æäøöåéèêëüáàâíìîóòôúùûýñç"),
        Value("{{||}eeeeyaaaiiiooouuuync"),
    )


def danish_sort_key(field: str) -> GeneratedField:
    """Keep a text's Danish order in a column beside it."""
    return GeneratedField(
        expression=danish_order(field),
        output_field=TextField(db_collation="C"),
        db_persist=True,
        editable=False,
    )
