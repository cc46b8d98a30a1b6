"""Addresses of pages: what of one tells which page it is."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

# Names of a query that say by which way a reader came, and nothing of the page.
_WAY = re.compile(r"(?i)^(?:(?:utm|mtm|pk|at|fb)_.*|[a-z]{1,3}clid|igshid|_ga|gclsrc|mc_[ce]id)$")
_PORTS = {"http": "80", "https": "443"}


def canonical(url: str) -> str:
    """The address without what names no page: scheme, case of the host, usual port, way of coming, fragment; parameters in order.

    For comparing only: it cannot be fetched.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.netloc.rpartition("@")[2].lower().removesuffix(f":{_PORTS.get(parts.scheme.lower(), '')}").rstrip(".")
        kept = sorted((key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _WAY.match(key))
    except ValueError:
        return url.strip()
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
