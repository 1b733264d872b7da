"""The folder of a vault and the lock that one process holds."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from vault_app.vault import durable
from vault_app.vault import folder as folders
from vault_app.vault.errors import FolderInUse
from vault_app.vault.folder import BALLAST_BYTES, VaultFolder
from vault_app.vault.lock import VaultInUse, VaultLock

TRY = """
import sys
from pathlib import Path
from vault_app.vault.lock import VaultInUse, VaultLock
try:
    VaultLock(Path(sys.argv[1]))
    print("got it")
except VaultInUse as error:
    print(error.holder.pid, error.holder.instance)
"""


def other_process(path):
    line = [sys.executable, "-c", TRY, str(path)]
    return subprocess.run(line, capture_output=True, text=True, check=True).stdout.strip()


def test_a_second_start_is_told_who_holds_the_vault(tmp_path):
    with VaultLock(tmp_path / "lock") as held:
        assert other_process(tmp_path / "lock") == f"{os.getpid()} {held.instance}"
        assert other_process(tmp_path / "lock") == f"{os.getpid()} {held.instance}"
    assert other_process(tmp_path / "lock") == "got it"


def test_the_same_process_cannot_take_it_twice_nor_lose_it_by_trying(tmp_path):
    with VaultLock(tmp_path / "lock"):
        with pytest.raises(VaultInUse):
            VaultLock(tmp_path / "lock")
        assert other_process(tmp_path / "lock").startswith(str(os.getpid()))
    VaultLock(tmp_path / "lock").release()


def test_the_lock_of_a_killed_process_is_free(tmp_path):
    code = TRY + "\nimport os, signal\nprint(flush=True)\nos.kill(os.getpid(), signal.SIGKILL)"
    subprocess.run([sys.executable, "-c", textwrap.dedent(code), str(tmp_path / "lock")], check=False)
    VaultLock(tmp_path / "lock").release()


def test_of_many_starts_at_once_exactly_one_gets_it(tmp_path):
    code = TRY.replace("VaultLock(Path(sys.argv[1]))", "kept = VaultLock(Path(sys.argv[1]))") + "sys.stdin.read()"
    code = code.replace('print("got it")', 'print("got it", flush=True)').replace("instance)", "instance, flush=True)")
    line = [sys.executable, "-c", code, str(tmp_path / "lock")]
    started = [subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(8)]
    said = [process.stdout.readline().strip() for process in started]
    for process in started:
        process.communicate()
    assert said.count("got it") == 1


def test_the_lock_file_names_no_computer_and_no_person(tmp_path):
    with VaultLock(tmp_path / "lock") as held:
        plain = json.loads((tmp_path / "lock").read_bytes())
    assert plain == {"instance": held.instance, "pid": os.getpid()}
    assert len(bytes.fromhex(held.instance)) == 16
    assert (tmp_path / "lock").read_bytes() == b""


def test_a_new_folder_says_what_it_is_in_two_languages_and_keeps_a_reserve(tmp_path):
    folder = VaultFolder(tmp_path / "deep" / "Mon coffre")
    folder.create()
    assert sorted(path.name for path in folder.root.iterdir()) == ["LISEZ-MOI.txt", "ballast", "packs"]
    text = (folder.root / "LISEZ-MOI.txt").read_text(encoding="utf-8-sig")
    assert "CECI EST UN COFFRE" in text
    assert "THIS IS A VAULT" in text
    assert "docs/vault-format.md" in text
    assert (folder.root / "ballast").stat().st_size == BALLAST_BYTES
    if os.name == "posix":
        assert folder.root.stat().st_mode & 0o777 == 0o700
    folder.release_ballast()
    assert not (folder.root / "ballast").exists()
    assert folder.take_ballast()
    assert folder.strangers("vault-00000000.db") == []
    (folder.root / "photo.jpg").touch()
    assert folder.strangers("vault-00000000.db") == ["photo.jpg"]


def test_a_folder_that_holds_something_is_no_place_for_a_new_vault(tmp_path, bare):
    (tmp_path / "photo.jpg").touch()
    for root in (tmp_path, bare.folder.root):
        with pytest.raises(FolderInUse):
            VaultFolder(root).create()


def test_creating_again_after_an_unfinished_attempt_works(tmp_path):
    folder = VaultFolder(tmp_path / "coffre")
    folder.create()
    folder.create()
    assert not folder.exists()


def test_whole_writes_replace_longer_content_and_stay_in_place(tmp_path):
    path = tmp_path / "file"
    durable.write_whole(path, b"long content")
    before = path.stat().st_ino
    durable.write_whole(path, b"short")
    assert path.read_bytes() == b"short"
    assert path.stat().st_ino == before
    durable.rename(path, tmp_path / "other")
    durable.remove(tmp_path / "other")
    durable.remove(tmp_path / "other")
    assert list(tmp_path.iterdir()) == []


def test_a_stick_whose_files_end_at_4_gib_is_known_by_the_mount_table():
    table = (
        "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
        "40 22 8:1 / /media/ma\\040cl\u00e9 rw,nosuid - vfat /dev/sda1 rw,uid=1000\n"
        "41 22 8:2 / /media/ma\\040cl\u00e9/deep rw - exfat /dev/sdb1 rw\n"
    )
    for place, kind in (
        ("/media/ma cl\u00e9/Coffre", "vfat"),
        ("/media/ma cl\u00e9/deep/x", "exfat"),
        ("/home", "ext4"),
    ):
        assert folders._file_system(table, Path(place)) == kind
    assert folders.largest_file(Path("/")) is None or folders.largest_file(Path("/")) == folders.FAT_FILE_BYTES


def test_a_drive_that_refuses_the_name_in_the_lock_leaves_it_free(tmp_path, monkeypatch):
    def refuses(descriptor: int, content: bytes) -> int:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, "write", refuses)
        with pytest.raises(OSError):
            VaultLock(tmp_path / "lock")
    VaultLock(tmp_path / "lock").release()
