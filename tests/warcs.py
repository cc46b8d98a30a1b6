"""Web archives made for tests."""

import gzip
import io
from collections.abc import Iterable


def record(url: str, body: bytes, *, kind: str = "response", date: str = "2026-01-20T08:00:00Z", head: str = "") -> bytes:
    """One record as it stands in a plain WARC file. `head`: lines of the HTTP head; text/html where none is given."""
    block = f"HTTP/1.1 200 OK\r\n{head or 'Content-Type: text/html'}\r\n\r\n".encode() + body if kind == "response" else body
    form = "application/http; msgtype=response" if kind == "response" else head or "text/plain"
    lines = ("WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", f"WARC-Date: {date}")
    told = (*lines, f"WARC-Record-ID: <urn:test:{url}>", f"Content-Type: {form}", f"Content-Length: {len(block)}")
    return "\r\n".join(told).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def packed(records: Iterable[bytes], form: str) -> bytes:
    """The records as one file: plain, gz, zst or lz4, each record a member of its own."""
    if form == "plain":
        return b"".join(records)
    if form == "gz":
        return b"".join(map(gzip.compress, records))
    from fastwarc.stream_io import Lz4Writer, ZstdWriter

    out = b""
    for one in records:
        made = io.BytesIO()
        writer = ZstdWriter(made) if form == "zst" else Lz4Writer(made)
        writer.write(one)
        writer.finish()
        writer.flush()
        out += made.getvalue()
    return out


def page(text: str, title: str = "A report") -> str:
    """A page with an article of these paragraphs."""
    paragraphs = "".join(f"<p>{line}</p>\n" for line in text.split("\n") if line.strip())
    head = f"<!DOCTYPE html><html><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
