"""Signing in through the hospital's own identity provider, end to end in the browser."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page, expect

from robust.config import sign_in
from robust.organisation.models import AuditEntry, Role, RoleRequirement
from tests import factories
from tests.journeys.identity_provider import CLIENT, PASSWORD, SECRET

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
KNOWN, UNKNOWN = "mette@example.org", "gaest@example.org"


@pytest.fixture
def site(live_server) -> str:
    """Another host name than the provider's, so that their cookies are apart."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def provider(site: str, tmp_path: Path, settings, monkeypatch) -> Iterator[str]:
    """The provider, named to Robust through the environment as a hospital does it."""
    callback = f"{site}/account/oidc/{sign_in.PROVIDER_ID}/login/callback/"
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.journeys.identity_provider",
            tmp_path / "idp.db",
            callback,
            KNOWN,
            UNKNOWN,
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    address = process.stdout.readline().strip() if process.stdout else ""
    monkeypatch.setenv("ROBUST_OIDC_SERVER", address)
    monkeypatch.setenv("ROBUST_OIDC_NAME", "Region Nord")
    monkeypatch.setenv("ROBUST_OIDC_CLIENT", CLIENT)
    monkeypatch.setenv("ROBUST_OIDC_SECRET", SECRET)
    policy = deepcopy(django_settings.CONTENT_SECURITY_POLICY)
    policy["DIRECTIVES"]["form-action"] = ["'self'", *sign_in.origins()]
    settings.SOCIALACCOUNT_PROVIDERS = sign_in.providers()
    settings.CONTENT_SECURITY_POLICY = policy
    yield address
    process.kill()
    process.communicate()


@pytest.fixture
def come_in(page: Page, site: str, provider: str) -> Callable[[str], None]:
    def sign_in_there(email: str) -> None:
        page.goto(f"{site}/settings/")
        page.get_by_role("button", name="Log ind med Region Nord").click()
        page.get_by_label("Username").fill(email.partition("@")[0])
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign In").click()

    return sign_in_there


def test_somebody_whom_the_provider_knows_comes_back_where_they_wanted_to_go(page, site, come_in):
    factories.make_account("Mette Holm", email=KNOWN)

    come_in(KNOWN)

    expect(page).to_have_url(f"{site}/settings/")
    expect(page.locator(".menu--person summary")).to_contain_text("Mette Holm")
    kept = list(AuditEntry.objects.order_by("id").values_list("action", "actor_name", "detail"))
    assert kept == [
        ("account.provider_connected", "Mette Holm", {"provider": "hospital"}),
        ("account.signed_in", "Mette Holm", {"by": ["socialaccount"]}),
    ]


def test_somebody_without_an_account_is_told_who_makes_one(page, site, come_in):
    come_in(UNKNOWN)

    expect(page.get_by_role("heading", name="Der er ingen konto til dig endnu")).to_be_visible()
    page.goto(f"{site}/settings/")
    expect(page).to_have_url(f"{site}/account/login/?next=/settings/")


def test_somebody_whose_account_is_closed_does_not_come_in(page, come_in):
    account = factories.make_account("Mette Holm", email=KNOWN)
    account.is_active = False
    account.save()

    come_in(KNOWN)

    expect(page.get_by_role("heading", name="Kontoen er lukket")).to_be_visible()


def test_a_provider_that_asks_for_two_factors_counts_as_two_where_the_hospital_says_so(
    page, site, come_in, settings
):
    settings.PROVIDER_HAS_SECOND_FACTOR = True
    factories.make_account("Mette Holm", email=KNOWN, role=Role.ADMINISTRATOR)
    RoleRequirement.objects.create(role=Role.ADMINISTRATOR)

    come_in(KNOWN)

    expect(page).to_have_url(f"{site}/settings/")


def test_a_provider_counts_as_one_factor_where_the_hospital_says_nothing(page, site, come_in):
    factories.make_account("Mette Holm", email=KNOWN, role=Role.ADMINISTRATOR)
    RoleRequirement.objects.create(role=Role.ADMINISTRATOR)

    come_in(KNOWN)

    expect(page).to_have_url(f"{site}/organisation/second-factor/")


def test_without_a_way_through_the_policy_the_browser_refuses_the_provider(page, site, provider, settings):
    settings.CONTENT_SECURITY_POLICY = django_settings.CONTENT_SECURITY_POLICY | {
        "DIRECTIVES": settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"form-action": ["'self'"]}
    }
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    page.goto(f"{site}/account/login/")
    page.get_by_role("button", name="Log ind med Region Nord").click()
    page.wait_for_event("console", lambda _message: True) if not complaints else None

    assert "form-action" in complaints[0]
    assert page.url == f"{site}/account/login/"
