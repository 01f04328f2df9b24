"""Settings, each from the environment with a default that suits a first try on one machine.

`DEBUG` is never on by default. A public installation sets SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL,
REDIS_URL and EMAIL_URL, and leaves HARROW_LOCAL unset; docs/how-to/configure.md lists all of them.
"""

from datetime import timedelta
from typing import Any

from csp.constants import NONCE, NONE, SELF
from django.conf.locale import LANG_INFO
from django.core.management.utils import get_random_secret_key

from config.api import (  # noqa: F401
    DRF_STANDARDIZED_ERRORS,
    REST_FRAMEWORK,
    REST_KNOX,
    SPECTACULAR_SETTINGS,
)
from config.environment import BASE_DIR, VAR_DIR, env
from config.languages import KNOWN
from config.languages import LANGUAGES as OFFERED

#: True on a machine where `make run` starts everything: plain HTTP, mail kept in a page.
LOCAL = env.bool("HARROW_LOCAL", False)
#: True when the demonstration borough is loaded: its logins are shown on the home page.
DEMO = env.bool("HARROW_DEMO", False)
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or get_random_secret_key()
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
#: Keys of before, so that a new one can take over: what was sealed with them can be read.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
SITE_NAME = "Harrow Volunteering"
SITE_URL = env.str("SITE_URL", "http://localhost:8000")
# Whom the volunteer centre tells of a danger to a child or an adult at risk (docs/how-to).
SAFEGUARDING_LEAD_NAME = env.str("SAFEGUARDING_LEAD_NAME", "")
SAFEGUARDING_LEAD_PHONE = env.str("SAFEGUARDING_LEAD_PHONE", "")
SAFEGUARDING_LEAD_EMAIL = env.str("SAFEGUARDING_LEAD_EMAIL", "")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "crispy_forms",
    "crispy_forms_gds",
    "django_htmx",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_standardized_errors",
    "django_structlog",
    "core",
    "accounts",
    "notifications",
    "volunteers",
    "opportunities",
    "placements",
    "matching",
    "desk",
    "equality",
    "insights",
    "demonstration",
    "api",
    "web",
    "worker",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Pads what it compresses, so that its length gives no secret away (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "web.middleware.pages_in_their_language",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "web.middleware.idle_sessions_end",
    "web.middleware.sessions_are_listed",
    "web.middleware.StaffGiveACode",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "web.middleware.private_pages_are_not_stored",
    "api.acting.told_to_groups",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.context.site",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"

# -- data ------------------------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'harrow.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Without WAL and IMMEDIATE, parallel writers get "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # Set, not defaulted: what reads the URL has put a 0 there.
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

#: Where fitted models are kept, one folder a version.
MODEL_DIR = VAR_DIR / "models"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        # Tickets of sign-in are kept here: nobody may push them out with entries of their own.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # What each server process counts for itself.
    "counts": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# -- people ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.NotAboutThem"},
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "accounts.passwords.CommonPassword"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:after-sign-in"
ACCOUNT_ADAPTER = "web.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "web.forms.account.SignInForm",
    "signup": "web.forms.account.RegisterForm",
    "reset_password": "web.forms.account.ResetPasswordForm",
    "reset_password_from_key": "web.forms.account.ResetPasswordKeyForm",
    "change_password": "web.forms.account.ChangePasswordForm",
    "set_password": "web.forms.account.SetPasswordForm",
    "add_email": "web.forms.account.ChangeEmailForm",
    "reauthenticate": "web.forms.account.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
# Beside allauth's own limits: concerns told, and addresses entered to hear of new roles, by people
# who are not signed in.
ACCOUNT_RATE_LIMITS = {"report": "10/h/ip", "follow": "10/h/ip", "follow-address": "3/d/key"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Whoever owns an account hears of it when its password or address is changed.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
#: After how many minutes without a page somebody who works here signs in anew; 0 for never.
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", 60)
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if LOCAL else "https"
#: Whether people who work here give a code from their phone beside the password. Not where
#: everything is made up, or on one machine: `make run` opens with the password alone.
SECOND_FACTOR_FOR_STAFF = env.bool("SECOND_FACTOR_FOR_STAFF", not (LOCAL or DEMO))
MFA_ADAPTER = "web.adapters.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "web.forms.second_step.CodeForm",
    "reauthenticate": "web.forms.second_step.CodeAgainForm",
    "activate_totp": "web.forms.second_step.FirstCodeForm",
    "deactivate_totp": "web.forms.second_step.TurnOffForm",
    "generate_recovery_codes": "web.forms.second_step.NewCodesForm",
}
# No passkeys: their pages need script. Each code is for 30 seconds; the one before and the one
# after count too, for who types slowly and for clocks that differ.
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = SITE_NAME
# Nobody signs in before their address is confirmed, so that an address which waits to be confirmed
# is a change that the person asked for.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Axes counts failures and locks out; allauth's own limits stay on for mail and sign-up.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_USERNAME_CALLABLE = "accounts.sign_in.address_tried"
AXES_IPWARE_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = AXES_IPWARE_PROXY_COUNT
AXES_IPWARE_META_PRECEDENCE_ORDER = (
    ["HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"] if AXES_IPWARE_PROXY_COUNT else ["REMOTE_ADDR"]
)

# -- mail ------------------------------------------------------------------------------------------

#: Mail is kept in a table and shown on a page instead of being sent.
LOCAL_OUTBOX = env.bool("LOCAL_OUTBOX", LOCAL)
if LOCAL_OUTBOX:
    EMAIL_BACKEND = "notifications.mail.LocalOutboxBackend"
else:
    email = env.dj_email_url("EMAIL_URL", "smtp://localhost:25")
    EMAIL_BACKEND = email["EMAIL_BACKEND"]
    EMAIL_HOST = email["EMAIL_HOST"]
    EMAIL_PORT = email["EMAIL_PORT"]
    EMAIL_HOST_USER = email["EMAIL_HOST_USER"]
    EMAIL_HOST_PASSWORD = email["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = email["EMAIL_USE_TLS"]
    EMAIL_USE_SSL = email["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Harrow Volunteering <volunteering@example.org>")

#: When nobody is mailed or texted what can wait, on a London clock; '' for never. People may choose
#: other hours.
QUIET_HOURS = env.str("QUIET_HOURS", "21:00-08:00")

#: Text messages through GOV.UK Notify: its key, and a template that says `((message))`.
NOTIFY_API_KEY = env.str("NOTIFY_API_KEY", "")
NOTIFY_SMS_TEMPLATE = env.str("NOTIFY_SMS_TEMPLATE", "")
NOTIFY_URL = env.str("NOTIFY_URL", "https://api.notifications.service.gov.uk")

# -- the volunteer centre --------------------------------------------------------------------------

#: How people reach it; what is empty is left out of the pages.
CENTRE = {
    "name": env.str("CENTRE_NAME", ""),
    "email": env.str("CENTRE_EMAIL", ""),
    "phone": env.str("CENTRE_PHONE", ""),
    "address": env.str("CENTRE_ADDRESS", ""),
    "hours": env.str("CENTRE_HOURS", ""),
}

# -- who answers for the ranking ------------------------------------------------------------------

#: What whoever runs the service says in its algorithmic transparency record; nothing: "not set".
TRANSPARENCY_RECORD = {
    "website": f"{SITE_URL}/about/ranking/",
    "contact": env.str("RECORD_CONTACT", ""),
    "organisation": env.str("RECORD_ORGANISATION", ""),
    "team": env.str("RECORD_TEAM", ""),
    "owner": env.str("RECORD_OWNER", ""),
    "supplier": env.str("RECORD_SUPPLIER", ""),
    "supplier_role": env.str("RECORD_SUPPLIER_ROLE", ""),
    "procurement": env.str("RECORD_PROCUREMENT", ""),
    "data_access_terms": env.str("RECORD_DATA_ACCESS_TERMS", ""),
    "phase": env.str("RECORD_PHASE", ""),
    "data_sharing": env.str("RECORD_DATA_SHARING", ""),
    "retention": env.str("RECORD_RETENTION", ""),
    "impact_assessments": env.str("RECORD_IMPACT_ASSESSMENTS", ""),
}

# -- background work -------------------------------------------------------------------------------

BROKER_URL = env.str("REDIS_URL", "redis://127.0.0.1:6399/0")

# -- language and time -----------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = OFFERED
# Django has no translation of its own into Gujarati.
LANG_INFO.setdefault(
    "gu", {"bidi": False, "code": "gu", "name": "Gujarati", "name_local": KNOWN["gu"]}
)
LOCALE_PATHS = [BASE_DIR / "web" / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True

# -- files -----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
#: `make setup` builds the style sheet and fonts here from the packages in package.json.
STATICFILES_DIRS = [BASE_DIR / "web" / "assets" / "built"]
#: Fonts of PDF documents, made by `make setup` too; they are not served.
DOCUMENT_FONTS = BASE_DIR / "web" / "assets" / "document-fonts"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Compressing takes 20 seconds, and saves nothing on one machine.
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
            if LOCAL
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# -- security --------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = not LOCAL
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if env.int("TRUSTED_PROXIES", 0):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = not LOCAL
CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "interest-cohort")
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# -- logs ------------------------------------------------------------------------------------------

from config.logs import LOGGING  # noqa: E402, F401  - after the settings that it reads
