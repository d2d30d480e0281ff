"""Who may open the pages of the organisation, the door, and the frame of the API."""

from base64 import b64decode
from datetime import timedelta
from typing import Any

from robust.organisation import actions
from robust.organisation.models import ApiToken, HospitalLook, JobRun, Role, UnitCode
from tests.architecture.access import Access, World
from tests.factories import (
    DAY,
    NOW,
    OPENED_ON,
    make_account,
    make_employment,
    make_party,
    make_unit,
)

ADMINISTRATOR = (Role.ADMINISTRATOR,)
PERSONNEL = (
    Role.WORK_PLANNER,
    Role.WARD_LEADER,
    Role.DEPARTMENT_MANAGEMENT,
    Role.HR_ANALYST,
    Role.ADMINISTRATOR,
)
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
EMPLOYERS = (Role.DEPARTMENT_MANAGEMENT, Role.ADMINISTRATOR)


def furnish(world: World) -> None:
    employment = make_employment(unit=world.ward)
    colleague = make_account("Kollega", role=Role.EMPLOYEE, unit=world.ward)
    world.things["unit"] = make_unit("Afsnit 2", parent=world.hospital)
    world.things["employment"] = employment
    world.things["colleague"] = colleague
    world.things["held"] = colleague.roles.get()
    world.things["job"] = JobRun.objects.create(kind="test", title="Andres job", started_by=colleague)
    world.things["key"], _secret = actions.create_token(
        account=colleague,
        name="Andres nøgle",
        scope=ApiToken.Scope.READ,
        ends_on=DAY + timedelta(days=9),
        day=DAY,
        now=NOW,
    )
    HospitalLook.objects.create(pk=HospitalLook.ONLY, mark=PNG, version="1")
    world.things["party"] = make_party()
    world.things["code"] = UnitCode.objects.create(
        unit=world.ward, system="sor", code="123", starts_on=OPENED_ON
    )


def a(name: str) -> Any:
    """Make an example that names a thing of the world by its number."""
    return lambda world: {"pk": world.things[name].pk}


def at_ward(world: World) -> dict[str, Any]:
    return {"pk": world.ward.pk}


def parties(_world: World) -> dict[str, Any]:
    return {"name": "parties"}


def party(world: World) -> dict[str, Any]:
    return {"name": "parties", "pk": world.things["party"].pk}


ORGANISATION = {
    "unit_list": Access(who="signed_in"),
    "unit_detail": Access(who="signed_in", example=at_ward),
    "unit_open": Access(who=ADMINISTRATOR),
    **{
        f"unit_{act}": Access(who=ADMINISTRATOR, example=a("unit"))
        for act in ("change", "move", "close", "reopen", "merge", "split")
    },
    "code_list": Access(who=ADMINISTRATOR),
    "code_export": Access(who=ADMINISTRATOR),
    "code_import": Access(who=ADMINISTRATOR),
    "code_give": Access(who=ADMINISTRATOR, example=at_ward),
    "code_end": Access(who=ADMINISTRATOR, example=a("code"), method="post"),
    "code_again": Access(who=ADMINISTRATOR, example=a("code"), method="post"),
    "directory_list": Access(who=ADMINISTRATOR, example=parties),
    "directory_add": Access(who=ADMINISTRATOR, example=parties),
    "directory_change": Access(who=ADMINISTRATOR, example=party),
    "directory_remove": Access(who=ADMINISTRATOR, example=party, method="post"),
    "directory_again": Access(who=ADMINISTRATOR, example=party, method="post"),
    "person_list": Access(who=PERSONNEL, query="words=a"),
    "person_add": Access(who=EMPLOYERS),
    "person_detail": Access(
        who=PERSONNEL, example=lambda world: {"pk": world.things["employment"].person_id}
    ),
    "person_rename": Access(
        who=EMPLOYERS, example=lambda world: {"pk": world.things["employment"].person_id}
    ),
    "employment_add": Access(
        who=EMPLOYERS, example=lambda world: {"pk": world.things["employment"].person_id}
    ),
    "employment_end": Access(who=EMPLOYERS, example=a("employment")),
    "employment_move": Access(who=EMPLOYERS, example=a("employment")),
    "my_data": Access(who="signed_in"),
    "my_data_export": Access(who="signed_in"),
    "account_list": Access(who=ADMINISTRATOR),
    "account_add": Access(who=ADMINISTRATOR),
    "account_detail": Access(who=ADMINISTRATOR, example=a("colleague")),
    "account_change": Access(who=ADMINISTRATOR, example=a("colleague")),
    "account_invite": Access(who=ADMINISTRATOR, example=a("colleague"), method="post"),
    "role_assign": Access(who=ADMINISTRATOR, example=a("colleague")),
    "role_end": Access(who=ADMINISTRATOR, example=a("held")),
    "role_again": Access(who=ADMINISTRATOR, example=a("held"), method="post"),
    "look": Access(who=ADMINISTRATOR),
    "look_stylesheet": Access(who="anyone"),
    "look_mark": Access(who="anyone"),
    "role_requirements": Access(who=ADMINISTRATOR),
    "audit_list": Access(who=ADMINISTRATOR),
    "audit_chain": Access(who=ADMINISTRATOR),
    "audit_check": Access(who=ADMINISTRATOR, method="post"),
    "retention_list": Access(who="signed_in"),
    "retention_change": Access(who=ADMINISTRATOR, example=lambda _world: {"name": "jobs"}),
}

OTHERS: tuple[Role, ...] = ()  # what is somebody else's opens for no role

JOBS_AND_KEYS = {
    "door_second_factor": Access(who="signed_in"),
    "job_list": Access(who="signed_in"),
    "job_detail": Access(who=OTHERS, example=a("job")),
    "job_cancel": Access(who=OTHERS, example=a("job"), method="post"),
    "token_list": Access(who="signed_in"),
    "token_create": Access(who="signed_in"),
    "token_revoke": Access(who=OTHERS, example=a("key"), method="post"),
}


def with_key(_world: World) -> dict[str, Any]:
    return {"uidb36": "1", "key": "none"}


def no_authenticator(_world: World) -> dict[str, Any]:
    return {"pk": 1}


DOOR = {
    "account_login": Access(who="anyone"),
    "account_logout": Access(who="signed_in"),
    "account_inactive": Access(who="anyone"),
    "account_signup": Access(who="anyone"),
    "account_email": Access(who="anyone"),
    "account_confirm_email": Access(who="anyone", example=lambda _world: {"key": "none"}),
    "account_confirm_login_code": Access(who="signed_in"),
    "account_email_verification_sent": Access(who="anyone"),
    "account_reauthenticate": Access(who="signed_in"),
    "account_change_password": Access(who="signed_in"),
    "account_set_password": Access(who="signed_in"),
    "account_reset_password": Access(who="anyone"),
    "account_reset_password_done": Access(who="anyone"),
    "account_reset_password_from_key": Access(who="anyone", example=with_key),
    "account_reset_password_from_key_done": Access(who="anyone"),
    "mfa_authenticate": Access(who="signed_in"),
    "mfa_login_webauthn": Access(who="signed_in"),  # leads to the sign-in page, whose script asks for it
    "mfa_reauthenticate": Access(who="signed_in"),
    "mfa_reauthenticate_webauthn": Access(who="signed_in"),
    "mfa_index": Access(who="signed_in"),
    "mfa_activate_totp": Access(who="signed_in"),
    "mfa_deactivate_totp": Access(who=OTHERS),
    "mfa_add_webauthn": Access(who="signed_in"),
    "mfa_list_webauthn": Access(who="signed_in"),
    "mfa_edit_webauthn": Access(who=OTHERS, example=no_authenticator),
    "mfa_remove_webauthn": Access(who=OTHERS, example=no_authenticator),
    "mfa_generate_recovery_codes": Access(who="signed_in"),
    "mfa_view_recovery_codes": Access(who=OTHERS),
    "mfa_download_recovery_codes": Access(who=OTHERS),
    "openid_connect_login": Access(who=OTHERS, example=lambda _world: {"provider_id": "none"}),
    "openid_connect_callback": Access(who=OTHERS, example=lambda _world: {"provider_id": "none"}),
    "socialaccount_connections": Access(who="anyone"),
    "socialaccount_signup": Access(who="anyone"),
    "socialaccount_login_cancelled": Access(who="anyone"),
    "socialaccount_login_error": Access(who=OTHERS),
    "/account/social/connections/": Access(who="anyone"),
    "/account/social/login/cancelled/": Access(who="anyone"),
    "/account/social/login/error/": Access(who="anyone"),
    "/account/social/signup/": Access(who="anyone"),
}

API = {
    "api:api-root": Access(who=OTHERS),
    "api:openapi-json": Access(who="anyone"),
    "api_reference": Access(who="signed_in"),
    "api:me": Access(who="signed_in"),
    "api:job_list": Access(who="signed_in"),
    "api:job_detail": Access(who=OTHERS, example=lambda world: {"job": world.things["job"].pk}),
    "api:job_cancel": Access(
        who=OTHERS, example=lambda world: {"job": world.things["job"].pk}, method="post"
    ),
    "api:unit_list": Access(who="signed_in"),
    "api:unit_detail": Access(who="signed_in", example=lambda world: {"unit": world.ward.pk}),
    "api:unit_type_list": Access(who="signed_in"),
    "api:profession_list": Access(who="signed_in"),
    "api:party_list": Access(who="signed_in"),
}

ACCESS = {
    **{f"organisation:{name}": line for name, line in (ORGANISATION | JOBS_AND_KEYS).items()},
    **DOOR,
    **API,
}
