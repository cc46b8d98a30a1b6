"""Who may see and do what in one monitor: users and roles, sessions, tokens, links, tries, embargoes; every change is an entry of
the chain (docs/access.md)."""

from trucewatch.access import embargoes, links, log, sessions, tokens, users
from trucewatch.access.attempts import Limits
from trucewatch.access.carry import Doors, carry, doors_of
from trucewatch.access.embargoes import NOTHING, Embargo, Hidden, hidden
from trucewatch.access.hashing import Hasher, argon2, fit, hasher
from trucewatch.access.known import Known
from trucewatch.access.log import exported
from trucewatch.access.sessions import Entered, Refused, login, logout
from trucewatch.access.tokens import Token
from trucewatch.access.users import User
from trucewatch.access.verify import faults

__all__ = [
    "NOTHING",
    "Doors",
    "Embargo",
    "Entered",
    "Hasher",
    "Hidden",
    "Known",
    "Limits",
    "Refused",
    "Token",
    "User",
    "argon2",
    "carry",
    "doors_of",
    "embargoes",
    "exported",
    "faults",
    "fit",
    "hasher",
    "hidden",
    "links",
    "log",
    "login",
    "logout",
    "sessions",
    "tokens",
    "users",
]
