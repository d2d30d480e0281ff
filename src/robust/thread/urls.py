from django.urls import path

from robust.thread import views

app_name = "thread"

urlpatterns = [
    path("links/<int:pk>/end/", views.link_end, name="link_end"),
    path("links/<int:pk>/again/", views.link_again, name="link_again"),
    path("<slug:thing>/<int:pk>/links/new/", views.link_create, name="link_create"),
]
