"""The App Privacy Report: accesses in pairs of lines, contacts summed up."""

from __future__ import annotations

from pathlib import Path

from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "apple"


def test_the_invented_report_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "privacy-report", FIXTURES / "privacy-report.golden.jsonl", regenerate=regenerate)


def test_a_real_report_gives_148_accesses_and_109_contacts() -> None:
    found = run(sample("apple/app-privacy-report"))
    kinds = [item.key[0] for item in found.items]
    assert (kinds.count("access"), kinds.count("contact")) == (148, 109)
    assert len({item.key for item in found.items}) == 257
    assert all(item.end for item in found.items)
    assert not found.notices


def test_intervals_are_counted_and_not_lines_and_one_without_an_end_is_kept() -> None:
    found = run(FIXTURES / "privacy-report")
    (place, microphone) = (item for item in found.items if item.key[0] == "access")
    assert place.when is not None
    assert place.end is not None
    assert (place.end - place.when.us, place.when.offset) == (12_250_000, 120)
    assert microphone.end is None
    assert [(n.reason, n.position) for _, n in found.notices] == [("json-broken", "line 4")]


def test_a_report_under_another_name_and_cut_short_shares_its_keys(tmp_path: Path) -> None:
    (file,) = (FIXTURES / "privacy-report").iterdir()
    lines = file.read_bytes().splitlines(keepends=True)
    (tmp_path / "a.bin").write_bytes(b"".join(lines[:2]))
    part = {item.key for item in run(tmp_path / "a.bin").items}
    assert len(part) == 2
    assert part < {item.key for item in run(FIXTURES / "privacy-report").items}
