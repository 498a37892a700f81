"""The first administrator: nobody is there yet who could invite them."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from accounts.models import NetworkRole, User
from core.languages import SOURCE


def administrators() -> list[User]:
    named = Q(is_superuser=True) | Q(network_role=NetworkRole.ADMINISTRATOR)
    return list(User.objects.filter(named, is_active=True))


@transaction.atomic
def first_administrator(*, email: str) -> str:
    """The address at which they set a password: good once, and for PASSWORD_RESET_TIMEOUT seconds.

    ValueError where somebody got as far as a password: they invite the others. The same address asked again gets a
    new link, and the one before is void. ValidationError for an address that is none.
    """
    if any(user.has_usable_password() for user in administrators()):
        raise ValueError("There is an administrator already: others are invited by them.")
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_superuser(email, None, network_role=NetworkRole.ADMINISTRATOR)
    elif not user.is_administrator:
        raise ValueError("This person is known, and is no administrator.")
    else:
        # What a link is signed with changes with the (unusable) password.
        user.set_unusable_password()
        user.save(update_fields=["password"])
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    with translation.override(SOURCE):
        return settings.SITE_ADDRESS + reverse("account_reset_password_from_key", kwargs=key)
