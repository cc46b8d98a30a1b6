"""Who acts: a role, and for a token the scopes that narrow it."""

from dataclasses import dataclass

ROLES = ("viewer", "coder", "reviewer", "admin")  # each may do what those before it may
SCOPES = {"read": "viewer", "export": "viewer", "submit": "coder", "judge": "coder"}  # the least role that a scope is of use to


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody as known in one monitor. `scopes`: None for a person at a browser, else what the token is for. `key`: the digest
    of the session or the id of the token by which the person is known."""

    name: str
    role: str
    scopes: frozenset[str] | None = None
    key: str = ""


def may(actor: Actor, role: str, scope: str | None = None) -> bool:
    """Whether somebody may do what asks for a role. A token may only do what asks for one of its scopes, so what names no scope
    is for people alone."""
    if actor.scopes is not None and scope not in actor.scopes:
        return False
    return reaches(actor.role, role)


def reaches(role: str, least: str) -> bool:
    """Whether a role is at least another. What is no role reaches nothing."""
    return role in ROLES and least in ROLES and ROLES.index(role) >= ROLES.index(least)
