"""How long a sign-in lasts, who must show more, and what every answer forbids the browser."""

import re
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from robust.organisation.models import Role, RoleRequirement
from tests import factories

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOTHING = timedelta(0)
IDLE = "Du blev logget ud, fordi der ikke skete noget i et stykke tid. Det, du havde gemt, er bevaret."


@pytest.fixture
def account():
    return factories.make_account("Mette Holm")


@pytest.fixture
def signed_in(client, account):
    client.force_login(account, backend=BACKEND)
    client.get("/settings/")
    return client


def let_pass(client: Client, *, idle: timedelta = NOTHING, since_sign_in: timedelta = NOTHING) -> None:
    session, now = client.session, timezone.now()
    session["seen_at"] = (now - idle).isoformat()
    session["signed_in_at"] = (now - since_sign_in).isoformat()
    session.save()


def share(account) -> None:
    account.shared_computer = True
    account.save()


@pytest.mark.parametrize(
    ("shared", "minutes", "ends"),
    [(True, 9, False), (True, 11, True), (False, 11, False), (False, 479, False), (False, 481, True)],
)
def test_a_sign_in_ends_after_idle_time_sooner_on_shared_computers(signed_in, account, shared, minutes, ends):
    account.shared_computer = shared
    account.save()
    let_pass(signed_in, idle=timedelta(minutes=minutes))

    answer = signed_in.get("/settings/")

    assert (answer.status_code == 302) == ends
    assert ("_auth_user_id" not in signed_in.session) == ends


def test_a_sign_in_ends_after_half_a_day_however_busy(signed_in):
    let_pass(signed_in, since_sign_in=timedelta(hours=12, seconds=5))

    assert signed_in.get("/settings/").status_code == 302


def test_whoever_was_signed_out_is_told_and_comes_back_to_the_page(signed_in, account):
    share(account)
    let_pass(signed_in, idle=timedelta(minutes=11))

    answer = signed_in.get("/organisation/jobs/?page=2", follow=True)

    assert answer.redirect_chain == [("/account/login/?next=%2Forganisation%2Fjobs%2F%3Fpage%3D2", 302)]
    assert [str(message) for message in answer.context["messages"]] == [IDLE]


def test_a_form_that_comes_too_late_leads_back_to_its_page(signed_in, account):
    share(account)
    let_pass(signed_in, idle=timedelta(minutes=11))

    answer = signed_in.post("/settings/", {}, headers={"Referer": "http://testserver/settings/?tab=2"})

    assert answer.headers["Location"] == "/account/login/?next=%2Fsettings%2F%3Ftab%3D2"


@pytest.mark.parametrize("asked", [{"HX-Request": "true"}, {"X-Autosave": "1"}])
def test_a_script_that_comes_too_late_gets_no_page_to_put_anywhere(signed_in, account, asked):
    share(account)
    let_pass(signed_in, idle=timedelta(minutes=11))

    answers = [signed_in.get("/organisation/jobs/", headers=asked) for _again in range(2)]
    page = signed_in.get("/organisation/jobs/", follow=True)

    assert [(answer.status_code, answer.content) for answer in answers] == [(401, b""), (401, b"")]
    assert page.redirect_chain == [("/account/login/?next=/organisation/jobs/", 302)]
    assert [str(message) for message in page.context["messages"]] == [IDLE]


def test_a_script_is_answered_as_ever_where_nobody_has_to_sign_in(client):
    assert client.get("/accessibility/", headers={"HX-Request": "true"}).status_code == 200


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(signed_in):
    let_pass(signed_in, idle=timedelta(minutes=5))
    before = signed_in.session["seen_at"]

    signed_in.get("/organisation/jobs/", headers={"X-Polling": "1"})
    polled = signed_in.session["seen_at"]
    signed_in.get("/organisation/jobs/")

    assert polled == before
    assert signed_in.session["seen_at"] > before


def test_the_session_is_not_written_for_every_click(signed_in):
    before = signed_in.session["seen_at"]

    signed_in.get("/organisation/jobs/")

    assert signed_in.session["seen_at"] == before


def require(role: Role) -> None:
    RoleRequirement.objects.create(role=role)


def test_whoever_must_show_a_second_factor_is_led_to_set_one_up(signed_in, account):
    factories.give_role(account, Role.BOARD, factories.make_unit())
    require(Role.BOARD)

    page = signed_in.get("/settings/")
    fragment = signed_in.get("/organisation/jobs/", headers={"HX-Request": "true"})
    nowhere = signed_in.get("/no-such-page/")

    assert page.headers["Location"] == "/organisation/second-factor/"
    assert fragment.headers["HX-Redirect"] == "/organisation/second-factor/"
    assert nowhere.headers["Location"] == "/organisation/second-factor/"


@pytest.mark.parametrize(
    "path", ["/organisation/second-factor/", "/account/logout/", "/account/2fa/totp/activate/"]
)
def test_the_way_to_a_second_factor_stays_open(signed_in, account, path):
    factories.give_role(account, Role.BOARD, factories.make_unit())
    require(Role.BOARD)

    assert signed_in.get(path).status_code == 200


def test_a_role_that_asks_for_nothing_more_goes_on(signed_in, account):
    factories.give_role(account, Role.WARD_LEADER, factories.make_unit())
    require(Role.BOARD)

    assert signed_in.get("/settings/").status_code == 200


@override_settings(PROVIDER_HAS_SECOND_FACTOR=True)
@pytest.mark.parametrize(("method", "status"), [("socialaccount", 200), ("password", 302)])
def test_a_provider_with_two_factors_counts_where_the_hospital_says_so(signed_in, account, method, status):
    factories.give_role(account, Role.BOARD, factories.make_unit())
    require(Role.BOARD)
    session = signed_in.session
    session["account_authentication_methods"] = [{"method": method, "at": 0}]
    session.save()

    assert signed_in.get("/settings/").status_code == status


PAGES = (
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/2fa/",
    "/settings/",
    "/search/",
    "/organisation/jobs/",
    "/organisation/keys/",
    "/organisation/keys/new/",
    "/api/",
    "/api/v1/openapi.json",
    "/no-such-page/",
)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_forbids_what_robust_never_needs(client, account, path):
    if path != "/account/login/":
        client.force_login(account, backend=BACKEND)

    headers = client.get(path).headers

    policy = {part.strip() for part in headers["Content-Security-Policy"].split(";")}
    assert policy == {part.strip() for part in POLICY.split(";")}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Permitted-Cross-Domain-Policies"] == "none"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", PAGES[3:10])
def test_what_somebody_saw_is_not_kept_by_the_browser(client, account, path):
    client.force_login(account, backend=BACKEND)

    assert "no-store" in client.get(path).headers["Cache-Control"]


@pytest.mark.parametrize("path", [path for path in PAGES if not path.endswith(".json")])
def test_no_page_runs_or_fetches_anything_but_our_own(client, account, path):
    if path != "/account/login/":
        client.force_login(account, backend=BACKEND)

    page = client.get(path).content.decode()

    scripts = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", page)
    handlers = re.findall(r"<[^>]+\s(?:on\w+|style)=", page)
    foreign = re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', page)
    assert (scripts, handlers, foreign, page.count("<style")) == ([], [], [], 0)
