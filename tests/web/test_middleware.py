from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from robust.organisation.models import Account
from robust.web import actions
from tests.factories import make_account

EIGHT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def visits_of(account: Account) -> tuple[datetime | None, datetime | None]:
    account.refresh_from_db()
    return account.previous_visit_at, account.here_at


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minutes", "kept"),
    [
        (4, (None, EIGHT)),
        (5, (None, EIGHT + timedelta(minutes=5))),
        (29, (None, EIGHT + timedelta(minutes=29))),
        (30, (EIGHT, EIGHT + timedelta(minutes=30))),
    ],
)
def test_visit_ends_after_half_an_hour_of_silence(minutes: int, kept: tuple):
    account = make_account()
    actions.note_visit(account, now=EIGHT)

    actions.note_visit(account, now=EIGHT + timedelta(minutes=minutes))

    assert visits_of(account) == kept


@pytest.mark.django_db
def test_visit_is_noted_by_any_page(signed_in: Client, account: Account):
    signed_in.get("/search/")

    previous, here = visits_of(account)
    assert previous is None
    assert here is not None


@pytest.mark.parametrize(("language", "spoken"), [("da", "da"), ("en", "en"), ("xx", "da")])
def test_account_language_is_spoken(signed_in: Client, account: Account, language: str, spoken: str):
    Account.objects.filter(pk=account.pk).update(language=language)

    page = signed_in.get("/search/", headers={"Accept-Language": "en"})

    assert page["Content-Language"] == spoken
    assert f'<html lang="{spoken}"' in page.content.decode()
