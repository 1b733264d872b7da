# ruff: noqa: INP001 - a package here would hide the library of the same name
"""Stands in a package in place of the module ``socket``: libraries that import it start, and nothing can be opened."""

AF_UNSPEC = AF_UNIX = AF_INET = AF_INET6 = SOCK_STREAM = SOCK_DGRAM = SOL_SOCKET = SO_REUSEADDR = 0
SHUT_RD, SHUT_WR, SHUT_RDWR, has_ipv6 = 0, 1, 2, False
error = OSError


class timeout(OSError):  # noqa: N801 - the name that others know
    """Never raised."""


gaierror = herror = timeout


class socket:  # noqa: N801 - the name that others know
    """Cannot be made."""

    def __init__(self, *_arguments: object, **_more: object) -> None:
        raise OSError("there is no network in this application")


socketpair = create_connection = create_server = fromfd = getaddrinfo = gethostbyname = gethostname = getfqdn = socket
SocketType = socket
