"""Unique words planted in everything that an archive can hold are in no file afterwards, in whatever spelling.

Nor does a command print more than its purpose asks, and nothing at all is written outside the vault folder.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from math import log2
from pathlib import Path

import pytest

from tests.cli.selfdata import PASSPHRASE, Answer, Selfdata

TOKENS = {
    "title": "Qzvtitle81037x",
    "text": "Qzvtextt20561x",
    "detail": "Qzvdetai77120x",
    "party": "Qzvparty35914x",
    "handle": "Qzvhandl66802x",
    "small file": "Qzvsmall49217x",
    "large file": "Qzvlarge13385x",
    "file name": "Qzvfnaam90446x",
    "member name": "Qzvmembr58273x",
    "archive name": "Qzvarchi24690x",
    "broken record": "Qzvbroke71159x",
    "series value": "Qzvserie82604x",
    "meter": "73915582046137",
}
PHRASE_TOKENS = {"passphrase": PASSPHRASE, "word of the passphrase": PASSPHRASE.rsplit(" ", 1)[0]}

SHOWN_BY_IMPORT = {"member name", "file name", "archive name", "broken record"}
"""What an account names: archive, members, and the place of what could not be read."""

pytestmark = pytest.mark.slow

OPENED = re.compile(r'(?:open|openat|creat|mkdir|mkdirat|rename|renameat2?|symlinkat|linkat)\(.*?"([^"]*)"(.*)')


def spellings(token: str) -> Iterator[bytes]:
    """A token as bytes, in each way in which a program could have written it."""
    plain = token.encode()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"):
        yield token.encode(encoding)
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    yield from (base64_inside(plain, before) for before in range(3))


def base64_inside(plain: bytes, before: int) -> bytes:
    """The characters that a token has in base64 whatever stands around it, with so many bytes before it (modulo 3)."""
    first = -(-before * 8 // 6)
    last = (before + len(plain)) * 8 // 6
    return base64.b64encode(bytes(before) + plain)[first:last]


def found_in(data: bytes, tokens: dict[str, str]) -> list[str]:
    """Names of the tokens that some bytes hold, in any spelling and case."""
    lower = data.lower()
    return [
        name
        for name, token in tokens.items()
        if any(spelling in data or spelling.lower() in lower for spelling in spellings(token))
    ]


def found_below(folder: Path, tokens: dict[str, str], *but: Path) -> list[tuple[str, str]]:
    """Files below a folder whose name or content holds a token."""
    files = [path for path in folder.rglob("*") if path not in but]
    names = [(path.name, name) for path in files for name in found_in(path.name.encode(), tokens)]
    held = [(path.name, name) for path in files if path.is_file() for name in found_in(path.read_bytes(), tokens)]
    return names + held


def planted_archive(folder: Path) -> Path:
    """An export that holds every token."""
    activity = {
        "header": "Recherche",
        "title": f"Vous avez recherché {TOKENS['title']}",
        "subtitles": [{"name": TOKENS["text"]}],
        "inconnu": {"profond": [TOKENS["detail"]]},
        "time": "2024-05-06T07:08:09.000Z",
        "products": ["Recherche"],
    }
    card = (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{TOKENS['party']}\r\nEMAIL:{TOKENS['handle']}@example.org\r\nEND:VCARD\r\n"
    )
    curve = (
        "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;"
        f"Etape metier;Unite;Pas en minutes\n{TOKENS['meter']};Courbe de charge;01/01/2024;02/01/2024;"
        f"Energie active;Consommation;Comptage Brut;W;30\nHorodate;Valeur\n2024-01-01T00:30:00+01:00;{TOKENS['series value']}\n"
        "2024-01-01T01:00:00+01:00;120\n"
    )
    broken = (
        json.dumps([activity, activity | {"time": TOKENS["broken record"]}])[:-1]
        + f',{{"{TOKENS["broken record"]}": tru}}]'
    )
    path = folder / f"export {TOKENS['archive name']}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"Takeout/Mon activité/{TOKENS['member name']}/MonActivité.json", json.dumps([activity]))
        archive.writestr("Takeout/Mon activité/Abîmé/MonActivité.json", broken)
        archive.writestr("Takeout/Contacts/tous.vcf", card)
        archive.writestr("Takeout/courbe.csv", curve)
        archive.writestr(f"Takeout/Drive/{TOKENS['file name']}.bin", b"\0\1" + TOKENS["small file"].encode() * 9)
        archive.writestr("Takeout/Drive/grand.bin", (b"\0\1" + TOKENS["large file"].encode()) * 9_000)
    return path


@dataclass(frozen=True)
class Life:
    """What every command said in the life of a vault, and the files outside it before and after each.

    ``full``: a copy of the vault after its import; the vault itself is empty again at the end.
    """

    selfdata: Selfdata
    archive: Path
    full: Path
    rescue: dict[str, str]
    answers: dict[str, Answer]
    outside: dict[str, tuple[set[tuple[str, int, int]], set[tuple[str, int, int]]]]
    tokens_half_way: list[tuple[str, str]]


def files_outside(selfdata: Selfdata) -> set[tuple[str, int, int]]:
    """Files and folders that are not the vault's, with size and time of change."""
    found = [path for path in selfdata.home.rglob("*") if selfdata.vault not in {path, *path.parents}]
    return {(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in found}


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    archive = planted_archive(tmp_path_factory.mktemp("downloads"))
    selfdata = Selfdata(tmp_path_factory.mktemp("home"))
    made = selfdata("init")
    assert made.code == 0
    code = made.out.strip()
    rescue = {"rescue code": code, "rescue code without dashes": code.replace("-", "")}
    half_way = _killed_half_way(selfdata, archive)
    answers: dict[str, Answer] = {"init": made}
    outside = {}
    for command in ("import", "verify", "imports", "items", "search", "stats", "series", "undo", "verify again"):
        before = files_outside(selfdata)
        answers[command] = selfdata(*_line(command, archive))
        outside[command] = before, files_outside(selfdata)
        assert answers[command].code == 0, (command, answers[command].err)
        if command == "import":
            full = shutil.copytree(selfdata.vault, tmp_path_factory.mktemp("full") / "Coffre")
    return Life(selfdata, archive, full, rescue, answers, outside, half_way)


def _line(command: str, archive: Path) -> tuple[str | Path, ...]:
    more: dict[str, tuple[str | Path, ...]] = {
        "import": (archive, "--yes"),
        "undo": ("1",),
        "items": ("--json",),
        "search": (TOKENS["title"], "--json"),
    }
    return (command.split(" ", maxsplit=1)[0], *more.get(command, ()))


def _killed_half_way(selfdata: Selfdata, archive: Path) -> list[tuple[str, str]]:
    """Kill an import as soon as it has written; the tokens in what it left."""
    process = selfdata.start("import", str(archive), "--yes")
    while process.poll() is None and not any(path.stat().st_size for path in selfdata.vault.glob("*-wal")):
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.001)
    process.kill()
    process.communicate()
    return found_below(selfdata.home, TOKENS | PHRASE_TOKENS, selfdata.home / "secret")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16-le", "utf-16-be", "hex", "HEX", "base64 0", "base64 1", "base64 2"]
)
def test_the_search_finds_a_token_in_any_spelling(encoding: str) -> None:
    token = TOKENS["title"]
    if encoding.startswith("base64"):
        data = base64.b64encode(b"x" * int(encoding[-1]) + token.encode() + b"and more")
    elif encoding.lower() == "hex":
        data = (b"xx" + token.encode()).hex().encode()
        data = data.upper() if encoding == "HEX" else data
    else:
        data = f"before {token} after".encode(encoding)
    assert found_in(b"noise" + data, TOKENS) == ["title"]


def test_the_commands_did_show_the_tokens_to_the_person(life: Life) -> None:
    shown = life.answers["items"].out
    assert {"title", "text", "detail"} <= set(found_in(shown.encode(), TOKENS))
    assert found_in(life.answers["search"].out.encode(), TOKENS)
    assert TOKENS["archive name"] in life.answers["imports"].out


def test_no_file_of_the_profile_the_vault_or_the_temporary_folder_holds_a_token(life: Life) -> None:
    tokens = TOKENS | PHRASE_TOKENS | life.rescue
    assert found_below(life.selfdata.home, tokens, life.selfdata.home / "secret") == []
    assert found_below(life.full, tokens) == []


def test_a_killed_import_leaves_no_token_either(life: Life) -> None:
    assert life.tokens_half_way == []


def test_commands_print_no_more_than_their_purpose_asks(life: Life) -> None:
    secrets = PHRASE_TOKENS | life.rescue
    for command, answer in life.answers.items():
        said = (answer.out + answer.err).encode()
        assert set(found_in(said, secrets)) <= (set(life.rescue) if command == "init" else set()), command
        allowed = {
            "import": SHOWN_BY_IMPORT,
            "imports": {"archive name"},
            "items": set(TOKENS),
            "search": set(TOKENS),
            "series": {"meter"},
            "stats": {"meter"},
        }
        assert set(found_in(said, TOKENS)) <= allowed.get(command, set()), command


def test_nothing_is_written_outside_the_vault_folder(life: Life) -> None:
    """Times of change of folders count: a temporary file that is gone again would have touched its folder."""
    for command, (before, after) in life.outside.items():
        assert after == before, command
    assert list((life.selfdata.home / "tmp").iterdir()) == []


def test_every_file_of_the_vault_but_header_and_letter_looks_like_noise(life: Life) -> None:
    known = {"header.a", "header.b", "LISEZ-MOI.txt", "lock"}
    files = [path for path in life.full.rglob("*") if path.is_file() and path.name not in known]
    assert any(path.suffix == ".db" for path in files)
    assert any(path.suffix == ".pack" for path in files)
    for path in files:
        data = path.read_bytes()
        counts = Counter(data)
        entropy = -sum(n / len(data) * log2(n / len(data)) for n in counts.values())
        assert entropy > 7.9, (path.name, entropy)


def test_an_import_and_an_undo_open_no_file_for_writing_outside_the_vault_folder(life: Life, tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("the command strace is not on this machine")
    calls = tmp_path / "calls"
    prefix = ("strace", "-f", "-A", "-qq", "-s", "4096", "-e", "trace=file", "-o", str(calls))
    tried = subprocess.run([*prefix, "true"], capture_output=True, text=True, timeout=20, check=False)
    if tried.returncode:
        pytest.skip(f"this machine refuses system-call traces: {tried.stderr.strip()[:200]}")
    selfdata = Selfdata(tmp_path / "home", prefix=prefix)
    selfdata.home.mkdir()
    shutil.copytree(life.selfdata.vault, selfdata.vault)
    calls.write_bytes(b"")
    answer = selfdata("import", life.archive, "--yes", "--json")
    assert answer.code == 0, answer.err
    assert selfdata("undo", str(answer.json()[0]["import"])).code == 0
    written = {
        match[1]
        for line in calls.read_text(encoding="utf-8", errors="replace").splitlines()
        if (match := OPENED.search(line)) and " = -1 " not in line
        if re.search(r"O_WRONLY|O_RDWR|O_CREAT", match[2]) or not re.search(r"\bopen(?:at)?\(", line)
    }
    assert any(path.startswith(str(selfdata.vault)) for path in written)
    assert {path for path in written if not path.startswith((str(selfdata.vault), "/dev/null", "/dev/tty"))} == set()
