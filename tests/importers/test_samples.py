"""What every importer promises, on every real sample: nothing twice, nothing lost, any order, undone without a trace.

Counts of single samples stand beside their importers; here are the promises that hold for all of them.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from importers.archive.parts import FolderPart
from tests.importers.slices import sliced
from tests.importing import sample
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.explore import facts, measures
from vault_app.explore.fact import plain
from vault_app.explore.selection import Selection
from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import Plan, digest, recognise
from vault_app.intake.session import run_import
from vault_app.vault.imports import Account
from vault_app.vault.vault import Vault

Files = Mapping[str, bytes]

SAMPLES = {
    "google/takeout-fr-2022/takeout-20220516T075556Z-001.zip": "**/Recherche/MonActivité.json",
    "google/takeout-fr-2022/Takeout": "**/YouTube/MonActivité.json",
    "google/location": "records.json",
    "google/activity-html-en": "**/MyActivity.html",
    "netflix/fixture-2025-en": "**/ViewingActivity.csv",
    "netflix/viewing-history-fr-excerpt": "NetflixViewingHistory.csv",
    "netflix/full-2023-excerpt": "**/ViewingActivity.csv",
    "spotify/account-data-2020-fr-excerpt": "**/StreamingHistory0.json",
    "spotify/extended-2024-transcribed": "**/Streaming_History_Audio_2014-2024_0.json",
    "spotify/extended-2025-transcribed": "**/Streaming_History_Audio_2011-2026_0.json",
    "enedis": "ENEDIS_R63_P_CdC_M0000000_00001_20250313093019_extrait.csv",
    "apple/health": "**/export.xml",
    "standards/vcard": "rfc2426-example.vcf",
    "standards/icalendar": "example.ics",
    "standards/gpx": "unicode.gpx",
    "standards/csv": "gpslogger.csv",
    "banks-fr": "caisse_epargne_12345678_01112024_30112024.csv",
}
"""Each sample, and the file of it in which a broken record is planted."""

TWINS = frozenset({"gpx1.0_with_all_fields.gpx"})
"""Files that tell the same facts as another one with other details: of those the first one that comes is kept."""


@dataclass(frozen=True)
class Seen:
    """All that a vault shows, as lines of JSON."""

    stats: str
    items: tuple[str, ...]
    series: Mapping[str, tuple[str, ...]]

    def facts(self) -> tuple[Counter[str], Mapping[str, Counter[str]]]:
        """What was read, without the numbers of items and imports."""
        items: Counter[str] = Counter()
        for line in self.items:
            fact = json.loads(line)
            items[
                json.dumps({name: fact[name] for name in sorted(fact) if name not in {"id", "import", "member"}})
            ] += 1
        return items, {name: Counter(lines) for name, lines in self.series.items()}


@dataclass
class Desk:
    """A vault in which archives are imported and undone again."""

    vault: Vault

    def seen(self) -> Seen:
        series: dict[str, list[str]] = {}
        for row in measures.series(self.vault):
            name = f"{row.source} {row.name} {row.unit} {row.subject}"
            series.setdefault(name, []).extend(map(json.dumps, measures.samples_json(self.vault, row)))
        return Seen(
            stats=json.dumps(measures.stats(self.vault)),
            items=tuple(json.dumps(plain(fact)) for fact in facts.facts(self.vault, Selection())),
            series={name: tuple(lines) for name, lines in series.items()},
        )

    def bring(self, plan: Plan, files: Files) -> Account:
        """Import files as the folder of an archive that was recognised before."""
        part = folder_of(files)
        other = digest((part,))
        assert other != plan.digest, "the same archive is not read again"
        return run_import(self.vault, replace(plan, parts=(part,), digest=other, members=len(files), places=None))

    def undo(self, *accounts: Account) -> None:
        for account in accounts:
            self.vault.imports.undo(account.id)


def folder_of(files: Files) -> FolderPart:
    paths = list(files)
    entries = tuple((path, len(files[path])) for path in paths)
    return FolderPart("folder", entries, lambda index: io.BytesIO(files[paths[index]]))


def files_of(place: Path) -> Files:
    if place.is_dir():
        found = sorted(path for path in place.rglob("*") if path.is_file() and path.name not in TWINS)
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in found}
    with zipfile.ZipFile(place) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


def overlapping_halves(files: Files) -> tuple[Files, Files]:
    """Two archives that share a third: of the files, or of the records where there is one file only."""
    if len(files) > 2:
        paths, third = list(files), max(1, len(files) // 3)
        return {path: files[path] for path in paths[: len(paths) - third]}, {
            path: files[path] for path in paths[third:]
        }
    first, second = dict(files), dict(files)
    for path, data in files.items():
        pieces = None if path.endswith(".gpx") else sliced(path, data)  # half a track is another trip
        if pieces is not None:
            first[path], second[path] = pieces.halves()
    return first, second


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A vault that holds something already."""
    vault = Vault.create(tmp_path_factory.mktemp("samples") / "Coffre", PHRASE, profile=QUICK).vault
    desk = Desk(vault)
    part = folder_of({"NetflixViewingHistory.csv": b'Title,Date\n"Un film d\'avant","31/12/2001"\n'})
    desk.vault.imports.account(run_import(vault, recognise((part,))).id)
    yield desk
    vault.close()


@pytest.mark.parametrize("path", SAMPLES)
def test_a_sample_comes_in_whole_once_in_any_order_and_goes_without_a_trace(desk: Desk, path: str) -> None:
    place = sample(path)
    files = files_of(place)
    before = desk.seen()
    with closing_parts([place]) as opened:
        parts = (folder_of(files),) if place.is_dir() else opened
        plan = recognise(parts)
        assert plan.understood
        account = run_import(desk.vault, plan)
        assert run_import(desk.vault, plan).new == 0
    assert plan.members == len(files)
    assert sum(account.members.values()) == len(files)
    assert account.new > 0
    whole = desk.seen()

    halves = [desk.bring(plan, half) for half in overlapping_halves(files)]
    assert [half.new for half in halves] == [0, 0], "a second import adds nothing"
    assert desk.seen() == whole
    desk.undo(account)
    assert desk.seen().facts() == whole.facts(), "overlapping halves give the union"
    desk.undo(*halves)
    assert desk.seen() == before, "undo gives back what was there"

    if len(files) > 1:
        backwards = desk.bring(plan, dict(reversed(files.items())))
        assert desk.seen().facts() == whole.facts(), "the order of files does not matter"
        assert backwards.members == account.members
        desk.undo(backwards)

    planted = broken_in(files, SAMPLES[path])
    account = desk.bring(plan, files | planted)
    notices = [notice for notice in account.notices if notice.member in planted]
    assert any(notice.position for notice in notices), "a broken record is told with its position"
    missing = lost(whole, desk.seen())
    assert missing == [], "all other facts are imported"
    desk.undo(account)
    assert desk.seen() == before


def test_the_vault_is_sound_after_all_of_this(desk: Desk) -> None:
    assert desk.vault.verify().problems == ()


def lost(before: Seen, after: Seen) -> list[str]:
    """Facts that one shows and the other does not."""
    items, series = before.facts()
    others, samples = after.facts()
    return [*(items - others), *(line for name in series for line in series[name] - samples.get(name, Counter()))]


def broken_in(files: Files, name: str) -> Files:
    """The file of that name with a record that cannot be read in its middle."""
    (path,) = [path for path in files if path.endswith(name.removeprefix("**"))]
    pieces = sliced(path, files[path])
    assert pieces is not None
    return {path: pieces.broken(Path(path).suffix.lower())}
