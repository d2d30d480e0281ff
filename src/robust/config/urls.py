from django.urls import include, path

from robust.config.api import api
from robust.config.api_reference import api_reference
from robust.organisation.views import door

handler400 = "robust.web.views.bad_request"
handler403 = "robust.web.views.forbidden"
handler404 = "robust.web.views.not_found"
handler500 = "robust.web.views.server_error"

urlpatterns = [
    path("", include("robust.web.urls")),
    path("account/signup/", door.door_closed, name="account_signup"),
    path("account/email/", door.door_closed, name="account_email"),
    path("account/3rdparty/", door.door_closed, name="socialaccount_connections"),
    path("account/3rdparty/signup/", door.door_closed, name="socialaccount_signup"),
    path("account/password/reset/", door.door_forgotten, name="account_reset_password"),
    path("account/", include("allauth.urls")),
    path("api/", api_reference, name="api_reference"),
    path("api/v1/", api.urls),
    path("organisation/", include("robust.organisation.urls")),
    path("programme/", include("robust.programme.urls")),
    path("thread/", include("robust.thread.urls")),
]
