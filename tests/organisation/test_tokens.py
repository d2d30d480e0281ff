"""Keys for other programs: made, used, revoked, run out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from robust.organisation import actions, queries
from robust.organisation.models import ApiToken, AuditEntry
from tests import factories
from tests.factories import DAY, NOW

pytestmark = pytest.mark.django_db


def make(account=None, **changes):
    said = {"name": "Ark", "scope": "read", "ends_on": DAY + timedelta(days=30), "day": DAY, "now": NOW}
    return actions.create_token(account=account or factories.make_account(), **said | changes)


def found(secret, *, day=DAY):
    return queries.live_token(actions.digest_of(secret), day=day)


def test_a_key_is_kept_as_its_digest_only_and_audited():
    account = factories.make_account("Mette Holm")

    token, secret = make(account)

    assert (len(secret), secret[:3]) == (46, "rb_")
    assert secret not in str(ApiToken.objects.values().get())
    assert found(secret) == token
    kept = AuditEntry.objects.values("action", "actor_name", "subject_name", "detail").get()
    assert kept == {
        "action": "token.created",
        "actor_name": "Mette Holm",
        "subject_name": "Ark",
        "detail": {"scope": "read", "ends_on": "2026-04-01"},
    }


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_key_ends_after_today_and_within_a_year(days):
    with pytest.raises(actions.CannotCreateToken) as refused:
        make(ends_on=DAY + timedelta(days=days))

    assert str(refused.value) == "Vælg en slutdato efter i dag og højst et år frem."
    assert ApiToken.objects.count() == 0


def test_a_key_works_until_its_last_day_and_no_longer():
    _token, secret = make(ends_on=DAY + timedelta(days=2))

    works = [found(secret, day=DAY + timedelta(days=days)) is not None for days in (0, 1, 2)]

    assert works == [True, True, False]


def test_a_revoked_key_does_not_work_and_is_revoked_once():
    account = factories.make_account()
    token, secret = make(account)

    actions.revoke_token(token, actor=account, now=NOW)
    actions.revoke_token(token, actor=account, now=NOW + timedelta(days=1))

    token.refresh_from_db()
    assert (found(secret), token.revoked_at) == (None, NOW)
    assert list(AuditEntry.objects.order_by("id").values_list("action", flat=True)) == [
        "token.created",
        "token.revoked",
    ]


def test_a_key_of_a_closed_account_does_not_work():
    account = factories.make_account()
    _token, secret = make(account)
    account.is_active = False
    account.save()

    assert found(secret) is None


def test_use_is_kept_to_the_minute():
    token, _secret = make()
    seen = []
    for seconds in (0, 59, 61):
        actions.note_use(token, now=NOW + timedelta(seconds=seconds))
        token.refresh_from_db()
        seen.append(token.used_at)

    assert seen == [NOW, NOW, NOW + timedelta(seconds=61)]


def test_an_account_has_its_own_keys_newest_first():
    account = factories.make_account()
    first, _secret = make(account)
    second, _secret = make(account)
    make()

    assert list(queries.tokens_of(account)) == [second, first]


@pytest.fixture
def signed_in(client):
    account = factories.make_account("Mette Holm")
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.account = account
    return client


def ask(client, **changes):
    said = {"name": "Ark", "scope": "read", "latest_on": "2099-01-01"} | changes
    return client.post("/organisation/keys/new/", said)


def test_the_page_shows_a_new_key_once(signed_in):
    answer = ask(signed_in, latest_on=(timezone.localdate() + timedelta(days=9)).isoformat())
    secret = answer.context["secret"]
    again = signed_in.get("/organisation/keys/")

    token = ApiToken.objects.get()
    assert answer.status_code == 200
    assert token.digest == actions.digest_of(secret)
    assert secret in answer.content.decode()
    assert secret not in again.content.decode()
    assert [row.state for row in again.context["tokens"]] == ["live"]


def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(signed_in):
    too_late = ask(signed_in)
    nameless = ask(signed_in, name="")

    assert [answer.status_code for answer in (too_late, nameless)] == [422, 422]
    assert too_late.context["form"].errors == {
        "latest_on": ["Vælg en slutdato efter i dag og højst et år frem."]
    }
    assert too_late.context["form"]["name"].value() == "Ark"
    assert list(nameless.context["form"].errors) == ["name"]
    assert ApiToken.objects.count() == 0


def test_the_form_opens_with_a_day_three_months_ahead(signed_in):
    form = signed_in.get("/organisation/keys/new/").context["form"]

    assert form["latest_on"].value() == timezone.localdate() + timedelta(days=90)


def test_the_page_revokes_a_key_and_says_so(signed_in):
    token, _secret = make(signed_in.account)

    answer = signed_in.post(f"/organisation/keys/{token.pk}/revoke/", follow=True)

    assert [str(message) for message in answer.context["messages"]] == ["Nøglen Ark virker ikke længere."]
    assert [row.state for row in answer.context["tokens"]] == ["revoked"]


def test_somebody_elses_key_is_not_there(signed_in):
    token, secret = make()

    answer = signed_in.post(f"/organisation/keys/{token.pk}/revoke/")

    assert answer.status_code == 404
    assert found(secret) == token


def test_a_key_that_has_run_out_says_so(signed_in):
    make(signed_in.account)

    answer = signed_in.get("/organisation/keys/")

    assert [row.state for row in answer.context["tokens"]] == ["over"]
    assert "udløb efter 31. marts 2026" in answer.content.decode()
