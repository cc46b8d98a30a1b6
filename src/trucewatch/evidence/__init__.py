"""What was read, kept to the byte: WARC files that are only added to, read again record by record, struck where words must go."""

from trucewatch.evidence.record import FETCHED, FIELDS, Material, Struck, fields, packed, sha256, tombstone
from trucewatch.evidence.replay import Record, at, files, lost, records
from trucewatch.evidence.store import FOLDER, Placed, append, strike

__all__ = [
    "FETCHED",
    "FIELDS",
    "FOLDER",
    "Material",
    "Placed",
    "Record",
    "Struck",
    "append",
    "at",
    "fields",
    "files",
    "lost",
    "packed",
    "records",
    "sha256",
    "strike",
    "tombstone",
]
