"""Stricter than production: an undefined template variable is an error, nothing reaches the network."""

from servicemap.settings.base import *  # noqa: F403
from servicemap.settings.base import TEMPLATE_OPTIONS, TEMPLATES
from servicemap.settings.rooms import LETTER_WRITERS
from servicemap.tests.strictness import RaiseOnUndefined

DEBUG = False
SECRET_KEY = "only-for-tests-" + "0" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LETTER_WRITERS = [*LETTER_WRITERS, "messaging.tests.makers.WRITERS"]
EMAIL_BACKEND = POST_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

TEMPLATES = [TEMPLATES[0] | {"OPTIONS": TEMPLATE_OPTIONS | {"string_if_invalid": RaiseOnUndefined()}}]

# A bot of this name; no test asks Telegram for anything.
TELEGRAM_BOT = "map_bot"

# Files are found where they lie: no collectstatic before a test.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Where tests of the packed index do not ask for it, SQL answers.
INDEX_FROM = 0
# The same for the file of everything.
EXPORTS_DIR = ""
# Nobody counts the visits of tests.
USAGE_DIR = ""
# Packs are sent whole; tests that ask what changed name a folder.
ROAD_DIR = ""
BOOKLETS_DIR = ""
