"""Commands that look: items, series, stats, search."""

from __future__ import annotations

import argparse

from vault_app import words
from vault_app.cli import shown
from vault_app.cli.doors import DONE, Refused, opened
from vault_app.explore import facts, finding, measures
from vault_app.explore.fact import plain
from vault_app.explore.selection import Selection, kind, moment


def selection(options: argparse.Namespace) -> Selection:
    """The selection that the flags describe. Raises BadSelection."""
    return Selection(
        sources=tuple(options.source),
        kinds=tuple(kind(name) for name in options.kind),
        since=moment(options.since) if options.since else None,
        until=moment(options.until, end=True) if options.until else None,
        text=getattr(options, "text", ""),
        party=options.party,
    )


def items_command(options: argparse.Namespace) -> int:
    """Facts, newest first, undated ones last; or how many."""
    chosen = selection(options)
    with opened(options) as vault:
        if options.count:
            count = facts.count(vault, chosen)
            print(count if not options.json else f'{{"count": {count}}}')
            return DONE
        _print(facts.facts(vault, chosen), options)
    return DONE


def search_command(options: argparse.Namespace) -> int:
    """Facts with these words, newest first."""
    with opened(options) as vault:
        _print(finding.find(vault, " ".join(options.words), selection(options)), options)
    return DONE


def series_command(options: argparse.Namespace) -> int:
    """All series; or the samples of those of one name."""
    with opened(options) as vault:
        if options.name is None:
            rows = [measures.series_json(row) for row in measures.series(vault)]
            if options.json:
                shown.as_lines(rows)
            for row in [] if options.json else rows:
                print(f"{shown.safe(row['name']):<32} {row['unit']:<12} {row['n']:>10}  {shown.safe(row['source'])}")
            return DONE
        found = measures.named(vault, options.name)
        if not found:
            raise Refused("no-such-series")
        for entry in found:
            lines = measures.samples_json(vault, entry)
            if options.json:
                shown.as_lines(lines)
                continue
            for line in lines:
                print(f"{line['start']}  {line['value']} {line['unit']}")
    return DONE


def stats_command(options: argparse.Namespace) -> int:
    """Totals by source, kind and series."""
    with opened(options) as vault:
        totals = measures.stats(vault)
    if options.json:
        shown.as_json(totals)
        return DONE
    for source, kinds in totals["items"].items():
        for name, count in kinds.items():
            print(f"{shown.safe(source):<14} {words.kind(kind(name), words.language()).many:<24} {count:>10}")
    for row in totals["series"]:
        print(f"{shown.safe(row['source']):<14} {shown.safe(row['name']):<24} {row['n']:>10}")
    return DONE


def _print(found: facts.Facts, options: argparse.Namespace) -> None:
    if options.json:
        shown.as_lines(plain(fact) for fact in found)
        return
    for fact in found:
        print(shown.fact_line(fact, words.language()))
