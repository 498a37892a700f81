"""Contacts of an organisation and of its places."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.pages.links import href
from core.spelling.collation import in_reading_order
from organizations.models import Contact, Organization
from verification.editing import create_contact, delete_contact, restore_contact, update_contact
from workspace.listings import sending
from workspace.organizations.forms.contact import ContactForm
from workspace.shared.pages import desk_page, editable, listings_of, sent, show_form, write


@desk_page
@require_GET
def index(request: SignedInRequest, slug: str) -> HttpResponse:
    """All contacts, by place. `?removed=<id>` offers to bring back the one that was just removed."""
    organization = editable(Organization, request, slug=slug)
    contacts = list(
        Contact.objects.editable_by(request.user)
        .filter(organization=organization)
        .select_related("location")
        .order_by(in_reading_order("location__name"), "position", "pk")
    )
    removed = request.GET.get("removed", "")
    if any(contact.public_id == removed for contact in contacts):
        removed = ""
    context = {
        "organization": organization,
        "section": "contacts",
        "groups": _by_place(contacts),
        "removed": removed,
    }
    return render(request, "workspace/organizations/contacts.html", context)


def _by_place(contacts: list[Contact]) -> list[dict[str, object]]:
    """For the whole organisation first, then by place; each contact with what a tap opens."""
    groups: dict[object, list[dict[str, object]]] = {None: []}
    for contact in contacts:
        link = href(contact.channel, contact.value)
        groups.setdefault(contact.location, []).append({"contact": contact, "url": link})
    return [{"place": place, "contacts": members} for place, members in groups.items() if members]


@desk_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, slug: str) -> HttpResponse:
    organization = editable(Organization, request, slug=slug)
    place = organization.locations.filter(public_id=request.GET.get("place", "")).first()
    form = ContactForm(sent(request), organization=organization, initial={"location": place})
    if request.method == "POST":
        saved = write(request, form, lambda **v: create_contact(organization=organization, **v))
        if saved:
            messages.success(request, _("The contact is saved. Now send the listings to be checked."))
            return redirect("workspace:contacts", slug)
    context = {"organization": organization, "section": "contacts", "contact": None, "has_listings": False}
    return show_form(request, "workspace/organizations/contact.html", form, context)


@desk_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, contact: str) -> HttpResponse:
    row = editable(Contact, request, public_id=contact)
    form = ContactForm(sent(request), row=row, organization=row.organization)
    if request.method == "POST":
        saved = write(request, form, lambda **v: update_contact(contact=row, **v))
        if saved and sending.is_asked(request):
            sending.send_under(request, saved)
            return redirect("workspace:contacts", row.organization.slug)
        if saved:
            messages.success(request, _("The contact is saved. Now send the listings to be checked."))
            return redirect("workspace:contacts", row.organization.slug)
    context = {
        "organization": row.organization,
        "section": "contacts",
        "contact": row,
        "has_listings": listings_of(row).exists(),
    }
    return show_form(request, "workspace/organizations/contact.html", form, context)


@desk_page
@require_POST
def remove(request: SignedInRequest, contact: str) -> HttpResponse:
    row = editable(Contact, request, public_id=contact)
    slug = row.organization.slug
    delete_contact(actor=request.user, contact=row)
    return redirect(f"{reverse('workspace:contacts', args=[slug])}?removed={contact}")


@desk_page
@require_POST
def restore(request: SignedInRequest, slug: str) -> HttpResponse:
    organization = editable(Organization, request, slug=slug)
    restore_contact(actor=request.user, organization=organization, public_id=request.POST.get("contact", ""))
    messages.success(request, _("The contact is back."))
    return redirect("workspace:contacts", slug)
