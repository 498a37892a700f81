from django.contrib.staticfiles.apps import StaticFilesConfig


class ServedFilesConfig(StaticFilesConfig):
    """What is collected for readers: everything under static/ but the tests of the scripts."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "tests"]
