import pytest
from django.apps import apps
from django.db.models import DateField

from tests.factories import NOW

MODELS = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("robust.")
    for model in config.get_models()
    if "__str__" in vars(model)
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_row_is_named_from_its_own_fields_alone(model):
    """The audit trail names rows by the thousand: no name may ask the database."""
    days = {field.name: NOW for field in model._meta.fields if isinstance(field, DateField)}

    row = model(**days)

    assert isinstance(str(row), str)
