"""An archive coded: every shard that is not done, and a row of the manifest for each."""

from collections.abc import Iterable, Iterator, Sequence

from trucewatch import parts
from trucewatch.batch.executors import Slot
from trucewatch.batch.manifest import ASIDE, Row, keep
from trucewatch.batch.run import CRASHES, run
from trucewatch.batch.shard import code_shard
from trucewatch.batch.shards import How, Shard


def code(todo: Iterable[Shard], out: str, how: How, slots: Sequence[Slot], *, crashes: int = CRASHES) -> Iterator[Row]:
    """Codes shards into `out`; a row for each as it is done or set aside. Broken off at any moment, what is done stays."""
    at, all_ = parts.place(out), tuple(todo)
    for event in run(all_, code_shard, (out, how), slots, crashes=crashes):
        if event.made is not None:
            yield event.made
            continue
        shard = event.task
        row = Row(shard.uri, shard.name, ASIDE, how.version, shard.size, failed=1, failures=((shard.uri, event.what),))
        keep(at, row)
        yield row
    parts.sweep(at, {shard.name for shard in all_})
