from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from servicemap.statics.joined import Modules, Read, joined_styles

Found = dict[str, tuple[Any, str]]


class StaticStorage(CompressedManifestStaticFilesStorage):
    """One file for what a page needs, under hashed names, compressed while they are collected.

    What a page begins with is collected with all that it imports in it; everything else of ours as it is written, with
    the hashed names of what it imports. That rewriting needs the semicolon at the end of an import.
    """

    support_js_module_import_aggregation = True
    #: Asked by the template tags: the pages name joined files.
    joins = True

    def post_process(self, paths: Found, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for name, text in list(self._joined(paths)):
                self._write(name, text)
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _joined(self, paths: Found) -> Iterator[tuple[str, str]]:
        """Read before the first is written: what is joined comes from the sources."""

        def read(path: str) -> str:
            storage, inside = paths[path]
            with storage.open(inside) as file:
                return str(file.read().decode())

        yield from joined_scripts(paths, read).items()
        for group, sheets in settings.SHEETS.items():
            yield joined_sheet(group), joined_styles(sheets, read, joined_sheet(group))

    def _write(self, name: str, text: str) -> None:
        if self.exists(name):
            self.delete(name)
        self.save(name, ContentFile(text.encode()))


def joined_scripts(paths: Iterable[str], read: Read) -> dict[str, str]:
    """What pages begin with and what comes on demand, by path."""
    modules = Modules(read, settings.LIBRARIES | settings.ON_DEMAND)
    begun = [path for path in paths if any(fnmatch(path, one) for one in settings.BEGINNINGS)]
    texts = {path: modules.joined(modules.name(path)) for path in begun}
    for name, path in settings.ON_DEMAND.items():
        there = modules.there_for(name, [*map(modules.name, begun), *settings.ON_DEMAND])
        texts[path] = modules.joined(name, there, exported=True)
    return texts


def joined_sheet(group: str) -> str:
    return f"css/of/{group}.css"
