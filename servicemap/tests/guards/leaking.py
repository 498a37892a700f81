"""Whether an answer holds what its reader may not know, however it is spelled."""

import gzip
from base64 import b64encode


def spellings(canary):
    """A canary as it may hide: as it is, escaped in JSON, without spaces, in base64."""
    text = canary.lower()
    yield text
    yield text.encode("unicode_escape").decode()
    yield text.replace(" ", "").replace("-", "")
    yield b64encode(canary.encode())[:-4].decode().lower()


def leaks(response, canaries):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    everything = (body.decode("utf-8", "replace") + repr(sorted(response.headers.items()))).lower()
    return [canary for canary in canaries if any(form in everything for form in spellings(canary) if len(form) > 4)]
