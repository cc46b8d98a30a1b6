"""Claims as JSON lines: the public form, keys in its own order, so that the same claims are the same bytes."""

import json
from collections.abc import Iterable

from trucewatch.model import Claim


def line(claim: Claim) -> str:
    return json.dumps(claim.public(), ensure_ascii=False, separators=(", ", ": "))


def lines(claims: Iterable[Claim]) -> str:
    return "".join(line(claim) + "\n" for claim in claims)
