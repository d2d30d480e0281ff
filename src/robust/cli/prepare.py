"""What has to be done before the pages are served: tables, static files, the demo, the first administrator.

It is a process of its own, so that the supervisor stays small. What the supervisor must know goes to standard
output as JSON, everything said to standard error.
"""

import json
from argparse import Namespace
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone, translation

from robust.cli import administrator, static_files, tables
from robust.config.words import Refused, language, say
from robust.config.words import gettext as _
from robust.demo import hospital


def run(arguments: Namespace) -> int:
    """Prepare everything. Raises: Refused."""
    with translation.override(language()):
        tables.bring_up_to_date()
        if arguments.only_tables:
            return 0
        static_files.collect(Path(settings.STATIC_ROOT))
        if arguments.demo:
            print(json.dumps(_demo_people()))
        elif hospital.is_loaded():
            raise Refused(
                _("The database holds a demo hospital, whose password everybody knows. Start another one.")
            )
        else:
            administrator.ensure(arguments.administrator_email)
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's has one
    return 0


def _demo_people() -> list[dict[str, str]]:
    if not hospital.is_loaded():
        say(_("The demo hospital is being made …"))
    hospital.load(today=timezone.localdate())
    return [
        {
            "email": person.email,
            "name": person.name,
            "does": str(person.role),
            "password": hospital.DEMO_PASSWORD,
        }
        for person in hospital.demo_people()
    ]
