"""A language is a row in `core.languages`: nothing else cuts a code, names a language or patterns a date."""

import ast
import re
from collections import Counter

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
_OUTSIDE = re.compile(r"(^|/)(tests|migrations|var|\.venv|node_modules|e2e)/|^fixtures/build/|conftest\.py$")
_REGISTRY = "core/languages.py"
MODULES = sorted(
    path
    for path in ROOT.rglob("*.py")
    if not _OUTSIDE.search(str(path.relative_to(ROOT))) and str(path.relative_to(ROOT)) != _REGISTRY
)

#: How often a module may name a language, and why it does not follow the registry.
NAMED = {
    "bench/stopwatch.py": (1, "the words that its tasks type are Russian, and it runs beside the product, not in it"),
    "reading/sharing.py": (1, "a picture's typeface has no signs of some scripts: there the words are English"),
    "facts/profile.py": (2, "the page asks for each text under a label of its own, as the owner's form does"),
    "network/evaluation/publication.py": (2, "the report is a paper in Russian and in English"),
    "network/grants/services/deciding.py": (1, "the options of a vote keep their words, in two languages"),
    "workspace/network/grants/forms.py": (2, "a criterion and its English twin are two fields"),
    "core/phrasing/cases.py": (2, "the cases of Russian names; other languages say them as they are"),
    "exchange/importing/translating/hours.py": (1, "members send their tables in English"),
    "simulation/strangers.py": (1, "a language of delivery of an invented service, not of the interface"),
    "workspace/referrals/paper.py": (
        2,
        "the texts of the paper by language; a language without its text is not offered",
    ),
    "demonstration/telling/travels.py": (2, "languages of invented people, not of the interface"),
    "demonstration/house/volunteering.py": (3, "languages of invented proposals, letters and trainings"),
    "tools/local/network_file.py": (2, "a network's texts are written in one of these two first, and named in both"),
    "tools/local/serve.py": (2, "the terminal speaks English"),
    "demonstration/telling/lands.py": (1, "the language of an invented law"),
    "network/countries/models.py": (1, "laws of most of the countries are written or told in Russian first"),
    "workspace/countries/facts.py": (1, "the same, in the form"),
    "demonstration/house/governing.py": (3, "invented papers and their translation"),
    "demonstration/house/learning.py": (7, "languages of invented materials and trainings"),
    "demonstration/telling/twins.py": (16, "texts of invented services that were entered twice"),
    "workspace/network/learning/forms.py": (2, "most of what is taught is taught in Russian first"),
    "demonstration/house/joining.py": (1, "the language of an invented applicant"),
    "simulation/network/chapters/helping.py": (3, "texts of invented services and languages of invented people"),
    "simulation/network/chapters/joining.py": (4, "the languages of invented applicants and of their people"),
    "simulation/corridors.py": (2, "a language of invented people, not of the interface"),
    "simulation/network/chapters/learning.py": (2, "the languages of an invented material and of a training"),
    "bench/referrals.py": (2, "a language of invented people, not of the interface"),
    "bench/generated.py": (2, "languages of delivery and texts of generated rows"),
    "bench/lighthouse.py": (1, "a browser in Russian looks at the pages"),
    "bench/questions.py": (1, "generated texts are Russian, so they are asked for in Russian"),
    "simulation/world.py": (3, "languages of delivery of invented services, not of the interface"),
}
#: Patterns of dates outside `core.phrasing.dates`, and why.
PATTERNED = {
    "servicemap/admin/jobs.py": (1, "a moment beside the columns of Django's own back office, which writes it so"),
    "core/phrasing/dates.py": (1, "CLDR has no month of three letters for a narrow column"),
    "workspace/coordination/presenters/campaigns.py": (1, "digits for a page and for its table alike"),
}
_CODE = re.compile(r"lang(uage)?(?!s|uage)|locale", re.I)
_SPLITS = ("split", "rsplit", "partition", "rpartition")
_NAMES = re.compile(r"_?(ru|en)|.*__(ru|en)__.*")


def _tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def _counts(found_in):
    counts = Counter({str(path.relative_to(ROOT)): len(found_in(_tree(path))) for path in MODULES})
    return {module: number for module, number in counts.items() if number}


def cuts(tree):
    """Slices and splits at a hyphen of what is called a language."""
    slices = (n.value for n in ast.walk(tree) if isinstance(n, ast.Subscript) and isinstance(n.slice, ast.Slice))
    calls = (n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute))
    split = (n.func.value for n in calls if n.func.attr in _SPLITS and n.args and ast.unparse(n.args[0]) == "'-'")
    return [ast.unparse(value) for value in (*slices, *split) if _CODE.search(ast.unparse(value))]


def names(tree):
    """Codes of languages and endings of columns as texts of their own, and codes in the path of a lookup."""
    texts = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return [text for text in texts if _NAMES.fullmatch(text)]


def patterns(tree):
    """Calls that write a date or a time by a fixed pattern of the framework."""
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and len(n.args) > 1]
    named = [n for n in calls if getattr(n.func, "id", getattr(n.func, "attr", "")) in ("date_format", "time_format")]
    return [ast.unparse(n) for n in named]


def test_nothing_cuts_the_code_of_a_language():
    assert _counts(cuts) == {}


@pytest.mark.parametrize(("found_in", "allowed"), [(names, NAMED), (patterns, PATTERNED)], ids=["names", "patterns"])
def test_nothing_else_names_a_language_or_writes_a_date_by_a_pattern(found_in, allowed):
    assert _counts(found_in) == {module: number for module, (number, _why) in allowed.items()}


@pytest.mark.parametrize(
    ("found_in", "source"),
    [
        (cuts, "(language or get_language() or SOURCE)[:2]"),
        (cuts, "get_language()[:2]"),
        (cuts, "lang[:3]"),
        (cuts, "request.LANGUAGE_CODE.lower()[0:2]"),
        (cuts, "language.split('-')[0]"),
        (names, "get_language() == 'ru'"),
        (names, "name.removesuffix('_en')"),
        (names, "KT('content__en__title')"),
        (patterns, "date_format(day, 'j E Y')"),
        (patterns, "formats.date_format(day, 'j E' if russian else 'j F')"),
        (patterns, "time_format(at, 'H:i')"),
    ],
)
def test_the_guard_sees(found_in, source):
    assert len(found_in(ast.parse(source))) == 1


@pytest.mark.parametrize("source", ["house.data['languages'][:2]", "country[:2]", "day.split('-')", "languages[1:]"])
def test_the_guard_lets_pass(source):
    assert cuts(ast.parse(source)) == []
