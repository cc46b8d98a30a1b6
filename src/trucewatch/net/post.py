"""What is sent out: a signed webhook (Standard Webhooks: id, time and body under one HMAC-SHA256), a letter by SMTP."""

import asyncio
import base64
import binascii
import hmac
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

import httpcore

from trucewatch.net.address import parsed
from trucewatch.net.fetch import Web
from trucewatch.net.guard import ClosedError
from trucewatch.net.pace import asked_for

PREFIX = "whsec_"
LEAST = 16  # bytes of a secret
_SEEN = 65_536  # bytes of an answer that are read


@dataclass(frozen=True, slots=True)
class Sent:
    """How a sending ended. `why` is None where it arrived; `retry_after` in seconds; `lost`: no use in trying again."""

    why: str | None = None
    retry_after: float | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class MailServer:
    """`security`: tls (from the first byte), starttls, or none."""

    host: str
    port: int
    security: str
    user: str | None = None
    password: str | None = None
    seconds: float = 30.0


def secret_of(told: str) -> bytes | None:
    """The bytes of a secret as Standard Webhooks write it (base64, with or without `whsec_`); None where it is no such one."""
    try:
        found = base64.b64decode(told.strip().removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return None
    return found if len(found) >= LEAST else None


def signature(secret: bytes, id_: str, at: datetime, body: bytes) -> str:
    """The value of the header webhook-signature."""
    signed = f"{id_}.{int(at.timestamp())}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(secret, signed, "sha256")).decode("ascii")


async def post(url: str, body: bytes, web: Web, *, id_: str, secret: bytes, at: datetime, seconds: float = 40.0) -> Sent:
    """Sends JSON to an address; it is given out as arrived only where the server answers 2xx. Redirects are not followed."""
    target = parsed(url)
    if isinstance(target, str):
        return Sent(target, lost=True)
    headers = [
        ("User-Agent", web.agent),
        ("Content-Type", "application/json"),
        ("webhook-id", id_),
        ("webhook-timestamp", str(int(at.timestamp()))),
        ("webhook-signature", signature(secret, id_, at, body)),
    ]
    waits = {"connect": seconds, "pool": seconds, "read": seconds, "write": seconds}
    try:
        async with (
            asyncio.timeout(seconds),
            web.pool.stream("POST", str(target), headers=headers, content=body, extensions={"timeout": waits}) as response,
        ):
            return await _answered(response)
    except TimeoutError:
        return Sent(f"no answer within {seconds:g} seconds")
    except ClosedError as problem:
        return Sent(f"{problem}, which is not public; inside = true lets it be")
    except (httpcore.TimeoutException, httpcore.ConnectError, httpcore.ProtocolError, httpcore.NetworkError) as problem:
        return Sent(f"{target.host} cannot be reached ({str(problem) or 'no answer'})")


async def _answered(response: httpcore.Response) -> Sent:
    read = 0
    async for piece in response.aiter_stream():
        read += len(piece)
        if read > _SEEN:
            break
    if 200 <= response.status < 300:
        return Sent()
    said = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    return Sent(f"status {response.status}", asked_for(said.get("retry-after"), said.get("date")), lost=response.status == 410)


def mail(letter: EmailMessage, server: MailServer) -> Sent:
    """Hands a letter to a mail server. Where it takes it for some addressees only, it is told, and not sent again."""
    try:
        with _connected(server) as smtp:
            refused = smtp.send_message(letter)
    except (smtplib.SMTPException, OSError) as problem:
        return Sent(f"{server.host}: {_told(problem)}")
    return Sent(f"{server.host} does not take it for {', '.join(sorted(refused))}", lost=True) if refused else Sent()


def _connected(server: MailServer) -> smtplib.SMTP:
    trust = ssl.create_default_context()
    if server.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=server.seconds, context=trust)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=server.seconds)
    try:
        if server.security == "starttls":
            smtp.starttls(context=trust)
        if server.user:
            smtp.login(server.user, server.password or "")
    except BaseException:
        smtp.close()
        raise
    return smtp


def _told(problem: Exception) -> str:
    """The server's code and words, never what we sent."""
    if isinstance(problem, smtplib.SMTPResponseException):
        words = problem.smtp_error.decode("utf-8", "replace") if isinstance(problem.smtp_error, bytes) else problem.smtp_error
        return f"{problem.smtp_code} {words[:200]}"
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return f"it does not take it for {', '.join(sorted(problem.recipients))}"
    return str(problem) or type(problem).__name__
