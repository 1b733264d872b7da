"""Goals 3 to 6: archives of other services, against the programs that read the same or less of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from tests.perf import other_peers, services
from tests.perf.bench import TIMES, Bench, Line
from tests.perf.peers import Run


def goal_3(bench: Bench) -> Iterator[Line]:
    """Google's activities as a page of HTML."""
    count = bench.sizes.activities // 10
    archive = bench.service("pages", ".zip", lambda path: services.write_pages(path, count), count)
    what = f"{count:,} activities in HTML, stored and searchable, against google_takeout_parser, which reads"
    yield _against(3, what, bench, archive, lambda: other_peers.pages(archive), 40)


def goal_4(bench: Bench) -> Iterator[Line]:
    """Messages, against ready rows."""
    count = 2 * bench.sizes.messages
    rows = bench.place(f"rows-{count}.nl")
    archive = bench.service("messages", ".zip", lambda path: services.write_messages(path, rows, count), count)
    what = f"{count:,} Facebook messages against sqlite-utils insert + enable-fts of ready rows"
    yield _against(4, what, bench, archive, lambda: other_peers.messages(rows), 5)


def goal_5(bench: Bench) -> Iterator[Line]:
    """Mail."""
    count = bench.sizes.messages // 5
    archive = bench.service("mails", ".mbox", lambda path: services.write_mails(path, count), count)
    what = f"{count:,} mails with attachments against mbox-to-sqlite"
    yield _against(5, what, bench, archive, lambda: other_peers.mails(archive), 8)


def goal_6(bench: Bench) -> Iterator[Line]:
    """Flat files, against pandas."""
    count = 2 * bench.sizes.messages
    chat = bench.service("chat", ".txt", lambda path: services.write_chat(path, count), count)
    yield _against(
        6, f"{count:,} lines of WhatsApp against whatstk, which reads", bench, chat, lambda: other_peers.chat(chat), 1
    )
    for name, ending, how, write, size in (
        ("listening", ".zip", "json", services.write_listening, count),
        ("energy", ".csv", "energy", services.write_energy, 5 * bench.sizes.messages),
        ("bank", ".csv", "semicolon", services.write_bank, count),
        ("watching", ".csv", "comma", services.write_watching, count),
    ):
        archive = bench.service(name, ending, lambda path, write=write, size=size: write(path, size), size)
        what = f"{size:,} rows of {name} against pandas.to_sql"
        yield _against(6, what, bench, archive, lambda archive=archive, how=how: other_peers.table(how, archive), 1)


def _against(goal: int, what: str, bench: Bench, archive: Path, peer: Callable[[], Run | None], factor: float) -> Line:
    """Both in turn; the medians."""
    ours: list[float] = []
    theirs: list[float] = []
    found = 0
    for _ in range(TIMES):
        run = bench.imported("encrypted", archive)
        ours.append(run["seconds"])
        found = run["new"]
        other = peer()
        if other is None or other.failed:
            wrong = "not installed" if other is None else "it failed"
            return Line(goal, what, f"{median(ours):.2f} s, {found:,} facts; {wrong}", f">= {factor:g} x", met=None)
        theirs.append(other.seconds)
    ratio = median(theirs) / median(ours)
    figure = f"{ratio:.1f} x faster ({median(ours):.2f} s, {median(theirs):.1f} s)"
    return Line(goal, what, figure, f">= {factor:g} x", ratio >= factor)
