"""Who is known in one monitor."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A name and a role in the monitor that was asked, and in no other. `scopes`: what a token is for, None for a person at a
    browser. `key`: the digest of the session or the id of the token by which somebody is known."""

    name: str
    role: str
    scopes: frozenset[str] | None = None
    key: str = ""
