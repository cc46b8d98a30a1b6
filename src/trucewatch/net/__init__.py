"""The only room that opens connections: one guarded way to fetch an address, robots.txt, pauses; what is sent out."""

from trucewatch.net.address import parsed, shown
from trucewatch.net.fetch import FEEDS, PAGES, Fetched, Limits, Refused, Validators, Web, fetch, header, opened, told
from trucewatch.net.pace import pause
from trucewatch.net.post import MailServer, Sent, mail, post, secret_of, signature
from trucewatch.net.robots import Robots, allows, delay, is_known, robots_of, robots_url
from trucewatch.net.unpack import StrangeError, TooLargeError, gunzipped

__all__ = [
    "FEEDS",
    "PAGES",
    "Fetched",
    "Limits",
    "MailServer",
    "Refused",
    "Robots",
    "Sent",
    "StrangeError",
    "TooLargeError",
    "Validators",
    "Web",
    "allows",
    "delay",
    "fetch",
    "gunzipped",
    "header",
    "is_known",
    "mail",
    "opened",
    "parsed",
    "pause",
    "post",
    "robots_of",
    "robots_url",
    "secret_of",
    "shown",
    "signature",
    "told",
]
