from django.urls import include, path

from robust.config import urls

urlpatterns = [
    path("account/", include("allauth.socialaccount.providers.saml.urls")),
    *urls.urlpatterns,
]
