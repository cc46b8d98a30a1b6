"""The API of a running trucewatch, asked from Python (docs/api.md). It knows the nouns of `model` and nothing else of trucewatch.

with connect("https://truce.example.org", "gaza", token) as api:
    for claim in claims(api, event="VIOLATION", accused="ISR"):
        print(claim.speaker[-1].text, claim.evidence[0].quote)
"""

from trucewatch.client.ask import Told, changes, claim, claims, day, lines
from trucewatch.client.tell import Kept, Read, accept, correct, reject, submit, undo
from trucewatch.client.wire import Api, ApiError, connect

__all__ = [
    "Api",
    "ApiError",
    "Kept",
    "Read",
    "Told",
    "accept",
    "changes",
    "claim",
    "claims",
    "connect",
    "correct",
    "day",
    "lines",
    "reject",
    "submit",
    "undo",
]
