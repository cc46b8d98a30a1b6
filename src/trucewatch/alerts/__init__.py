"""What the monitor's rules ask to be told of: causes found in a day, noted once, put into words, sent by feed, webhook, mail."""

from trucewatch.alerts.causes import contradictions, deadlines, jumps, published, silences, states
from trucewatch.alerts.forms import Noted, atom, body, letter
from trucewatch.alerts.look import SHOWN, Looked, Post, found, look, told_in, view
from trucewatch.alerts.words import line, text

__all__ = [
    "SHOWN",
    "Looked",
    "Noted",
    "Post",
    "atom",
    "body",
    "contradictions",
    "deadlines",
    "found",
    "jumps",
    "letter",
    "line",
    "look",
    "published",
    "silences",
    "states",
    "text",
    "told_in",
    "view",
]
