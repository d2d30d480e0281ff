"""The hospital's identity provider as the environment names it."""

import sys

import pytest

from robust.config import sign_in
from robust.config.env import MissingSetting

OIDC = {
    "ROBUST_OIDC_SERVER": "https://login.region.example/oidc",
    "ROBUST_OIDC_CLIENT": "robust",
    "ROBUST_OIDC_SECRET": "hemmelig",
}
SAML = {
    "ROBUST_SAML_IDP": "https://login.region.example/saml",
    "ROBUST_SAML_METADATA_URL": "https://login.region.example/metadata",
}


@pytest.fixture
def environment(monkeypatch):
    def set_to(values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return set_to


def test_with_nothing_set_there_is_no_provider():
    assert sign_in.providers() == {"openid_connect": {"APPS": []}, "saml": {"APPS": []}}
    assert (sign_in.origins(), sign_in.apps()) == ([], [])


def test_a_provider_of_openid_connect_is_trusted_with_its_addresses(environment):
    environment(OIDC | {"ROBUST_OIDC_NAME": "Region Nord", "ROBUST_OIDC_UID": "oid"})

    assert sign_in.providers()["openid_connect"] == {
        "APPS": [
            {
                "provider_id": "hospital",
                "name": "Region Nord",
                "client_id": "robust",
                "secret": "hemmelig",
                "settings": {
                    "server_url": "https://login.region.example/oidc",
                    "oauth_pkce_enabled": True,
                    "uid_field": "oid",
                    "verified_email": True,
                    "email_authentication": True,
                },
            }
        ],
        "OAUTH_PKCE_ENABLED": True,
    }


def test_trust_can_be_limited_to_the_hospitals_own_domains(environment):
    environment(OIDC | {"ROBUST_OIDC_EMAIL_DOMAINS": "region.example, hospital.example"})

    app = sign_in.providers()["openid_connect"]["APPS"][0]

    assert app["settings"]["verified_email"] == ["region.example", "hospital.example"]


def test_a_provider_named_in_part_stops_the_start_with_the_name_of_what_is_missing(environment):
    environment({"ROBUST_OIDC_SERVER": "https://login.region.example"})

    with pytest.raises(MissingSetting, match="ROBUST_OIDC_CLIENT is not set"):
        sign_in.providers()


def test_forms_may_lead_to_the_providers_named_and_their_further_hosts_once_each(environment):
    environment(
        OIDC
        | {
            "ROBUST_SAML_SIGN_IN_URL": "https://login.region.example/sso",
            "ROBUST_SIGN_IN_ORIGINS": "https://mitid.example,https://login.region.example",
        }
    )

    assert sign_in.origins() == ["https://login.region.example", "https://mitid.example"]


def test_saml_by_metadata_address(environment):
    environment(SAML)

    app = sign_in.providers()["saml"]["APPS"][0]

    assert (app["client_id"], app["name"], app["settings"]["idp"]) == (
        "hospital",
        "SAML",
        {
            "entity_id": "https://login.region.example/saml",
            "metadata_url": "https://login.region.example/metadata",
        },
    )
    assert app["settings"]["advanced"] == {
        "authn_request_signed": False,
        "metadata_signed": False,
        "want_assertion_signed": True,
        "reject_idp_initiated_sso": True,
    }
    assert sign_in.apps() == ["allauth.socialaccount.providers.saml"]


def test_saml_by_address_and_certificate_with_a_key_of_our_own(environment):
    environment(
        {
            "ROBUST_SAML_IDP": "https://login.region.example/saml",
            "ROBUST_SAML_SIGN_IN_URL": "https://login.region.example/sso",
            "ROBUST_SAML_CERTIFICATE": "MII…",
            "ROBUST_SAML_KEY": "key",
            "ROBUST_SAML_OWN_CERTIFICATE": "certificate",
        }
    )

    settings = sign_in.providers()["saml"]["APPS"][0]["settings"]

    assert settings["idp"] == {
        "entity_id": "https://login.region.example/saml",
        "sso_url": "https://login.region.example/sso",
        "x509cert": "MII…",
    }
    assert settings["advanced"] == {
        "private_key": "key",
        "x509cert": "certificate",
        "authn_request_signed": True,
        "metadata_signed": True,
        "want_assertion_signed": True,
        "reject_idp_initiated_sso": True,
    }


def test_saml_without_its_library_stops_the_start_with_what_to_install(environment, monkeypatch):
    environment(SAML)
    monkeypatch.setitem(sys.modules, "onelogin", None)

    with pytest.raises(MissingSetting, match=r"Install robust-hospital\[saml\]"):
        sign_in.providers()
