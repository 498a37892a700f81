"""Whether an answer holds what its reader may not know, however it is spelled."""

import gzip
import io
import zipfile
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
    if body.startswith(b"PK"):  # a workbook
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    everything = (body.decode("utf-8", "replace") + repr(sorted(response.headers.items()))).lower()
    return [canary for canary in canaries if any(form in everything for form in spellings(canary) if len(form) > 4)]
