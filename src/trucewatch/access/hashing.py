"""Passwords and secrets. A password is hashed slowly, two at a time; a secret that we draw is long enough
to be digested quickly."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from threading import BoundedSemaphore
from unicodedata import normalize

from trucewatch.errors import AccessError

AT_ONCE = 2  # hashes under way: each takes 64 MiB and a third of a second
PATIENCE = 10.0  # seconds that one waits for its turn
LEAST, MOST = 10, 200  # characters of a password


@dataclass(frozen=True, slots=True)
class Hasher:
    """`stand_in` is the hash of a password that nobody knows: who is unknown is looked up as slowly as who is known."""

    hash: Callable[[str], str]
    verify: Callable[[str, str], bool]
    stand_in: str


def argon2() -> Hasher:
    """argon2id as pwdlib recommends it. Raises AccessError where pwdlib is not installed."""
    try:
        from pwdlib import PasswordHash
    except ModuleNotFoundError:
        raise AccessError("passwords: pwdlib is not installed. Install it: pip install 'trucewatch[web]'.") from None
    made = PasswordHash.recommended()
    return hasher(made.hash, made.verify)


def hasher(hash_: Callable[[str], str], verify: Callable[[str, str], bool]) -> Hasher:
    """A hasher that never runs more than AT_ONCE at a time, however many try to come in."""
    turns = BoundedSemaphore(AT_ONCE)

    def one_of_few(work: Callable[[], str | bool]) -> str | bool:
        if not turns.acquire(timeout=PATIENCE):
            raise AccessError("passwords: too many are being checked at once. Try again in a minute.")
        try:
            return work()
        finally:
            turns.release()

    def hashed(password: str) -> str:
        return str(one_of_few(lambda: hash_(_plain(password))))

    def verified(password: str, kept: str) -> bool:
        return len(password) <= MOST and bool(one_of_few(lambda: verify(_plain(password), kept)))

    return Hasher(hashed, verified, hash_(secret()))


def fit(password: str, name: str) -> None:
    """Refuses a password that is too easy or too long. Raises AccessError."""
    if not LEAST <= len(password) <= MOST:
        raise AccessError(f"password: it has {len(password)} characters. Take {LEAST} to {MOST}; a few words are best.")
    if len(set(password)) < 4 or password.casefold() in (name * 3, name * 2, name):
        raise AccessError("password: it is easily guessed. Take other words.")


def secret() -> str:
    """256 bits drawn by chance, as letters that can stand in an address."""
    return secrets.token_urlsafe(32)


def digest(drawn: str) -> str:
    """What is kept of a secret that we drew."""
    return sha256(drawn.encode("utf-8", "surrogatepass")).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two digests are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one, other)


def _plain(password: str) -> str:
    """Keyboards write one letter in several ways."""
    return normalize("NFKC", password)
