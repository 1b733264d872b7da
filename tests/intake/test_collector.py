"""Records become frames, however large their values are: no frame is too long, and nothing is lost on the way."""

from __future__ import annotations

import io
from typing import Any

import msgspec
import numpy as np

from importers.columns import numbers, texts, times
from importers.records import NO_TIME, Handle, Item, Items, Kind, Moment, Party, Role, Samples, singly
from vault_app.intake import checks
from vault_app.intake.collector import MOST_PARTIES, Collector
from vault_app.intake.frames import FileBegin, FilePiece, ItemRows, PartyRows, SampleRows, Trouble, receive, send


class Pipe:
    """What the collector sends, through real frames."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        self.collector = Collector(lambda message: send(self._bytes, message))
        self.collector.begin("test")

    def messages(self) -> list[Any]:
        self.collector.flush()
        return list(receive(io.BytesIO(self._bytes.getvalue())))


def item(number: int, **values: Any) -> Item:
    return Item(kind=Kind.MESSAGE, key=("m", number), when=Moment(number), **values)


def test_many_short_texts_with_long_details_come_in_several_frames() -> None:
    pipe = Pipe()
    for number in range(6_000):
        pipe.collector.item(0, item(number, details={"headers": "é" * 3_000}))
    rows = [message for message in pipe.messages() if isinstance(message, ItemRows)]
    assert len(rows) > 4
    batches = [checks.item_batch(message, 1, 0) for message in rows]
    assert sum(len(batch) for batch in batches) == 6_000
    assert all(len(text) > 3_000 for batch in batches for text in batch.details)


def test_one_item_with_huge_fields_keeps_them_as_files() -> None:
    pipe = Pipe()
    huge = "漢" * 1_200_000
    pipe.collector.item(0, item(1, title=huge, text=huge, details={"x": huge}, amount="9" * 500, currency="x" * 40))
    messages = pipe.messages()
    names = [message.name for message in messages if isinstance(message, FileBegin)]
    assert set(names) == {"details.json", "text.txt", "title.txt", "amount.txt"}
    kept = sum(len(message.data) for message in messages if isinstance(message, FilePiece))
    assert kept > 3 * 3 * 1_200_000
    (rows,) = [message for message in messages if isinstance(message, ItemRows)]
    assert len(checks.item_batch(rows, 1, len(names))) == 1


def test_an_item_with_very_many_parties_keeps_all_of_them() -> None:
    pipe = Pipe()
    roles = tuple(Role("to", "x" * 900, Handle("email", f"a{n}@example.org")) for n in range(MOST_PARTIES + 1))
    pipe.collector.item(0, item(1, parties=roles))
    messages = pipe.messages()
    data = b"".join(message.data for message in messages if isinstance(message, FilePiece))
    assert len(msgspec.json.decode(data)) == len(roles)
    (rows,) = [message for message in messages if isinstance(message, ItemRows)]
    assert len(checks.item_batch(rows, 1, 1).parties[0]) == MOST_PARTIES


def test_samples_whose_texts_are_all_different_are_split_until_they_fit() -> None:
    pipe = Pipe()
    n = 40_000
    pipe.collector.samples(
        0,
        Samples(
            series="position",
            unit="deg",
            start=times(range(n)),
            value=numbers(range(n)),
            columns={"activity": texts(f"{number:06d}" + "x" * 600 for number in range(n))},
        ),
    )
    rows = [message for message in pipe.messages() if isinstance(message, SampleRows)]
    assert len(rows) > 2
    found = [checks.samples(message, 1) for message in rows]
    assert np.array_equal(np.concatenate([one.start for one in found]), np.arange(n))
    assert [text for one in found for text in one.columns["activity"].texts()][n - 1] == f"{n - 1:06d}" + "x" * 600


def test_parties_with_long_details_come_in_several_frames() -> None:
    pipe = Pipe()
    for number in range(4_000):
        pipe.collector.party(0, Party(key=(number,), name="Nom", details={"NOTE": "n" * 5_000}))
    rows = [message for message in pipe.messages() if isinstance(message, PartyRows)]
    assert len(rows) > 2
    assert sum(len(checks.party_batch(message, 1, 0)) for message in rows) == 4_000


def test_items_in_columns_arrive_as_they_do_one_by_one() -> None:
    """Among them such as must be taken by themselves: too long, out of range, without time, with half a character."""
    known, far = Role("from", "Ada", Handle("email", "ada@example.org")), 9_000_000_000_000_000
    texts = ["a", "", "long " * 300_000, "b", "c", "moitié \ud83d", "d"]
    columns = Items(
        kind=[Kind.SEARCH, Kind.WATCH, Kind.SEARCH, Kind.AD, Kind.SEARCH, Kind.SEARCH, Kind.WATCH],
        key=[("k", number) for number in range(7)],
        start=times([5, NO_TIME, 3, far, 1, 2, 4]),
        precision=np.array([1, 8, 2, 2, 2, 2, 2], np.uint8),
        title=[f"titre {number}" for number in range(7)],
        text=texts,
        lat=np.array([np.nan] * 6 + [48.5]),
        lon=np.array([np.nan] * 6 + [2.25]),
        parties=[(), (known,), (), (), (), (known,) * 20, ()],
        details=["", '{"x":1}', "", "", "", '{"y":"é"}', ""],
    )
    together, alone = Pipe(), Pipe()
    together.collector.items(0, columns)
    for one in singly([columns]):
        assert isinstance(one, Item)
        alone.collector.item(0, one)
    assert rows_of(together) == rows_of(alone)
    assert sum(isinstance(message, Trouble) for message in together.messages()) == 1


def test_many_items_in_columns_come_in_several_frames_each_in_order_of_time() -> None:
    count = 60_000
    columns = Items(
        kind=[Kind.SEARCH] * count,
        key=[("k", number) for number in range(count)],
        start=times(range(count, 0, -1)),
        precision=np.full(count, 2, np.uint8),
        title=["x" * 100] * count,
        text=[""] * count,
        lat=np.full(count, np.nan),
        lon=np.full(count, np.nan),
        parties=[()] * count,
        details=[""] * count,
    )
    pipe = Pipe()
    pipe.collector.items(0, columns)
    batches = [checks.item_batch(message, 1, 0) for message in pipe.messages()]
    assert [len(batch) for batch in batches if len(batch) > 20_000] == []
    assert len(batches) > 2
    assert np.concatenate([batch.start for batch in batches]).tolist() == list(range(1, count + 1))


def rows_of(pipe: Pipe) -> list[Any]:
    """All rows of all batches, and the sizes of the files that come with them."""
    messages = pipe.messages()
    files = sum(isinstance(message, FileBegin) for message in messages)
    rows: list[Any] = []
    for message in messages:
        if isinstance(message, ItemRows):
            batch = checks.item_batch(message, 1, files)
            names = [name for name in batch.__dataclass_fields__ if name != "files"]
            rows += [tuple(str(getattr(batch, name)[row]) for name in names) for row in range(len(batch))]
    return sorted(rows)
