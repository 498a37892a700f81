"""Scripts of deploy/ can be read by the shells that run them, and refuse in words what they cannot do."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
SCRIPTS = sorted(DEPLOY.glob("*.sh"))
LIBRARIES = ("lib.sh", "parts.sh")
#: What functions of a library tell the script on purpose.
TOLD = {"told_anew", "changed_certificate", "code", "dry", "release"}
_FUNCTION = re.compile(r"^[a-z_]+\(\) [{(].*?^[)}]", re.MULTILINE | re.DOTALL)
_ASSIGNED = re.compile(r"(?:^|[;&|({ ])([a-z_]+)=(?!=)", re.MULTILINE)
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|^ *#.*$", re.MULTILINE)


def said(*command: str | Path) -> tuple[int, str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=30)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_its_shell_reads_it(script: Path) -> None:
    shell = "bash" if "bash" in script.read_text().splitlines()[0] else "sh"
    assert said(shell, "-n", script) == (0, "")


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="no shellcheck on this machine")
def test_shellcheck_finds_nothing() -> None:
    assert said("shellcheck", *SCRIPTS) == (0, "")


def assigned(text: str) -> set[str]:
    return set(_ASSIGNED.findall(_QUOTED.sub("''", text)))


@pytest.mark.parametrize("script", ["host.sh", "upgrade.sh", "restore.sh"])
def test_no_function_of_a_library_changes_a_name_of_the_script(script: str) -> None:
    """In a shell every name is everybody's: the way back once led to a file that a function had looked for."""
    own = assigned((DEPLOY / script).read_text())
    inner = set().union(*(assigned("\n".join(_FUNCTION.findall((DEPLOY / one).read_text()))) for one in LIBRARIES))
    assert {"stands", "new"} <= inner
    assert (own & inner) - TOLD == set()


@pytest.mark.parametrize(
    ("script", "given", "words"),
    [
        ("host.sh", [], "domain is missing"),
        ("host.sh", ["map"], "«map»"),
        ("host.sh", ["map.example.org;reboot"], "or is none"),
        ("host.sh", ["map.example.org", "other.example.org"], "One domain"),
        ("host.sh", ["map.example.org", "--mail"], "--mail needs a value"),
        ("host.sh", ["map.example.org", "--wrong"], "--wrong is not known"),
        ("host.sh", ["map.example.org", "--backup-key", "AGE-SECRET-KEY-1"], "public half"),
        ("host.sh", ["map.example.org", "--certificate", "/nowhere", "--key", "/nowhere"], "two files"),
        ("upgrade.sh", ["--wrong"], "--wrong is not known"),
        ("restore.sh", ["--to"], "--to needs a value"),
        ("restore.sh", ["--wrong"], "--wrong is not known"),
        ("backup.sh", [], "nightly|dump"),
    ],
)
def test_what_it_cannot_do_is_refused_in_words(script: str, given: list[str], words: str) -> None:
    """With --dry-run where there is one: on a machine that could be set up, nothing is set up by this test."""
    code, text = said(DEPLOY / script, *(["--dry-run", *given] if script == "host.sh" else given))
    assert code and words in text
