"""Everything an operator can set, read once from the environment.

Whatever an instance writes lies under DATA_DIR. Without DATABASE_URL the house runs on SQLite,
without REDIS_URL on a queue of files: no server to install.
"""

import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DATA_DIR = Path(env.str("WEGO_DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
DOCUMENTS_DIR = DATA_DIR / "documents"


def read_or_make_secret(path: Path) -> str:
    """The instance's own secret key: made once, readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


DEBUG = env.bool("WEGO_DEBUG", default=False)
TESTING = "pytest" in sys.modules
SECRET_KEY = env.str("SECRET_KEY", default="") or read_or_make_secret(DATA_DIR / "secret_key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
PORT = env.int("PORT", default=8000)
PUBLIC_URL = env.str("PUBLIC_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "wego",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "members",
    "dues",
    "events",
    "wego.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "csp",
]
MIDDLEWARE = [
    "wego.middleware.RequestNumberMiddleware",
    # Outside whatever answers by itself: redirects, static files and refused hosts have them too.
    "csp.middleware.CSPMiddleware",
    "wego.perimeter.PerimeterMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "wego.middleware.PlainAddressMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wego.middleware.KeepNothingMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "members.middleware.SessionLimitMiddleware",
    "members.middleware.SecondFactorMiddleware",
    "members.middleware.MemberMiddleware",
    "wego.perimeter.ReadableMiddleware",
    "wego.budgets.BudgetMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "wego.urls"
WSGI_APPLICATION = "wego.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


# A statement of a page that lasts longer is ended (PostgreSQL). The web server sets it; workers and
# commands take their time.
STATEMENT_SECONDS = env.int("WEGO_STATEMENT_SECONDS", default=0)


def database(url: str, statement_seconds: int = STATEMENT_SECONDS) -> dict[str, Any]:
    """Connection settings for `sqlite:///…` or `postgres://…`.

    SQLite takes its write lock when a transaction begins (a lock taken later fails at once under
    two writers), waits 20 s for it, syncs every commit to disk, and fires delete triggers on
    REPLACE, without which an issued invoice could be replaced.
    """
    config: dict[str, Any] = dict(environ.Env.db_url_config(url))
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;"
            ),
        }
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
        if statement_seconds:
            limit = f"-c statement_timeout={statement_seconds * 1000}"
            config["OPTIONS"] = {**config.get("OPTIONS", {}), "options": limit}
    return config


DATABASE_ADDRESS = env.str("DATABASE_URL", default="") or f"sqlite:///{DATA_DIR}/wego.sqlite3"
DATABASES = {"default": database(DATABASE_ADDRESS)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.str("REDIS_URL", default="")
# /readyz misses workers where they are started by themselves; `serve` looks after its own.
EXPECT_WORKER = env.bool("EXPECT_WORKER", default=bool(REDIS_URL))
CACHES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if TESTING
    # Limits on tries count here, so every process must see the same.
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "wego_cache",
        # A full cache forgets: nobody empties the counts by filling it with others.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["members.access.RoleBackend"]
PASSWORD_HASHERS = [
    "members.accounts.passwords.Argon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# A slow hash guards people; in tests it would only cost minutes.
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "members.accounts.passwords.LengthValidator"},
    {"NAME": "members.accounts.passwords.MaximumLengthValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "members.accounts.passwords.ContextValidator"},
    {"NAME": "members.accounts.breached.BreachedValidator"},
]
# A file of stolen passwords' SHA-1 digests, in order, if the operator has one.
BREACHED_PASSWORDS = env.str("BREACHED_PASSWORDS", default="")
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

# Sign-in: by e-mail address, with a password, a mailed code or a passkey; nobody signs up.
ACCOUNT_ADAPTER = "members.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 a class
ACCOUNT_FORMS = {
    name: f"members.accounts.forms.{form}"
    for name, form in {
        "login": "SignInForm",
        "request_login_code": "RequestCodeForm",
        "confirm_login_code": "ConfirmCodeForm",
        "reset_password": "ForgottenPasswordForm",
        "reset_password_from_key": "NewPasswordForm",
        "change_password": "ChangePasswordForm",
        "set_password": "FirstPasswordForm",
        "reauthenticate": "ConfirmPasswordForm",
    }.items()
}
# Tries are counted per address and per account, in the cache every process shares (S13).
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "30/15m/ip,5/15m/key",
    "request_login_code": "20/15m/ip,3/15m/key",
    "reset_password": "20/15m/ip,3/15m/key",
    "reset_password_from_key": "20/15m/ip",
    "change_password": "5/15m/user",
    "reauthenticate": "10/15m/user",
}
# What costs is counted too (`wego/budgets.py`), but not where the house itself is measured.
BUDGETS = env.bool("WEGO_BUDGETS", default=not TESTING)
MFA_ADAPTER = "members.accounts.adapter.FactorAdapter"
MFA_FORMS = {
    name: f"members.accounts.forms.{form}"
    for name, form in {
        "authenticate": "FactorForm",
        "reauthenticate": "ConfirmFactorForm",
        "activate_totp": "AppForm",
        "add_webauthn": "PasskeyForm",
        "login_webauthn": "PasskeyEntryForm",
        "authenticate_webauthn": "PasskeyFactorForm",
        "reauthenticate_webauthn": "PasskeyConfirmForm",
        "edit_webauthn": "PasskeyNameForm",
    }.items()
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "WeGO Members"
# Grave acts and the pages of second factors ask for a sign-in not older than this.
GRAVE_ACT_SECONDS = 15 * 60
MFA_REAUTHENTICATION_REQUIRED = False

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ko", _("Korean"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Seoul"
FORMAT_MODULE_PATH = ["wego.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "wego.static_files.StaticStorage"
    },
}
WHITENOISE_USE_FINDERS = True
if TESTING:
    # Every test client would list all files anew; looked up when asked for, none is listed.
    WHITENOISE_AUTOREFRESH = True
MEDIA_ROOT = DATA_DIR / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# The fee grid and bulk acts post one field a row.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="filemail://")
if EMAIL_CONFIG["EMAIL_BACKEND"].endswith("filebased.EmailBackend"):
    EMAIL_CONFIG["EMAIL_FILE_PATH"] = str(DATA_DIR / "mail")
EMAIL_CONFIG["EMAIL_BACKEND"] = {
    "django.core.mail.backends.smtp.EmailBackend": "wego.smtp.EmailBackend"
}.get(EMAIL_CONFIG["EMAIL_BACKEND"], EMAIL_CONFIG["EMAIL_BACKEND"])
EMAIL_CONFIG.setdefault("EMAIL_TIMEOUT", 30)
vars().update(EMAIL_CONFIG)
# Without a mail server nobody gets a mail: staff read them in the web admin.
MAILS_LEAVE = not EMAIL_CONFIG["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="") or (
    f"WeGO Secretariat <noreply@{urlsplit(PUBLIC_URL).hostname}>"
)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
# One knob: an https address makes every cookie and redirect strict.
HTTPS = PUBLIC_URL.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS
# A program that asks without TLS has shown its key already: refused, so that somebody sees it.
SECURE_REDIRECT_EXEMPT = [r"^api/v1/", r"^calendar/.+\.ics$"]
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# A place on the browsers' own list is for the owner of the domain to ask for.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
# How long anybody's session may last; the middleware ends staff's, and idle ones, sooner.
SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
# Staff must have a second factor where people sign in over https; a demonstration offers it.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR", default=HTTPS)
# Browsers make passkeys on https addresses and on localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
CSRF_FAILURE_VIEW = "wego.errors.csrf_failure"
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "django_language"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
# In the session and not in a cookie: what was done may name somebody.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

REST_FRAMEWORK = {
    # Tokens alone: where no session counts, no form of another site can act.
    "DEFAULT_AUTHENTICATION_CLASSES": ["wego.api.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "wego.api.schema.ResourceSchema",
    "EXCEPTION_HANDLER": "wego.api.problems.handle",
    "URL_FORMAT_OVERRIDE": None,
}
# Webhooks go to public addresses over https; a developer's own network is let in by this alone.
WEBHOOK_PRIVATE_ADDRESSES = env.bool("WEBHOOK_PRIVATE_ADDRESSES", default=False)
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "WeGO Members",
    "VERSION": "1",
    "SERVE_PUBLIC": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [],
}

# For programs one JSON object a line, and one a request; for people as few lines as can be.
LOG_FORMAT = "json" if env.str("LOG_FORMAT", default="human").lower() == "json" else "human"
LOG_FORMATTERS = {"human": "wego.logs.LineFormatter", "json": "wego.logs.JsonFormatter"}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": LOG_FORMATTERS[LOG_FORMAT]}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Django's own handlers would say it again in their way.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "wego.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
        "weasyprint": {"level": "WARNING"},
        "weasyprint.progress": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}
