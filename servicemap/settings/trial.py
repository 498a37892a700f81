"""To look at the product on one's own machine, in containers: as a deployment, but what a network must not do goes."""

from servicemap.settings.hosted import *  # noqa: F403
