from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from robust.core.registry import RetentionKind, offered
from robust.organisation import actions, queries
from robust.organisation.forms.code_file import MOST_BYTES, ImportCodesForm
from robust.organisation.models import (
    AuditEntry,
    Employment,
    JobRun,
    Party,
    Person,
    RetentionRule,
    Unit,
    UnitCode,
)
from tests.factories import (
    DAY,
    NOW,
    OPENED_ON,
    make_account,
    make_employment,
    make_party,
    make_person,
    make_profession,
    make_stored_file,
    make_unit,
)

pytestmark = pytest.mark.django_db

LATER = DAY + timedelta(days=30)


@pytest.fixture
def said() -> dict[str, Any]:
    return {"actor": make_account("Ada"), "now": NOW}


@pytest.fixture
def ward() -> Unit:
    return make_unit("Afsnit 1", code="ward")


def kept(action: str) -> dict[str, Any]:
    return AuditEntry.objects.get(action=action).detail


def test_a_code_is_given_ended_and_kept(ward, said):
    given = actions.give_code(unit=ward, system="sor", code="441", starts_on=OPENED_ON, ends_on=None, **said)

    actions.end_code(given=given, ends_on=DAY, **said)

    assert list(queries.codes_of(ward).values_list("code", "ends_on")) == [("441", DAY)]
    assert kept("unit.code_ended") == {"system": "sor", "code": "441", "until_on": "2026-03-02"}
    assert str(given) == "sor 441"


def test_a_code_that_never_held_goes_away(ward, said):
    given = actions.give_code(unit=ward, system="sor", code="441", starts_on=LATER, ends_on=None, **said)

    actions.end_code(given=given, ends_on=DAY, **said)

    assert UnitCode.objects.count() == 0


def test_a_code_stands_for_one_unit_at_a_time_and_ends_after_it_begins(ward, said):
    code: dict[str, Any] = {"unit": ward, "system": "sor", "code": "441", "starts_on": DAY}
    actions.give_code(**code, ends_on=None, **said)

    with pytest.raises(actions.CannotGiveCode, match="Koden 441 i SOR står allerede"):
        actions.give_code(**code | {"unit": make_unit()}, ends_on=None, **said)
    with pytest.raises(actions.CannotGiveCode, match="skal slutte"):
        actions.give_code(**code, ends_on=DAY, **said)


def read(text: str | bytes, *units: Unit) -> ImportCodesForm:
    content = text if isinstance(text, bytes) else text.encode()
    file = SimpleUploadedFile("koder.csv", content)
    return ImportCodesForm({}, {"file": file}, units={unit.code: unit for unit in units})


@pytest.mark.parametrize(
    "text",
    [
        "unit,system,code,from,until\nward,sor,441,2026-03-02,2026-03-31\n",
        "Enhed;Navn;System;Kode;Fra;Til\n\nward;Afsnit 1;SOR;'441;2.3.2026;31.3.2026\n;;;;;\n",
        "\ufeffafsnit\tsystem\tkode\tfra\ttil og med\r\nward\tSOR\t441\t2026-03-02\t2026-03-31\r\n",
    ],
    ids=["commas", "semicolons and Danish", "tabs and a mark"],
)
def test_a_code_file_is_read_as_people_save_it(text: str, ward):
    form = read(text, ward)

    assert form.is_valid(), form.errors
    assert [
        (line.unit, line.system, line.code, line.starts_on, line.ends_on)
        for line in form.cleaned_data["file"]
    ] == [(ward, "sor", "441", DAY, date(2026, 4, 1))]


def test_a_code_file_from_an_older_spreadsheet_is_read(ward):
    form = read("enhed;system;kode;fra\nward;løn;70;2026-03-02\n".encode("cp1252"), ward)

    assert form.is_valid(), form.errors
    assert [(line.system, line.ends_on) for line in form.cleaned_data["file"]] == [("pay", None)]


def test_every_line_that_cannot_be_read_is_named(ward):
    form = read(
        "unit;system;code;from;until\n"
        "nowhere;sor;1;2026-03-02;\n"
        "ward;cpr;1;2026-03-02;\n"
        "ward;sor;;2026-03-02;\n"
        "ward;sor;1;;\n"
        "ward;sor;1;someday;\n"
        "ward;sor;1\n",
        ward,
    )

    assert form.errors["file"] == [
        "Linje 2: Du administrerer ingen enhed med koden “nowhere”.",
        "Linje 3: “cpr” er ikke et system. Brug et af: SOR, SHAK, lønsystem.",
        "Linje 4: Koden skal være på mellem 1 og 50 tegn.",
        "Linje 5: Der mangler en dag, den gælder fra.",
        "Linje 6: Indtast en gyldig dato.",
        "Linje 7: Der mangler en dag, den gælder fra.",
    ]


def test_many_wrong_lines_are_counted(ward):
    form = read("unit;system;code;from\n" + "x;sor;1;2026-03-02\n" * 53, ward)

    assert (len(form.errors["file"]), form.errors["file"][-1]) == (51, "… og 3 linjer mere.")


NO_LINES = "Filen har ingen linjer med koder. Intet er læst ind."
COLUMNS = "Første linje skal nævne kolonnerne enhed, system, kode, fra og til. Der mangler: "
NO_CSV = "Det er ikke en CSV-fil. Gem arket som CSV, og send den."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"unit;system;code;from\n", NO_LINES),
        (b"a;b\n1;2\n", COLUMNS + "enhed, system, kode, fra."),
        (b"unit;system\n1;2\n", COLUMNS + "kode, fra."),
        (b"PK\x03\x04\x00\x00", NO_CSV),
        (b"unit;system;code;from\n" + b"x" * 140_000, NO_CSV),
        (b"x" * (MOST_BYTES + 1), "Filen er større end 2 MB. Del den, og send delene."),
    ],
    ids=["no lines", "other columns", "too few columns", "a workbook", "a line without end", "too large"],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(content: bytes, sentence: str, ward):
    assert read(content, ward).errors["file"] == [sentence]


def line(unit: Unit, code: str, *, number: int = 2, starts_on: date = DAY) -> actions.CodeLine:
    return actions.CodeLine(
        line=number, unit=unit, system="sor", code=code, starts_on=starts_on, ends_on=None
    )


def test_importing_keeps_new_lines_and_skips_those_that_stand(ward, said):
    UnitCode.objects.create(unit=ward, system="sor", code="1", starts_on=DAY)

    count = actions.import_codes([line(ward, "1"), line(ward, "2")], **said)

    assert (count, UnitCode.objects.count()) == (1, 2)
    assert kept("unit.codes_imported") == {"count": 1}


def test_importing_keeps_nothing_where_a_line_is_refused(ward, said):
    UnitCode.objects.create(unit=make_unit(), system="sor", code="1", starts_on=DAY)

    with pytest.raises(actions.CannotImportCodes) as refusal:
        actions.import_codes([line(ward, "2"), line(ward, "1", number=3)], **said)

    assert refusal.value.texts == [
        "Linje 3: Koden 1 i SOR står allerede for en enhed i en del af tiden. Afslut den først."
    ]
    assert UnitCode.objects.filter(unit=ward).count() == 0


def test_a_line_of_a_list_is_added_changed_and_removed(said):
    party = actions.save_listed(Party(name="Aarhus", kind="municipality"), **said)
    party.name = "Aarhus Kommune"
    actions.save_listed(party, **said)
    actions.remove_listed(party, **said)

    entries = AuditEntry.objects.order_by("id").values_list("action", "subject_name")
    assert list(entries) == [
        ("party.added", "Aarhus"),
        ("party.changed", "Aarhus Kommune"),
        ("party.removed", "Aarhus Kommune"),
    ]


def test_a_name_stands_once_on_a_list(said):
    make_party("Aarhus Kommune")

    with pytest.raises(actions.CannotSave, match="Vælg noget andet"):
        actions.save_listed(Party(name="Aarhus Kommune", kind="municipality"), **said)


def test_what_is_in_use_stays_on_its_list(said):
    profession = make_profession("Læge")
    make_employment(profession=profession)

    with pytest.raises(actions.CannotRemove, match="Læge er i brug og bliver stående"):
        actions.remove_listed(profession, **said)

    assert AuditEntry.objects.filter(action="profession.removed").count() == 0


def test_a_file_is_kept_with_its_digest_and_without_its_path(said):
    stored = make_stored_file(b"abc", name="C:\\mine\\plan\0.pptx")

    assert (stored.name, stored.size_bytes, stored.digest) == (
        "plan.pptx",
        3,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    )
    assert str(stored) == "plan.pptx"
    assert kept("file.stored") == {"size_bytes": 3, "digest": stored.digest}


def test_how_long_something_is_kept_can_be_set_and_is_kept_itself(said):
    actions.set_retention(kind="jobs", months=6, note="Til revision", **said)

    found = {one.name: (one.months, one.note) for one in queries.kept()}
    assert found["jobs"] == (6, "Til revision")
    assert found["keys"] == (12, "")
    assert kept("retention.changed") == {"kind": "jobs", "old": 3, "new": 6, "note": "Til revision"}
    assert str(RetentionRule.objects.get()) == "jobs: 6"


def test_every_kind_that_is_offered_has_its_words_and_its_time():
    kinds = dict(offered("retention"))

    assert {"audit-trail", "former-employees", "jobs", "keys"} <= set(kinds)
    assert all(
        isinstance(kind, RetentionKind) and kind.label and kind.basis and kind.months
        for kind in kinds.values()
    )


def job(ended_at: datetime | None) -> JobRun:
    state = "done" if ended_at else "running"
    return JobRun.objects.create(kind="test", title="Job", state=state, ended_at=ended_at)


def test_what_is_old_enough_is_deleted_and_what_is_not_is_left():
    job(datetime(2025, 11, 1, tzinfo=UTC))
    left = [job(datetime(2025, 12, 3, tzinfo=UTC)), job(None)]

    gone = actions.apply_retention(now=NOW)

    assert gone["jobs"] == 1
    assert set(JobRun.objects.all()) == set(left)
    assert kept("retention.applied") == {"kind": "jobs", "before": "2025-12-02T08:30:00Z", "count": 1}


def test_people_are_deleted_when_they_have_left_long_ago_and_may_not_sign_in():
    long_gone, back_again, with_account, never = (make_person(name) for name in "abcd")
    for person in (long_gone, back_again, with_account):
        make_employment(person, starts_on=date(2010, 1, 1), ends_on=date(2012, 1, 1))
    make_employment(back_again, starts_on=date(2013, 1, 1))
    make_account(person=with_account)

    gone = actions.drop_former_people(NOW)

    assert gone == 1
    assert set(Person.objects.all()) == {back_again, with_account, never}
    assert Employment.objects.filter(person=back_again).count() == 2


def test_keys_are_deleted_when_they_have_stopped_long_ago():
    account = make_account()
    for ends_on in (DAY, LATER):
        actions.create_token(
            account=account, name="x", scope="read", ends_on=ends_on, day=DAY - timedelta(days=1), now=NOW
        )

    assert actions.drop_ended_tokens(NOW) == 1
