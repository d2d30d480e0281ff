"""What programs may ask of documents, handouts, forums, ideas, examples, rounds and shares."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from robust.organisation.models import Role
from tests.architecture.access import Access, World
from tests.factories import DAY

PLANNING = (Role.IMPROVEMENT_CONSULTANT, Role.DEPARTMENT_MANAGEMENT)


def of(name: str, **more: Any) -> Any:
    """Make an example that names a thing of the world under its own name."""
    return lambda world: {name: world.things[name].pk, **more}


def sent(body: Any) -> dict[str, Any]:
    """Send what `body` makes of the world, as JSON."""
    return {"form": lambda world: json.dumps(body(world)), "content_type": "application/json"}


def document(world: World) -> dict[str, Any]:
    plan = world.things["plan"]
    file = SimpleUploadedFile("plan.csv", b"a;b")
    return {"file": file, "plan": plan.pk, "unit": plan.unit_id, "dated_on": DAY.isoformat()}


READING = of("reading")
READINGS = {
    "reading_list": Access(who=PLANNING),
    "reading_create": Access(who=PLANNING, method="post", form=document),
    "reading_detail": Access(who=PLANNING, example=READING),
    "reading_rows": Access(who=PLANNING, example=READING),
    "reading_row": Access(
        who=PLANNING, example=of("reading", number=1), method="patch", **sent(lambda _world: {})
    ),
    "reading_join_similar": Access(who=PLANNING, example=READING, method="post"),
    "reading_take_over": Access(who=PLANNING, example=READING, method="post"),
    "reading_drop": Access(who=PLANNING, example=READING, method="post"),
    "reading_file": Access(who=PLANNING, example=READING),
}
ACCESS = {f"api:{name}": line for name, line in READINGS.items()}
