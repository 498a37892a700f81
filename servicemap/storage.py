from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed file names, also inside our ES modules.

    ``import … from "./other.js";`` is rewritten to the hashed name, so a module never meets an older neighbour
    out of a browser's cache. The rewriting needs the semicolon at the end of the import.
    """

    support_js_module_import_aggregation = True
