"""Scripts and sheets as they are collected: one file for what a page needs, and nothing in it that was not written."""

import re
import subprocess
from fnmatch import fnmatch

import pytest
from django.conf import settings

from servicemap.statics.joined import Modules, NotJoined, joined_styles
from tools.local.environment import node

STATIC = settings.BASE_DIR / "static"
LIBRARIES = settings.LIBRARIES | settings.ON_DEMAND
SMALL = {
    "js/lib/a.js": "// A word of ours.\nexport const one = 1;\nexport function two() {\n  return 2;\n}\n",
    "js/map/b.js": 'import { one as first, two } from "#lib/a.js";\nexport const sum = first + two();\n',
    "js/pages/c.js": 'import * as L from "lib";\nimport { sum } from "#map/b.js";\nimport "#lib/a.js";\n'
    "globalThis.told = [sum, L.name];\n",
    "vendor/lib.js": 'const n="whole";export{n as name};\n',
}


def read(path):
    return (STATIC / path).read_text(encoding="utf-8")


def small(**more):
    files = SMALL | {f"js/{name.replace('__', '/')}.js": text for name, text in more.items()}
    return Modules(files.__getitem__, {"lib": "vendor/lib.js"})


def ran(script: str, tmp_path, *, ends="") -> subprocess.CompletedProcess[str]:
    (tmp_path / "script.mjs").write_text(script + ends)
    return subprocess.run([node(), tmp_path / "script.mjs"], capture_output=True, text=True, check=False)


def test_a_module_comes_with_all_that_it_imports_each_once_and_in_order(tmp_path):
    joined = small().joined("#pages/c.js")
    assert [joined.count(f'["{name}"] ??=') for name in ("#lib/a.js", "#map/b.js", "lib", "#pages/c.js")] == [1] * 4
    assert "A word of ours" not in joined
    assert ran(joined, tmp_path, ends="console.log(JSON.stringify(told));").stdout == '[3,"whole"]\n'


def test_two_files_of_a_page_share_a_module(tmp_path):
    modules = small(
        lib__state="globalThis.made = (globalThis.made ?? 0) + 1;\nexport const state = {};\n",
        pages__one='import { state } from "#lib/state.js";\nstate.one = 1;\n',
        pages__two='import { state } from "#lib/state.js";\nconsole.log(made, state.one);\n',
    )
    both = modules.joined("#pages/one.js") + "await 0;{" + modules.joined("#pages/two.js") + "}"
    assert ran(both, tmp_path).stdout == "1 1\n"


def test_what_comes_on_demand_brings_only_what_no_page_has_yet():
    modules = small(pages__d='import { one } from "#lib/a.js";\nconst later = () => import("#map/b.js");\n')
    assert modules.there_for("#map/b.js", ["#pages/c.js", "#pages/d.js"]) == {"#lib/a.js", "#pages/d.js"}
    joined = modules.joined("#map/b.js", {"#lib/a.js"}, exported=True)
    assert '["#lib/a.js"] ??=' not in joined and joined.endswith('export const { sum } = MODULES_["#map/b.js"];\n')


@pytest.mark.parametrize(
    "text",
    [
        "export default function go() {}\n",
        'export * from "#lib/a.js";\n',
        'import one from "#lib/a.js";\n',
        "export let changing = 1;\n",
    ],
)
def test_a_form_that_nobody_reads_stops_the_collecting(text):
    with pytest.raises(NotJoined):
        small(pages__odd=text).joined("#pages/odd.js")


def test_a_circle_stops_the_collecting():
    circle = small(map__x='import { y } from "#map/y.js";\n', map__y='import { x } from "#map/x.js";\n')
    with pytest.raises(NotJoined, match="imported by what it imports"):
        circle.joined("#map/x.js")


def test_every_page_of_ours_is_joined_into_a_script_that_parses(tmp_path):
    modules = Modules(read, LIBRARIES)
    paths = [path.relative_to(STATIC).as_posix() for path in (STATIC / "js").rglob("*.js")]
    begun = sorted(path for path in paths if any(fnmatch(path, one) for one in settings.BEGINNINGS))
    assert {"js/site.js", "js/map/element.js", "js/map/mini.js"} < set(begun)
    for number, path in enumerate([*begun, *settings.ON_DEMAND.values()]):
        name = modules.name(path)
        script = modules.joined(name, exported=bool(modules.exports(name)))
        assert not re.search(r"(?m)^(import|export) (?!const \{)", script), path
        (tmp_path / f"{number}.mjs").write_text(script)
    scripts = sorted(tmp_path.glob("*.mjs"))
    checks = [subprocess.run([node(), "--check", script], capture_output=True, text=True) for script in scripts]
    assert [check.stderr for check in checks if check.returncode] == []


def test_every_script_of_a_page_begins_or_comes_on_demand():
    """A template that names another file would be given it unjoined, with imports that nothing can find."""
    named = {
        path
        for template in (settings.BASE_DIR / "templates").rglob("*.html")
        if "admin" not in template.parts
        for path in re.findall(r"type=\"module\" src=\"\{% static '([^']+)'", template.read_text(encoding="utf-8"))
    }
    assert named and {path for path in named if not any(fnmatch(path, one) for one in settings.BEGINNINGS)} == set()
    demanded = {
        name
        for path in (STATIC / "js").glob("[!t]*/*.js")
        for name in re.findall(r'import\("([^"]+)"\)', read(path.relative_to(STATIC)))
    }
    assert demanded == set(settings.ON_DEMAND)


def test_sheets_are_one_in_their_order_with_addresses_from_where_it_lies():
    sheets = {
        "css/a.css": '/* Ours. */\n.a { src: url("../fonts/a.woff2"); }\n',
        "vendor/l/l.css": ".l { background: url(images/l.png); }\n.d { fill: url(data:x); }\n",
        "css/dark.css": ":root { --a: 1; }\n",
    }
    named = ["css/a.css", "vendor/l/l.css", ("css/dark.css", "print")]
    joined = joined_styles(named, sheets.__getitem__, "css/of/x.css")
    assert joined.split("\n") == [
        '.a { src: url("../../fonts/a.woff2"); }',
        "",
        '.l { background: url("../../vendor/l/images/l.png"); }',
        ".d { fill: url(data:x); }",
        "",
        "@media print {",
        ":root { --a: 1; }",
        "}",
        "",
    ]


def test_every_sheet_that_is_named_is_there():
    for group, sheets in settings.SHEETS.items():
        assert len(sheets) == len(set(sheets))
        assert joined_styles(sheets, read, f"css/of/{group}.css")
