"""USB keys without hardware: an image with FAT or exFAT, mounted through a driver that is a process, and so can be killed.

Killing the driver is what pulling the key out is to the application: every call fails from that moment, and what the
driver had not written down is lost. What it had handed to the system is kept, so a key that loses its own cache is not
tried here but in R1.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

KINDS = {
    "exFAT": ("mkfs.exfat", "mount.exfat-fuse", "losetup"),
    "FAT": ("mkfs.fat", "fusefat"),
    "NTFS": ("mkfs.ntfs", "ntfs-3g"),
}
"""Programs that each needs, first its maker and its driver. Debian: exfatprogs, exfat-fuse, dosfstools, fusefat, ntfs-3g."""

_FLAGS = {"FAT": ("-f", "-s", "-o", "rw+"), "NTFS": ("-o", "no_detach")}
"""Without ``-s`` fusefat mixes up what several threads ask of it."""

SIZE = 24 << 20
"""Bytes of a key."""

_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
_PATIENCE = 10.0
"""Seconds that a mount may take."""


def missing(kind: str) -> str:
    """Why keys of a kind cannot be had here; empty when they can."""
    if sys.platform != "linux":
        return "needs Linux"
    absent = [name for name in (*KINDS[kind], "umount") if shutil.which(name, path=_PATH) is None]
    if absent:
        return f"{kind}: without {', '.join(absent)}"
    if not os.access("/dev/fuse", os.R_OK | os.W_OK):
        return f"{kind}: /dev/fuse is closed to this user"
    if os.geteuid():
        return f"{kind}: loop devices and umount need the right to mount"
    return ""


def unfit(kind: str, where: Path) -> str:
    """What a driver gets wrong without any pull, so that nothing on it proves anything; empty when it is sound.

    ``where``: a folder to try it in. fusefat 0.1a mixes up a file that is open twice.
    """
    place = where / "mount"
    place.mkdir()
    stick = Stick(kind, where / "stick.img", place)
    stick.format()
    try:
        stick.plug()
        return "" if _keeps(place / "twice.bin") else f"{kind}: the driver mixes up a file that is open twice"
    except (NoMount, OSError) as error:
        return f"{kind}: the driver fails without any pull: {type(error).__name__}"
    finally:
        stick.clear()


def _keeps(path: Path) -> bool:
    """Whether what is written through two handles of one file is what is read through them."""
    chance, model = random.Random(5), bytearray()
    handles = [os.open(path, os.O_RDWR | os.O_CREAT) for _ in range(2)]
    try:
        for _ in range(100):
            at, data = chance.randrange(len(model) + 1), chance.randbytes(chance.choice((24, 300, 4096, 8192)))
            os.pwrite(chance.choice(handles), data, at)
            model[at : at + len(data)] = data
            if os.pread(chance.choice(handles), SIZE, 0) != model:
                return False
    finally:
        for handle in handles:
            os.close(handle)
    return path.read_bytes() == model


class NoMount(Exception):
    """The driver did not start; the text is what it said."""


@dataclass
class Stick:
    """One key. ``image``: a file; ``place``: an empty folder where it appears."""

    kind: str
    image: Path
    place: Path
    _driver: subprocess.Popen[bytes] | None = None
    _loop: str = ""
    _log: Path = field(init=False)

    def __post_init__(self) -> None:
        self._log = self.image.with_suffix(".log")

    def format(self) -> None:
        """A new, empty file system."""
        with self.image.open("wb") as file:
            file.truncate(SIZE)
        maker = shutil.which(KINDS[self.kind][0], path=_PATH) or ""
        _run(maker, *(("--quick", "--force") if self.kind == "NTFS" else ()), str(self.image))

    def plug(self) -> None:
        """It appears. Raises NoMount."""
        source, line = str(self.image), [shutil.which(KINDS[self.kind][1], path=_PATH) or ""]
        if self.kind == "exFAT":
            self._loop = source = _run("losetup", "--find", "--show", source).strip()
            line += ["-d", source, str(self.place)]
        else:
            line += [*_FLAGS[self.kind], source, str(self.place)]
        with self._log.open("wb") as log:
            self._driver = subprocess.Popen(line, stdout=log, stderr=log)
        end = time.monotonic() + _PATIENCE
        while not os.path.ismount(self.place):
            if self._driver.poll() is not None or time.monotonic() > end:
                self.clear()
                raise NoMount(self._log.read_text("utf-8", "replace")[-300:])
            time.sleep(0.002)

    def pull(self) -> None:
        """Out, at once and whatever is going on."""
        assert self._driver is not None, "it is plugged in"
        self._driver.send_signal(signal.SIGKILL)
        self._driver.wait()

    def clear(self) -> None:
        """Let the system forget it; call it when nobody holds its files any more."""
        if self._driver is not None and self._driver.poll() is None:
            self.pull()
        with suppress(subprocess.CalledProcessError):
            _run("umount", "--lazy", str(self.place))
        if self._loop:
            _run("losetup", "--detach", self._loop)
            self._loop = ""

    def eject(self) -> None:
        """Out in peace: everything is written down."""
        assert self._driver is not None, "it is plugged in"
        _run("umount", str(self.place))
        self._driver.wait(_PATIENCE)
        self.clear()


def _run(name: str, *arguments: str) -> str:
    environment = {**os.environ, "PATH": _PATH}
    environment.pop("LD_PRELOAD", None)
    return subprocess.run([name, *arguments], check=True, capture_output=True, text=True, env=environment).stdout
