"""A person sets up a passkey and signs in with it: a real browser, the real content security policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, ConsoleMessage, Page, expect

from robust.organisation.models import AuditEntry, Role, RoleRequirement
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "fire-ord-som-passer"


@pytest.fixture
def account():
    return factories.make_account("Mette Holm", email="mette@example.org", password=PASSWORD)


@pytest.fixture
def site(live_server) -> str:
    """The address on which passkeys work: a browser takes localhost for safe, but no number."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complains of; the content security policy is not to be among it."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            heard.append(message.text)

    page.on("console", hear)
    yield heard
    assert heard == []


class Finger:
    """A device that knows its person's finger, until it refuses it."""

    def __init__(self, session: CDPSession) -> None:
        self.session = session
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        added = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.id = added["authenticatorId"]

    def refuse(self) -> None:
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": False})


@pytest.fixture
def finger(page: Page) -> Finger:
    return Finger(page.context.new_cdp_session(page))


def sign_in(page: Page, site: str, *, path: str = "/") -> None:
    page.goto(site + path)
    page.get_by_label("E-mail").fill("Mette@Example.org")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()


def sign_out(page: Page) -> None:
    page.locator(".menu--person summary").click()
    page.get_by_role("button", name="Log ud").click()


def test_a_passkey_is_added_and_then_lets_its_person_in_alone(page, site, account, finger, complaints):
    sign_in(page, site, path="/account/2fa/")
    page.get_by_role("link", name="Tilføj en adgangsnøgle").click()
    page.get_by_role("button", name="Tilføj adgangsnøglen").click()
    expect(page.get_by_text("Adgangsnøglen er tilføjet.")).to_be_visible()

    sign_out(page)
    page.goto(site + "/settings/")
    page.get_by_role("button", name="Log ind med en adgangsnøgle").click()

    expect(page).to_have_url(site + "/settings/")
    kept = list(AuditEntry.objects.order_by("id").values_list("action", "detail"))
    assert kept == [
        ("account.signed_in", {"by": ["password"]}),
        ("account.second_factor_added", {"kind": "webauthn"}),
        ("account.second_factor_added", {"kind": "recovery_codes"}),
        ("account.signed_out", {}),
        ("account.signed_in", {"by": ["webauthn"]}),
    ]


def test_a_role_that_needs_a_second_factor_reaches_nothing_before_it_has_one(
    page, site, account, finger, complaints
):
    factories.give_role(account, Role.ADMINISTRATOR, factories.make_unit())
    RoleRequirement.objects.create(role=Role.ADMINISTRATOR)

    sign_in(page, site, path="/settings/")
    expect(page).to_have_url(site + "/organisation/second-factor/")
    page.goto(site + "/organisation/keys/")
    expect(page).to_have_url(site + "/organisation/second-factor/")
    page.get_by_role("link", name="Opret en adgangsnøgle").click()
    page.get_by_role("button", name="Tilføj adgangsnøglen").click()
    expect(page.get_by_text("Adgangsnøglen er tilføjet.")).to_be_visible()
    page.goto(site + "/settings/")

    expect(page).to_have_url(site + "/settings/")


def test_a_device_that_refuses_is_told_in_a_sentence(page, site, account, finger):
    sign_in(page, site, path="/account/2fa/webauthn/add/")
    finger.refuse()
    page.get_by_role("button", name="Tilføj adgangsnøglen").click()

    expect(page.get_by_text("Adgangsnøglen blev ikke lavet")).to_be_visible()
