"""Web archives: WARC files as captures of pages, and the gate that tells from bytes alone which of them are worth reading."""

from trucewatch.archive.captures import Capture, Passed, is_archive, pages
from trucewatch.archive.gate import Gate, gate

__all__ = ["Capture", "Gate", "Passed", "gate", "is_archive", "pages"]
