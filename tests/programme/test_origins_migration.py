"""What initiatives and ideas remembered themselves is in the thread afterwards, and back again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from robust.thread.models import Link
from tests.factories import DAY, NOW, make_account, make_unit
from tests.programme.factories_more import make_example

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("programme", "0011_row_outcome")]
ANSWERED_AT = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # the next day in Denmark


def migrate(targets: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    return executor.migrate(targets).apps


@pytest.fixture
def before() -> Iterator[Any]:
    """Go back to when the rows remembered, and on again whatever happens."""
    yield migrate(BEFORE)
    migrate(latest())


def latest() -> list[tuple[str, str]]:
    return [
        node for node in MigrationExecutor(connection).loader.graph.leaf_nodes() if node[0] == "programme"
    ]


def audit(initiative_id: int, actor_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation_audit_write(jsonb_build_array(jsonb_build_object("
            "'occurred_at', %s, 'action', 'example.adopted', 'actor_id', %s, 'actor_name', '',"
            "'subject_type', '', 'subject_id', null, 'subject_name', '', 'about_person_id', null,"
            "'detail', jsonb_build_object('initiative', %s))))",
            [NOW.isoformat(), actor_id, initiative_id],
        )


def test_origins_move_to_the_thread_and_back(before):
    unit, anna, example = make_unit(), make_account("Anna"), make_example()
    initiatives = before.get_model("programme", "Initiative").objects
    adopted = initiatives.create(title="Taget op", unit_id=unit.pk, adopted_from_id=example.pk)
    untold = initiatives.create(title="Uden spor", unit_id=unit.pk, adopted_from_id=example.pk)
    before.get_model("programme", "ExampleAdoption").objects.create(
        example_id=example.pk,
        unit_id=unit.pk,
        initiative_id=adopted.pk,
        adopted_on=date(2026, 2, 1),
        changed="Kun om natten.",
    )
    audit(adopted.pk, anna.pk)
    idea = before.get_model("programme", "Idea").objects.create(
        title="Idé",
        unit_id=unit.pk,
        sender_id=anna.pk,
        state="accepted",
        answer="Vi prøver.",
        answered_by_id=anna.pk,
        answered_at=ANSWERED_AT,
        initiative_id=adopted.pk,
    )

    migrate(latest())
    told = [(str(link), link.linked_on, link.reason, link.author) for link in Link.objects.order_by("id")]
    back = migrate(BEFORE)
    remembered = back.get_model("programme", "Initiative").objects.order_by("pk")

    assert told == [
        (f"example {example.pk} adopted initiative {adopted.pk}", date(2026, 2, 1), "Kun om natten.", anna),
        (f"example {example.pk} adopted initiative {untold.pk}", timezone.localdate(), "", None),
        (f"idea {idea.pk} became initiative {adopted.pk}", DAY, "Vi prøver.", anna),
    ]
    assert list(remembered.values_list("adopted_from_id", flat=True)) == [example.pk, example.pk]
    assert back.get_model("programme", "Idea").objects.get().initiative_id == adopted.pk
