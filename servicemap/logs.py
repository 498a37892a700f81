import logging
import re


class WithoutRequest(logging.Filter):
    """Takes the request off a record, and the query string off its message.

    Rule: no address of a visitor and no search word is ever written down.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.__dict__.pop("request", None)
        if isinstance(record.args, tuple):
            record.args = tuple(_without_query(value) for value in record.args)
        return True


def _without_query(value: object) -> object:
    """«GET /ru/?q=words HTTP/1.1» loses its words."""
    return re.sub(r"\?\S*", "", value) if isinstance(value, str) and "/" in value else value
