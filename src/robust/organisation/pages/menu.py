"""The pages of the organisation by their names, and who is shown the way to them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """The way to a page; current where the reader is on it or on one below it."""

    label: str
    url: str
    is_current: bool


def tabs(
    *, here: str, can_see_personnel: bool, can_administer: bool, can_administer_everything: bool
) -> tuple[Tab, ...]:
    """Give the tabs that the reader may open; none where there would be only one."""
    lists = reverse("organisation:directory_list", args=["parties"])
    wanted = (
        (True, "unit", _("Units"), reverse("organisation:unit_list")),
        (can_see_personnel, "person", _("People"), reverse("organisation:person_list")),
        (can_administer, "account", _("Accounts"), reverse("organisation:account_list")),
        (can_administer, "code", _("Codes"), reverse("organisation:code_list")),
        (can_administer_everything, "directory", _("Lists"), lists),
        (can_administer_everything, "look", _("Name and colours"), reverse("organisation:look")),
        (can_administer_everything, "audit", _("Audit trail"), reverse("organisation:audit_list")),
        (True, "retention", _("What is kept"), reverse("organisation:retention_list")),
    )
    return tuple(
        Tab(label=label, url=url, is_current=here.startswith(stem)) for may, stem, label, url in wanted if may
    )
