"""Links of imported text: told in full, copied with a click, opened only by a second one, and never on a shared one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from tests.ui.windows import button_called, seen, texts
from vault_app.tripwire import NetworkRefused
from vault_app.ui.flows.addresses import LONGEST, MOST, addresses, read
from vault_app.ui.widgets.links import LinksButton, LinksDialog


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("see https://example.org/a?b=c#d.", ["https://example.org/a?b=c#d"]),
        ("(http://example.org:8080/x), and HTTPS://EXAMPLE.org", ["http://example.org:8080/x", "https://example.org"]),
        ("twice https://example.org https://example.org", ["https://example.org"]),
        ("<a href='https://example.org/'>bank</a>", ["https://example.org/"]),
        ("https://пример.example/é", ["https://xn--e1afmkfd.example/%C3%A9"]),
        ("https://[::1]/", ["https://[::1]/"]),
    ],
)
def test_addresses_are_found_whole_and_in_ascii(text: str, told: list[str]) -> None:
    assert [address.text for address in addresses(text)] == told


@pytest.mark.parametrize(
    "text",
    [
        "file:///etc/passwd",
        "//host/share/y.png",
        "\\\\host\\share",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "https://bank.example@evil.example/",
        "https://",
        "https://exam\u202eple.org",
        "https://example.org:99999999/",
        "https://" + "a" * LONGEST,
        "-https",
        "https://exa mple.org",
    ],
)
def test_anything_else_is_no_address(text: str) -> None:
    assert read(text) is None


def test_a_text_full_of_links_tells_a_bounded_number() -> None:
    assert len(addresses(" ".join(f"https://example.org/{n}" for n in range(10 * MOST)))) == MOST


def test_the_button_is_there_only_with_links_and_opens_nothing(qapp: QApplication) -> None:
    made = LinksButton(may_open=True)
    made.look_at("nothing here")
    assert made.isHidden()
    made.look_at("one https://example.org/long/path two https://example.net")
    assert not made.isHidden()
    assert "2" in made.text()


def test_each_address_stands_in_full_with_its_site_and_a_way_to_copy_it(qapp: QApplication) -> None:
    dialog = LinksDialog(addresses("https://example.org/" + "a" * 300), may_open=True)
    dialog.show()
    assert "https://example.org/" + "a" * 300 in texts(dialog)
    assert "example.org" in texts(dialog).split()
    button_called(dialog, QApplication.translate("LinksDialog", "Copy the address")).click()
    assert QGuiApplication.clipboard().text() == "https://example.org/" + "a" * 300
    dialog.close()


def test_on_a_shared_computer_there_is_no_way_to_open(qapp: QApplication) -> None:
    found = addresses("https://example.org/")
    for may_open, ways in ((True, 3), (False, 2)):
        dialog = LinksDialog(found, may_open=may_open)
        dialog.show()
        assert len(seen(dialog, QPushButton)) == ways
        dialog.close()


OPENING = """
import sys, webbrowser
from vault_app import tripwire
from vault_app.ui.flows.addresses import read, open_in_browser
tripwire.arm()
try:
    webbrowser.open("https://example.org/")
except tripwire.NetworkRefused:
    print("refused")
print(open_in_browser(read("https://example.org/a?b=c")))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the browser of this test is a shell script")
def test_only_the_button_reaches_the_browser_with_exactly_the_address_shown(tmp_path: Path) -> None:
    assert issubclass(NetworkRefused, PermissionError)
    browser, told = tmp_path / "browser", tmp_path / "told"
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {told}\n', encoding="utf-8")
    browser.chmod(0o700)
    environment = {"PATH": "/usr/bin:/bin", "BROWSER": str(browser), "HOME": str(tmp_path)}
    line = [sys.executable, "-c", OPENING]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["refused", "True"]
    assert told.read_text(encoding="utf-8").split() == ["https://example.org/a?b=c"]
