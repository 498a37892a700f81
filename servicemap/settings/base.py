"""What every deployment shares. Environment variables are listed in docs/operations.md."""

from pathlib import Path

import environ

from core import languages
from core.pages.addresses import Page
from kept.mark import SECONDS
from servicemap.mail import notice_server
from servicemap.native_libs import gdal_library_path, geos_library_path
from servicemap.settings import faces
from servicemap.settings.api import *  # noqa: F403
from servicemap.settings.assets import *  # noqa: F403
from servicemap.settings.browsers import *  # noqa: F403
from servicemap.settings.chats import *  # noqa: F403
from servicemap.settings.ground import *  # noqa: F403
from servicemap.settings.ground import streets
from servicemap.settings.network import *  # noqa: F403
from servicemap.settings.network import NETWORK
from servicemap.settings.road import *  # noqa: F403
from servicemap.settings.rooms import *  # noqa: F403
from servicemap.settings.watching import *  # noqa: F403
from servicemap.web.addresses import ADDRESSES

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()
# What processes write. A release may be read-only.
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / NETWORK.place)))
# Which of its faces this process shows: "public", "members" or "all".
FACE = faces.face_of(env)

GDAL_LIBRARY_PATH = gdal_library_path()
GEOS_LIBRARY_PATH = geos_library_path()

# --- applications -----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "core",
    "accounts",
    "organizations",
    "services",
    "directory",
    "messaging",
    "verification",
    "referrals",
    "network.decisions",
    "network.joining",
    "network.reviews",
    "network.countries",
    "personal",
    "translations",
    "network.news",
    *("network.gaps", "network.grants", "network.learning", "network.volunteering", "network.evaluation"),
    "maps",
    "workspace",
    "telegram",
    "exchange",
    "demonstration",
    "simulation",
    "tools",
    "servicemap",
    "servicemap.office.admin_config.OperatorsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "servicemap.statics.static_config.ServedFilesConfig",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.gis",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "leaflet",
    "modeltrans",
    "pgtrigger",
    "pghistory",
    "csp",
    "servicemap.jobs_config.JobsConfig",
]

MIDDLEWARE = [
    "servicemap.web.answering.AnswersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "servicemap.web.headers.PermissionsPolicyMiddleware",
    "servicemap.web.headers.CrossOriginMiddleware",
    "servicemap.web.headers.SearchEnginesMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "servicemap.web.standby.StandbyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.entering.middleware.PrivateAnswersMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "servicemap.tongues.previews.PreviewsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.entering.middleware.SecondStepMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.entering.middleware.AuditMiddleware",
    "accounts.presses.once.OnceMiddleware",  # the last: it calls the view
]

# Reading writes no history; asking who reads would open the session on public pages.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

WSGI_APPLICATION = "servicemap.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATE_OPTIONS: dict[str, object] = {
    "context_processors": [
        "django.template.context_processors.request",
        "django.template.context_processors.i18n",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
        "servicemap.web.context.site",
    ],
    "builtins": ["core.templatetags.dates", "core.templatetags.names", "core.templatetags.once"],
}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": TEMPLATE_OPTIONS,
    }
]

# --- database ---------------------------------------------------------------------------------------------------

DATABASES = {
    "default": {
        **faces.database(env, FACE, BASE_DIR),
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {
            "NAME": env.str("SERVICEMAP_TEST_DB", "test_servicemap"),
            # Made by bin/test with all migrations applied; copying it is quicker than applying them anew.
            "TEMPLATE": env.str("SERVICEMAP_TEST_TEMPLATE", "") or None,
        },
    }
}
# Public views read under this role; migrations create it (docs/privacy.md).
PUBLIC_DATABASE_ROLE = "servicemap_public"
# Who may read the members' map, whose circles they are in, who hears what they read, and how much a day is usual.
MEMBERS_PERMISSION = "workspace.access.may_read_members_map"
#: Who gets letters about listings, and so may have them in the bot.
LETTERS_PERMISSION = "messaging.people.gets_letters"
MEMBERS_STANDING = "workspace.access.standing_of"
MEMBERS_WATCH = "verification.guarding.reading.note_opened"
READING_NORM = env.int("SERVICEMAP_READING_NORM", 60)

# Counts wrong passwords and used codes. Several processes or machines need a shared one (CACHE_URL), or each counts
# for itself; the large number of entries keeps a flood of addresses from pushing a locked one out.
CACHES = {
    "default": env.cache_url("CACHE_URL")
    if "CACHE_URL" in env
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}}
}

# Seconds between two signs of life of the worker; jobs of one that gave none for three of them are done by another.
WORKER_HEARTBEAT = env.float("WORKER_HEARTBEAT", 10)
# Seconds that a job in progress gets when the worker is asked to stop.
WORKER_GRACE = env.float("WORKER_GRACE", 20)

# Whole public answers that each web process keeps in memory, in megabytes (0: none), and for how many seconds a look at
# the directory's revision is believed (docs/adr/0071-whole-answers.md).
KEPT_BYTES, KEPT_SECONDS = env.int("KEPT_MB", 64) * 1_000_000, SECONDS

# From how many listings on the map is answered from a packed index in memory (0: never; docs/adr/0073-packed-index.md),
# and where its files lie.
INDEX_FROM, INDEX_DIR = env.int("INDEX_FROM", 1), env.str("INDEX_DIR", str(VAR_DIR / "index"))

# Where the file of everything that the public may see lies for one revision ("": made anew for each who asks;
# docs/adr/0082-files-of-what-is-seen.md).
EXPORTS_DIR = env.str("EXPORTS_DIR", str(VAR_DIR / "exports"))

# Where each process writes its sums of use ("": nothing is counted; docs/adr/0114-sums-of-use.md).
USAGE_DIR = env.str("USAGE_DIR", str(VAR_DIR / "usage"))

# What packs for a phone held lately, by which one is told what changed ("": each is sent whole).
ROAD_DIR = env.str("ROAD_DIR", str(VAR_DIR / "road"))
# Booklets for paper, each made once for what it says; "" makes them anew for everybody who asks.
BOOKLETS_DIR = env.str("BOOKLETS_DIR", str(VAR_DIR / "booklets"))

# --- accounts ---------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, object]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[0]["OPTIONS"] = {"user_attributes": ("email", "name")}
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}
PASSWORD_RESET_TIMEOUT = 60 * 60

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = ADDRESSES[Page.DESK]
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.entering.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "add_email": "accounts.forms.ChangeEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key"}
# How many proxies of our own stand in front: without it every visitor behind them shares one rate limit.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
MFA_ADAPTER = "accounts.entering.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondFactorForm",
    "reauthenticate": "accounts.forms.SecondFactorAgainForm",
    "activate_totp": "accounts.forms.ActivateAppForm",
    "add_webauthn": "accounts.forms.AddKeyForm",
    "edit_webauthn": "accounts.forms.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Network roles whose workspace, and /admin/, opens only with a second factor; `check --deploy` insists on these two.
MFA_REQUIRED_ROLES = env.tuple("MFA_REQUIRED_ROLES", default=("coordinator", "administrator"))

CSRF_FAILURE_VIEW = "servicemap.web.refusals.csrf_failure"

# --- languages and time -----------------------------------------------------------------------------------------

LANGUAGE_CODE = languages.SOURCE
LANGUAGES = [(code, languages.by_code(code).name) for code in languages.in_state(languages.LANGUAGES, "on", "preview")]
LANGUAGES_BIDI = languages.right_to_left()
# Previews that everybody may read, though not every word of them was checked by a person: PREVIEWS_FOR_ALL=uk,uz
PREVIEWS_FOR_ALL = languages.opened(env.list("PREVIEWS_FOR_ALL", default=[]))
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANS_AVAILABLE_LANGUAGES = languages.codes()[1:]
MODELTRANS_FALLBACK = {"default": (languages.SOURCE,)} | {code: languages.fallbacks(code) for code in languages.codes()}
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- files ------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
# Ours before the packages': static/leaflet/ replaces the older Leaflet that django-leaflet bundles.
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (
    "jpg",
    "jpeg",
    "png",
    "gif",
    "webp",
    "avif",
    "zip",
    "gz",
    "br",
    "woff",
    "woff2",
    "pmtiles",
)

# --- what browsers may do ---------------------------------------------------------------------------------------

# The rest is in settings/browsers.py.
# Who may show /embed/ in a page of theirs; everything else refuses frames.
EMBED_FRAME_ANCESTORS = env.list("EMBED_FRAME_ANCESTORS", default=["*"])

# --- API --------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    # Denies: a public endpoint has to say so itself.
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": [],
    "DEFAULT_PAGINATION_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}

# --- the network ------------------------------------------------------------------------------------------------

# A strip on every page says that the organisations are fictional.
DEMO_NETWORK = env.bool("DEMO_NETWORK", False)
STREETS = streets(env, is_demo=DEMO_NETWORK)

# Under which licence the public data may be used further.
DATA_LICENCE = env.str("DATA_LICENCE", "CC-BY-4.0")
DATA_LICENCE_URL = env.str("DATA_LICENCE_URL", "https://creativecommons.org/licenses/by/4.0/")

# Whether websites are asked once a week if they answer; beside the next one the only request that leaves the house:
# verification/websites/
LINK_CHECKER = env.bool("LINK_CHECKER", False)
# Whether coordinators may have other directories read by their addresses (HSDS): exchange/sources/
READS_DIRECTORIES = env.bool("READS_DIRECTORIES", False)
# Critical edits of owners with a clean year go on the map first (verification/services/at_once.py); widening never.
VERIFICATION_TRUSTS_CLEAN_OWNERS = env.bool("VERIFICATION_TRUSTS_CLEAN_OWNERS", False)

# --- mail and logs ----------------------------------------------------------------------------------------------

# What really sends; EMAIL_BACKEND may only put letters into the worker's queue (accounts/post.py).
POST_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "map@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where this site answers, for links in letters that no request asked for.
SITE_ADDRESS = env.str("SITE_ADDRESS", NETWORK.address or "http://localhost:8000")
# Where the other face answers, when there are two.
PUBLIC_ADDRESS, MEMBERS_ADDRESS = env.str("PUBLIC_ADDRESS", ""), env.str("MEMBERS_ADDRESS", "")
# Reminders leave apart from password mail, so that a full quota or a bad name of one never stops the other: an own
# sender, and an own server where NOTICE_EMAIL_URL names one (smtp+tls://user:password@host:587).
NOTICE_FROM_EMAIL = env.str("NOTICE_FROM_EMAIL", DEFAULT_FROM_EMAIL)
NOTICE_EMAIL = notice_server(env.str("NOTICE_EMAIL_URL", ""))

faces.put_on(FACE, vars())
