"""YouTube's tables in CSV: headers in any language and order, texts in segments, two tables in one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.records import Handle, Item, Kind, Moment, Precision, Role
from tests.google.test_fixtures import FIXTURES
from tests.importing import Run, run

TABLES = FIXTURES / "youtube" / "Takeout" / "YouTube et YouTube Music"


def read(tmp_path: Path, text: str) -> Run:
    (tmp_path / "x.csv").write_text(text, encoding="utf-8")
    return run(tmp_path)


def only(found: Run) -> Item:
    (item,) = found.items
    return item


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('"{""takeoutSegments"":[{""text"":""Bonjour ""},{""text"":""!""}]}"', "Bonjour !"),
        ('"{""text"":""Bonjour""},{""text"":""\\n""},{""text"":""tous""}"', "Bonjour\ntous"),
        ('"{""text"":""Seul""}"', "Seul"),
        ("sans segments", "sans segments"),
        ('"{""mention"":""@quelqu’un""}"', '{"mention":"@quelqu’un"}'),
    ],
)
def test_the_text_of_a_comment_is_put_together_and_its_cell_is_kept(tmp_path: Path, cell: str, text: str) -> None:
    header = "Channel ID,Comment create timestamp,Price,Comment ID,Parent Comment ID,Video ID,Comment text"
    item = only(read(tmp_path, f"{header}\nUCx,2024-06-07T08:09:10.5+00:00,0,Ug1,,vid,{cell}\n\n\n"))
    assert (item.kind, item.key, item.stable, item.text) == (Kind.POST, ("youtube-text", "Ug1"), True, text)
    assert item.when == Moment(1_717_747_750_500_000, None, Precision.MILLISECOND)
    assert item.parties == (Role("author", "", Handle("id", "UCx")),)
    assert "Comment text" in item.details


def test_the_order_of_columns_and_the_language_do_not_change_the_identity() -> None:
    found = run(FIXTURES / "youtube")
    assert ("youtube-text", "UgInvented001") in {item.key for item in found.items}
    assert ("youtube-text", "UgInvented002") in {item.key for item in found.items}


def test_a_table_with_many_unknown_columns_finds_its_known_ones() -> None:
    item = only(run(TABLES / "playlists" / "playlists.csv"))
    assert (item.key, item.title) == (("youtube-playlist", "PLinvented0001"), "Vélo")
    assert item.when == Moment(1_683_356_889_000_000)
    assert item.details["Visibilité de la playlist"] == "Privée"  # type: ignore[index]


def test_a_video_in_a_playlist_is_a_bookmark_at_the_time_it_was_added() -> None:
    first, second = run(TABLES / "playlists" / "Vidéos de Vélo.csv").items
    assert (first.kind, first.title) == (Kind.BOOKMARK, "https://www.youtube.com/watch?v=inventedAA01")
    assert first.when == Moment(1_683_356_940_000_000)
    assert second.when == Moment(1_683_349_800_000_000, 120)
    assert first.details["playlist"] == "Vélo"  # type: ignore[index]
    assert "Vélo" not in first.key


@pytest.mark.parametrize("name", ["Vidéos de Été.csv", "Été-videos.csv", "Été.csv", "Vidéos\u00a0de Été.csv"])
def test_the_name_of_a_playlist_is_that_of_its_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Video ID,Playlist Video Creation Timestamp\nx,2023-01-01T00:00:00+00:00\n")
    assert only(run(tmp_path)).details["playlist"] == "Été"  # type: ignore[index]


def test_an_old_file_holds_the_playlist_and_then_its_videos() -> None:
    found = run(TABLES / "playlists" / "Vieille liste.csv")
    assert [item.kind for item in found.items] == [Kind.OTHER, Kind.BOOKMARK, Kind.BOOKMARK]
    assert len({item.key for item in found.items}) == 3
    assert not found.notices


def test_a_row_that_is_too_long_is_told_and_kept() -> None:
    found = run(TABLES / "commentaires" / "commentaires.csv")
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("google-csv-row", "line 3")]
    assert found.items[1].details["column 8"] == "une cellule de trop"  # type: ignore[index]


def test_a_column_name_that_stands_twice_loses_no_cell(tmp_path: Path) -> None:
    item = only(read(tmp_path, "Channel Id,Channel Url,Channel Title,Note,Note\nUCx,http://y,Chaîne,un,deux\n"))
    assert item.details["Note"] == "un"  # type: ignore[index]
    assert item.details["Note column 5"] == "deux"  # type: ignore[index]


def test_a_quote_that_is_never_closed_costs_its_own_row_and_is_told(tmp_path: Path) -> None:
    rows = [f"UC{n},http://y/{n},Chaîne {n}\n" for n in range(4)]
    rows[1] = rows[1].replace("Chaîne", '"Chaîne')
    found = read(tmp_path, "Channel Id,Channel Url,Channel Title\n" + "".join(rows))
    assert [item.key[1] for item in found.items] == ["UC0", "UC1", "UC2", "UC3"]
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("table-cut", "line 3")]


def test_a_table_that_is_cut_off_gives_what_it_holds_and_says_so(tmp_path: Path) -> None:
    found = read(tmp_path, "Channel Id,Channel Url,Channel Title\nUC0,http://y/0,Chaîne 0\nUC1,http://y")
    assert [item.key[1] for item in found.items] == ["UC0", "UC1"]
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("table-cut", "line 3")]
