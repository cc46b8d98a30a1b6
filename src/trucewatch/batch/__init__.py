"""An archive in a night: shards coded side by side, on the cores of one machine or on a cluster, by the same plain function."""

from trucewatch.batch.coding import code
from trucewatch.batch.executors import Slot, embedded, on_cluster
from trucewatch.batch.linking import Links, happenings, link_parts, links_of
from trucewatch.batch.loading import load
from trucewatch.batch.manifest import ASIDE, DONE, UNREAD, Row, rows, write_whole
from trucewatch.batch.shard import code_shard
from trucewatch.batch.shards import SECONDS, How, Shard, pending, shards, version

__all__ = [
    "ASIDE",
    "DONE",
    "SECONDS",
    "UNREAD",
    "How",
    "Links",
    "Row",
    "Shard",
    "Slot",
    "code",
    "code_shard",
    "embedded",
    "happenings",
    "link_parts",
    "links_of",
    "load",
    "on_cluster",
    "pending",
    "rows",
    "shards",
    "version",
    "write_whole",
]
