"""Sites that may not show the map in a frame, as the process that answers embeds reads them."""

from __future__ import annotations

from django.db import models

from directory.tables.grants import PUBLIC_GRANTS
from directory.tables.learning import PUBLIC_LEARNING
from directory.tables.wording import PublicWording


class PublicRefusedSite(models.Model):
    """`host` as `usage.words.host_of` writes it; what lies under it is refused too."""

    host = models.CharField(primary_key=True, max_length=100)

    class Meta:
        ordering = ["host"]

    def __str__(self) -> str:
        return self.host


#: What the public reads beside listings, countries and papers.
PUBLIC_BESIDE: tuple[type[models.Model], ...] = (
    *PUBLIC_GRANTS,
    *PUBLIC_LEARNING,
    PublicRefusedSite,
    PublicWording,
)


def is_refused(host: str) -> bool:
    """The site itself, or one above it: who is refused as example.org does not come back as www.example.org."""
    labels = host.split(".")
    above = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    return bool(host) and PublicRefusedSite.objects.filter(host__in=above).exists()
