"""manage.py run_due: one round of everything that goes by the clock, for hosts that have cron and no worker."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from accounts.post import send_waiting
from exchange.sources import keeping as directories
from exchange.sources import working as reading
from messaging.dispatch import dispatch
from network.decisions import rounds as decisions
from network.evaluation import rounds as evaluation
from network.gaps import rounds as gaps
from network.grants import rounds as grants
from network.joining import rounds as joining
from network.learning import rounds as learning
from network.news import posting
from network.news import rounds as news
from network.reviews import rounds as reviews
from personal import letters as followed
from referrals import emptying
from referrals import rounds as referrals
from servicemap.upkeep import retention
from telegram.warnings import warn
from translations import publication as wordings
from verification.upkeep import rounds
from verification.websites import watching


class Command(BaseCommand):
    help = "Write the reminders that are due, send what waits, tidy up. Run it every few minutes; it may run twice."

    def handle(self, *args: object, **options: object) -> None:
        done = rounds.run_often() | rounds.run_daily() | {"silent websites": watching.check_websites()}
        sent_on = referrals.run_often() | referrals.run_daily() | emptying.run()
        done |= {f"referrals {name}": count for name, count in sent_on.items()}
        done |= decisions.run() | joining.run_often() | joining.run_daily() | gaps.run() | reviews.run_daily()
        done |= grants.run_daily()
        done |= learning.run_daily()
        done |= evaluation.run_daily()
        wordings.publish_all()
        done["other directories read"] = directories.refresh(lambda key, _language: reading.work_here(key))
        done["followed searches"] = followed.write_weekly()
        done["warnings of countries"] = warn()
        news.again()
        done["dangers told"] = news.warn()
        done |= {f"letters to subscribers {state}": count for state, count in posting.post().items()}
        done["letters about accounts"] = send_waiting()
        done |= {f"forgotten {name}": count for name, count in retention.run().items()}
        sent = {f"letters {state}": count for state, count in dispatch().items()}
        told = [f"{name}: {count}" for name, count in (done | sent).items() if count]
        self.stdout.write(", ".join(told) or "nothing was due")
