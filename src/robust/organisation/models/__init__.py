"""Units over time, parties, people, accounts, roles, audit trail, stored files and background jobs."""

from robust.organisation.models.account import Account, Role, RoleAssignment, RoleRequirement
from robust.organisation.models.audit import AuditClosing, AuditEntry, AuditLink
from robust.organisation.models.job import JobRun
from robust.organisation.models.look import HospitalLook
from robust.organisation.models.person import Employment, Person, Profession
from robust.organisation.models.retention import RetentionRule
from robust.organisation.models.stored_file import StoredFile
from robust.organisation.models.token import ApiToken
from robust.organisation.models.unit import Party, Unit, UnitCode, UnitPeriod, UnitSuccession, UnitType

__all__ = [
    "Account",
    "ApiToken",
    "AuditClosing",
    "AuditEntry",
    "AuditLink",
    "Employment",
    "HospitalLook",
    "JobRun",
    "Party",
    "Person",
    "Profession",
    "RetentionRule",
    "Role",
    "RoleAssignment",
    "RoleRequirement",
    "StoredFile",
    "Unit",
    "UnitCode",
    "UnitPeriod",
    "UnitSuccession",
    "UnitType",
]
