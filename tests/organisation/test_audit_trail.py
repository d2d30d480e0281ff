"""The trail in the database: only ever added to, chained at commit, dropped a month at a time."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from robust.organisation import actions, queries
from robust.organisation.models import Account, AuditClosing, AuditEntry, AuditLink, Role
from tests.factories import NOW, make_account, make_person, make_unit

MARCH = date(2026, 3, 1)
LONG_AGO = datetime(2020, 5, 17, 12, tzinfo=UTC)

SLIPPED_IN = """
INSERT INTO organisation_auditentry
    (month_on, occurred_at, action, actor_name, subject_type, subject_name, detail)
VALUES ('2026-03-01', '{day}', 'slipped.in', '', '', '', '{{}}')
"""

pytestmark = pytest.mark.django_db


def write(count: int = 3, *, now: datetime = NOW) -> None:
    actions.record_many(actions.Entry(action="test.written", actor=None, now=now) for _ in range(count))
    connection.check_constraints()


def run(statement: str, *arguments: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)


def tamper(statement: str) -> None:
    """Change rows as a superuser who turns the refusal off."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_an_entry_keeps_who_did_what_to_what_and_about_whom():
    actor, unit, person = make_account("Ulla"), make_unit("Afsnit 7"), make_person("Bo")

    actions.record(
        "unit.looked_at", actor=actor, now=NOW, subject=unit, about=person, detail={"day": date(2026, 3, 2)}
    )

    entry = AuditEntry.objects.values(
        "month_on", "occurred_at", "action", "actor_id", "actor_name", "subject_type", "subject_id",
        "subject_name", "about_person_id", "detail",
    ).get()  # fmt: skip
    assert entry == {
        "month_on": MARCH,
        "occurred_at": NOW,
        "action": "unit.looked_at",
        "actor_id": actor.pk,
        "actor_name": "Ulla",
        "subject_type": "organisation.unit",
        "subject_id": unit.pk,
        "subject_name": "Afsnit 7",
        "about_person_id": person.pk,
        "detail": {"day": "2026-03-02"},
    }


def test_words_with_a_character_the_database_cannot_keep_are_kept_without_it():
    detail = {"words": "a\0b", "written": "\\u0000", "both": "\\\0c"}

    actions.record("test.written", actor=None, now=NOW, detail=detail)

    assert AuditEntry.objects.get().detail == {"words": "ab", "written": "\\u0000", "both": "\\c"}


def test_nothing_to_write_writes_nothing():
    actions.record_many([])

    assert AuditEntry.objects.count() == 0


def test_an_entry_and_its_month_read_as_words():
    write(1)

    entry, link = AuditEntry.objects.get(), AuditLink.objects.get()
    assert (str(entry), str(link)) == ("2026-03-02 08:30 : test.written", "2026-03 1")


@pytest.mark.parametrize("table", ["organisation_auditentry", "organisation_auditentry_2026_03"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET action = 'other'", "DELETE FROM {}", "TRUNCATE {}"],
    ids=["update", "delete", "truncate"],
)
def test_the_database_refuses_to_change_entries(statement: str, table: str):
    write()

    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        run(statement.format(table))


@pytest.mark.parametrize("table", ["organisation_auditlink", "organisation_auditlink_2026_03"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET digest = 'other'", "DELETE FROM {}", "TRUNCATE {}"],
    ids=["update", "delete", "truncate"],
)
def test_the_database_refuses_to_change_links(statement: str, table: str):
    write()

    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        run(statement.format(table))


def test_the_database_refuses_to_change_what_is_left_of_a_dropped_month():
    closing = AuditClosing.objects.create(month_on=MARCH, entry_count=1, digest="x", dropped_at=NOW)

    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        AuditClosing.objects.update(entry_count=2)
    assert str(closing) == "2026-03"


def test_the_database_refuses_an_entry_in_the_wrong_month():
    write()

    with pytest.raises(IntegrityError, match="organisation_auditentry_month"), transaction.atomic():
        tamper(SLIPPED_IN.format(day="2026-05-01"))


def test_an_unbroken_month_has_no_broken_place():
    write(5)

    assert queries.verify_month(MARCH) is None
    assert queries.verify_month(date(2031, 1, 1)) is None


def test_the_chain_begins_with_its_month_and_goes_on_from_entry_to_entry():
    write(2)

    heads = queries.chain_heads()

    newest = AuditLink.objects.get(position=2)
    assert heads == (queries.ChainHead(month_on=MARCH, entry_count=2, digest=newest.digest),)


@pytest.mark.parametrize(
    ("place", "statement"),
    [
        (2, "UPDATE organisation_auditentry SET actor_name = 'Someone else' WHERE id = {second}"),
        (2, "UPDATE organisation_auditentry SET detail = '{{\"a\": 1}}' WHERE id = {second}"),
        (2, "DELETE FROM organisation_auditentry WHERE id = {second}"),
        (2, "DELETE FROM organisation_auditlink WHERE entry_id = {second}"),
        (2, "UPDATE organisation_auditlink SET digest = repeat('0', 64) WHERE entry_id = {second}"),
        (
            4,
            SLIPPED_IN.format(day="2026-03-09").replace("{}", "{{}}"),
        ),
    ],
    ids=["changed", "detail changed", "taken out", "link taken out", "link changed", "slipped in"],
)
def test_tampering_is_found_at_its_place(place: int, statement: str):
    write(3)
    second = AuditLink.objects.get(position=2).entry_id

    tamper(statement.format(second=second))

    assert queries.verify_month(MARCH) == place


def test_the_check_says_which_months_are_broken_and_is_kept_itself():
    actor = make_account()
    write(3)
    tamper("UPDATE organisation_auditentry SET action = 'other'")

    broken = actions.check_audit(actor=actor, now=NOW)

    kept = AuditEntry.objects.get(action="audit.checked").detail
    assert (broken, kept) == ({MARCH: 1}, {"broken": {"2026-03-01": 1}})


def test_whoever_writes_first_in_a_month_makes_room_for_the_next():
    write(1, now=LONG_AGO)

    assert {date(2020, 5, 1), date(2020, 6, 1)} <= set(queries.audit_months())


def test_an_expired_month_is_dropped_whole_and_leaves_its_closing_hash():
    write(4, now=LONG_AGO)
    digest = AuditLink.objects.get(position=4).digest

    count = actions.drop_expired_months(datetime(2020, 6, 1, tzinfo=UTC))

    left = AuditClosing.objects.values("month_on", "entry_count", "digest").get()
    assert count == 1
    assert left == {"month_on": date(2020, 5, 1), "entry_count": 4, "digest": digest}
    assert AuditEntry.objects.count() == AuditLink.objects.count() == 0
    assert list(queries.audit_closings().values_list("month_on", flat=True)) == [date(2020, 5, 1)]


def test_every_month_that_is_old_enough_goes_also_the_newest():
    write(1, now=LONG_AGO)
    months = len(queries.audit_months())

    assert actions.drop_expired_months(datetime(2200, 1, 1, tzinfo=UTC)) == months


def test_a_broken_month_is_not_dropped():
    write(2, now=LONG_AGO)
    tamper("UPDATE organisation_auditentry SET action = 'other'")

    assert actions.drop_expired_months(datetime(2020, 6, 1, tzinfo=UTC)) == 0
    assert AuditEntry.objects.count() == 2


def test_the_database_refuses_to_drop_a_month_that_is_hardly_over():
    now = datetime.now(tz=UTC)
    write(1, now=now)

    with pytest.raises(DatabaseError, match="not over long enough"), transaction.atomic():
        run("SELECT organisation_audit_drop_month(%s)", now.date())


@pytest.mark.django_db(transaction=True)
def test_commits_at_the_same_time_make_one_unbroken_chain():
    unit, entries_each, threads = make_unit(), 5, 6
    ready = threading.Barrier(threads)
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            ready.wait()
            for turn in range(entries_each):
                with transaction.atomic():
                    now = NOW + timedelta(days=31 * (turn % 2))
                    actions.record("test.written", actor=None, now=now, subject=unit, detail={"n": number})
        except BaseException as error:  # noqa: BLE001 the thread hands it to the test
            failures.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    heads = {head.month_on: head.entry_count for head in queries.chain_heads()}
    assert failures == []
    assert heads == {MARCH: 18, date(2026, 4, 1): 12}
    assert [queries.verify_month(month) for month in heads] == [None, None]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_gap_in_the_chain():
    write(1)
    with transaction.atomic():
        write_without_commit()
        transaction.set_rollback(True)
    write(1)

    assert queries.verify_month(MARCH) is None
    assert [head.entry_count for head in queries.chain_heads()] == [2]


def write_without_commit() -> None:
    actions.record("test.written", actor=None, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_an_entry_is_chained_after_everything_else_was_checked_at_commit():
    account, unit = make_account(), make_unit()

    with pytest.raises(IntegrityError):
        give_a_role_nowhere(account, unit.pk + 1)

    assert AuditEntry.objects.count() == AuditLink.objects.count() == 0


@transaction.atomic
def give_a_role_nowhere(account: Account, unit_id: int) -> None:
    actions.record("test.written", actor=account, now=NOW)
    account.roles.create(role=Role.EMPLOYEE, unit_id=unit_id, starts_on=MARCH)


def test_the_months_of_the_trail_are_in_universal_time():
    half_past_midnight_in_denmark = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)

    write(1, now=half_past_midnight_in_denmark)

    assert AuditEntry.objects.get().month_on == MARCH


@pytest.mark.parametrize(
    ("step", "expected"),
    [(0, date(2026, 3, 1)), (1, date(2026, 4, 1)), (-3, date(2025, 12, 1)), (22, date(2028, 1, 1))],
)
def test_months_are_counted_over_the_years(step: int, expected: date):
    assert queries.first_of_month(date(2026, 3, 31), step) == expected
