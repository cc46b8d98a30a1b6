"""Who acts, and what for: the roles that may be held in a monitor."""

from dataclasses import dataclass

ROLES = ("viewer", "coder", "reviewer", "admin")  # each may do what those before it may
ANYONE = "anyone"  # a route that nobody has to be known for
EVERY = "*"  # in place of a monitor's name: all of them


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or a program that is known. `roles`: pairs of a monitor's name, or `EVERY`, and a role."""

    name: str
    roles: tuple[tuple[str, str], ...]


def role_in(actor: Actor, monitor: str | None) -> str | None:
    """The highest role held in a monitor (None: in any), or None where none is held."""
    held = [role for where, role in actor.roles if monitor is None or where in (monitor, EVERY)]
    return max(held, key=ROLES.index, default=None)


def reaches(actor: Actor, monitor: str | None, role: str) -> bool:
    """Whether an actor may do in a monitor what a role allows."""
    held = role_in(actor, monitor)
    return held is not None and ROLES.index(held) >= ROLES.index(role)
