"""Letters that come back hours later, as reports of delivery (RFC 3464) in the mailbox of the sender.

Anybody can write to that mailbox. So a report is believed only when it returns the Message-ID of a letter of ours
that went to the address it speaks of: nobody can silence a person whose letters they have not seen.
"""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from django.db import transaction

from messaging.models import Message
from messaging.services import record_bounce

_MESSAGE_ID = re.compile(r"^Message-ID:\s*<([0-9a-z]{10})@", re.IGNORECASE | re.MULTILINE)


@transaction.atomic
def read_report(raw: bytes) -> list[str]:
    """Write down what a mail server reports; the addresses from which letters come back for good.

    Delays and anything that is no report, or speaks of no letter of ours, change nothing.
    """
    mail = BytesParser(policy=policy.default).parsebytes(raw)
    if mail.get_content_type() != "multipart/report":
        return []
    ours = _returned_letter(mail)
    if ours is None:
        return []
    bounced = []
    for address, reason in _failures(mail):
        if address == ours.address.lower() and record_bounce(address=address, reason=reason):
            bounced.append(address)
    return bounced


def _returned_letter(mail: EmailMessage) -> Message | None:
    """The letter of ours that the report returns, by its Message-ID."""
    for part in mail.walk():
        if part.get_content_type() not in ("message/rfc822", "text/rfc822-headers"):
            continue
        found = _MESSAGE_ID.search(_text(part))
        message = Message.objects.spent().filter(public_id=found[1].lower()).first() if found else None
        if message is not None:
            return message
    return None


def _failures(mail: EmailMessage) -> list[tuple[str, str]]:
    """(address, reason) of every recipient that failed for good: action failed, status 5.x.x."""
    found = []
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
            continue
        for block in part.iter_parts() if isinstance(part, EmailMessage) else ():
            recipient = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
            status, action = str(block.get("Status", "")), str(block.get("Action", "")).strip().lower()
            address = parseaddr(recipient.rpartition(";")[2].strip())[1].lower()
            if action == "failed" and status.strip().startswith("5.") and address:
                reason = str(block.get("Diagnostic-Code") or status)
                found.append((address, " ".join(reason.split())[:300]))
    return found


def _text(part: EmailMessage) -> str:
    """A returned letter, or its head, as text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return "\n".join(map(str, payload))
    raw = part.get_payload(decode=True)
    return raw.decode("latin-1") if isinstance(raw, bytes) else ""
