"""Which outlet printed an article: told by name, or known by the host of its address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from trucewatch.model.outlet import Outlet
from trucewatch.text import fold_text


@dataclass(frozen=True, slots=True)
class Outlets:
    """Outlets by folded name (and id), and by host."""

    named: Mapping[str, Outlet]
    hosts: Mapping[str, Outlet]


def indexed(known: Iterable[Outlet]) -> Outlets:
    """The same outlets, to be looked up."""
    named: dict[str, Outlet] = {}
    hosts: dict[str, Outlet] = {}
    for outlet in known:
        named[outlet.id] = outlet
        named |= {_key(name): outlet for _, names in outlet.names for name in names}
        hosts |= dict.fromkeys(outlet.hosts, outlet)
    return Outlets(named, hosts)


def outlet_of(told: str | None, url: str | None, known: Outlets) -> Outlet | None:
    """The outlet by the name that is told, else by the address. A portal prints for others: there a strange name is believed."""
    if told and (by_name := known.named.get(_key(told))):
        return by_name
    by_host = _by_host(url, known)
    return None if by_host and told and by_host.kind == "portal" else by_host


def _by_host(url: str | None, known: Outlets) -> Outlet | None:
    try:
        host = (urlsplit(url or "").hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:  # half a bracket in the host's place
        return None
    while host:
        if host in known.hosts:
            return known.hosts[host]
        host = host.partition(".")[2]
    return None


def _key(name: str) -> str:
    return " ".join(fold_text(name).split())
