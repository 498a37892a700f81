"""«In force»: the papers that hold, and one paper with all its versions."""

from __future__ import annotations

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core.files.downloads import download_of
from core.languages import writing
from core.spelling.text import asked_words
from network.decisions import services as decisions
from network.decisions.models import Document, DocumentVersion, kept_bodies
from network.decisions.models.words import PaperKind
from workspace.network.decisions.doors import keepers_page, network_page, telling
from workspace.network.decisions.forms import PaperForm, VersionForm, uploaded

SEARCH_AT_MOST = 100


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """`?q=` words of a title or a text, `?kind=`."""
    words, kind = request.GET.get("q", "")[:SEARCH_AT_MOST].strip(), request.GET.get("kind", "")
    rows = DocumentVersion.objects.visible_to(request.user).in_force().select_related("document__body", "adopted_by")
    if kind in PaperKind.values:
        rows = rows.filter(document__kind=kind)
    for word in asked_words(words) or []:
        found = Q(document__title__icontains=word) | Q(text__icontains=word) | Q(file_name__icontains=word)
        rows = rows.filter(found | Q(document__i18n__icontains=word))
    keeps = kept_bodies(request.user)
    waiting = DocumentVersion.objects.filter(adopted_by__isnull=True, document__body__in=keeps)
    context = {
        "section": "network",
        "tab": "papers",
        "words": words,
        "kind": kind,
        "kinds": PaperKind.choices,
        "rows": rows.order_by("document__kind", "document__title", "document", "-language"),
        "keeps": keeps.exists(),
        "waiting": waiting.select_related("document").order_by("-written_at", "-pk"),
    }
    return render(request, "workspace/network/decisions/papers.html", context)


@keepers_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    form = PaperForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        user=request.user,
        initial={"language": writing()},
    )
    if request.method == "POST" and form.is_valid():
        with telling(form):
            return redirect("workspace:network-paper", _new(request, form).public_id)
    status = 422 if form.is_bound else 200
    context = {"section": "network", "tab": "papers", "form": form}
    return render(request, "workspace/network/decisions/paper_new.html", context, status=status)


@transaction.atomic
def _new(request: SignedInRequest, form: PaperForm) -> Document:
    said = form.cleaned_data
    about = {name: said[name] for name in ("body", "kind", "title", "title_en", "audience")}
    document = decisions.add_document(actor=request.user, **about)
    _add(request, document, said["language"], form, None)
    return document


def _add(
    request: SignedInRequest, document: Document, language: str, form: PaperForm | VersionForm, number: int | None
) -> None:
    said, file = form.cleaned_data, uploaded(form)
    decisions.add_version(
        actor=request.user,
        document=document,
        language=language,
        text=said["text"],
        file=File(file, name=file.name) if file else None,
        number=number,
        valid_until=said["valid_until"],
    )


@network_page
@require_http_methods(["GET", "POST"])
def show(request: SignedInRequest, paper: str) -> HttpResponse:
    """A POST is one more version, by those who keep the body."""
    row = get_object_or_404(Document.objects.visible_to(request.user).select_related("body"), public_id=paper)
    keeps = kept_bodies(request.user).filter(pk=row.body_id).exists()
    if request.method == "POST" and not keeps:
        raise Http404
    versions = list(row.versions.select_related("adopted_by__vote", "adopted_by__meeting", "written_by"))
    numbers = sorted({version.number for version in versions}, reverse=True)
    sent = request.POST if request.method == "POST" else None
    form = VersionForm(sent, request.FILES or None, numbers=numbers)
    if form.is_bound and form.is_valid():
        with telling(form):
            _add(request, row, form.cleaned_data["language"], form, form.cleaned_data["number"])
            return redirect("workspace:network-paper", row.public_id)
    current = set(row.versions.in_force().values_list("pk", flat=True))
    context = {
        "section": "network",
        "tab": "papers",
        "paper": row,
        "versions": [(version, version.pk in current) for version in versions],
        "keeps": keeps and row.repealed_by_id is None,
        "form": form,
    }
    return render(request, "workspace/network/decisions/paper.html", context, status=422 if form.is_bound else 200)


@network_page
@require_GET
def download(request: SignedInRequest, version: str) -> HttpResponseBase:
    """A file, to save and never to show."""
    rows = DocumentVersion.objects.visible_to(request.user).exclude(file="")
    row = get_object_or_404(rows, public_id=version)
    return download_of(row.file, row.file_name)
