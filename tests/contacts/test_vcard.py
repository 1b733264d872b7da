"""Contact cards: every real file gives one party a card."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing import run, sample

FILES = ("gmail-single", "rfc2426-example", "outlook-2003", "John_Doe_ANDROID", "rfc6350-example", "gmail-list")


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_gives_one_party_a_card(name: str, tmp_path: Path) -> None:
    data = sample(f"standards/vcard/{name}.vcf").read_bytes()
    copy = tmp_path / "x.bin"
    copy.write_bytes(data)
    assert len(run(copy).parties) == data.upper().count(b"BEGIN:VCARD")


def test_a_french_number_is_known_by_its_country_and_kept_as_written(tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"
    path.write_bytes(b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Rose\r\nTEL;TYPE=CELL:06 00 00 00 01\r\nNOTE:x\r\n")
    (rose,) = run(path).parties
    assert [handle.value for handle in rose.handles] == ["+33600000001"]
    assert "TEL;TYPE=CELL:06 00 00 00 01" in rose.details["lines"]  # type: ignore[index]
    assert "NOTE:x" in rose.details["lines"]  # type: ignore[index]
