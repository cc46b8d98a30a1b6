"""An id for an item that has none."""

from hashlib import sha256


def digest(*parts: str | None) -> str:
    """The same item has the same id the next time."""
    return f"i:{sha256(chr(0).join(part or '' for part in parts).encode('utf-8', 'replace')).hexdigest()[:16]}"
