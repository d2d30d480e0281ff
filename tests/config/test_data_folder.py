import fcntl
import os
import stat
from pathlib import Path

import pytest

from robust import __version__
from robust.config import data_folder
from robust.config.data_folder import ANY_KIND, DataFolder, usual_place
from robust.config.words import Refused


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(path=tmp_path / "data", kind="real")
    folder.prepare()
    return folder


def refusal(call, *arguments):
    with pytest.raises(Refused) as refused:
        call(*arguments)
    return str(refused.value)


def test_a_folder_can_be_prepared_again(folder):
    folder.stamp()
    folder.prepare()

    assert (folder.path / "version").read_text() == f"{__version__}\n"


def test_a_folder_that_may_not_be_written_in_is_refused(folder, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: path != folder.path)  # root may write everywhere

    said = f"You may not write in the data folder {folder.path}. Choose another with --data FOLDER."
    assert refusal(folder.prepare) == said


def test_a_demo_is_not_put_where_real_work_lies(folder):
    demo = DataFolder(path=folder.path, kind="demo")

    said = f"{folder.path} holds real work, so no demo hospital is put there. Choose another folder."
    assert refusal(demo.prepare) == said


def test_real_work_does_not_begin_in_a_demo(tmp_path):
    DataFolder(path=tmp_path, kind="demo").prepare()

    said = f"{tmp_path} holds a demo hospital, whose password everybody knows. Choose another folder."
    assert refusal(DataFolder(path=tmp_path, kind="real").prepare) == said


def test_keeping_takes_either(folder):
    DataFolder(path=folder.path, kind=ANY_KIND).prepare()

    assert (folder.path / "kind").read_text() == "real\n"


def test_a_folder_of_a_newer_version_is_left_alone(folder):
    (folder.path / "version").write_text("12.0.1\n")

    said = f"{folder.path} was last used by Robust 12.0.1, and this is {__version__}. Nothing was changed. "
    assert refusal(folder.prepare) == said + "Start version 12.0.1 or a newer one."


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").touch()
    folder = DataFolder(path=tmp_path / "file" / "data", kind="real")

    said = (
        f"The data folder {folder.path} cannot be made: Not a directory. Choose another with --data FOLDER."
    )
    assert refusal(folder.prepare) == said


def test_a_disk_that_is_nearly_full_is_refused_before_anything_is_lost(folder):
    said = refusal(folder.check_space, 10**18)

    assert said.startswith(f"The disk that holds {folder.path} is nearly full: ")
    assert said.endswith("and Robust needs 1000000000000 MB. Nothing is lost. Make room and start again.")


def test_two_do_not_work_in_one_folder(folder):
    with (folder.path / "lock").open("w") as lock:
        lock.write("4711")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)

        assert folder.is_in_use()
        said = f"Robust already works in {folder.path} (process 4711). Stop it first."
        assert refusal(folder.locked().__enter__) == said

    assert not folder.is_in_use()


def test_the_secret_key_is_made_once_and_for_its_owner_only(folder):
    key = folder.secret_key()

    assert len(key) > 50
    assert folder.secret_key() == key
    assert stat.S_IMODE((folder.path / "secret_key").stat().st_mode) == 0o600


def test_the_usual_place_is_the_systems_for_root_and_the_users_for_others(monkeypatch):
    for name in ("ROBUST_DATA_FOLDER", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert [usual_place("real"), usual_place("demo")] == [
        Path("/var/lib/robust"),
        Path("/var/lib/robust-demo"),
    ]
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert usual_place("real") == Path.home() / ".local" / "share" / "robust"
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert usual_place("demo") == Path("/data/robust-demo")
    monkeypatch.setenv("ROBUST_DATA_FOLDER", "~/robust")
    assert usual_place("real") == Path.home() / "robust"


def test_versions_are_compared_as_numbers():
    assert data_folder._parts("0.10.0") > data_folder._parts("0.9.9")
