from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "robust.core"
    label = "core"
