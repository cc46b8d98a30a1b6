"""Compressed bodies, taken apart piece by piece so that none can grow beyond its cap."""

import zlib
from collections.abc import Callable

GZIP, DEFLATE = ("gzip", "x-gzip"), "deflate"
_MAGIC = b"\x1f\x8b"


class TooLargeError(Exception):
    """More bytes than the cap."""


class StrangeError(Exception):
    """Bytes that are not in the form which was told."""


def unpacker(encoding: str, most: int) -> Callable[[bytes], bytes]:
    """piece of the body as sent → piece as meant, for the value of Content-Encoding. An empty piece ends it.

    The function raises TooLargeError once more than `most` bytes have come out, StrangeError where the form is broken or unknown.
    """
    names = [name.strip().lower() for name in encoding.split(",") if name.strip().lower() not in ("", "identity")]
    if len(names) > 1 or (names and names[0] not in (*GZIP, DEFLATE)):
        raise StrangeError(f"the encoding '{encoding[:60]}'")
    return _inflater(names[0] == DEFLATE, most) if names else _counter(most)


def gunzipped(data: bytes, most: int) -> bytes:
    """The bytes of a gzip file; other bytes as they are. Raises TooLargeError or StrangeError."""
    if not data.startswith(_MAGIC):
        return data
    unpack = unpacker(GZIP[0], most)
    return unpack(data) + unpack(b"")


def _counter(most: int) -> Callable[[bytes], bytes]:
    total = 0

    def count(piece: bytes) -> bytes:
        nonlocal total
        total += len(piece)
        if total > most:
            raise TooLargeError
        return piece

    return count


def _inflater(deflate: bool, most: int) -> Callable[[bytes], bytes]:
    """gzip may hold several parts one after another; `deflate` comes with and without zlib's head."""
    work = zlib.decompressobj(zlib.MAX_WBITS if deflate else zlib.MAX_WBITS | 16)
    total = 0
    begun = False

    def inflate(piece: bytes) -> bytes:
        nonlocal work, total, begun
        if not piece:
            if begun and not work.eof:
                raise StrangeError("a compressed body that ends too early")
            return b""
        if deflate and not begun and piece[0] & 0x0F != 8:
            work = zlib.decompressobj(-zlib.MAX_WBITS)
        begun = True
        out = bytearray()
        try:
            while piece:
                if work.eof:
                    if deflate or not piece.startswith(_MAGIC[:1]):
                        break  # padding behind the end
                    work = zlib.decompressobj(zlib.MAX_WBITS | 16)
                out += work.decompress(piece, most - total - len(out) + 1)
                if total + len(out) > most:
                    raise TooLargeError
                piece = work.unconsumed_tail or work.unused_data
        except zlib.error as problem:
            raise StrangeError(f"a compressed body that is broken ({problem})") from None
        total += len(out)
        return bytes(out)

    return inflate
