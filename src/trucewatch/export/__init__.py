"""Claims in the formats of the field. Every row of every format carries who said it, who printed it, how it was told."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO

from trucewatch.export.back import read
from trucewatch.export.flat import csv_, hxl
from trucewatch.export.ftm import ftm
from trucewatch.export.geojson import geojson
from trucewatch.export.ical import diary, ical
from trucewatch.export.knowledge import Format, Known, check, formats, known
from trucewatch.export.lines import jsonl, jsonl_lines
from trucewatch.export.linked import schemaorg, webannotation
from trucewatch.export.parquet import parquet
from trucewatch.export.polecat import polecat
from trucewatch.export.row import Row, bare

Writer = Callable[[Iterable[Row], BinaryIO, Known, Counter[str]], None]
# Each writes row by row; what its format has no room for is counted by reason.
WRITERS: Mapping[str, Writer] = {
    "jsonl": jsonl,
    "csv": csv_,
    "parquet": parquet,
    "polecat": polecat,
    "hxl": hxl,
    "geojson": geojson,
    "ical": ical,
    "webannotation": webannotation,
    "ftm": ftm,
    "schemaorg": schemaorg,
}

__all__ = ["WRITERS", "Format", "Known", "Row", "Writer", "bare", "check", "diary", "formats", "jsonl_lines", "known", "read"]
