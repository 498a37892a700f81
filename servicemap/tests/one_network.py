"""One network lives for a moment: `python -m servicemap.tests.one_network WORD OTHER`, with its NETWORK_FILE, database
and folder in the environment. It writes WORD into what everybody and what nobody may see, answers a round of pages, and
prints how often each word is in them. Letters and evidence lie in the folder; its log is what it prints to stderr.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


# long: the life of a network, one step a line
def main(word: str, other: str) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.gis.geos import Point
    from django.core.mail import send_mail
    from django.core.management import call_command
    from django.test import Client

    from exchange.beginning import begin
    from organizations import services as organizations
    from verification.tests import scenarios

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("load_vocabulary", verbosity=0)
    begin()
    kind = json.loads(settings.NETWORK.vocabulary_file("service_types.json").read_text(encoding="utf-8"))[1]["code"]
    site = f"https://{word}.example.org/"
    of = scenarios.organization(f"{word} society", due_diligence_note=f"{word} note", website=site)
    at = organizations.create_location(
        actor=None, organization=of, name=f"{word} house", country="IT", city="Palermo", address=f"Via {word} 1",
        point=Point(13.36, 38.12, srid=4326), timezone="Europe/Rome", public_precision="exact", visibility="public",
        safety_note=f"{word} safety",
    )  # fmt: skip
    summary = f"{word}: come without an appointment, we are here."
    scenarios.published(at, types=[kind], title=f"{word} help", summary=summary)
    send_mail(f"{word} letter", word, None, ["reader@example.org"])
    (Path(settings.MEDIA_ROOT) / "evidence").mkdir(parents=True, exist_ok=True)
    (Path(settings.MEDIA_ROOT) / "evidence" / "note.txt").write_text(word)
    seen, client = "", Client()
    for path in ("", "about/", "countries/", "light/", f"organizations/{of.slug}/", "data/", "api/", "workspace/"):
        seen += client.get(f"/{settings.LANGUAGE_CODE}/{path}", follow=True).content.decode(errors="replace")
    seen += client.get("/api/v1/listings/", {"q": word}).content.decode()
    seen += client.get("/api/v1/listings/", {"q": other}).content.decode()
    own = seen.count(word)
    # What a reader asks for is said again on the page and in its API; that is no row of anybody.
    foreign = seen.replace(f"q={other}", "").count(other)
    sys.stdout.write(
        json.dumps({"own": own, "foreign": foreign, "name": str(settings.NETWORK_NAME), "pages": len(seen)}) + "\n"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
