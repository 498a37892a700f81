"""The traps of a private cluster: root, 0700 homes, long socket paths, stale pid files, several versions."""

import os
import shutil
import socket
import stat
import tempfile
from pathlib import Path

import pytest

from tools.local import binaries, cluster, paths
from tools.local.shell import Failure


def install(root: Path, version: str, *, postgis: bool = True) -> Path:
    """A Debian layout: programs under usr/lib, extensions under usr/share."""
    programs = root / "usr/lib/postgresql" / version / "bin"
    programs.mkdir(parents=True)
    (programs / "initdb").touch()
    share = root / "usr/share/postgresql" / version / "extension"
    share.mkdir(parents=True)
    if postgis:
        (share / "postgis.control").touch()
    return programs


def find(root: Path, major: int | None = None) -> binaries.Binaries | None:
    return binaries.find_binaries(major, places=(f"{root}/usr/lib/postgresql/*/bin",))


def make(folder: Path, **more: object) -> cluster.Cluster:
    programs = binaries.Binaries(folder, 17)
    fields = {"data": folder / "data", "socket_dir": folder / "run", "user": None, **more}
    return cluster.Cluster(paths.TESTING, programs, **fields)  # type: ignore[arg-type]


# -- which programs


def test_the_newest_version_that_has_postgis_is_taken(tmp_path: Path) -> None:
    install(tmp_path, "9", postgis=True)
    expected = install(tmp_path, "15", postgis=True)
    install(tmp_path, "17", postgis=False)

    found = find(tmp_path)

    assert found is not None
    assert (found.major, found.folder) == (15, expected)


def test_existing_data_ask_for_their_own_version(tmp_path: Path) -> None:
    install(tmp_path, "15")
    install(tmp_path, "17")

    found = find(tmp_path, 15)

    assert found is not None
    assert found.major == 15
    assert find(tmp_path, 16) is None


def test_homebrew_folders_are_understood(tmp_path: Path) -> None:
    programs = tmp_path / "opt/postgresql@17/bin"
    programs.mkdir(parents=True)
    (programs / "initdb").touch()
    extensions = tmp_path / "opt/postgresql@17/share/postgresql@17/extension"
    extensions.mkdir(parents=True)
    (extensions / "postgis.control").touch()

    found = binaries.find_binaries(places=(f"{tmp_path}/opt/postgresql@*/bin",))

    assert found is not None
    assert found.major == 17


def test_data_of_a_version_that_is_gone_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "PG_VERSION").write_text("12\n")
    state = {"data": str(tmp_path), "socket_dir": str(tmp_path)}
    installed = binaries.Binaries(tmp_path, 15)
    monkeypatch.setattr(cluster, "read_state", lambda profile: state)
    monkeypatch.setattr(cluster, "find_binaries", lambda major=None: installed if major is None else None)

    with pytest.raises(Failure, match="written by PostgreSQL 12; this machine has 15"):
        cluster.find_cluster(paths.TESTING)


# -- where it lives


def test_the_socket_path_is_short_however_long_the_checkout_is() -> None:
    deep = Path("/home") / ("a-very-long-folder-name/" * 12)

    socket_path = paths.default_socket_dir(deep) / paths.TESTING.socket_name

    assert len(os.fsencode(socket_path)) <= paths.LONGEST_SOCKET_PATH


def test_two_checkouts_do_not_share_a_socket() -> None:
    assert paths.default_socket_dir(Path("/a")) != paths.default_socket_dir(Path("/b"))


def test_a_socket_path_beyond_the_system_limit_is_refused_before_the_start(tmp_path: Path) -> None:
    long = make(tmp_path, socket_dir=tmp_path / ("x" * 100))

    with pytest.raises(Failure, match="too long"):
        long._make_socket_dir()


def test_an_unreachable_checkout_moves_the_data_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "can_enter", lambda folder, user: False)

    data = cluster.data_folder(paths.TESTING, "postgres", tmp_path)

    assert not data.is_relative_to(tmp_path)
    assert paths.project_hash(tmp_path) in str(data)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can try another user's rights")
def test_a_home_with_mode_0700_is_noticed() -> None:
    # Not tmp_path: pytest closes that one to others itself.
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        home = Path(folder)
        (home / "checkout").mkdir()

        home.chmod(0o755)
        assert cluster.can_enter(home / "checkout", "nobody")

        home.chmod(0o700)
        assert not cluster.can_enter(home / "checkout", "nobody")


def test_a_folder_that_somebody_else_prepared_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(Failure, match="belongs to somebody else"):
        cluster.own_folder(tmp_path / "run", None)


def test_an_own_folder_is_closed_to_others(tmp_path: Path) -> None:
    cluster.own_folder(tmp_path / "run", None)

    assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o700


# -- how it starts


def test_nothing_listens_on_the_network_and_never_as_5432(tmp_path: Path) -> None:
    options = make(tmp_path)._options()

    assert "-c listen_addresses=''" in options
    assert 5432 not in {profile.port for profile in paths.PROFILES.values()}


def test_only_the_test_cluster_gives_up_durability(tmp_path: Path) -> None:
    testing = make(tmp_path)
    development = cluster.Cluster(paths.DEVELOPMENT, testing.binaries, testing.data, testing.socket_dir, testing.user)

    assert "fsync=off" in testing._options()
    assert "fsync" not in development._options()


@pytest.mark.parametrize("pid", [os.getpid(), 2**22 + 1], ids=["a stranger's", "nobody's"])
def test_a_stale_pid_file_does_not_stop_the_start(tmp_path: Path, pid: int) -> None:
    stale = make(tmp_path)
    stale.data.mkdir()
    (stale.data / "postmaster.pid").write_text(f"{pid}\n{stale.data}\n")

    stale._drop_stale_pid()

    assert not (stale.data / "postmaster.pid").exists()


def test_a_living_server_keeps_its_pid_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    living = make(tmp_path)
    living.data.mkdir()
    (living.data / "postmaster.pid").write_text("77\n")
    monkeypatch.setattr(cluster, "arguments_of", lambda pid: f"/usr/lib/postgresql/17/bin/postgres -D {living.data}")

    living._drop_stale_pid()

    assert (living.data / "postmaster.pid").exists()


def test_running_means_that_somebody_answers_on_the_socket(tmp_path: Path) -> None:
    path = tmp_path / "s"
    assert not cluster.answers(path)

    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        assert cluster.answers(path)

    assert not cluster.answers(path)


@pytest.mark.parametrize("name", ['x"; DROP DATABASE servicemap; --', "Имя", "a-b", ""])
def test_a_database_name_is_never_sql(tmp_path: Path, name: str) -> None:
    with pytest.raises(Failure, match="small letters"):
        make(tmp_path).create_database(name)


# -- what settings read


def test_settings_follow_the_written_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVICEMAP_CLUSTER", paths.TESTING.name)
    monkeypatch.setenv("SERVICEMAP_DB", "somebody")
    (tmp_path / "var").mkdir()
    paths.write_state(paths.TESTING, data=Path("/d"), socket_dir=Path("/s"), root=tmp_path)

    found = paths.private_database(tmp_path)

    assert found == {"NAME": "somebody", "USER": "servicemap", "HOST": "/s", "PORT": paths.TESTING.port}


def test_a_copied_checkout_does_not_touch_the_first_ones_data(tmp_path: Path) -> None:
    original, copy = tmp_path / "original", tmp_path / "copy"
    (original / "var").mkdir(parents=True)
    paths.write_state(paths.TESTING, data=original / "var/postgres-test", socket_dir=Path("/s"), root=original)
    shutil.copytree(original, copy)

    assert paths.read_state(paths.TESTING, original)["socket_dir"] == "/s"
    assert paths.read_state(paths.TESTING, copy) == {}


def test_the_secret_key_is_made_once_and_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)

    first = paths.secret_key(tmp_path)

    assert len(first) >= 50
    assert paths.secret_key(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "var/secret-key").stat().st_mode) == 0o600
