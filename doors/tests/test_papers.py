"""A document that is a file: looked through, saved and never shown, for everybody only while it is in force for all."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from core import clock
from network.decisions import services as decisions
from network.decisions.tests import makers
from network.decisions.tests.test_papers import adopt

pytestmark = pytest.mark.django_db


def picture() -> ContentFile:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(out, "png")
    return ContentFile(out.getvalue(), name="../Декларация <подпись>.exe")


@pytest.fixture
def made(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.travel(makers.NOW):
        yield makers.network()


def saved(client, name, version):
    """The answer's status; a file is read to its end, which closes it."""
    answer = client.get(reverse(name, args=[version.public_id]))
    if answer.status_code == 200:
        assert b"".join(answer.streaming_content)
    return answer.status_code


def written(made, audience="public"):
    document = decisions.add_document(
        actor=made.chair, body=made.assembly, kind="statement", title="Декларация", audience=audience
    )
    return decisions.add_version(actor=made.chair, document=document, language="ru", file=picture())


def test_everybody_saves_the_file_of_a_document_in_force(made, client):
    version = written(made)
    address = reverse("papers:file", args=[version.public_id])
    assert client.get(address).status_code == 404, "nobody has adopted it"
    adopt(made, version)
    page = client.get(reverse("maps:paper", args=[version.document.public_id])).content.decode()
    assert f'href="{address}"' in page
    file = client.get(address)
    assert file.status_code == 200 and b"".join(file.streaming_content).startswith(b"\x89PNG")
    assert file["Content-Disposition"].startswith("attachment") and ".exe" not in file["Content-Disposition"]
    assert (file["X-Content-Type-Options"], file["Content-Type"]) == ("nosniff", "application/octet-stream")
    assert "sandbox" in file["Content-Security-Policy"]


def test_an_older_version_a_repealed_one_and_one_for_members_are_nowhere(made, client):
    first = written(made)
    adopt(made, first)
    second = decisions.add_version(actor=made.chair, document=first.document, language="ru", file=picture())
    adopt(made, second)
    inside = written(made, "members")
    adopt(made, inside)
    assert [saved(client, "papers:file", one) for one in (first, second, inside)] == [404, 200, 404]
    assert saved(client, "workspace:network-file", inside) != 200, "behind the login"
    client.force_login(made.chair)
    assert saved(client, "workspace:network-file", inside) == 200


@pytest.mark.parametrize("content", [b"<html><script>1</script>", b"%PDF-1.7 /JavaScript", b"MZ\x90\x00"])
def test_what_acts_or_is_unknown_is_refused_before_it_is_kept(made, content):
    document = decisions.add_document(actor=made.chair, body=made.assembly, kind="policy", title="О файлах")
    with pytest.raises(ValidationError):
        decisions.add_version(
            actor=made.chair, document=document, language="ru", file=ContentFile(content, name="a.pdf")
        )
    assert not document.versions.exists()
