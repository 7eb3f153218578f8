"""One settings module for every mode; the environment variable COP_ENV says which mode it is.

development  a person's own machine, embedded servers, console of mails
demo         `make demo`: as production where it shows, with the demo project and its mailbox
test         `make test`
production   refuses to start without a secret of its own and a list of host names

One file on purpose: most lines are one name and one value, and who runs the platform looks for a
name in one place, under its heading.
"""

from __future__ import annotations

import sys
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from cop_platform import embedded

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

COP_ENV = env.str("COP_ENV", default="development")
if COP_ENV not in {"development", "demo", "test", "production"}:
    raise ImproperlyConfigured("COP_ENV is one of development, demo, test, production.")
PRODUCTION = COP_ENV == "production"
DEMO = COP_ENV == "demo"
# Commands that move the clock or load invented people must never run on a real project.
DEMO_COMMANDS = COP_ENV in {"demo", "test", "development"}
DEBUG = False

DEFAULT_SECRET_KEY = "development-only-this-secret-is-public-and-refused-in-production"
SECRET_KEY = env.str("SECRET_KEY", default=DEFAULT_SECRET_KEY)
if PRODUCTION and SECRET_KEY == DEFAULT_SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY to a long random text of your own.")

STATE_DIR = embedded.state_dir()
PORT = env.int("PORT", default=8000)
BASE_URL = env.str("BASE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost"])
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the host names this platform answers to.")

# What the project signs with: base64 of 32 bytes, or PEM; empty is a key made once in STATE_DIR.
# Beside it the public keys of earlier years, whose signatures stay good (docs/deploy/signing.md).
PROJECT_SIGNING_KEY = env.str("PROJECT_SIGNING_KEY", default="")
PROJECT_SIGNING_KEYS_OLD = env.list("PROJECT_SIGNING_KEYS_OLD", default=[])

# --- Apps -------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "cop_platform.common",
    "experts",
    "materials",
    "sessions",
    "practices",
    "feedback",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.admin",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "template_partials",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cop_platform.common.http.ServiceUnavailableMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cop_platform.common.http.CleanRequestMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cop_platform.common.device.ForgetDeviceMiddleware",
    "cop_platform.routes.PageLanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cop_platform.common.http.PrivatePagesMiddleware",
    "cop_platform.routes.RouteGuardMiddleware",
]

ROOT_URLCONF = "cop_platform.urls"
WSGI_APPLICATION = "cop_platform.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "cop_platform.common.http.page_context",
                "cop_platform.common.device.context",
                "cop_platform.navigation.navigation",
            ],
            "builtins": [
                "cop_platform.common.templatetags.ui",
                "cop_platform.common.templatetags.marks",
                "django.templatetags.i18n",
            ],
        },
    }
]

# --- Data -------------------------------------------------------------------------------------

if env.str("DATABASE_URL", default=""):
    DATABASES = {"default": env.db_url("DATABASE_URL")}
else:
    DATABASES = {"default": embedded.database_settings()}
DATABASES["default"] |= {
    "CONN_MAX_AGE": 600,
    "CONN_HEALTH_CHECKS": True,
    "DISABLE_SERVER_SIDE_CURSORS": False,
}
DATABASES["default"].setdefault("OPTIONS", {})
# A migration may take its time but must not queue up in front of everybody else's requests.
MIGRATING = sys.argv[1:2] in (["migrate"], ["restore"])
# What is asked lies in memory, where a row by an index costs little more than the next one: with
# PostgreSQL's own guess, made for turning disks, a search read whole tables for two hundred rows.
# No statement runs for so long that compiling it first would pay: it takes longer than the answer.
_PATIENCE = "-c lock_timeout=2000" if MIGRATING else "-c statement_timeout=10000"
DATABASES["default"]["OPTIONS"] |= {
    "connect_timeout": 5,
    "options": f"{_PATIENCE} -c random_page_cost=1.1 -c jit=off",
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="") or embedded.redis_url()
CACHES = {
    "default": {
        "BACKEND": "cop_platform.common.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
        "KEY_PREFIX": "cop",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 3600

# History is written by triggers and keeps days, not instants: the hour of a rating would tell
# whose log-in it was. No middleware of pghistory: it would note person and address beside it.
PGHISTORY_CREATED_AT_FUNCTION = "date_trunc('day', NOW())"
PGHISTORY_APPEND_ONLY = True

# --- Jobs -------------------------------------------------------------------------------------

# Celery names the same socket differently from redis-py.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 700_000
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": env.int("BROKER_VISIBILITY_SECONDS", default=900),
    "unacked_restore_throttle": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# What takes minutes has a queue, and where it matters a worker, of its own: mails must not wait
# behind a report or a long list, and reports not behind drawings. A worker that is not told which
# takes them all.
CELERY_TASK_DEFAULT_QUEUE = "celery"
LONG_QUEUE = "long"
DRAW_QUEUE = "draw"
CELERY_TASK_QUEUES = [Queue(CELERY_TASK_DEFAULT_QUEUE), Queue(LONG_QUEUE), Queue(DRAW_QUEUE)]
CELERY_TASK_ROUTES = {
    "feedback.compile_report": {"queue": LONG_QUEUE},
    "experts.import_experts": {"queue": LONG_QUEUE},
    "materials.draw_version": {"queue": DRAW_QUEUE},
    "materials.read_preflight": {"queue": DRAW_QUEUE},
    "materials.read_missing_preflights": {"queue": DRAW_QUEUE},
    "feedback.carry_annotations": {"queue": DRAW_QUEUE},
}
OUTBOX_TICK_SECONDS = env.int("OUTBOX_TICK_SECONDS", default=5 if DEMO else 60)
# How long a sender may hold the mails it took before another one takes them over.
OUTBOX_LEASE_SECONDS = env.int("OUTBOX_LEASE_SECONDS", default=60)
# Mails a minute, in all and to one domain, that the mail servers of the world take from us; 0 is
# no limit of our own.
OUTBOX_PER_MINUTE = env.int("OUTBOX_PER_MINUTE", default=0)
OUTBOX_DOMAIN_PER_MINUTE = env.int("OUTBOX_DOMAIN_PER_MINUTE", default=0)
# How long a deed on a session or a series can be taken back before its mails go out, in seconds.
UNDO_SECONDS = env.int("UNDO_SECONDS", default=0 if COP_ENV == "test" else 20)
CELERY_BEAT_SCHEDULE = {
    "outbox-tick": {"task": "experts.send_due_messages", "schedule": OUTBOX_TICK_SECONDS},
    "report-reaper": {"task": "feedback.reap_report_runs", "schedule": 60},
    "nightly-reports": {"task": "feedback.ask_for_nightly_reports", "schedule": 1800},
    "drawing-reaper": {"task": "materials.look_after_drawings", "schedule": 60},
    "annotations-tick": {"task": "feedback.look_after_annotations", "schedule": 120},
    "import-reaper": {"task": "experts.reap_import_runs", "schedule": 60},
    "seats-tick": {"task": "sessions.pass_seats_on", "schedule": 60},
    "digests-tick": {"task": "experts.put_back_stranded", "schedule": 3600},
    "clock-rules-tick": {"task": "sessions.follow_clock_rules", "schedule": 3600},
    "undo-tick": {"task": "sessions.close_undo_windows", "schedule": 3600},
    "incoming-sweep": {"task": "materials.sweep_incoming", "schedule": 3600},
    "preflight-tick": {"task": "materials.read_missing_preflights", "schedule": 60},
    "search-tick": {"task": "materials.refresh_search_due", "schedule": 300},
    "health-tick": {"task": "practices.count_health", "schedule": 120},
}

# --- Mail -------------------------------------------------------------------------------------

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.str("EMAIL_HOST", default="127.0.0.1")
EMAIL_PORT = env.int("EMAIL_PORT", default=1025)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
# Django waits for ever by default; a hanging mail server must not hold a worker.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
MAIL_DOMAIN = env.str("MAIL_DOMAIN", default="demo.example")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"community@{MAIL_DOMAIN}")
# The mailbox that answers of calendar programs come to, at addresses like NAME+r-TOKEN@DOMAIN.
REPLY_MAILBOX = env.str("REPLY_MAILBOX", default=DEFAULT_FROM_EMAIL)
# Where that mailbox is read, by IMAP over TLS; without a host `manage.py receive_mail` reads files.
IMAP_HOST = env.str("IMAP_HOST", default="")
IMAP_PORT = env.int("IMAP_PORT", default=993)
IMAP_USER = env.str("IMAP_USER", default="")
IMAP_PASSWORD = env.str("IMAP_PASSWORD", default="")
IMAP_FOLDER = env.str("IMAP_FOLDER", default="INBOX")
IMAP_TIMEOUT = env.int("IMAP_TIMEOUT", default=20)
IMAP_TICK_SECONDS = env.int("IMAP_TICK_SECONDS", default=60)
if IMAP_HOST:
    CELERY_BEAT_SCHEDULE["received-mail"] = {
        "task": "sessions.receive_mail",
        "schedule": IMAP_TICK_SECONDS,
    }

# --- People -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "experts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "experts.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if BASE_URL.startswith("https") else "http"
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# The number of proxies of our own in front; what they add to X-Forwarded-For is believed and no
# other entry of it (docs/deploy/proxy.md, cop_platform.common.clients).
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
ADMIN_URL = "admin/"

# --- Words and time ---------------------------------------------------------------------------

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
# Languages the screens are offered in. A page not yet translated is shown in English.
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
# Languages the project's people speak and its materials are written in.
PROJECT_LANGUAGES = [
    ("en", _("English")),
    ("bg", _("Bulgarian")),
    ("de", _("German")),
    ("el", _("Greek")),
    ("it", _("Italian")),
    ("es", _("Spanish")),
    ("sv", _("Swedish")),
    ("ar", _("Arabic")),
    ("fa", _("Persian")),
    ("fr", _("French")),
    ("so", _("Somali")),
    ("ti", _("Tigrinya")),
    ("uk", _("Ukrainian")),
]
# Languages mails are written in; a person who reads another one gets English.
MAIL_LANGUAGES = PROJECT_LANGUAGES[:8]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["cop_platform.formats"]

# --- Files ------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(STATE_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "cop_platform.common.packages.NodePackageFinder",
]
NODE_MODULES = BASE_DIR / "node_modules"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.str("PRIVATE_FILES", default=str(STATE_DIR / "files"))},
    },
    "staticfiles": {"BACKEND": "cop_platform.common.packages.StaticStorage"},
}
if COP_ENV in {"development", "test"}:
    STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    }
    WHITENOISE_USE_FINDERS = True
    # Looked for when asked: listing them all took a tenth of a second for each client of a test.
    WHITENOISE_AUTOREFRESH = True
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600
# No request is larger than the largest document with its form; a film comes in pieces.
MAX_REQUEST_BYTES = 55 * 1024 * 1024
# One piece of a file that comes in pieces: what a broken connection costs at most.
MAX_CHUNK_BYTES = 4 * 1024 * 1024
# Bytes of materials for each partner that was given no room of its own.
MATERIALS_QUOTA = env.int("MATERIALS_QUOTA", default=5 * 1024**3)
# A virus scanner that speaks clamd's protocol: "host:port" or "unix:path"; empty is none.
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="")
# Set to the internal location of PRIVATE_FILES and the web server in front sends the bytes. It
# must repeat the Content-Security-Policy of the answer: X-Accel drops it.
X_ACCEL_PREFIX = env.str("X_ACCEL_PREFIX", default="")

# --- Walls ------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Films of our own and their captions.
        "media-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cop_platform.views.csrf_failure"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "cop_platform.common.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}},
}

if COP_ENV == "test":
    # A key of its own: tests leave nothing in the state folder.
    PROJECT_SIGNING_KEY = "dGVzdHMgc2lnbiB3aXRoIHRoaXMgcHVibGljIGtleSE"
    # Argon2 is meant to be slow; a test suite logs in hundreds of times.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    ACCOUNT_RATE_LIMITS = False
