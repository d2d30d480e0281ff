"""Every setting of the web server and the worker; what differs between hospitals comes through env."""

from datetime import timedelta
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from robust.config import database, env, sign_in

django_stubs_ext.monkeypatch()  # so that ModelForm[Account] can be written and checked

PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = env.text("ROBUST_SECRET_KEY")
DEBUG = env.flag("ROBUST_DEBUG", default=False)
ALLOWED_HOSTS = env.listed("ROBUST_HOSTS", "localhost,127.0.0.1")
SECURE = env.flag("ROBUST_HTTPS", default=False)
PUBLIC_URL = env.text("ROBUST_PUBLIC_URL", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "robust.core",
    "robust.organisation",
    "robust.thread",
    "robust.programme",
    "robust.web",
    "robust.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    *sign_in.apps(),
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "ninja",
    "procrastinate.contrib.django",
    "csp",
    "django.forms",
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # so that web/templates may render selects quicker

MIDDLEWARE = [
    "robust.config.middleware.protective_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "robust.config.middleware.signed_out_parts",
    "robust.config.middleware.session_limits",
    "robust.config.middleware.second_factor",
    "robust.web.middleware.language",
    "robust.web.middleware.visits",
    "robust.web.middleware.reading_once",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "robust.config.urls"
WSGI_APPLICATION = "robust.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "robust.web.context.shell",
            ],
        },
    }
]
COTTON_DIR = "web/components"

DATABASES = {"default": database.connection_settings(env.text("ROBUST_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "organisation.Account"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = env.text("ROBUST_TIME_ZONE", "Europe/Copenhagen")
USE_I18N = True
FORMAT_MODULE_PATH = "robust.config.formats"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("ROBUST_STATIC_FOLDER", str(PACKAGE / "staticfiles")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "robust_cache"}}

EMAIL_HOST = env.text("ROBUST_MAIL_HOST", "")
EMAIL_PORT = env.number("ROBUST_MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("ROBUST_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("ROBUST_MAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("ROBUST_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("ROBUST_MAIL_FROM", "robust@localhost")

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

IDLE = timedelta(minutes=env.number("ROBUST_IDLE_MINUTES", 8 * 60))
IDLE_SHARED = timedelta(minutes=env.number("ROBUST_IDLE_SHARED_MINUTES", 10))
LONGEST_SIGN_IN = timedelta(minutes=env.number("ROBUST_LONGEST_SIGN_IN_MINUTES", 12 * 60))
SESSION_COOKIE_NAME = "robust_session"
SESSION_COOKIE_AGE = int(LONGEST_SIGN_IN.total_seconds())
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "robust.organisation.views.sign_in.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "robust.organisation.forms.door.SignInForm",
    "reset_password": "robust.organisation.forms.door.ForgottenPasswordForm",
    "reset_password_from_key": "robust.organisation.forms.door.NewPasswordForm",
    "change_password": "robust.organisation.forms.door.ChangePasswordForm",
    "set_password": "robust.organisation.forms.door.SetPasswordForm",
    "reauthenticate": "robust.organisation.forms.door.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("ROBUST_PROXIES", 0)

MFA_ADAPTER = "robust.organisation.views.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "robust.organisation.forms.door.CodeForm",
    "reauthenticate": "robust.organisation.forms.door.CodeAgainForm",
    "activate_totp": "robust.organisation.forms.door.ActivateAppForm",
    "add_webauthn": "robust.organisation.forms.door.AddPasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Robust"
MFA_TOTP_TOLERANCE = 1

SOCIALACCOUNT_PROVIDERS = sign_in.providers()
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
PROVIDER_HAS_SECOND_FACTOR = env.flag("ROBUST_SIGN_IN_HAS_SECOND_FACTOR", default=False)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, *sign_in.origins()],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "robust.web.views.csrf_failure"
