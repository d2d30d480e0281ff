from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "robust.demo"
    label = "demo"
