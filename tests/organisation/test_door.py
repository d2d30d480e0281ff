"""The door without a browser: who comes in, who does not, in which words, and what is kept of it."""

import re
import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.urls import reverse

from robust.organisation import actions, queries
from robust.organisation.models import AuditEntry, Role, RoleRequirement
from tests import factories
from tests.factories import DAY, NOW

pytestmark = pytest.mark.django_db
PASSWORD, NEW_PASSWORD = "fire-ord-som-passer", "fire-andre-ord-igen"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def account():
    return factories.make_account("Mette Holm", email="mette@example.org", password=PASSWORD)


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def sign_in(client, *, email="mette@example.org", password=PASSWORD, path="/settings/"):
    return client.post("/account/login/", {"login": email, "password": password, "next": path})


def kept():
    entries = AuditEntry.objects.filter(action__startswith="account.").order_by("id")
    return [(entry.action, entry.actor_name, entry.subject_name, entry.detail) for entry in entries]


def errors_of(answer):
    return [error for errors in answer.context["form"].errors.values() for error in errors]


def code_of(authenticator: Authenticator) -> str:
    secret = TOTP(authenticator).instance.data["secret"]
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_the_right_password_leads_on_and_is_kept(client, account):
    answer = sign_in(client, email="Mette@Example.org")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/settings/")
    assert kept() == [("account.signed_in", "Mette Holm", "Mette Holm", {"by": ["password"]})]


def test_the_way_on_never_leaves_the_house(client, account):
    answer = sign_in(client, path="https://elsewhere.example/")

    assert answer.headers["Location"] == "/"


def test_a_wrong_password_is_refused_in_our_words_and_kept_without_an_actor(client, account):
    answer = sign_in(client, password="forkert")

    assert errors_of(answer) == ["E-mail og adgangskode passer ikke sammen. Prøv igen."]
    assert kept() == [("account.sign_in_failed", "", "Mette Holm", {})]


def test_an_unknown_address_gets_the_same_answer_and_is_not_kept(client, account):
    answer = sign_in(client, email="min-adgangskode@example.org")

    assert errors_of(answer) == ["E-mail og adgangskode passer ikke sammen. Prøv igen."]
    assert kept() == []


def test_the_sixth_attempt_at_one_account_must_wait(client, account):
    for _attempt in range(5):
        sign_in(client, password="forkert")

    answer = sign_in(client)

    assert errors_of(answer) == ["For mange forsøg. Vent fem minutter, og prøv igen."]
    assert len(kept()) == 5


def test_a_closed_account_is_told_so(client, account):
    account.is_active = False
    account.save()

    answer = client.get(sign_in(client).headers["Location"])

    assert "Kontoen er lukket" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_signing_in_changes_the_session_key(client, account):
    client.get("/account/login/")
    client.session.save()
    before = client.session.session_key

    sign_in(client)

    assert client.session.session_key != before


def test_on_a_shared_computer_the_sign_in_ends_with_the_browser(client, account):
    account.shared_computer = True
    account.save()

    answer = client.get(sign_in(client).headers["Location"])

    assert answer.cookies["robust_session"]["max-age"] == ""


def test_elsewhere_the_sign_in_outlives_the_browser_for_half_a_day(client, account):
    answer = sign_in(client)

    assert answer.cookies["robust_session"]["max-age"] == 12 * 3600


def test_switching_user_keeps_nothing_and_comes_back_to_the_same_page(client, account):
    sign_in(client)
    client.session["unit_name"] = "Afsnit 1"

    answer = client.post("/account/logout/", {"next": "/account/login/?next=/settings/"})

    assert answer.headers["Location"] == "/account/login/?next=/settings/"
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert dict(client.session) == {}
    assert [entry[0] for entry in kept()] == ["account.signed_in", "account.signed_out"]


def test_signing_out_asks_first_when_somebody_only_follows_a_link(client, account):
    sign_in(client)

    answer = client.get("/account/logout/")

    assert "Log ud?" in answer.content.decode()
    assert "_auth_user_id" in client.session


def test_signing_out_without_having_signed_in_keeps_nothing(client):
    client.post("/account/logout/")
    client.logout()

    assert kept() == []


@pytest.mark.parametrize(
    "path", ["/account/signup/", "/account/email/", "/account/3rdparty/", "/account/3rdparty/signup/"]
)
def test_nobody_makes_an_account_alone(client, path):
    answer = client.get(path)

    assert "Der er ingen konto til dig endnu" in answer.content.decode()
    assert client.post(path, {"email": "ny@example.org", "password1": NEW_PASSWORD}).status_code == 405


def test_an_invitation_lets_its_person_choose_a_password_once(client):
    account = factories.make_account("Mette Holm", email="mette@example.org")
    admin = factories.make_account("Anders And")

    path = actions.invite(account, now=NOW, actor=admin)
    form = client.get(path, follow=True)
    answer = client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    client.post("/account/logout/")
    again = client.get(path, follow=True)

    account.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert account.check_password(NEW_PASSWORD)
    assert "Linket virker ikke" in again.content.decode()
    assert [entry[:2] for entry in kept()][:3] == [
        ("account.invited", "Anders And"),
        ("account.password_changed", "Mette Holm"),
        ("account.signed_in", "Mette Holm"),
    ]


def test_an_invitation_by_the_command_line_has_no_actor():
    actions.invite(factories.make_account("Mette Holm"), now=NOW)

    assert kept() == [("account.invited", "", "Mette Holm", {})]


def test_a_closed_account_is_not_invited(account):
    account.is_active = False
    account.save()

    with pytest.raises(actions.CannotInvite) as refused:
        actions.invite(account, now=NOW)

    assert str(refused.value) == "Kontoen må ikke logge ind. Åbn den først, og send så linket."


@pytest.mark.parametrize("password", ["kort", "mette@example.org", "administrator"])
def test_a_weak_password_is_refused(client, account, password):
    form = client.get(actions.invite(account, now=NOW), follow=True)

    answer = client.post(form.request["PATH_INFO"], {"password1": password, "password2": password})

    account.refresh_from_db()
    assert errors_of(answer) != []
    assert account.check_password(PASSWORD)


def test_without_a_mail_server_the_administrator_is_asked_for_a_link(client):
    answer = client.get("/account/password/reset/")

    assert "Bed din administrator om et nyt link." in answer.content.decode()


def test_with_a_mail_server_a_link_is_sent(client, account, settings):
    settings.EMAIL_HOST = "mail.example.org"

    answer = client.post("/account/password/reset/", {"email": "METTE@example.org"})

    assert answer.headers["Location"] == "/account/password/reset/done/"
    assert [(sent.subject, sent.to) for sent in mail.outbox] == [
        ("Vælg en ny adgangskode til Robust", ["mette@example.org"])
    ]
    link = re.search(r"https?://\S+", mail.outbox[0].body)
    assert link
    assert "Vælg en adgangskode" in client.get(urlsplit(link[0]).path, follow=True).content.decode()


def test_an_unknown_address_is_not_told_from_a_known_one(client, settings):
    settings.EMAIL_HOST = "mail.example.org"

    answer = client.post("/account/password/reset/", {"email": "ukendt@example.org"})

    assert answer.headers["Location"] == "/account/password/reset/done/"
    assert mail.outbox == []


def test_the_app_for_codes_is_set_up_and_asked_for_next_time(client, account, on_commit):
    sign_in(client)
    form = client.get("/account/2fa/totp/activate/").context["form"]
    code = format_hotp_value(hotp_value(form.secret, next(iter(yield_hotp_counters_from_time()))))
    with on_commit(execute=True):
        client.post("/account/2fa/totp/activate/", {"code": code})
    client.post("/account/logout/")

    halfway = sign_in(client)
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    right = client.post("/account/2fa/authenticate/", {"code": recovery})

    assert halfway.headers["Location"] == "/account/2fa/authenticate/"
    assert errors_of(wrong) == ["Koden er ikke rigtig, eller den er brugt. Vent på den næste, og prøv igen."]
    assert right.headers["Location"] == "/settings/"
    assert [(entry[0], entry[3]) for entry in kept()] == [
        ("account.signed_in", {"by": ["password"]}),
        ("account.second_factor_added", {"kind": "totp"}),
        ("account.second_factor_added", {"kind": "recovery_codes"}),
        ("account.signed_out", {}),
        ("account.second_factor_failed", {}),
        ("account.signed_in", {"by": ["password", "recovery_codes"]}),
    ]


def with_app(account):
    return TOTP.activate(account, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").instance


def test_the_codes_of_the_app_let_in(client, account):
    authenticator = with_app(account)
    sign_in(client)

    answer = client.post("/account/2fa/authenticate/", {"code": code_of(authenticator)})

    assert answer.headers["Location"] == "/settings/"


def test_setting_up_a_second_factor_right_after_coming_in_asks_for_nothing_more(client, account):
    sign_in(client)

    assert client.get("/account/2fa/totp/activate/").status_code == 200


def long_after_coming_in(client):
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 3600
    session.save()


def test_later_the_password_is_asked_for_again_and_a_wrong_one_refused(client, account):
    sign_in(client)
    long_after_coming_in(client)

    asked = client.get("/account/2fa/totp/activate/")
    wrong = client.post(asked.headers["Location"], {"password": "forkert"})
    right = client.post(asked.headers["Location"], {"password": PASSWORD})

    assert urlsplit(asked.headers["Location"]).path == "/account/reauthenticate/"
    assert errors_of(wrong) == ["Adgangskoden er ikke rigtig. Prøv igen."]
    assert right.headers["Location"] == "/account/2fa/totp/activate/"


def test_whoever_has_several_ways_may_show_it_by_any_of_them(client, account):
    with_app(account)
    client.force_login(account, backend=BACKEND)

    page = client.get("/account/reauthenticate/").context["reauthentication_alternatives"]

    assert [str(way["description"]) for way in page] == ["Brug en kode"]


def test_the_app_is_stopped_and_the_codes_are_renewed_with_a_line_each(client, account, on_commit):
    with_app(account)
    client.force_login(account, backend=BACKEND)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session.save()

    with on_commit(execute=True):
        client.post("/account/2fa/recovery-codes/generate/")
    with on_commit(execute=True):
        client.post("/account/2fa/totp/deactivate/")

    assert [(entry[0], entry[3]) for entry in kept()] == [
        ("account.second_factor_renewed", {"kind": "recovery_codes"}),
        ("account.second_factor_removed", {"kind": "totp"}),
        ("account.second_factor_removed", {"kind": "recovery_codes"}),
    ]


def test_the_password_is_changed_and_kept(client, account):
    sign_in(client)

    client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    account.refresh_from_db()
    assert account.check_password(NEW_PASSWORD)
    assert kept()[-1][:2] == ("account.password_changed", "Mette Holm")


def test_a_second_factor_is_missed_only_where_a_role_asks_for_one(account):
    factories.give_role(account, Role.WARD_LEADER, factories.make_unit())
    before = queries.lacks_second_factor(account, day=DAY)
    RoleRequirement.objects.create(role=Role.WARD_LEADER)
    asked = queries.lacks_second_factor(account, day=DAY)
    with_app(account)
    after = queries.lacks_second_factor(account, day=DAY)

    assert (before, asked, after) == (False, True, False)


def test_recovery_codes_alone_are_no_second_factor(account):
    factories.give_role(account, Role.BOARD, factories.make_unit())
    RoleRequirement.objects.create(role=Role.BOARD)
    Authenticator.objects.create(user=account, type="recovery_codes", data={})

    assert queries.lacks_second_factor(account, day=DAY)


def test_the_page_of_the_second_factor_leads_on_whoever_has_one(client, account):
    client.force_login(account, backend=BACKEND)

    answer = client.get("/organisation/second-factor/")

    assert answer.headers["Location"] == "/account/2fa/"


def test_the_buttons_of_the_sign_in_page_say_where_they_lead(client):
    page = client.get("/account/login/?next=/settings/").content.decode()

    forms = re.findall(r'<form[^>]*action="([^"]+)"', page)
    assert forms == [reverse("web:language"), "/account/login/", "/account/2fa/webauthn/login/"]
    assert page.count('name="next" value="/settings/"') == 2
