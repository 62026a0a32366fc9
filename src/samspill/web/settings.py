"""Django's settings, from the installation's configuration."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF

from samspill.language import language, languages
from samspill.web.assets import BUILT
from samspill.web.configuration import parse_url, read_configuration
from samspill.web.mailing import mailing

CONFIGURATION = read_configuration()
DATA = CONFIGURATION.data
DEMO = CONFIGURATION.demo
DEBUG = CONFIGURATION.debug
ADDRESS = CONFIGURATION.address
SECRET_KEY = CONFIGURATION.secret_key
ALLOWED_HOSTS = list(CONFIGURATION.hosts)
CSRF_TRUSTED_ORIGINS = [ADDRESS]

INSTALLED_APPS = [
    "samspill.web.access",
    "samspill.web.audit",
    "samspill.web.pages",
    "samspill.web.jobs",
    "samspill.web.accounts",
    "samspill.web.studies",
    "samspill.web.instruments",
    "samspill.web.fieldwork",
    "samspill.web.interviews",
    "samspill.web.design",
    "samspill.web.municipality",
    "samspill.web.volunteering",
    "samspill.web.planning",
    "samspill.web.organisation",
    "samspill.web.mirror",
    "samspill.web.answering",
    "samspill.web.results",
    "samspill.web.triangulation",
    "samspill.web.api",
    "samspill.web.demonstration",
    "samspill.web.serving",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "anymail",
    "post_office",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "samspill.web.pages.policy.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samspill.web.access.middleware.AccessMiddleware",
]

ROOT_URLCONF = "samspill.web.urls"
WSGI_APPLICATION = "samspill.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "samspill.web.pages.context.page",
                "samspill.web.access.context.permissions",
            ],
            "builtins": ["samspill.web.pages.templatetags.samspill"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Databases ---------------------------------------------------------------------------------------


def _database(url: str) -> dict[str, Any]:
    if not url:
        return {
            "ENGINE": "samspill.web.database.sqlite",
            "NAME": DATA / "samspill.sqlite3",
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": ":memory:"},
        }
    parts, user, password = parse_url(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with postgresql://; leave it out for SQLite.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": user,
        "PASSWORD": password,
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3},
    }


DATABASES = {"default": _database(CONFIGURATION.database_url)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}
MEDIA_ROOT = DATA / "files"
SUGGESTION_ENDPOINT = CONFIGURATION.suggestion_endpoint
SUGGESTION_ELSEWHERE = CONFIGURATION.suggestion_elsewhere
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": True}}

# Languages ---------------------------------------------------------------------------------------

LANGUAGE_CODE = "nb"
LANGUAGES = [(code, language(code).name) for code in languages()]
LOCALE_PATHS = [BUILT / "locale"]
LANGUAGE_COOKIE_NAME = "samspill_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Oslo"
FORMAT_MODULE_PATH = ["samspill.web.formats"]
USE_THOUSAND_SEPARATOR = True

# Static files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BUILT / "static"
STATICFILES_DIRS = [BUILT / "vendor"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "samspill.web.pages.files.Files"},
}

# Accounts ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "samspill.web.accounts.adapter.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not CONFIGURATION.secure
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        # An invited address that the provider vouches for is the invited person's account.
        "EMAIL_AUTHENTICATION": True,
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": CONFIGURATION.oidc_name or "OpenID Connect",
                "client_id": CONFIGURATION.oidc_client_id,
                "secret": CONFIGURATION.oidc_client_secret,
                "settings": {"server_url": CONFIGURATION.oidc_issuer},
            }
        ]
        if CONFIGURATION.oidc_issuer
        else [],
    }
}

# Security ----------------------------------------------------------------------------------------

_issuer = parse_url(CONFIGURATION.oidc_issuer)[0]
_ISSUER = [f"{_issuer.scheme}://{_issuer.netloc}"] if _issuer.netloc else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *_ISSUER],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "samspill.web.pages.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = CONFIGURATION.secure
SECURE_HSTS_SECONDS = 31_536_000 if CONFIGURATION.secure else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if CONFIGURATION.trusted_proxy else None
)
# Subdomains and the browsers' preload list are the domain's owner's to decide, redirecting to TLS
# the proxy's.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# E-mail ------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = SERVER_EMAIL = CONFIGURATION.email_from
MAILING = mailing(CONFIGURATION.email_url, demo=DEMO, debug=DEBUG)
EMAIL_BACKEND = MAILING.backend
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST, EMAIL_PORT = MAILING.host, MAILING.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAILING.user, MAILING.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAILING.starttls, MAILING.tls
EMAIL_TIMEOUT = 30
EMAIL_USE_LOCALTIME = True
ANYMAIL = MAILING.services

# Logging: no personal data, so neither addresses nor bodies of requests --------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"pages": {"()": "samspill.web.serving.logs.PageInsteadOfAddress"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["pages"]}},
    "root": {"handlers": ["console"], "level": CONFIGURATION.log_level},
}
