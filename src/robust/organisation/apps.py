from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from robust.core.registry import RetentionKind, offer


class OrganisationConfig(AppConfig):
    name = "robust.organisation"
    label = "organisation"

    def ready(self) -> None:
        from robust.organisation.actions import retention  # noqa: PLC0415  apps load before models
        from robust.organisation.views import menu, sign_in  # noqa: PLC0415  apps load before models

        sign_in.keep_what_happens()
        offer("menu", "organisation", menu.menu)
        offer("home", "organisation", menu.waiting)
        offer("search", "organisation", menu.search)
        kinds = (
            (
                "audit-trail",
                _("Audit trail"),
                60,
                _("The Data Protection Authority asks for a log of use that is deleted after a set time."),
                retention.drop_expired_months,
            ),
            (
                "former-employees",
                _("People who have left"),
                60,
                _("Personnel data may as a rule be kept for five years after the employment has ended."),
                retention.drop_former_people,
            ),
            (
                "jobs",
                _("Background jobs"),
                3,
                _("They are only for those who started them."),
                retention.drop_ended_jobs,
            ),
            (
                "keys",
                _("Keys that no longer work"),
                12,
                _("So that a question about an old key can be answered."),
                retention.drop_ended_tokens,
            ),
        )
        for name, label, months, basis, drop in kinds:
            offer("retention", name, RetentionKind(label=label, months=months, basis=basis, drop=drop))
