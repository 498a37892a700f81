"""For the browser journeys: the product as it is served, on a database and a folder of their own."""

from pathlib import Path

import environ

from core import languages
from servicemap.settings.dev import *  # noqa: F403
from servicemap.settings.dev import INSTALLED_APPS as DEV_APPS
from servicemap.settings.dev import LANGUAGES as SPOKEN

env = environ.Env()

DEBUG = False
INSTALLED_APPS = [app for app in DEV_APPS if app != "whitenoise.runserver_nostatic"]
VAR_DIR = Path(env.str("E2E_DIR"))
MEDIA_ROOT = VAR_DIR / "media"
EMAIL_FILE_PATH = VAR_DIR / "mail"
USAGE_DIR = str(VAR_DIR / "usage")
ROAD_DIR = str(VAR_DIR / "road")
BOOKLETS_DIR = str(VAR_DIR / "booklets")
INDEX_DIR = str(VAR_DIR / "index")
# Straight from the folders of the checkout, with ranges, without a collecting step.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
if env.bool("E2E_COLLECTED", False):  # as readers get them: joined, hashed, packed
    STORAGES["staticfiles"] = {"BACKEND": "servicemap.statics.storage.StaticStorage"}
    STATIC_ROOT = VAR_DIR / "static"
    WHITENOISE_USE_FINDERS = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Journeys sign in oftener than twice a minute, and a code is taken once.
MFA_TOTP_TOLERANCE = 10

# Journeys change the database beside the server and look at once.
KEPT_SECONDS = env.float("E2E_KEPT_SECONDS", 0)

# Two languages made of English, one half as long again and one from right to left: no page breaks in either.
PREVIEWS_FOR_ALL = languages.in_state(languages.LANGUAGES, "trial")
LANGUAGES = [*SPOKEN, *((code, languages.by_code(code).name) for code in PREVIEWS_FOR_ALL)]

# No worker runs beside the journeys: letters are written at once.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
