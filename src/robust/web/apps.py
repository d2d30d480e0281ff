from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from robust.core.registry import Room, offer


class WebConfig(AppConfig):
    name = "robust.web"
    label = "web"

    def ready(self) -> None:
        offer("room", "web", Room(label=_("My day"), url_name="web:home", order=0, mark="day"))
