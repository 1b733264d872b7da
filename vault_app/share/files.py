"""Writing files that leave the vault: whole in the end, or left beside as ``.part``. Never a temporary file.

All files of an export are written into a folder ``NAME.part``, synced and read again. Only then does the folder get
its name, in one step, so that whatever interrupts an export leaves nothing that could be taken for one.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from vault_app.vault import durable

PART = ".part"
_INSIDE = "export"
_BLOCK = 1 << 20
_OURS = re.compile(r"(?:facts|dictionary|series-\d+-[a-z0-9_-]{0,60})\.[a-z]{3,5}")
"""Files of an export that was interrupted; nothing else is ever removed."""


class FileExists(Exception):
    """Something of that name is there already; nothing is written over."""


class ReadsBackOtherwise(Exception):
    """What stands on the medium is not what was written."""


class Hashed:
    """A file being written, with the hash and size of what was written so far."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, text: str) -> None:
        """Write text as UTF-8."""
        data = text.encode("utf-8", "replace")
        self._stream.write(data)
        self._hash.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        """Hash of all bytes so far, hex."""
        return self._hash.hexdigest()


class Leaving:
    """Files on their way into the folder ``out``: in ``part`` until ``arrive``.

    ``out`` may be new or empty: then it appears at once with all files. Or it holds other things: then the files are
    moved into it one by one at the end, and keep away from names that are taken.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._alone = _replaceable(out)
        self.part = parts(out)[0 if self._alone else -1]
        self._hashes: dict[str, str] = {}

    @contextmanager
    def file(self, name: str) -> Iterator[Hashed]:
        """A new file; it is synced when the block ends. Raises FileExists and OSError."""
        if not self._alone and (self._out / name).exists():
            raise FileExists
        with (self.part / name).open("xb") as stream:
            written = Hashed(stream)
            yield written
            stream.flush()
            os.fsync(stream.fileno())
        self._hashes[name] = written.sha256

    def arrive(self) -> None:
        """Read all files again and give them their place. Raises ReadsBackOtherwise and OSError."""
        for name, expected in self._hashes.items():
            if _hash(self.part / name) != expected:
                raise ReadsBackOtherwise
        durable.sync_folder(self.part)
        if self._alone:
            with suppress(FileNotFoundError):
                self._out.rmdir()
            self.part.rename(self._out)
            try:
                durable.sync_folder(self._out.parent)
            except OSError:
                self._out.rename(self.part)
                raise
            return
        for name in self._hashes:
            (self.part / name).rename(self._out / name)
        self.part.rmdir()
        durable.sync_folder(self._out)

    def begin(self) -> None:
        """Make the folder; what an interrupted export left there is removed. Raises FileExists and OSError."""
        if self.part.is_symlink() or (self.part.exists() and not self.part.is_dir()):
            raise FileExists
        if self.part.exists():
            if not is_ours(self.part):
                raise FileExists
            shutil.rmtree(self.part)
        self.part.mkdir(parents=True)

    def give_up(self) -> None:
        """Remove everything that was written."""
        shutil.rmtree(self.part, ignore_errors=True)


@contextmanager
def leaving(out: Path) -> Iterator[Leaving]:
    """Files for a folder; they appear together when the block ends, or not at all.

    Raises FileExists, ReadsBackOtherwise and OSError.
    """
    files = Leaving(out)
    files.begin()
    try:
        yield files
        files.arrive()
    except BaseException:
        files.give_up()
        raise


def sweep(place: Path, names: str) -> int:
    """Remove what interrupted exports of such names (``*`` for anything) left in a folder; returns how many there were.

    Folders that hold anything but files of an export are not touched. Raises OSError.
    """
    left = [path for path in place.glob(names + PART) if path.is_dir() and not path.is_symlink() and is_ours(path)]
    for path in left:
        shutil.rmtree(path)
    return len(left)


def parts(out: Path) -> tuple[Path, ...]:
    """Where the files of an export to a folder may stand until they arrive: beside it, and inside it at the end."""
    inside = out / (_INSIDE + PART)
    return (out.with_name(out.name + PART), inside) if out.name else (inside,)


def is_ours(part: Path) -> bool:
    """Whether a folder holds nothing but files of an export. Raises OSError."""
    return all(map(is_exported, part.iterdir()))


def is_exported(path: Path) -> bool:
    """Whether something is a file of an export; a link to such a file is none."""
    return bool(_OURS.fullmatch(path.name)) and path.is_file() and not path.is_symlink()


def _replaceable(out: Path) -> bool:
    """Whether a folder can get the place of this one: it is not there, or empty and no more than a folder."""
    if not out.exists() and not out.is_symlink():
        return True
    plain = out.is_dir() and not out.is_symlink() and not out.is_mount()
    return plain and not any(out.iterdir()) and os.access(out.parent, os.W_OK)


def _hash(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            found.update(block)
    return found.hexdigest()
