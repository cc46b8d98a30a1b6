"""Which addresses may be fetched: the scheme and port of a URL, and the numbers that a name stands for."""

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

import httpx

PORTS = (80, 443)  # below 1024 no other: mail and name servers can be made to misread a request
_HIGH = 1024
_LONGEST = 2000  # characters of an address
_SECRET = re.compile(r"(?i)(?:key|token|secret|passw(?:or)?d|pwd|auth|sig(?:nature)?|session|credential)")
_EMBEDS = tuple(map(IPv6Network, ("64:ff9b::/96", "::/96")))  # an IPv4 address in their last 32 bits
_LOCAL = tuple(map(IPv6Network, ("64:ff9b:1::/48", "fec0::/10")))  # of a network of one's own, whatever older Pythons say


def parsed(url: str) -> httpx.URL | str:
    """The address taken apart, or why it may not be fetched: `what. Mend.`"""
    try:
        found = httpx.URL(url.strip())
    except (httpx.InvalidURL, TypeError, ValueError) as problem:
        return f"it is no address ({problem}). Give one as https://host/path."
    if len(url) > _LONGEST:
        return f"it is longer than {_LONGEST} characters. Leave it out."
    if found.scheme not in ("http", "https"):
        return f"the scheme '{found.scheme}' is not fetched. Give an address that begins with https:// or http://."
    if not found.host:
        return "it names no host. Give one as https://host/path."
    if found.userinfo:
        return "it holds a name or a password. Give an address without: none are sent or kept."
    port = found.port or PORTS[found.scheme == "https"]
    if port not in PORTS and port < _HIGH:
        return f"port {port} is not one of the web's. Give an address with port 80, 443 or one from {_HIGH} on."
    return found.copy_with(fragment=None)


def is_public(number: str) -> bool:
    """Whether an IP address is one that anybody on the internet may reach, in whatever it is wrapped."""
    try:
        found = ip_address(number.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast and not any(one in net for net in _LOCAL) for one in _wrapped(found))


def _wrapped(found: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """What an address stands for: a mapped one is its IPv4 address; others that carry one are both."""
    if isinstance(found, IPv4Address):
        yield found
        return
    if found.ipv4_mapped:
        yield found.ipv4_mapped
        return
    yield found
    if found.sixtofour:
        yield found.sixtofour
    if found.teredo:
        yield from found.teredo
    if any(found in net for net in _EMBEDS):
        yield IPv4Address(int(found) & 0xFFFFFFFF)


def shown(url: str) -> str:
    """An address as messages may show it: no name and password, no value of a key, no control characters."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        query = parts.query
        if _SECRET.search(query):
            pairs = parse_qsl(query, keep_blank_values=True)
            query = "&".join(f"{quote(k)}={'...' if _SECRET.search(k) else quote(v)}" for k, v in pairs)
        url = urlunsplit((parts.scheme, host, parts.path, query, ""))
    except ValueError:
        url = "(no address)"
    return "".join(char if char.isprintable() else "?" for char in url)[:500]
