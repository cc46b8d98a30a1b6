"""How long to wait: what a server asks for, and pauses that grow from failure to failure."""

from datetime import datetime
from email.utils import parsedate_to_datetime
from random import Random

LONGEST = 24 * 3600.0


def asked_for(retry_after: str | None, date: str | None) -> float | None:
    """Seconds of a Retry-After header: a number, or a moment, reckoned from the response's own Date. None: nothing usable."""
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return float(min(int(retry_after.strip()[:9]), LONGEST))
    then, now = _moment(retry_after), _moment(date)
    return min(max(0.0, (then - now).total_seconds()), LONGEST) if then and now else None


def pause(failures: int, *, first: float, longest: float, random: Random, asked: float | None = None) -> float:
    """Seconds until the next try after so many failures in a row: doubled each time up to `longest`, with a spread of a quarter
    up and down so that what failed together is not tried together; never less than was asked for."""
    grown = min(longest, first * 2.0 ** min(max(0, failures - 1), 32))
    return max(asked or 0.0, grown * random.uniform(0.75, 1.25))


def _moment(text: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(text) if text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found and found.tzinfo else None
