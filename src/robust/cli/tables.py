"""Bring the database's tables to this version, once, however many computers start at the same time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import psycopg
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from robust.config import env
from robust.config.embedded import roles
from robust.config.words import Refused, say
from robust.config.words import gettext as _

MIGRATION_LOCK = 7_235_081
TRY_AGAIN_SECONDS = 1.0
TELL_AGAIN_SECONDS = 60.0


def bring_up_to_date() -> None:
    """Wait for the database, then change its tables to what this version needs. Raises: Refused."""
    wait_for_database(why_not_reached)
    with _alone():
        _refuse_a_newer_database()
        call_command("migrate", interactive=False, verbosity=0)
        _let_the_app_work()


def wait_for_database(why_not: Callable[[], str | None], *, pause: Callable[[float], None] = sleep) -> None:
    """Wait until there is no reason any more why the database cannot be reached, and say so now and then."""
    tell_at = 0.0
    while (reason := why_not()) is not None:
        if monotonic() > tell_at:
            tell_at = monotonic() + TELL_AGAIN_SECONDS
            say(_("The database does not answer (%s). Robust waits for it.") % reason)
        pause(TRY_AGAIN_SECONDS)


def why_not_reached() -> str | None:
    """Give the reason why the database does not answer, or nothing."""
    try:
        psycopg.connect(env.text("ROBUST_DATABASE_URL"), connect_timeout=5).close()
    except psycopg.OperationalError as error:
        return str(error).strip().splitlines()[-1].strip()
    return None


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def _refuse_a_newer_database() -> None:
    loader = MigrationLoader(connection)
    unknown = sorted(
        f"{app}.{name}"
        for app, name in set(loader.applied_migrations) - set(loader.disk_migrations)
        if app in loader.migrated_apps
    )
    if unknown:
        raise Refused(
            _(
                "The database was last used by a newer version of Robust (it knows %s). Nothing was changed. "
                "Start that version or a newer one."
            )
            % unknown[-1]
        )


def _let_the_app_work() -> None:
    """Let web server and worker read and write rows; a hospital's own server has one role for everything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone() == (roles.OWNER,):
            cursor.execute(roles.LET_THE_APP_WORK)
