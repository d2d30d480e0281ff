"""The pages of the organisation that the reader may open, as tabs."""

from typing import Any

from django import template
from django.utils import timezone

from robust.organisation import rules
from robust.organisation.pages.menu import tabs

register = template.Library()


@register.inclusion_tag("organisation/_tabs.html", takes_context=True)
def organisation_tabs(context: template.Context) -> dict[str, Any]:
    """Draw the tabs; the one whose pages begin with the current view's name is marked."""
    request, day = context["request"], timezone.localdate()
    account = request.user
    return {
        "tabs": tabs(
            here=request.resolver_match.url_name,
            can_see_personnel=rules.can_see_personnel(account, day=day),
            can_administer=rules.can_administer(account, day=day),
            can_administer_everything=rules.can_administer_everything(account, day=day),
        )
    }
