"""The keyring of the person's session on this computer, in which a secret may lie that opens a vault.

On Linux it is the desktop's Secret Service (freedesktop.org, "Secret Service API"), spoken by the desktop's own
library, libsecret, over the session's local socket. It is taken from the system and not shipped; where it is missing,
and on Windows and macOS, nothing is offered. A file that holds secrets in plaintext is never used: libsecret
has none.

What is kept is 32 random bytes in hex under the vault's id. They are worth nothing without the vault.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Final

from vault_app.vault.errors import NoKeyring

LABEL: Final = "Self Data Vault"
"""What the desktop's own list of secrets shows."""

SECRET_BYTES: Final = 32

_LIBRARY: Final = "libsecret-1.so.0"
_SCHEMA: Final = b"self-data-vault.key"
_ATTRIBUTE: Final = b"vault"
_SESSION_BUS: Final = 2
_TEXT: Final = 0


class _Attribute(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char_p), ("type", ctypes.c_int))


class _Schema(ctypes.Structure):
    """``SecretSchema`` of libsecret/secret-schema.h."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("flags", ctypes.c_int),
        ("attributes", _Attribute * 32),
        ("reserved", ctypes.c_int),
        ("reserved_pointers", ctypes.c_void_p * 7),
    )


class _Libraries:
    """libsecret and what it stands on. Raises OSError when one is not there."""

    def __init__(self) -> None:
        self.glib = ctypes.CDLL("libglib-2.0.so.0")
        self.gio = ctypes.CDLL("libgio-2.0.so.0")
        self.secret = ctypes.CDLL(_LIBRARY)
        pointer, text = ctypes.c_void_p, ctypes.c_char_p
        self.glib.g_hash_table_new.restype = pointer
        self.glib.g_hash_table_new.argtypes = [pointer, pointer]
        self.glib.g_hash_table_insert.argtypes = [pointer, text, text]
        self.glib.g_hash_table_unref.argtypes = [pointer]
        self.glib.g_error_free.argtypes = [pointer]
        self.gio.g_bus_get_sync.restype = pointer
        self.gio.g_bus_get_sync.argtypes = [ctypes.c_int, pointer, pointer]
        self.gio.g_dbus_connection_set_exit_on_close.argtypes = [pointer, ctypes.c_int]
        schema = ctypes.POINTER(_Schema)
        self.secret.secret_password_storev_sync.argtypes = [schema, pointer, text, text, text, pointer, pointer]
        self.secret.secret_password_lookupv_nonpageable_sync.restype = pointer
        self.secret.secret_password_lookupv_nonpageable_sync.argtypes = [schema, pointer, pointer, pointer]
        self.secret.secret_password_clearv_sync.argtypes = [schema, pointer, pointer, pointer]
        self.secret.secret_password_free.argtypes = [pointer]
        self.schema = _Schema(name=_SCHEMA)
        self.schema.attributes[0] = _Attribute(_ATTRIBUTE, _TEXT)
        bus = self.gio.g_bus_get_sync(_SESSION_BUS, None, None)
        if not bus:
            raise OSError("no session bus")
        self.gio.g_dbus_connection_set_exit_on_close(bus, 0)  # the end of the session is no reason to be killed


def offered() -> bool:
    """Whether this computer has such a keyring, as far as can be told without asking it."""
    bus = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    on = sys.platform.startswith("linux") and bool(bus) and not bus.startswith("disabled")
    return on and _is_installed()


def keep(vault_id: bytes, secret: bytes) -> None:
    """Put the secret of a vault into the keyring, in place of one of before. Raises NoKeyring.

    The desktop may ask the person something, so this can take as long as people do.
    """
    library = _library()
    with _attributes(library, vault_id) as attributes:
        error = ctypes.c_void_p()
        done = library.secret.secret_password_storev_sync(
            ctypes.byref(library.schema), attributes, None, LABEL.encode(), secret.hex().encode(), None,
            ctypes.byref(error),
        )  # fmt: skip
    _check(library, error)
    if not done:
        raise NoKeyring("not kept")


def find(vault_id: bytes) -> bytes | None:
    """The secret of a vault, None when the keyring has none. Raises NoKeyring; may take as long as people do."""
    library = _library()
    with _attributes(library, vault_id) as attributes:
        error = ctypes.c_void_p()
        found = library.secret.secret_password_lookupv_nonpageable_sync(
            ctypes.byref(library.schema), attributes, None, ctypes.byref(error)
        )
    _check(library, error)
    if not found:
        return None
    try:
        secret = bytes.fromhex(ctypes.string_at(found).decode("ascii"))
    except ValueError as wrong:
        raise NoKeyring("not what was kept") from wrong
    finally:
        library.secret.secret_password_free(found)
    if len(secret) != SECRET_BYTES:
        raise NoKeyring("not what was kept")
    return secret


def forget(vault_id: bytes) -> None:
    """Take the secret of a vault out of the keyring; nothing happens when it has none. Raises NoKeyring."""
    library = _library()
    with _attributes(library, vault_id) as attributes:
        error = ctypes.c_void_p()
        library.secret.secret_password_clearv_sync(ctypes.byref(library.schema), attributes, None, ctypes.byref(error))
    _check(library, error)


@lru_cache(maxsize=1)
def _is_installed() -> bool:
    try:
        ctypes.CDLL(_LIBRARY)
    except OSError:
        return False
    return True


def _library() -> _Libraries:
    if not offered():
        raise NoKeyring("not offered")
    try:
        return _loaded()
    except OSError as error:
        raise NoKeyring("not offered") from error


@lru_cache(maxsize=1)
def _loaded() -> _Libraries:
    return _Libraries()


@contextmanager
def _attributes(library: _Libraries, vault_id: bytes) -> Iterator[int]:
    """A table of GLib with the one attribute; its texts live as long as this block."""
    by = (library.glib.g_str_hash, library.glib.g_str_equal)
    table = library.glib.g_hash_table_new(*(ctypes.cast(function, ctypes.c_void_p) for function in by))
    name, value = ctypes.create_string_buffer(_ATTRIBUTE), ctypes.create_string_buffer(vault_id.hex().encode())
    library.glib.g_hash_table_insert(table, name, value)
    try:
        yield table
    finally:
        library.glib.g_hash_table_unref(table)


def _check(library: _Libraries, error: ctypes.c_void_p) -> None:
    """Raises NoKeyring for an error of GLib, without its words: they may name paths."""
    if error.value:
        library.glib.g_error_free(error)
        raise NoKeyring("refused")
