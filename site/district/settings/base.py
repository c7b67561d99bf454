"""Settings shared by every environment; `docs/operations.md` lists the environment variables."""

from pathlib import Path
from typing import Any

import environ
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from district import __version__

ROOT = Path(__file__).resolve().parents[3]
env = environ.Env()

VAR_DIR = Path(env.str("VAR_DIR", default=str(ROOT / "var")))

# The release in CHANGELOG.md; the settings menu of the admin shows it.
VERSION = __version__

DEBUG = False
PRODUCTION = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])

# Functions that `serve` calls, by dotted name: one that fills a new database after the migrations
# (it is given a function that prints a line), and one that returns the lines of the start message.
SERVE_CONTENT: str | None = None
SERVE_MESSAGE: str | None = None
# A function, by dotted name, that returns the rows of accounts on the login screen of `make dev`.
LOGIN_ACCOUNTS: str | None = None

# Whoever decides, administrates or audits gets no letter: two people print a link and a code.
RESET_FORM = "appointments.views.users.LetterPasswordResetForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = RESET_FORM

INSTALLED_APPS = [
    "district",
    "admin_policy",
    "home",
    "feedback",
    "desk",
    "appointments",
    "curation",
    "topics",
    "syndication",
    "brands",
    "news",
    "redstudy",
    "volunteering",
    "change_requests",
    "review",
    "urgency",
    "level_rules",
    "publication",
    "notifications",
    "audit",
    "roles",
    "search",
    "checks",
    "schools",
    "core",
    "accounts",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.table_block",
    "wagtail.contrib.redirects",
    "wagtail.contrib.sitemaps",
    "wagtail.sites",
    "appointments.apps.AccountsUsersAppConfig",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "core.null_characters.NullCharacterMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "district.maintenance.MaintenanceMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "core.display.preferences.DisplayPreferencesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.redirects.PagePrecedenceRedirectMiddleware",
    "admin_policy.middleware.AdminPolicyMiddleware",
    "core.visibility.middleware.ObjectVisibilityMiddleware",
]

ROOT_URLCONF = "district.urls"
WSGI_APPLICATION = "district.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Immediate transactions take the write lock at once: with deferred ones two writers that have
    # both read fail with "database is locked" however long the timeout is.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
if "locmem" in CACHES["default"]["BACKEND"]:
    # Each process has a memory of its own: one would show what another has deleted.
    CACHES["renditions"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

# Whether `manage.py flush` may empty a database in which reviews are recorded.
FLUSH_ALLOWED = False

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [ROOT / "site/locale", ROOT / "site/locale_wagtail"]
USE_I18N = WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [ROOT / "static"]
# Only renditions are under MEDIA_ROOT, which the web server serves; originals and documents are in
# PRIVATE_ROOT, which it does not.
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
# Pictures of shared links, a cache.
SHARE_ROOT = VAR_DIR / "share"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "core.media.storage.PrivateStorage",
        "OPTIONS": {"location": str(PRIVATE_ROOT)},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# Seconds for which the worker waits for the mail server.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="yipin@localhost")

WAGTAIL_SITE_NAME = "一品"
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000")
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_AUTOSAVE_INTERVAL = 5000
# Two people create redirects; a draft that moves creates none.
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "review.finish_action.finish"
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "simple"
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

WAGTAILIMAGES_IMAGE_MODEL = "core.Image"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
# About as good as WebP at 80, and smaller: by a tenth for paper-cuts, by a third for photographs.
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_MODEL = "core.Document"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "txt", "zip", "mp4"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"

# It chooses the backend of the database in use (search/backends.py).
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends"}}
# The path of the district's own pinyin of names, which completes core/text/readings.txt.
PINYIN_READINGS = env.str("PINYIN_READINGS", default="")

# Nothing calls an outside service at run time.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []
WAGTAILEMBEDS_RESPONSIVE_HTML = False

# Hosts to which links lead without a notice, subdomains included; gov.cn always does.
DIRECT_HOSTS = env.list("DIRECT_HOSTS", default=[])

# Error reports: working days until the answer is due, days until it is shown as overdue, days that
# a contact is stored after closing, and reports per client.
REPORT_ANSWER_DAYS = env.int("REPORT_ANSWER_DAYS", default=15)
REPORT_RED_DAYS = env.int("REPORT_RED_DAYS", default=60)
REPORT_CONTACT_DAYS = env.int("REPORT_CONTACT_DAYS", default=30)
REPORTS_AN_HOUR = env.int("REPORTS_AN_HOUR", default=5)
REPORTS_A_DAY = env.int("REPORTS_A_DAY", default=20)
# Searches and suggestions per client: a whole school may share an address.
SEARCHES_A_MINUTE = env.int("SEARCHES_A_MINUTE", default=120)
SUGGESTIONS_A_MINUTE = env.int("SUGGESTIONS_A_MINUTE", default=600)
# Proxies whose X-Forwarded-For is trusted.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=["127.0.0.1", "::1"])
CSRF_FAILURE_VIEW = "feedback.views.csrf_failed"

# The sections of a school's page, in their order: page type and number of pages.
SCHOOL_SECTIONS: list[tuple[str, int]] = [
    ("brands.BrandPage", 4),
    ("news.NewsPage", 6),
    ("redstudy.RoutePage", 3),
    ("volunteering.VolunteerProjectPage", 3),
]

# The sections of the home page: name → (page type, conditions, number of pages).
HOME_SECTIONS: dict[str, tuple[str, dict[str, Any], int]] = {
    "headlines": ("news.NewsPage", {"kind__in": ["headline", "activity", "case"]}, 4),
    "notices": ("news.NewsPage", {"kind__in": ["announcement", "public_notice"]}, 4),
    "brands": ("brands.BrandPage", {"kind": "school"}, 9),
    "routes": ("redstudy.RoutePage", {}, 3),
    "projects": ("volunteering.VolunteerProjectPage", {}, 3),
    "topics": ("topics.TopicPage", {}, 2),
}

# The type of the standing pages that the site map lists.
SITE_MAP_PAGE_TYPE = "home.StandardPage"

# The feeds of `/feed/…/`: name in the address → (title, type of school content, conditions).
# The feed of the whole site is all of those without conditions.
FEEDS: dict[str, tuple[str | Promise, str, dict[str, Any]]] = {
    "news": (_("News"), "news.NewsPage", {}),
    "notices": (
        _("Notices"),
        "news.NewsPage",
        {"kind__in": ["announcement", "public_notice"]},
    ),
    "brands": (_("School brands"), "brands.BrandPage", {}),
    "routes": (_("Red study routes"), "redstudy.RoutePage", {}),
    "projects": (_("Volunteer projects"), "volunteering.VolunteerProjectPage", {}),
}
