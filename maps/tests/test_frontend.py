"""What holds pages, scripts and style sheets together; each of these breaks without a word in the browser."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from directory.filtering.declared import FILTERS
from maps.embeds.colours import ACCENTS
from maps.management.commands import write_filter_names
from maps.templatetags import frontend
from maps.texts import map_texts
from tools.local.network_file import BRANDS

ROOT = Path(settings.BASE_DIR)
SCRIPTS = sorted(path for path in (ROOT / "static/js").rglob("*.js") if "tests" not in path.parts)
MAP_SCRIPTS = [path for path in SCRIPTS if path.parent.name in ("map", "lib")]
STYLES = sorted((ROOT / "static/css").glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
#: The only files that may name a colour by its value: tokens in both schemes, paper, and the admin's own pages.
PALETTES = {"tokens.css", "dark.css", "print.css", "paper.css", "admin-map.css", "light.css"}


def render(source: str, **values) -> str:
    return Template("{% load frontend %}" + source).render(Context(values))


def contrast(first: str, second: str) -> float:
    """WCAG 2.2, relative luminance."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def palette(name: str, rule: str = ":root {") -> dict[str, str]:
    told = (ROOT / "static/css" / name).read_text().partition(rule)[2].partition("\n}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", told))


SCHEMES = {"light": palette("tokens.css"), "dark": palette("tokens.css") | palette("dark.css")}


@pytest.mark.parametrize("brand", BRANDS[1:])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colour_of_a_network_can_be_read(brand, scheme):
    """Links on paper and ground, and words on a filled button."""
    sheet = {"light": "tokens.css", "dark": "dark.css"}[scheme]
    own = palette(sheet, f':root:where([data-brand="{brand}"]) {{')
    assert own.keys() >= {"accent", "accent-strong", "accent-soft"}
    colours = SCHEMES[scheme] | own
    pairs = [("accent", ground) for ground in ("paper", "ground", "on-accent")]
    pairs += [("accent-strong", "accent-soft"), ("ink", "accent-soft"), ("accent-strong", "paper")]
    assert {pair: found for pair in pairs if (found := contrast(*(colours[name] for name in pair))) < 4.5} == {}


def test_a_page_says_whose_colour_it_has(settings):
    settings.NETWORK = SimpleNamespace(brand="plum")
    assert render("{% brand %}") == "plum"


@pytest.mark.parametrize("brand", BRANDS)
def test_tab_light_pages_and_embeds_have_the_colour_of_a_network(brand, settings):
    settings.NETWORK = SimpleNamespace(brand=brand)
    accent = ACCENTS[brand]
    name = render("{% brand_mark %}").removeprefix("/static/").partition("?")[0]
    assert accent in Path(find(name)).read_text(encoding="utf-8")
    tokens, light = (Path(find(f"css/{one}.css")).read_text(encoding="utf-8") for one in ("tokens", "light"))
    assert f"--accent: {accent};" in tokens
    assert f"color: {accent};" in light


def test_pins_carry_pictograms_that_differ():
    codes = [family["code"] for family in json.loads((ROOT / "fixtures/vocabulary/families.json").read_text())]
    drawn = [frontend.family_icon(code) for code in codes]
    assert len(set(drawn)) == len(codes)
    assert all(drawn)
    assert frontend.family_icon("unheard") == ""
    assert {f"family-{code}" for code in codes} <= set(frontend.SCRIPT_ICONS)
    only = re.findall(r'<symbol id="icon-([\w-]+)"', frontend.icon_symbols("family-"))
    assert only == [f"family-{code}" for code in codes]


def test_every_module_is_in_the_import_map_with_the_nonce():
    request = RequestFactory().get("/")
    request.csp_nonce = "n0nce"
    page = render("{% import_map %}", request=request)
    assert 'nonce="n0nce"' in page
    addresses = json.loads(re.search(r">(.*)</script>", page, re.S)[1])["imports"]
    wanted = {name for path in SCRIPTS for name in re.findall(r'from "([^"]+)"', path.read_text())}
    assert wanted
    assert not {name for name in wanted if name not in addresses}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_build_no_markup_and_stay_short(path):
    text = path.read_text()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text)
    assert len(text.splitlines()) <= 200


def test_scripts_and_server_agree_on_the_texts():
    scripts = [path.read_text() for path in MAP_SCRIPTS]
    asked = {key for text in scripts for key in re.findall(r'\bt\("(\w+)"', text)}
    literals = {word for text in scripts for word in re.findall(r'"(\w+)"', text)}
    assert asked <= set(map_texts()), "a script asks for a text that the server does not send"
    assert map_texts().keys() - {""} <= literals, "the server sends a text that no script shows"


def test_scripts_draw_only_icons_that_the_page_carries():
    scripts = [path.read_text() for path in MAP_SCRIPTS]
    drawn = {name for text in scripts for name in re.findall(r'icon\("([\w-]+)"\)', text)}
    tables = [table for text in scripts for table in re.findall(r"_ICONS = \{([^}]+)\}", text)]
    drawn |= {name for table in tables for name in re.findall(r'"([\w-]+)"', table)}
    assert {"badge-check", "ban"} <= drawn
    assert drawn <= set(frontend.SCRIPT_ICONS)
    assert set(frontend.SCRIPT_ICONS) <= set(frontend._icons())


def test_numbers_have_a_text_for_each_plural_category_of_the_language():
    with override("en"):
        assert map_texts()["services"] == {"one": "%(n)s service", "other": "%(n)s services"}
    with override("ru"):
        assert map_texts()["services"] == {
            "one": "%(n)s услуга",
            "few": "%(n)s услуги",
            "many": "%(n)s услуг",
            "other": "%(n)s услуг",
        }


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_hold_no_style_and_no_handler(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son\w+=[\"']|javascript:|\|safe\b|autoescape off", text)
    assert not [
        tag for tag in re.findall(r"<script[^>]*>", text) if not re.search('src=|nonce=|type="application/json"', tag)
    ]


def test_no_line_of_a_template_is_wider_than_a_screen():
    """The formatter breaks what it can; a tag of Django, an address or a class stays whole."""
    wide = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > 140
    ]
    assert wide == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_colours_come_from_the_tokens(path):
    if path.name not in PALETTES:
        found = set(re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,)\s])", path.read_text()))
        assert found <= {"#fff"}, "white is for QR codes alone"


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_style_sheets_use_only_tokens_that_exist(path):
    known = set(re.findall(r"--([\w-]+):", (ROOT / "static/css/tokens.css").read_text()))
    text = path.read_text()
    own = set(re.findall(r"--([\w-]+):", text)) | {"gap", "drag", "size", "shade"}
    if path.name == "admin.css":
        own |= set(re.findall(r"--([\w-]+):", Path(find("admin/css/base.css")).read_text()))
    assert set(re.findall(r"var\(--([\w-]+)", text)) <= known | own


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "ground", "ground-2"])
@pytest.mark.parametrize("text", ["ink", "ink-2", "ink-3", "accent", "ok", "sun", "rose", "stale"])
def test_text_can_be_read(scheme, ground, text):
    colours = SCHEMES[scheme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("family", ["health", "harm", "support", "law", "safety", "life", "network", "pin-stale"])
def test_pins_stand_out(scheme, family):
    colours = SCHEMES[scheme]
    assert contrast(colours[family], colours["map-land"]) >= 3
    assert contrast(colours[family], colours["map-water"]) >= 3
    assert contrast(colours[family], colours["on-pin"]) >= 4.5


def test_periods_of_time_do_not_break():
    assert render("{{ text|unbroken }}", text="10:00–13:00, 14:00–19:00").count("\u2060") == 4


def test_names_make_one_enumeration():
    assert render("{{ names|in_a_row }}", names=["На месте", "По телефону", "ТБ"]) == "На месте, по телефону, ТБ"
    assert render("{{ name|lower_first }}", name="") == ""


def test_script_and_styles_mean_the_same_phone():
    narrow = re.search(r'NARROW = "([^"]+)"', (ROOT / "static/js/map/sheet.js").read_text())[1]
    for name in ("app.css", "filters.css", "embed.css"):
        assert f"@media {narrow} {{" in (ROOT / "static/css" / name).read_text()


def test_scripts_and_server_agree_on_the_filters():
    told = write_filter_names.PATH.read_text(encoding="utf-8")
    assert told == write_filter_names.script(), "run bin/manage write_filter_names"


def test_the_form_asks_for_filters_that_scripts_may_carry():
    text = "".join(path.read_text() for path in (ROOT / "templates/maps").glob("_filter*.html"))
    asked = {name for names in re.findall(r'data-params="([a-z_ ]+)"', text) for name in names.split()}
    asked |= set(re.findall(r'param="(\w+)"', text)) | set(re.findall(r"facets\.(\w+)", text))
    declared = {name for name, one in FILTERS.items() if one.in_address and one.offered != ()}
    assert asked - {"near"} == declared


def test_the_button_that_prints_stands_in_one_place():
    """Whoever writes it anew forgets that a script shows it, or listens to it twice."""
    found = [str(path.relative_to(ROOT)) for path in TEMPLATES if "data-print" in path.read_text()]
    assert found == ["templates/components/print.html"]
    scripts = [path.name for path in (ROOT / "static" / "js").rglob("*.js") if "data-print" in path.read_text()]
    assert sorted(scripts) == ["page.js", "page.test.js"]


def test_a_percent_sign_in_a_sentence_of_a_page_does_not_keep_it_from_being_translated():
    """The framework asks the catalogue for two signs where the template has one."""
    told = {
        tag: text
        for path in TEMPLATES
        for tag, text in re.findall(r'(\{% translate "([^"]*%[^"]*)".*? %\})', path.read_text(encoding="utf-8"))
    }
    with override("ru"):
        shown = {text: Template("{% load i18n %}" + tag).render(Context()) for tag, text in told.items()}
    assert len(shown) > 3 and [text for text, seen in shown.items() if seen == text] == []


@pytest.mark.parametrize(("language", "said"), [("ru", "1\u00a0000\u00a0000"), ("en", "1,000,000")])
def test_long_numbers_stand_in_threes(language, said):
    with override(language):
        assert frontend.in_threes("1000000 услуг в 9999 местах") == f"{said} услуг в 9999 местах"


def test_on_paper_no_state_is_painted_and_no_menu_is_printed():
    """A sheet that paints one state of five says that the others are less; a menu cannot be pressed there."""
    tokens, paper = ((ROOT / "static/css" / name).read_text() for name in ("tokens.css", "print.css"))
    soft = set(re.findall(r"(--[a-z]+-soft):", tokens.split("}")[0]))
    assert soft <= set(re.findall(r"(--[a-z]+-soft): #ffffff", paper))
    hidden = paper[: paper.index("display: none")].rpartition("}")[2]
    assert {".desk-nav", ".no-print"} <= set(re.findall(r"\.[a-z-]+", hidden))
    assert "no-print" in (ROOT / "templates/components/messages.html").read_text()
