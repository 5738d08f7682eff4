"""Which addresses may be fetched."""

import pytest

from nlp_rotation.acquire.guard import check_url, may_be_fetched
from nlp_rotation.errors import AcquireError

#: (address, public, may be fetched where private hosts are allowed, reason for the row)
ADDRESSES = [
    ("93.184.216.34", True, True, "public"),
    ("2606:2800:220:1::1", True, True, "public, version 6"),
    ("127.0.0.1", False, True, "this machine"),
    ("::1", False, True, "this machine, version 6"),
    ("10.1.2.3", False, True, "private"),
    ("172.16.0.1", False, True, "private"),
    ("192.168.1.1", False, True, "private"),
    ("fd00::1", False, True, "private, version 6"),
    ("100.64.0.1", False, False, "shared by providers"),
    ("169.254.169.254", False, False, "secrets of cloud machines"),
    ("fe80::1", False, False, "link-local, version 6"),
    ("0.0.0.0", False, False, "unspecified"),
    ("::", False, False, "unspecified, version 6"),
    ("224.0.0.1", False, False, "multicast"),
    ("255.255.255.255", False, False, "broadcast"),
    ("::ffff:127.0.0.1", False, True, "mapped"),
    ("::ffff:169.254.169.254", False, False, "mapped link-local"),
    ("64:ff9b::a9fe:a9fe", False, False, "link-local behind NAT64"),
    ("2002:7f00:1::", False, True, "this machine behind 6to4"),
]


@pytest.mark.parametrize(
    ("address", "public", "allowed", "why"), ADDRESSES, ids=[row[0] for row in ADDRESSES]
)
def test_which_addresses_may_be_fetched(address, public, allowed, why):
    assert may_be_fetched(address, allow_private=False) is public, why
    if why != "this machine behind 6to4":
        assert may_be_fetched(address, allow_private=True) is allowed, why


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/x", "gopher://a", "http://", "data:text/html,x", "//a"]
)
def test_only_the_web_is_fetched(url):
    with pytest.raises(AcquireError):
        check_url(url)
