"""Running programs, waiting for each other, remembering what was done, and the ways that a command can end."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from tools.local import cli, prepare, shell
from tools.local.environment import variables
from tools.local.paths import TESTING, database_name, read_state, state_file, write_private
from tools.local.shell import Failure, Steps, Stopped, locked, raise_stopped_on, run


class TestRun:
    def test_what_a_program_says_is_kept_whole(self) -> None:
        code = "import sys; print('раз'); print('два', file=sys.stderr)"
        done = run([sys.executable, "-X", "utf8", "-c", code])
        assert sorted(done.stdout.split()) == ["два", "раз"]

    def test_broken_letters_do_not_break_the_reader(self) -> None:
        done = run([sys.executable, "-c", "import os; os.write(1, b'\\xff ok')"])
        assert done.stdout.endswith(" ok")

    def test_it_waits_for_nobody_at_the_keyboard(self) -> None:
        assert run([sys.executable, "-c", "import sys; print(sys.stdin.read() == '')"]).stdout.strip() == "True"

    def test_more_variables_come_on_top_of_the_present_ones(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KNOWN", "1")
        code = "import os; print(os.environ['KNOWN'] + os.environ['MORE'])"
        assert run([sys.executable, "-c", code], env={"MORE": "2"}).stdout.strip() == "12"

    def test_a_failure_that_was_expected_is_an_answer(self) -> None:
        assert run([sys.executable, "-c", "raise SystemExit(3)"], check=False).returncode == 3

    def test_of_a_long_failure_the_end_is_shown(self) -> None:
        with pytest.raises(Failure) as caught:
            run([sys.executable, "-c", "print('x' * 9000); print('the reason'); raise SystemExit(1)"])
        assert str(caught.value).endswith("the reason") and len(str(caught.value)) < 3500


class TestLock:
    def test_the_second_waits_for_the_first_and_says_so(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path, order = tmp_path / "new" / "lock", []

        def second() -> None:
            with locked(path, "waiting"):
                order.append("second")

        with locked(path):
            waiting = threading.Thread(target=second)
            waiting.start()
            deadline = time.monotonic() + 60
            while "waiting" not in capsys.readouterr().err:
                assert time.monotonic() < deadline
                time.sleep(0.01)
            order.append("first")
        waiting.join(60)
        assert order == ["first", "second"]

    def test_whoever_breaks_off_lets_the_others_in(self, tmp_path: Path) -> None:
        with pytest.raises(ZeroDivisionError), locked(tmp_path / "lock"):
            raise ZeroDivisionError
        with locked(tmp_path / "lock", "this would wait for ever"):
            pass


class TestSteps:
    def test_they_are_numbered_and_a_remark_stands_instead_of_done(self, capsys: pytest.CaptureFixture[str]) -> None:
        step = Steps(2)
        with step("Database"):
            pass
        with step("Tables") as remarks:
            remarks += ["nothing new"]
        assert capsys.readouterr().out.splitlines() == ["[1/2] Database … done", "[2/2] Tables … nothing new"]

    def test_a_step_that_somebody_stopped_has_not_failed(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(KeyboardInterrupt), Steps(1)("Server"):
            raise KeyboardInterrupt
        assert capsys.readouterr().out == "[1/1] Server … stopped\n"


def test_the_first_signal_stops_and_the_next_ones_do_not_disturb() -> None:
    before = signal.getsignal(signal.SIGUSR1)
    try:
        raise_stopped_on(signal.SIGUSR1)
        with pytest.raises(Stopped):
            os.kill(os.getpid(), signal.SIGUSR1)
        os.kill(os.getpid(), signal.SIGUSR1)
        assert signal.getsignal(signal.SIGUSR1) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGUSR1, before)


class TestPrivateFiles:
    def test_they_are_closed_to_others_and_leave_no_half_behind(self, tmp_path: Path) -> None:
        path = tmp_path / "var" / "key"
        write_private(path, "one")
        write_private(path, "two")
        assert path.read_text() == "two"
        assert path.stat().st_mode & 0o777 == 0o600
        assert [each.name for each in path.parent.iterdir()] == ["key"]


class TestFingerprints:
    def test_they_change_with_a_name_and_with_a_letter_and_not_with_the_order(self, tmp_path: Path) -> None:
        one, other = tmp_path / "a", tmp_path / "b"
        one.write_text("x")
        other.write_text("y")
        first = prepare.fingerprint([one, other])
        assert prepare.fingerprint([other, one, one]) == first
        assert prepare.fingerprint([one]) != first
        other.write_text("z")
        assert prepare.fingerprint([one, other]) != first
        other.rename(tmp_path / "c").write_text("y")
        assert prepare.fingerprint([one, tmp_path / "c"]) != first


class TestEnds:
    @pytest.fixture
    def command(self, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
        monkeypatch.setattr(sys, "argv", ["bin", "try", "a", "b"])
        monkeypatch.delenv("PYTHONPATH", raising=False)
        return monkeypatch

    def ending(self, command: pytest.MonkeyPatch, error: BaseException) -> int:
        def broken(_arguments: list[str]) -> int:
            raise error

        command.setitem(cli.COMMANDS, "try", broken)
        return cli.main()

    def test_a_command_gets_its_words_and_gives_its_code(self, command: pytest.MonkeyPatch) -> None:
        heard: list[list[str]] = []

        def keep(words: list[str]) -> int:
            heard.append(words)
            return 7

        command.setitem(cli.COMMANDS, "try", keep)
        assert cli.main() == 7
        assert heard == [["a", "b"]]

    def test_a_failure_is_a_sentence_and_no_traceback(
        self, command: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.ending(command, Failure("Install Docker.")) == 1
        assert capsys.readouterr().err == "Install Docker.\n"

    def test_a_file_of_another_user_is_named(
        self, command: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.ending(command, PermissionError(13, "no", "var/key")) == 1
        assert "var/key" in capsys.readouterr().err

    def test_ctrl_c_is_the_usual_code(self, command: pytest.MonkeyPatch) -> None:
        assert self.ending(command, KeyboardInterrupt()) == 130
        assert self.ending(command, Stopped()) == 130

    def test_a_mistake_of_ours_is_shown_whole(self, command: pytest.MonkeyPatch) -> None:
        with pytest.raises(ZeroDivisionError):
            self.ending(command, ZeroDivisionError())


def test_programs_of_the_product_find_our_own_before_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    given = variables(SERVICEMAP_DB="trial")
    assert given["PATH"].split(os.pathsep)[0].endswith("/.venv/bin")
    assert given["SERVICEMAP_DB"] == "trial"
    assert "PYTHONDONTWRITEBYTECODE" not in given and given["PYTHONPYCACHEPREFIX"]


def test_words_for_people_and_for_programs_take_different_ways(capsys: pytest.CaptureFixture[str]) -> None:
    shell.say("out")
    shell.complain("err")
    said = capsys.readouterr()
    assert (said.out, said.err) == ("out\n", "err\n")


class TestDemonstration:
    @pytest.fixture
    def asked(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
        """What manage.py was asked for, in a checkout where nothing was done yet."""
        monkeypatch.setattr(prepare, "STAMPS", tmp_path / "stamps")
        monkeypatch.setattr(prepare, "ROOT", tmp_path)
        monkeypatch.delenv("DATABASE_URL", raising=False)
        monkeypatch.delenv("DEMO_NETWORK", raising=False)
        return []

    def load(self, asked: list[tuple[str, ...]]) -> str | None:
        def manage(*words: str) -> str:
            asked.append(words)
            return ""

        return prepare.load_demonstration(manage)

    def test_it_is_loaded_once_in_the_life_of_a_database(self, asked: list[tuple[str, ...]]) -> None:
        assert self.load(asked) is None
        assert self.load(asked) == "already there"
        assert asked == [("load_demo", "--if-empty")]

    @pytest.mark.parametrize("word", ["off", "OFF", "0", "no", "false"])
    def test_it_is_left_out_where_nobody_wants_it(
        self, asked: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, word: str
    ) -> None:
        monkeypatch.setenv("DEMO_NETWORK", word)
        assert self.load(asked) == "not wanted"
        assert asked == []

    def test_a_load_that_broke_off_is_tried_again(self, asked: list[tuple[str, ...]]) -> None:
        def broken(*_words: str) -> str:
            raise Failure("no space left")

        with pytest.raises(Failure):
            prepare.load_demonstration(broken)
        assert self.load(asked) is None

    def test_catalogues_are_compiled_again_when_one_is_missing(
        self, asked: list[tuple[str, ...]], tmp_path: Path
    ) -> None:
        source = tmp_path / "locale" / "ru" / "LC_MESSAGES" / "django.po"
        source.parent.mkdir(parents=True)
        source.write_text("")

        def compile_now(*words: str) -> str:
            asked.append(words)
            source.with_suffix(".mo").touch()
            return ""

        outcomes = [prepare.compile_catalogues(compile_now) for _time in range(2)]
        source.with_suffix(".mo").unlink()
        assert [*outcomes, prepare.compile_catalogues(compile_now)] == [None, "nothing new", None]
        assert len(asked) == 2

    @pytest.mark.parametrize("content", [None, "", "{", "[1"])
    def test_without_logins_nothing_is_said_about_them(
        self, asked: list[tuple[str, ...]], tmp_path: Path, content: str | None
    ) -> None:
        if content is not None:
            (tmp_path / "var").mkdir()
            (tmp_path / "var" / "demo-logins.json").write_text(content)
        assert prepare.demonstration_logins() == []

    def test_each_role_of_the_demonstration_has_its_line(self, asked: list[tuple[str, ...]], tmp_path: Path) -> None:
        (tmp_path / "var").mkdir()
        logins = {"editor": {"email": "editor@example.org", "password": "слова"}}
        (tmp_path / "var" / "demo-logins.json").write_text(json.dumps(logins))
        (line,) = prepare.demonstration_logins()
        assert line.split() == ["editor", "editor@example.org", "слова"]


@pytest.mark.parametrize(("given", "name"), [(None, "servicemap"), ("", "servicemap"), ("trial", "trial")])
def test_a_database_may_be_named_from_outside(monkeypatch: pytest.MonkeyPatch, given: str | None, name: str) -> None:
    if given is None:
        monkeypatch.delenv("SERVICEMAP_DB", raising=False)
    else:
        monkeypatch.setenv("SERVICEMAP_DB", given)
    assert database_name() == name


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"root": "/somewhere/else", "data": "/x"}'])
def test_a_state_that_cannot_be_read_or_is_of_another_checkout_counts_as_none(
    tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        state_file(TESTING, tmp_path).parent.mkdir(parents=True)
        state_file(TESTING, tmp_path).write_text(content)
    assert read_state(TESTING, tmp_path) == {}
