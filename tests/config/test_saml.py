"""Signing in by SAML against an identity provider played by this test, with real keys and signatures."""

import base64
import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.test import Client
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from robust.config import sign_in
from robust.organisation.models import AuditEntry
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.saml_urls")]
SITE, IDP = "https://robust.region.example", "https://login.region.example/saml"
NAMES = {"md": "urn:oasis:names:tc:SAML:2.0:metadata"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    private: str
    certificate: str


def make_key(name: str) -> Key:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(private, hashes.SHA256())
    )
    return Key(
        private=private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode(),
        certificate=certificate.public_bytes(serialization.Encoding.PEM).decode(),
    )


@pytest.fixture(scope="module")
def ours() -> Key:
    return make_key("robust")


@pytest.fixture(scope="module")
def theirs() -> Key:
    return make_key("identity provider")


@pytest.fixture
def environment(ours: Key, theirs: Key) -> dict[str, str]:
    return {
        "ROBUST_SAML_IDP": IDP,
        "ROBUST_SAML_NAME": "Region Nord",
        "ROBUST_SAML_SIGN_IN_URL": f"{IDP}/sign-in",
        "ROBUST_SAML_CERTIFICATE": theirs.certificate,
        "ROBUST_SAML_KEY": ours.private,
        "ROBUST_SAML_OWN_CERTIFICATE": ours.certificate,
    }


@pytest.fixture
def site(settings, monkeypatch, environment):
    """Robust as it stands at a hospital: https before it, a name of its own, the provider named to it."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings.SOCIALACCOUNT_PROVIDERS = sign_in.providers()
    settings.ALLOWED_HOSTS = [urlsplit(SITE).netloc]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    registry.register(SAMLProvider)
    return Client(headers={"host": urlsplit(SITE).netloc, "x-forwarded-proto": "https"})


def request_of(site) -> str:
    """Press the button on the sign-in page, and give the number of the request that reaches the provider."""
    answer = site.post("/account/saml/hospital/login/?process=login&next=/settings/")
    address = urlsplit(answer.headers["Location"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{IDP}/sign-in"
    sent = zlib.decompress(base64.b64decode(parse_qs(address.query)["SAMLRequest"][0]), -15)
    return etree.fromstring(sent).get("ID")


def assertion(request: str, email: str, *, name: str) -> str:
    now = datetime.now(UTC)
    start, end = ((now + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ") for minutes in (-1, 5))
    acs = f"{SITE}/account/saml/hospital/acs/"
    attributes = "".join(
        f'<saml:Attribute Name="https://data.gov.dk/model/core/eid/{key}">'
        f"<saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>"
        for key, value in (("email", email), ("professional/uuid/persistent", name))
    )
    return (
        f'<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{name}" Version="2.0" '
        f'IssueInstant="{start}"><saml:Issuer>{IDP}</saml:Issuer>'
        f"<saml:Subject><saml:NameID>{name}</saml:NameID>"
        '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
        f'<saml:SubjectConfirmationData NotOnOrAfter="{end}" Recipient="{acs}" InResponseTo="{request}"/>'
        "</saml:SubjectConfirmation></saml:Subject>"
        f'<saml:Conditions NotBefore="{start}" NotOnOrAfter="{end}">'
        f"<saml:AudienceRestriction><saml:Audience>{SITE}/account/saml/hospital/metadata/</saml:Audience>"
        f'</saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{start}">'
        "<saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password"
        "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
        f"<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"
    )


def response(request: str, signed: str) -> str:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    xml = (
        '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="response" Version="2.0" '
        f'IssueInstant="{now}" Destination="{SITE}/account/saml/hospital/acs/" InResponseTo="{request}">'
        f'<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{IDP}</saml:Issuer>'
        '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
        f"{signed}</samlp:Response>"
    )
    return base64.b64encode(xml.encode()).decode()


@pytest.fixture
def come_back(site, theirs: Key) -> Callable[..., str]:
    """Answer as the provider does, and give where Robust then sends the person."""

    def answered(email: str, *, key: Key = theirs, changed_to: str = "") -> str:
        request = request_of(site)
        plain = assertion(request, email, name="_mette")
        signed = OneLogin_Saml2_Utils.add_sign(
            plain,
            key.private,
            key.certificate,
            sign_algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            digest_algorithm="http://www.w3.org/2001/04/xmlenc#sha256",
        ).decode()
        posted = site.post(
            "/account/saml/hospital/acs/",
            {"SAMLResponse": response(request, signed.replace(email, changed_to or email))},
        )
        finished = site.get(posted.headers["Location"])
        return finished.headers.get("Location", "") or finished.content.decode()

    return answered


def test_the_metadata_for_the_provider_is_signed_and_names_our_addresses(site, ours: Key):
    metadata = site.get("/account/saml/hospital/metadata/").content

    root = etree.fromstring(metadata)
    places = [place.get("Location") for place in root.findall(".//md:AssertionConsumerService", NAMES)]
    assert OneLogin_Saml2_Utils.validate_metadata_sign(metadata, cert=ours.certificate)
    assert root.get("entityID") == f"{SITE}/account/saml/hospital/metadata/"
    assert places == [f"{SITE}/account/saml/hospital/acs/"]
    assert root.find("md:SPSSODescriptor", NAMES).get("AuthnRequestsSigned") == "true"


def test_a_signed_answer_lets_in_whom_the_address_belongs_to(site, come_back):
    factories.make_account("Mette Holm", email="mette@region.example")

    sent_to = come_back("mette@region.example")

    assert sent_to == "/settings/"
    assert list(AuditEntry.objects.order_by("id").values_list("action", "actor_name", "detail")) == [
        ("account.provider_connected", "Mette Holm", {"provider": IDP}),
        ("account.signed_in", "Mette Holm", {"by": ["socialaccount"]}),
    ]


def test_an_answer_signed_by_somebody_else_lets_nobody_in(site, come_back, ours: Key, caplog):
    factories.make_account("Mette Holm", email="mette@region.example")

    page = come_back("mette@region.example", key=ours)

    assert "Du blev ikke logget ind" in page
    assert "_auth_user_id" not in site.session
    assert "Signature validation failed" in caplog.text


def test_an_answer_changed_on_the_way_lets_nobody_in(site, come_back, caplog):
    factories.make_account("Anders", email="anders@region.example")

    page = come_back("mette@region.example", changed_to="anders@region.example")

    assert "Du blev ikke logget ind" in page
    assert "_auth_user_id" not in site.session
    assert "Digest" in caplog.text or "Signature validation failed" in caplog.text


def test_the_settings_of_a_hospital_with_saml_make_the_pages(environment):
    program = (
        "import django; django.setup(); from django.urls import reverse; "
        "print(reverse('saml_metadata', args=['hospital']))"
    )

    run = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | environment | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout == "/account/saml/hospital/metadata/\n"
