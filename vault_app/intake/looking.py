"""In the reading process: what an archive is, before anybody decides to import it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from importers.archive.errors import RefusedArchive
from importers.archive.view import View
from importers.contract import Declaration, Importer
from importers.generic.tables import SHEETS
from importers.recipes.proposal import proposals
from importers.recognition import Rulebook
from vault_app.intake.child import Channel, list_members
from vault_app.intake.estimate import estimates
from vault_app.intake.frames import Mark, Order
from vault_app.intake.proposals import MOST, as_frame


def recognise(channel: Channel, archive: View, rulebook: Rulebook, _order: Order, total: int) -> None:
    """Say what would read each member, and propose mappings for tables that nobody knows."""
    _propose(channel, archive, list_members(channel, archive, rulebook))
    channel.send(Mark(-1, 0, total, total))


def plan(channel: Channel, archive: View, rulebook: Rulebook, _order: Order, total: int) -> None:
    """The same, and how many facts are expected."""
    matched = list_members(channel, archive, rulebook)
    _propose(channel, archive, matched)
    for expected in estimates(archive, matched):
        channel.send(expected)
    channel.send(Mark(-1, 0, total, total))


def _propose(channel: Channel, archive: View, matched: Sequence[Declaration | None]) -> None:
    """Send a mapping for tables that only an importer of unknown tables reads."""
    tables = [(index, one.id) for index, one in enumerate(matched) if isinstance(one, Importer) and one.id in SHEETS]
    left = MOST
    for index, name in tables[:MOST]:
        try:
            for found in itertools.islice(proposals(archive.members[index], name), left):
                channel.send(as_frame(index, found))
                left -= 1
        except RefusedArchive:
            raise
        except Exception:  # noqa: BLE001, S112 - an untrusted file; what is wrong with it is told when it is read
            continue
