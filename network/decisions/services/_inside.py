"""What every step asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.errors import NotAllowed
from network.decisions.models import Body, kept_bodies

if TYPE_CHECKING:
    from accounts.models import User


def keep(actor: User, body: Body) -> None:
    """NotAllowed for whoever neither leads the body nor keeps its minutes."""
    if not kept_bodies(actor).filter(pk=body.pk).exists():
        raise NotAllowed(_("Only those who lead the body or keep its minutes may do this."))
