"""A real deployment. Every secret comes from the environment; with an unfit one it does not start, and says why.

`manage.py check --deploy` says what else is missing.
"""

import environ
from django.core.exceptions import ImproperlyConfigured

from servicemap.settings import faces
from servicemap.settings.hosted import *  # noqa: F403
from servicemap.settings.hosted import FACE
from servicemap.settings.refusals import faults

env = environ.Env()

# Who may show /embed/ in a frame: this site alone, until the partners' sites are named.
EMBED_FRAME_ANCESTORS = env.list("EMBED_FRAME_ANCESTORS", default=["'self'"])

if found := [*faults(globals()), *faces.faults(FACE, env.ENVIRON, globals())]:
    raise ImproperlyConfigured("This is not fit for people yet:\n" + "\n".join(f"- {words}" for words in found))
