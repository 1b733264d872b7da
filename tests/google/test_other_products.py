"""Products of Takeout that nothing here reads: they are kept, whatever they hold, and disturb nothing."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.importing import run, sample

NOTE = {"color": "DEFAULT", "isTrashed": False, "title": "Liste", "textContent": "pain", "createdTimestampUsec": 1}
SIDECAR = {"title": "IMG_1.jpg", "photoTakenTime": {"timestamp": "0", "formatted": "1 janv. 1970, 00:00:00 UTC"}}
OTHERS: dict[str, bytes] = {
    "Keep/Liste.json": json.dumps(NOTE).encode(),
    "Keep/Liste.html": b"<html><head><title>Liste</title></head><body><div class='content'>pain</div></body></html>",
    "Google\u00a0Photos/Photos from 2023/IMG_1.jpg.supplemental-metadata.json": json.dumps(SIDECAR).encode(),
    "Google\u00a0Photos/Photos from 2023/IMG_1.jpg": b"\xff\xd8\xff\xe0" + bytes(range(256)),
    "Google\u00a0Photos/Sans titre(9)/m\u00e9tadonn\u00e9es.json": b'{"title": ""}',
    "Chrome/History.json": json.dumps({"Browser History": [{"title": "x", "url": "y", "time_usec": 1}]}).encode(),
    "Chrome/Bookmarks.html": b"<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><A HREF='https://x.example'>x</A></DL>",
    "Google Play\u00a0Store/Installs.json": b'[{"install": {"doc": {"title": "x"}, "firstInstallationTime": "y"}}]',
    "Fit/All Data/x.json": b'{"Data Source": "x", "Data Points": []}',
    "Profil/Profil.json": b'{"displayName": "Jo", "emails": []}',
    "Drive/sans suffixe": b"\x00\x01\x02\x03" * 50,
    "Drive/broken.json": b'{"title": "x", "time": ',
    "Maps (vos adresses)/Avis.json": b'{"type": "FeatureCollection", "features": []}',
    "T\u00e2ches/Tasks.json": b'{"kind": "tasks#taskLists", "items": []}',
    "Drive/vide.json": b"",
}


def test_every_member_is_accounted_for_and_no_reader_fails(tmp_path: Path) -> None:
    path = tmp_path / "takeout-20240803T120500Z-001.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in OTHERS.items():
            archive.writestr(f"Takeout/{name}", data)
    found = run(path)
    assert sum(found.outcomes.values()) == len(OTHERS)
    assert not [notice for _, notice in found.notices if notice.reason == "importer-failed"]
    assert not [path for path, reader in found.readers.items() if reader.startswith("google.my_activity")]
    assert found.ended["Takeout/Drive/vide.json"].why == "google-empty"


@pytest.mark.parametrize("folder", ["keep", "photos-fr", "photos-2025"])
def test_real_notes_and_photos_do_not_fail(folder: str) -> None:
    path = sample(f"google/{folder}")
    found = run(path)
    assert sum(found.outcomes.values()) == sum(file.is_file() for file in path.rglob("*"))
    assert not [notice for _, notice in found.notices if notice.reason == "importer-failed"]
