"""Which addresses may be fetched: public ones over HTTP, told after the name has been resolved.

A name is resolved once and the connection goes to the very address that was checked, so that a name
which answers differently the second time gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from nlp_rotation.errors import AcquireError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
#: IPv6 addresses that carry an IPv4 address in their last 32 bits (RFC 6052).
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def check_url(url: str) -> None:
    """Refuse what is no address of the web.

    :raises AcquireError: for other schemes, and for addresses without a host.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise AcquireError(f"not an address ({error})", where=url) from error
    if parts.scheme.lower() not in {"http", "https"}:
        raise AcquireError(f"only http and https are fetched, not {parts.scheme or 'this'}", where=url)
    if not host:
        raise AcquireError("an address without a host", where=url)


def addresses_of(host: str, port: int, *, allow_private: bool) -> tuple[str, ...]:
    """Return the IP addresses of ``host``, all of them fit to be fetched from.

    :raises AcquireError: where the name is unknown, or any of its addresses is not to be fetched.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AcquireError("unknown host", where=host) from error
    addresses = tuple(dict.fromkeys(str(answer[4][0]).partition("%")[0] for answer in answers))
    for address in addresses:
        if not may_be_fetched(address, allow_private=allow_private):
            raise AcquireError(f"{address} is no public address", where=host)
    return addresses


def may_be_fetched(address: str, *, allow_private: bool) -> bool:
    """Tell whether ``address`` is public, or private and allowed.

    Link-local addresses stay out even then: behind them are the secrets of cloud machines, never news.
    """
    embedded = _embedded(ipaddress.ip_address(address))
    return all(_is_fit(ip, allow_private=allow_private) for ip in embedded)


def _is_fit(ip: _Address, *, allow_private: bool) -> bool:
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified or (ip.version == 4 and ip.is_reserved):
        return False
    return ip.is_global or (allow_private and (ip.is_private or ip.is_loopback))


def _embedded(ip: _Address) -> tuple[_Address, ...]:
    """Return the address with all that is packed into it."""
    if isinstance(ip, ipaddress.IPv4Address):
        return (ip,)
    if ip.ipv4_mapped:
        return (ip.ipv4_mapped,)
    packed = [ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64:
        packed.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return (ip, *(inner for inner in packed if inner))
