"""The lists of the house: every one can be taken along as a sheet. A new list joins this table."""

from dataclasses import dataclass

from robust.organisation.models import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A list, who opens it here, and what stands after the question mark."""

    who: Role
    query: str = ""


_ORGANISATION = (
    "account_list",
    "audit_chain",
    "code_list",
    "directory_list",
    "job_list",
    "my_data",
    "person_list",
    "retention_list",
    "token_list",
    "unit_list",
)
_PROGRAMME = (
    "example_list",
    "forum_detail",
    "forum_list",
    "handout_list",
    "idea_list",
    "idea_queue",
    "initiative_list",
    "matrix",
    "plan_list",
    "reading_list",
    "relation_matrix",
    "round_detail",
    "round_list",
    "share_list",
    "timeline",
)

LISTS = {
    **{f"organisation:{name}": List(who=Role.ADMINISTRATOR) for name in _ORGANISATION},
    **{f"programme:{name}": List(who=Role.IMPROVEMENT_CONSULTANT) for name in _PROGRAMME},
    "organisation:audit_list": List(who=Role.ADMINISTRATOR, query="action=person.viewed"),  # else it grows
}

WITHOUT_TIMES = {"organisation:audit_chain"}  # months, which are made by the calendar

NOT_TO_TAKE_ALONG = {
    "web:unit_list": "one chooses a unit here; the list of the units is organisation:unit_list",
}
