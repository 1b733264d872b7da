"""An import that is killed at any moment is resumed to the same vault, removed whole, or was never there.

The process that is killed is the real command ``selfdata import`` (and ``undo``), by SIGKILL, at moments drawn from
a seed over its whole run. Moments are shares of the processor time that an uninterrupted run takes, so a busy machine
moves none of them. Between two starts the vault is looked at in a copy, so that the next start finds it as the killed
one left it.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.selfdata import PASSPHRASE, Selfdata
from tests.intake.large_archive import write_large_archive
from tests.seen import everything
from tests.vault.bare_vault import QUICK
from vault_app.explore import facts, finding, measures
from vault_app.explore.selection import Selection
from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import recognise
from vault_app.intake.session import run_import
from vault_app.vault.vault import Vault

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="kills and looks for left processes as Linux does"),
]

KILLS = 50
UNDO_KILLS = 10
CHAIN = 10
"""Kills of one vault before its import may come to an end."""

BEFORE, FIRST, BETWEEN, COMPLETING, DONE = "before", "before the first commit", "between commits", "completing", "done"


@dataclass(frozen=True)
class World:
    """A vault without imports, the archive, the vault after an uninterrupted import, and what that took (ns).

    ``reading_time``: of ``import_time`` what passed until the second reading process was there: the first one only looks.
    """

    empty: Path
    archive: Path
    whole: Path
    expected: dict[str, str]
    import_time: int
    reading_time: int
    undo_time: int


@contextmanager
def opened(folder: Path) -> Iterator[Vault]:
    vault = Vault.open(folder, PASSPHRASE)
    try:
        yield vault
    finally:
        vault.close()


def phase(vault: Vault) -> str:
    """Where the import of a vault was killed."""
    if vault.imports.complete():
        return DONE
    if not vault.imports.running():
        return BEFORE
    connection = vault.read()
    members, done = connection.execute("SELECT count(*), sum(outcome <> '') FROM member").fetchone()
    if done == members:
        return COMPLETING
    (stored,) = connection.execute("SELECT count(*) FROM item").fetchone()
    return BETWEEN if done or stored else FIRST


def processor_time(pid: int) -> int:
    """Nanoseconds that a process has computed so far."""
    return sum(
        int(path.read_text(encoding="ascii").split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat")
    )


def whole_time(command: Selfdata, *arguments: str | Path) -> tuple[int, int]:
    """Run a command to its end; returns the nanoseconds that it computed until its second child, and in all, about."""
    process = command.start(*map(str, arguments))
    begun = last = 0
    readers: set[int] = set()
    while process.poll() is None:
        with suppress(OSError, ValueError, IndexError):
            last = max(last, processor_time(process.pid))
            readers.update(_children(process.pid))
            begun = last if len(readers) < 2 else begun
        _wait(process, 0.002)
    _, err = process.communicate()
    assert process.returncode == 0, err
    return begun, last


def killed_at(command: Selfdata, moment: float, *arguments: str | Path) -> bool:
    """Start a command, kill it when it has computed so many nanoseconds; False when it had ended by itself."""
    process = command.start(*map(str, arguments))
    readers: set[int] = set()
    while process.poll() is None:
        with suppress(OSError, ValueError, IndexError):
            readers.update(_children(process.pid))
            if processor_time(process.pid) >= moment:
                break
        _wait(process, 0.002)
    ended = process.poll() is not None
    process.send_signal(signal.SIGKILL)
    process.communicate()
    for reader in readers:
        assert _ends(reader), "the reading process outlives its parent"
    return not ended


def _wait(process: subprocess.Popen[str], seconds: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        found = [path.read_text(encoding="ascii").split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
        return [int(child) for children in found for child in children]
    return []


def _ends(pid: int) -> bool:
    """Whether a process that nobody waits for ends within some seconds; a zombie has ended."""
    limit = time.monotonic() + 10
    while time.monotonic() < limit:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state in "ZX":
            return True
        os.sched_yield()
    return False


def a_copy_of(vault: Path, home: Path) -> Selfdata:
    command = Selfdata(home)
    shutil.copytree(vault, command.vault)
    return command


def looked_at(command: Selfdata) -> Path:
    """A copy of a vault as it lies there, to be opened without touching the vault itself."""
    copy = command.home / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    return shutil.copytree(command.vault, copy)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    home = tmp_path_factory.mktemp("whole")
    empty = home / "empty"
    Vault.create(empty, PASSPHRASE, profile=QUICK).vault.close()
    archive = write_large_archive(home)
    command = a_copy_of(empty, home / "import")
    reading_time, import_time = whole_time(command, "import", archive, "--yes")
    assert 0 < reading_time < import_time
    with opened(command.vault) as vault:
        expected = everything(vault)
    undone = a_copy_of(command.vault, home / "undo")
    _, undo_time = whole_time(undone, "undo", "1")
    return World(empty, archive, command.vault, expected, import_time, reading_time, undo_time)


def assert_nothing_is_seen(vault: Vault) -> None:
    assert facts.count(vault, Selection()) == 0
    assert list(facts.facts(vault, Selection())) == []
    assert list(finding.find(vault, "mot17", Selection())) == []
    assert measures.stats(vault) == {"items": {}, "series": [], "parties": 0, "first": None, "last": None}


def killed_again_and_again(world: World, home: Path, moments: list[float]) -> Counter[str]:
    """One vault: its import killed at each moment, then brought to an end; what it was doing when it was killed.

    ``moments``: 0 is where reading begins, 1 the end.
    """
    command = a_copy_of(world.empty, home)
    phases: Counter[str] = Counter()
    for moment in moments:
        computed = world.reading_time + moment * (world.import_time - world.reading_time)
        killed = killed_at(command, computed, "import", world.archive, "--yes")
        with opened(looked_at(command)) as vault:
            phases[phase(vault)] += 1
            complete = bool(vault.imports.complete())
            assert killed or complete
            if complete:
                assert everything(vault) == world.expected
            else:
                assert_nothing_is_seen(vault)
        if complete:
            shutil.rmtree(command.vault)
            shutil.copytree(world.empty, command.vault)
    assert command("import", world.archive, "--yes").code == 0
    with opened(command.vault) as vault:
        assert everything(vault) == world.expected
        assert vault.verify().problems == ()
        assert vault.imports.running() == []
    return phases


@pytest.mark.timeout(900)
def test_an_import_killed_at_any_moment_is_resumed_to_the_same_vault(world: World, tmp_path: Path) -> None:
    chance = random.Random(50)
    moments = [chance.uniform(-0.2, 1.0) for _ in range(KILLS)]
    chains = [sorted(moments[at : at + CHAIN]) for at in range(0, KILLS, CHAIN)]
    with ThreadPoolExecutor(2) as workers:
        tried = [
            workers.submit(killed_again_and_again, world, tmp_path / str(number), chain)
            for number, chain in enumerate(chains)
        ]
        phases = sum((chain.result() for chain in tried), Counter())
    assert phases.total() == KILLS
    assert sum(phases[inside] for inside in (FIRST, BETWEEN, COMPLETING)) > KILLS // 5, phases  # each operation: R3


def test_an_undo_killed_at_any_moment_is_done_wholly_or_not_at_all(world: World, tmp_path: Path) -> None:
    chance = random.Random(10)
    after: Counter[bool] = Counter()
    command = a_copy_of(world.whole, tmp_path)
    for _ in range(UNDO_KILLS):
        killed_at(command, chance.uniform(0.3, 1.0) * world.undo_time, "undo", "1")
        with opened(looked_at(command)) as vault:
            undone = not vault.imports.complete()
            after[undone] += 1
            assert vault.verify().problems == ()
            if not undone:
                assert everything(vault) == world.expected
                continue
            assert facts.count(vault, Selection()) == 0
            assert measures.stats(vault)["series"] == []
            assert vault.read().execute("SELECT count(*) FROM attachment").fetchone() == (0,)
        shutil.rmtree(command.vault)
        shutil.copytree(world.whole, command.vault)
    assert after[False] > 0


@pytest.fixture(scope="module")
def half_vault(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault whose import was killed between two commits."""
    home = tmp_path_factory.mktemp("half")
    share = 0.6
    while True:
        command = a_copy_of(world.empty, home / f"{share:.3f}")
        assert killed_at(command, share * world.import_time, "import", world.archive, "--yes")
        with opened(looked_at(command)) as vault:
            found = phase(vault)
        if found == BETWEEN:
            return command.vault
        share += -0.02 if found in {COMPLETING, DONE} else 0.05


@pytest.fixture
def half(half_vault: Path, tmp_path: Path) -> Selfdata:
    return a_copy_of(half_vault, tmp_path / "half")


def test_the_second_import_of_the_same_file_goes_on_and_says_so(world: World, half: Selfdata) -> None:
    said = half("imports")
    assert said.out == ""
    assert "selfdata undo 1" in said.err
    answer = half("import", world.archive, "--yes", "--json")
    assert "reprend" in answer.err
    assert [account["import"] for account in answer.json()] == [1]
    assert half("imports").err == ""


def test_a_half_import_that_nobody_wants_any_more_is_removed_by_undo(world: World, half: Selfdata) -> None:
    assert half("undo", "1").code == 0
    with opened(half.vault) as vault:
        assert vault.imports.running() == []
        assert vault.verify().problems == ()
        connection = vault.read()
        for table in ("item", "chunk", "attachment", "object", "member", "notice", "brought", "party", "key_block"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    assert half("undo", "1").code == 2


def test_another_archive_that_shares_facts_with_a_half_import_is_seen_whole(
    world: World, half: Selfdata, tmp_path: Path
) -> None:
    copy = tmp_path / "copie.zip"
    copy.write_bytes(world.archive.read_bytes() + b"\0" * 7)
    answer = half("import", copy, "--yes", "--json")
    assert "a été retiré" in answer.err
    assert answer.json()[0]["known"] == 0
    with opened(half.vault) as vault, opened(looked_at(a_copy_of(world.whole, tmp_path / "w"))) as whole:
        assert facts.count(vault, Selection()) == facts.count(whole, Selection())
        assert measures.stats(vault) == measures.stats(whole)
        assert vault.verify().problems == ()


def test_facts_shared_with_a_half_import_are_visible_in_whatever_way_another_comes_in(
    world: World, half: Selfdata, tmp_path: Path
) -> None:
    copy = tmp_path / "copie.zip"
    copy.write_bytes(world.archive.read_bytes() + b"\0" * 7)
    with opened(half.vault) as vault, opened(looked_at(a_copy_of(world.whole, tmp_path / "w"))) as whole:
        with closing_parts([copy]) as parts:
            run_import(vault, recognise(parts))
        assert facts.count(vault, Selection()) == facts.count(whole, Selection())
        assert vault.verify().problems == ()


def test_series_of_a_half_import_are_not_listed(half: Selfdata) -> None:
    assert half("series", "--json").lines() == []
    assert half("stats", "--json").json()["series"] == []


def test_no_pack_is_left_that_the_vault_does_not_know(world: World, half: Selfdata) -> None:
    assert half("import", world.archive, "--yes").code == 0
    with opened(half.vault) as vault:
        known = {bytes(pack).hex() for (pack,) in vault.read().execute("SELECT id FROM pack")}
    assert {path.name for path in (half.vault / "packs").iterdir()} == {f"{pack}.pack" for pack in known}
    assert half("undo", "1").code == 0
    assert list((half.vault / "packs").iterdir()) == []
