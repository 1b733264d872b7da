"""The fence of the reading process and of the application, proven by trying to get out. Linux; elsewhere skipped."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest

from vault_app import words
from vault_app.intake import fence
from vault_app.intake.fence import calls, landlock, seccomp

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the fence was tried on Linux only")
needs_filters = pytest.mark.skipif(not seccomp.offered(), reason="this kernel offers no system-call filters")


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python code in a process of its own."""
    line = [sys.executable, "-c", textwrap.dedent(code), *arguments]
    return subprocess.run(line, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("attacked")
    (folder / "victim").write_text("untouched", encoding="ascii")
    with zipfile.ZipFile(folder / "archive.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("numbers.json", json.dumps(list(range(1000))))
    line = [sys.executable, "-m", "tests.intake.hostile", str(folder / "archive.zip"), str(folder)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    found["left"] = sorted(path.name for path in folder.iterdir())
    found["victim"] = (folder / "victim").read_text(encoding="ascii")
    return found


@needs_filters
def test_every_hostile_action_of_the_reading_process_is_refused(answers):
    assert len(answers["answers"]) >= 30
    assert {name: answer for name, answer in answers["answers"].items() if not answer.startswith("refused")} == {}
    assert answers["left"] == ["archive.zip", "victim"]
    assert answers["victim"] == "untouched"


def test_reading_an_open_archive_goes_on_behind_the_fence(answers):
    assert answers["works"] == {"sum": 499_500, "text": "é"}


def test_the_layers_that_hold_are_named(answers):
    expected = {"limits", "hidden-memory"}
    expected |= {layer.name for layer in fence.available() if layer.holds and layer.name in {"landlock", "seccomp"}}
    assert set(answers["layers"]) == expected


@pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock switched on")
def test_landlock_alone_refuses_files_and_leaves_open_ones(tmp_path):
    (tmp_path / "open").write_text("read me", encoding="ascii")
    done = run(
        """
        import os, sys
        from vault_app.intake.fence import landlock
        file = open(sys.argv[1] + "/open", "rb")
        assert landlock.close_files() > 0
        for action in (lambda: os.open(sys.argv[1] + "/open", os.O_RDONLY), lambda: os.listdir(sys.argv[1]),
                       lambda: os.open(sys.argv[1] + "/new", os.O_WRONLY | os.O_CREAT),
                       lambda: os.unlink(sys.argv[1] + "/open"), lambda: os.kill(os.getppid(), 15)):
            try:
                action()
                print("DONE")
            except PermissionError:
                print("refused")
        print(file.read().decode())
        """,
        str(tmp_path),
    )
    refused = 5 if landlock.version() >= 6 else 4
    if landlock.version() < 6:
        pytest.skip("this kernel's Landlock does not know signals yet")
    assert done.stdout.split("\n")[:-1] == ["refused"] * refused + ["read me"], done.stderr


@needs_filters
def test_threads_that_began_before_the_lock_are_closed_too(tmp_path):
    done = run(
        """
        import os, sys, threading
        from vault_app.intake import fence
        go, said = threading.Event(), []
        def late():
            go.wait()
            try:
                os.open(sys.argv[1], os.O_RDONLY)
                said.append("DONE")
            except PermissionError:
                said.append("refused")
        thread = threading.Thread(target=late)
        thread.start()
        fence.lock_reader(1.0, 64)
        go.set()
        thread.join()
        print(said[0])
        """,
        str(tmp_path),
    )
    assert done.stdout.strip() == "refused", done.stderr


def test_a_reader_that_never_ends_is_ended_by_its_share_of_processor_time():
    done = run(
        """
        from vault_app.intake.fence import limits
        limits.SECONDS_PER_GIB = 10
        limits.bound(0.1, 64)
        while True:
            pass
        """
    )
    assert done.returncode < 0


def test_the_memory_of_a_closed_process_is_hidden_and_it_leaves_no_core():
    done = run(
        """
        import os, resource
        from vault_app.intake import fence
        print(fence.hide_memory(), resource.getrlimit(resource.RLIMIT_CORE), os.stat("/proc/self/mem").st_uid)
        """
    )
    assert done.stdout.startswith("True (0, 0) 0"), done.stderr


@needs_filters
def test_the_application_reaches_local_sockets_only_and_so_do_its_children():
    attempt = """
import ctypes, errno, subprocess, sys, _socket
def family(number):
    try:
        _socket.socket(number, 1, 0).close()
        return "opened"
    except PermissionError:
        return "refused"
    except OSError as error:
        return errno.errorcode[error.errno]
"""
    done = run(
        attempt
        + """
from vault_app.intake import fence
assert fence.deny_network()
ring = ctypes.CDLL(None, use_errno=True).syscall(ctypes.c_long(425), 1, 0)
print(*[family(number) for number in (1, 2, 10, 16, 17, 40)], ring, ctypes.get_errno() == errno.EPERM)
a, b = _socket.socketpair()
print(subprocess.run([sys.executable, "-c", sys.argv[1] + "print(family(1), family(2), family(10))"],
                     capture_output=True, text=True).stdout.strip())
""",
        attempt,
    )
    assert done.stdout.splitlines() == [
        "opened refused refused refused refused refused -1 True",
        "opened refused refused",
    ], done.stderr


@needs_filters
def test_the_application_works_behind_its_filter():
    done = run(
        """
        import os, sqlite3, subprocess, tempfile, threading
        from vault_app.intake import fence
        fence.deny_network()
        thread = threading.Thread(target=int)
        thread.start()
        thread.join()
        with tempfile.TemporaryDirectory() as folder:
            sqlite3.connect(folder + "/x.db").execute("create table t(a)")
        print(subprocess.run(["true"]).returncode)
        """
    )
    assert done.stdout.strip() == "0", done.stderr


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import socket; socket.gethostname()",
        "import urllib.request; urllib.request.urlopen('http://localhost/')",
        "import http.client; http.client.HTTPConnection('localhost').connect()",
        "import webbrowser; webbrowser.GenericBrowser('true').open('https://localhost/')",
        "import sys; sys.audit('os.startfile', 'x', 'open')",
    ],
)
def test_the_tripwire_stops_python_code_that_wants_to_leave_the_machine(attempt):
    code = "from vault_app import tripwire; tripwire.arm(); tripwire.arm()\n" + attempt
    done = run(code)
    assert done.returncode == 1
    assert "NetworkRefused" in done.stderr


def test_the_link_button_may_hand_over_a_link_but_opens_no_socket():
    done = run(
        """
        import sys
        from vault_app import tripwire
        tripwire.arm()
        with tripwire.opening_a_link():
            sys.audit("webbrowser.open", "https://example.org/")
            try:
                sys.audit("socket.connect", None, ("example.org", 80))
            except PermissionError:
                print("socket refused")
        try:
            sys.audit("webbrowser.open", "https://example.org/")
        except PermissionError as error:
            print("refused again", "example" in str(error))
        """
    )
    assert done.stdout.splitlines() == ["socket refused", "refused again False"], done.stderr


def test_call_numbers_are_those_of_this_machine_s_headers():
    """Facts against their source, where the kernel's headers are installed."""
    found = [
        Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
        Path("/usr/include/asm-generic/unistd.h"),
    ]
    if not all(path.exists() for path in found):
        pytest.skip("the kernel's headers are not installed")
    for column, path in enumerate(found):
        stated = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            words_of = line.split()
            if len(words_of) >= 3 and words_of[0] == "#define" and words_of[2].isdigit():
                stated[words_of[1].removeprefix("__NR_").removeprefix("__NR3264_")] = int(words_of[2])
        wrong = {
            name: (numbers[column], stated[name])
            for name, numbers in calls.NUMBERS.items()
            if name in stated and numbers[column] != stated[name]
        }
        assert wrong == {}


def test_what_this_system_offers_is_told_and_has_a_sentence():
    names = [layer.name for layer in fence.available()]
    assert names == ["limits", "landlock", "seccomp", "network"]
    assert all(layer.tried for layer in fence.available())
    for name in ("network-refused", "fence-missing"):
        for tongue in words.LANGUAGES:
            assert words.sentence("errors", name, tongue, what="x") != name


def test_time_zones_codecs_and_late_modules_are_usable_behind_the_fence():
    done = run(
        """
        import datetime
        from vault_app.intake import fence
        fence.lock_reader(0.1, 32)
        from zoneinfo import ZoneInfo
        print(datetime.datetime(2024, 7, 1, tzinfo=ZoneInfo("Europe/Paris")).utcoffset(),
              datetime.datetime.strptime("2024", "%Y").year, "é".encode("mac-roman").hex(), b"\\x82".decode("cp850"))
        """
    )
    assert done.stdout.split() == ["2:00:00", "2024", "8e", "é"], done.stderr
