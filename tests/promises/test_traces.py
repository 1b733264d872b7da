"""The judge of traces sees a file too many, and a word where none may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.promises.traces import TOKENS, _left, _showing
from tests.ui.person import listing


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("home/.config/x.conf", True),
        ("home/tmp/qt.cache", True),
        ("key/elsewhere.txt", True),
        ("key/Coffre-copy", True),
        ("key/Coffre/session/1/tmp", False),
        ("key/programme/selfdata.ini", False),
        ("key/programme/session/1/tmp", False),
        ("key/programme/vault_app/x.pyc", True),
    ],
)
def test_only_the_vault_and_three_names_on_the_key_may_change(name: str, *, wrong: bool, tmp_path: Path) -> None:
    for folder in ("home/tmp", "key/Coffre", "key/programme/vault_app"):
        (tmp_path / folder).mkdir(parents=True)
    before = listing(tmp_path)
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(b"x")
    assert (name in set(_left(before, listing(tmp_path)))) is wrong


def test_a_word_is_found_in_a_file_and_in_a_name(tmp_path: Path) -> None:
    (tmp_path / "key" / "programme").mkdir(parents=True)
    (tmp_path / "key" / "log").write_bytes(b"\0" + TOKENS[1] + b"\0")
    (tmp_path / TOKENS[0].decode()).write_bytes(b"")
    (tmp_path / "innocent").write_bytes(b"qzv")
    assert sorted(_showing(tmp_path)) == sorted(["key/log", TOKENS[0].decode()])
