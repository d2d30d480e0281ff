from django.urls import path
from django.views.i18n import set_language

from robust.web import views

app_name = "web"

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("settings/", views.settings, name="settings"),
    path("unit/", views.unit_list, name="unit_list"),
    path("unit/switch/", views.unit_switch, name="unit_switch"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("language/", set_language, name="language"),
]
