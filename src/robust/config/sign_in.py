"""How the hospital's own identity provider is told to the sign-in, from the environment."""

from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from robust.config import env

Providers = dict[str, dict[str, Any]]
PROVIDER_ID = "hospital"
OIOSAML = {
    "uid": ["https://data.gov.dk/model/core/eid/professional/uuid/persistent"],
    "email": ["https://data.gov.dk/model/core/eid/email"],
    "first_name": ["https://data.gov.dk/model/core/eid/firstName"],
    "last_name": ["https://data.gov.dk/model/core/eid/lastName"],
}
COMMON_ATTRIBUTES = {
    "uid": ["urn:oasis:names:tc:SAML:attribute:subject-id"],
    "email": [
        "urn:oid:0.9.2342.19200300.100.1.3",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    ],
    "first_name": ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname", "urn:oid:2.5.4.42"],
    "last_name": ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname", "urn:oid:2.5.4.4"],
}


def providers() -> Providers:
    """Give what allauth wants to know of the identity providers; with none set, nobody sees a button.

    Raises: MissingSetting when one is named only in part, or SAML is asked for without its library.
    """
    return {"openid_connect": _openid_connect(), "saml": _saml()}


def origins() -> list[str]:
    """Give the addresses that a sign-in form may lead to, for the content security policy."""
    named = [env.text(name, "") for name in ("ROBUST_OIDC_SERVER", "ROBUST_SAML_SIGN_IN_URL")]
    found = [f"{parts.scheme}://{parts.netloc}" for url in named if (parts := urlsplit(url)).netloc]
    return list(dict.fromkeys([*found, *env.listed("ROBUST_SIGN_IN_ORIGINS")]))


def apps() -> list[str]:
    """Give the Django apps that are needed only where SAML is used."""
    return ["allauth.socialaccount.providers.saml"] if env.text("ROBUST_SAML_IDP", "") else []


def _openid_connect() -> dict[str, Any]:
    server = env.text("ROBUST_OIDC_SERVER", "")
    if not server:
        return {"APPS": []}
    app = {
        "provider_id": PROVIDER_ID,
        "name": env.text("ROBUST_OIDC_NAME", "OpenID Connect"),
        "client_id": env.text("ROBUST_OIDC_CLIENT"),
        "secret": env.text("ROBUST_OIDC_SECRET"),
        "settings": {
            "server_url": server,
            "oauth_pkce_enabled": True,
            "uid_field": env.text("ROBUST_OIDC_UID", "sub"),
            **_trust("ROBUST_OIDC"),
        },
    }
    return {"APPS": [app], "OAUTH_PKCE_ENABLED": True}


def _saml() -> dict[str, Any]:
    entity_id = env.text("ROBUST_SAML_IDP", "")
    if not entity_id:
        return {"APPS": []}
    if find_spec("onelogin") is None:
        raise env.MissingSetting(
            "ROBUST_SAML_IDP is set, but the SAML library is not installed. "
            "Install robust-hospital[saml], or remove the setting, and start again."
        )
    app = {
        "provider_id": entity_id,
        "name": env.text("ROBUST_SAML_NAME", "SAML"),
        "client_id": PROVIDER_ID,
        "settings": {
            "attribute_mapping": _saml_attributes(),
            "idp": _saml_identity_provider(entity_id),
            "sp": {"entity_id": env.text("ROBUST_SAML_ENTITY", "")},
            "advanced": _saml_security(),
            **_trust("ROBUST_SAML"),
        },
    }
    return {"APPS": [app]}


def _saml_identity_provider(entity_id: str) -> dict[str, str]:
    metadata_url = env.text("ROBUST_SAML_METADATA_URL", "")
    if metadata_url:
        return {"entity_id": entity_id, "metadata_url": metadata_url}
    return {
        "entity_id": entity_id,
        "sso_url": env.text("ROBUST_SAML_SIGN_IN_URL"),
        "x509cert": env.text("ROBUST_SAML_CERTIFICATE"),
    }


def _saml_attributes() -> dict[str, list[str]]:
    """Give where the common attributes stand, in OIOSAML 3 first and then as others name them."""
    return {name: OIOSAML[name] + COMMON_ATTRIBUTES[name] for name in OIOSAML}


def _saml_security() -> dict[str, Any]:
    key = env.text("ROBUST_SAML_KEY", "")
    own = {"private_key": key, "x509cert": env.text("ROBUST_SAML_OWN_CERTIFICATE")} if key else {}
    signing = {"authn_request_signed": bool(key), "metadata_signed": bool(key)}
    return own | signing | {"want_assertion_signed": True, "reject_idp_initiated_sso": True}


def _trust(prefix: str) -> dict[str, Any]:
    """Give whose e-mail addresses the provider answers for: all, or those of the named domains."""
    domains = env.listed(f"{prefix}_EMAIL_DOMAINS")
    return {"verified_email": domains or True, "email_authentication": True}
