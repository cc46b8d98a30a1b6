"""Who acts, and what for: the roles that may be held in a monitor."""

from dataclasses import dataclass

# What tokens may be for, with the least role that it is of use to.
SCOPES = {"read": "viewer", "export": "viewer", "submit": "coder", "judge": "coder"}
ROLES = ("viewer", "coder", "reviewer", "admin")  # each may do what those before it may
ANYONE = "anyone"  # a route that nobody has to be known for
EVERY = "*"  # in place of a monitor's name: all of them


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or a program that is known. `roles`: pairs of a monitor's name, or `EVERY`, and a role. `scopes`: what a token is
    for; None for a person at a browser. `key`: by which token a program is known."""

    name: str
    roles: tuple[tuple[str, str], ...]
    scopes: frozenset[str] | None = None
    key: str = ""


def role_in(actor: Actor, monitor: str | None) -> str | None:
    """The highest role held in a monitor (None: in any), or None where none is held."""
    held = [role for where, role in actor.roles if monitor is None or where in (monitor, EVERY)]
    return max(held, key=ROLES.index, default=None)


def reaches(actor: Actor, monitor: str | None, role: str) -> bool:
    """Whether an actor may do in a monitor what a role allows."""
    held = role_in(actor, monitor)
    return held is not None and at_least(held, role)


def at_least(role: str, other: str) -> bool:
    """Whether a role may do all that another may. What is no role may nothing."""
    return role in ROLES and other in ROLES and ROLES.index(role) >= ROLES.index(other)


def scoped(actor: Actor, scope: str | None) -> bool:
    """Whether what asks for a scope is open to an actor. A person needs none; what names none is not for programs."""
    return actor.scopes is None or scope in actor.scopes
