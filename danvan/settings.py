"""One settings file. Everything that differs between machines comes from the environment; `.env.example` names it all."""

import os
import secrets
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

PRODUCTION = env.bool("DANVAN_PRODUCTION", default=False)
DEBUG = env.bool("DANVAN_DEBUG", default=False) and not PRODUCTION
VAR = Path(env.str("DANVAN_VAR", default=str(BASE_DIR / "var"))).resolve()
VAR.mkdir(mode=0o700, parents=True, exist_ok=True)


def _own_secret_key() -> str:
    """A key made once for this machine, for every use that is not production."""
    path = VAR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env.str("DANVAN_SECRET_KEY", default="") or ("" if PRODUCTION else _own_secret_key())
if PRODUCTION and not SECRET_KEY:
    raise ImproperlyConfigured(
        "Chưa có DANVAN_SECRET_KEY: đặt một chuỗi bí mật dài trong .env rồi khởi động lại."
    )
if PRODUCTION and os.environ.get("DANVAN_TODAY"):
    raise ImproperlyConfigured(
        "DANVAN_TODAY chỉ dùng khi chạy thử: hãy bỏ nó khỏi môi trường rồi khởi động lại."
    )

ALLOWED_HOSTS = env.list("DANVAN_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if PRODUCTION]
# The address written into slips, reminders and mails.
PUBLIC_URL = env.str("DANVAN_URL", default="http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "accounts",
    "plans",
    "tasks",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.HtmxSignInMiddleware",
    "accounts.middleware.PressOnlyMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "danvan.urls"
WSGI_APPLICATION = "danvan.wsgi.application"

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
                "accounts.context.portal",
            ],
            "builtins": ["accounts.templatetags.danvan"],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Data ---------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'danvan.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # In SQLite's own default mode two of three writes after a read fail with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
    }
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    # Sign-in throttling must be shared by all web processes, so a cache in memory will not do.
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}
}

MEDIA_ROOT = VAR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # the assignment table of a large plan is one form
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
ASSETS = VAR / "assets"  # what script/assets fetched: Bootstrap, icons, fonts
ASSETS.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static", ASSETS]
# A folder with the real Times New Roman; otherwise the metric-equal Tinos is used.
FONTS = Path(env.str("DANVAN_FONTS", default=str(ASSETS / "fonts")))

# --- Words --------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["danvan.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]

# --- People -------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "full_name", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reports:home"
LOGOUT_REDIRECT_URL = "account_login"
SESSION_COOKIE_AGE = 14 * 24 * 3600
ACCOUNT_ADAPTER = "accounts.adapter.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # the reset page must not send mail to addresses of strangers
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "sign_in_slip": "20/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("DANVAN_PROXIES", default=0)

EMAIL_URL = env.str("DANVAN_EMAIL_URL", default="")
# Without a mail server nothing is queued, and the office is told so.
MAIL_IS_SET_UP = bool(EMAIL_URL) and not EMAIL_URL.startswith("consolemail:")
globals().update(env.email_url_config(EMAIL_URL or "consolemail://"))
EMAIL_TIMEOUT = 10  # seconds, for each word between the two servers
DEFAULT_FROM_EMAIL = env.str("DANVAN_EMAIL_FROM", default="danvan@localhost")

# Work that is late by so many days is told to the leader who oversees the work.
ESCALATE_DAYS = env.int("DANVAN_ESCALATE_DAYS", default=7)

# --- Trust --------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's own style sheet draws with data: pictures
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "accounts.views.csrf_failed"

# --- Work that leaves the request ---------------------------------------------------------------------------------

CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True  # safe only because every job is idempotent
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # kB
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object]
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 420,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "unacked_mutex_expire": 15,
        "socket_timeout": 30,
        "socket_keepalive": True,
    }
else:
    # Celery's own transport in a folder: one machine only, and a message is gone once it is read.
    BROKER_FOLDER = VAR / "broker"
    BROKER_FOLDER.mkdir(mode=0o700, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://localhost"  # the name only keeps kombu from warning that there is none
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_FOLDER),
        "data_folder_out": str(BROKER_FOLDER),
        "control_folder": str(BROKER_FOLDER / "control"),
        "polling_interval": env.float("DANVAN_BROKER_POLLING", default=0.5),
    }
# How long a worker may hold a row before another may take it over; the sweeper looks this often.
LEASE_SECONDS = env.int("DANVAN_LEASE_SECONDS", default=45)
SWEEP_SECONDS = env.int("DANVAN_SWEEP_SECONDS", default=15)
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "look-for-files": {
        "task": "reports.jobs.look_for_files",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},  # else days without a worker leave thousands of messages
    },
    "look-for-mail": {
        "task": "reports.jobs.look_for_mail",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "look-at-reminders": {  # several times a morning, so that a worker that starts late still reminds that day
        "task": "reports.jobs.look_at_reminders",
        "schedule": crontab(hour="7-11", minute="5,35"),
        "options": {"expires": 1500},
    },
    "look-at-calendar": {
        "task": "tasks.jobs.look_at_calendar",
        "schedule": 600,
        "options": {"expires": 600},
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("DANVAN_LOG", default="WARNING")},
}
