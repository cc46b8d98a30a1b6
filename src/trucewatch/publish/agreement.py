"""An agreement for a reader, as lines of plain text in the interface's language, and as data for a machine."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, time
from typing import Any

from trucewatch.model.agreement import Agreement, Body, Moment, Provision, Words
from trucewatch.model.tracked import Deadline, Standing
from trucewatch.publish.labels import Labels, labels

Names = Callable[[str], str]  # id -> the name to show


def as_data(value: Any) -> Any:
    """A noun as JSON-ready data: tuples as lists, words by language as mappings, days as ISO text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _field(str(field.type), getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [as_data(each) for each in value]
    return value.isoformat() if isinstance(value, date | time) else value


def _field(kind: str, value: Any) -> Any:
    by_language = kind.startswith("tuple[tuple[str,")
    return {key: as_data(each) for key, each in value} if by_language else as_data(value)


def day_text(moment: Moment | None) -> str:
    """`2025-10-10 12:00 Asia/Jerusalem`, `2025-10-10` or `2025-11-01..2025-11-04`."""
    if moment is None:
        return "–"
    text = moment.start.isoformat()
    if moment.at:
        return f"{text} {moment.at:%H:%M} {moment.zone}"
    return text if moment.start == moment.end else f"{text}..{moment.end.isoformat()}"


def shown(
    agreement: Agreement, standing: Standing, deadlines: Sequence[Deadline], *, day: date, names: Names, language: str = "en"
) -> Iterator[str]:
    """The agreement as it stands on a day, a line each. What was written from memory says so."""
    known = labels(language)
    put = _phrases(known)
    yield f"{words_of(agreement.names, known)}  ({agreement.id}: {put('kind', agreement.kind)})"
    yield f"  {words_of(agreement.summary, known)}"
    yield ""
    yield put("stands", day=day.isoformat(), state=_state(standing, put))
    yield from _section(put("parties"), _parties(agreement, put, names, known))
    yield from _section(put("stretches"), _stretches(agreement, put, known))
    yield from _section(put("declarations"), _declarations(agreement, put, names, known))
    yield from _section(put("suspensions"), _suspensions(agreement, put, names, known))
    yield from _section(put("variants"), _variants(agreement, put, names, known))
    yield from _section(put("phases"), _phases(agreement, put, names, known))
    memory = sum(not row.checked for row in agreement.provisions)
    title = f"{put('provisions')}: {put('provision_count', n=len(agreement.provisions), m=memory)}"
    yield from _section(title, (line for row in agreement.provisions for line in _provision(row, put, names, known)))
    yield from _section(put("deadlines"), _deadlines(agreement, deadlines, put, known))
    yield from _section(put("bodies"), (line for row in agreement.bodies for line in _body(row, put, names, known)))
    yield from _section(put("votes"), _votes(agreement, put, names))
    channel = (f"  {put('channel', words=words_of(agreement.channel, known))}",) if agreement.channel else ()
    yield from _section(put("violations"), (*channel, *_countings(agreement, put, names, known)))
    yield from _section(put("lines"), _lines(agreement, put, known))
    yield from _section(put("documents"), _documents(agreement, put, names, known))
    yield from _section(put("sources"), (f"  {row.id}: {row.where}" for row in agreement.sources))


Put = Callable[..., str]


def _phrases(known: Labels) -> Put:
    """The text of a key, or of a code of a key, with its gaps filled."""

    def put(key: str, code: str | None = None, **gaps: object) -> str:
        entry: Any = known.words["agreement"].get(key, key)
        text = entry.get(code, code) if isinstance(entry, dict) else entry
        return str(text).format(**gaps) if gaps else str(text)

    return put


def words_of(words: Words, known: Labels) -> str:
    """In the reader's language, else in English, else in any."""
    told = dict(words)
    return told.get(known.code) or told.get("en") or next(iter(told.values()), "")


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Nothing where there are no lines."""
    for number, line in enumerate(lines):
        if number == 0:
            yield ""
            yield title
        yield line


def _state(standing: Standing, put: Put) -> str:
    text = put(standing.rule) if standing.rule.startswith("a-proposal") else put(standing.state)
    if standing.stretch and standing.state != "not-in-force":
        text += f"{put('comma')}{put('since', start=day_text(standing.stretch.start))}"
        if standing.stretch.end:
            text += f"{put('comma')}{put('until', end=day_text(standing.stretch.end))}"
        text += _memory(standing.stretch.checked, put)
    return text + (f"; {put('covers', ids=put('comma').join(standing.covers))}" if standing.covers else "")


def _memory(checked: bool, put: Put) -> str:
    return "" if checked else f" [{put('memory')}]"


def _who(ids: Iterable[str], names: Names, put: Put) -> str:
    return put("comma").join(names(each) for each in ids)


def _parties(agreement: Agreement, put: Put, names: Names, known: Labels) -> Iterator[str]:
    for party in agreement.parties:
        note = f"{put('comma')}{words_of(party.note, known)}" if party.note else ""
        yield f"  {names(party.party)}: {put('role', party.role)}{note}"
        for answer in party.acceptance:
            on = f" ({answer.document})" if answer.document else ""
            terms = f": {words_of(answer.conditions, known)}" if answer.conditions else ""
            yield f"    {day_text(answer.when)}  {put('answer', answer.kind)}{on}{terms}{_memory(answer.checked, put)}"


def _stretches(agreement: Agreement, put: Put, known: Labels) -> Iterator[str]:
    for row in agreement.in_force:
        ended = f"  {words_of(row.ended, known)}" if row.ended else ""
        yield f"  {day_text(row.start)} – {day_text(row.end)}{ended}{_memory(row.checked, put)}"


def _lines(agreement: Agreement, put: Put, known: Labels) -> Iterator[str]:
    for row in agreement.lines:
        note = f"; {words_of(row.note, known)}" if row.note else ""
        drawn = put("drawn") if row.coordinates else put("not_drawn")
        yield f"  {words_of(row.names, known)}: {drawn}{note}{_memory(row.checked, put)}"


def _declarations(agreement: Agreement, put: Put, names: Names, known: Labels) -> Iterator[str]:
    for row in agreement.declarations:
        yield f"  {day_text(row.when)}  {names(row.party)}: {words_of(row.words, known)}{_memory(row.checked, put)}"


def _suspensions(agreement: Agreement, put: Put, names: Names, known: Labels) -> Iterator[str]:
    for row in agreement.suspensions:
        told = f"{names(row.party)}: {words_of(row.note, known)}"
        yield f"  {day_text(row.start)} – {day_text(row.end)}  {told}{_memory(row.checked, put)}"


def _variants(agreement: Agreement, put: Put, names: Names, known: Labels) -> Iterator[str]:
    for row in agreement.variants:
        what = f"{put('what', row.what)}{f' ({row.provision})' if row.provision else ''}"
        told = put("told_by", who=_who((each.removeprefix("outlet:") for each in row.told_by), names, put))
        note = f"; {words_of(row.note, known)}" if row.note else ""
        line = put("comma").join((row.value, put("standing", row.standing), told))
        yield f"  {what}: {line}{note}{_memory(row.checked, put)}"


def _phases(agreement: Agreement, put: Put, names: Names, known: Labels) -> Iterator[str]:
    for row in agreement.phases:
        begins = f"{put('comma')}{put('begins', day=day_text(row.begins))}" if row.begins else ""
        condition = f"{put('comma')}{put('condition', words=words_of(row.condition, known))}" if row.condition else ""
        told = put("named_by", who=_who(row.named_by, names, put))
        yield f"  {words_of(row.names, known)}{begins}{put('comma')}{told}{condition}{_memory(row.checked, put)}"


def _provision(row: Provision, put: Put, names: Names, known: Labels) -> Iterator[str]:
    number = f" §{row.paragraph}" if row.paragraph else ""
    yield f"  {row.id}{number}: {words_of(row.words, known)}{_memory(row.checked, put)}"
    owed = [put("nature", row.nature), put("owed", who=_who(row.obligors, names, put))]
    if row.beneficiaries:
        owed.append(put("benefit", who=_who(row.beneficiaries, names, put)))
    if row.verifier:
        owed.append(put("verifier", who=_who(row.verifier, names, put)))
    yield f"    {put('comma').join(owed)}"
    if row.condition:
        yield f"    {put('condition', words=words_of(row.condition, known))}"
    if row.due:
        yield f"    {put('due', words=words_of(row.due.words, known))}"
    for amount in row.amounts:
        number = (
            "" if amount.value is None else f"{amount.value:g} {'/ ' + amount.per if amount.per else ''}".strip() + put("comma")
        )
        yield f"    {put('amount', words=number + words_of(amount.words, known))}{_memory(amount.checked, put)}"
    yield f"    {put('categories', codes=', '.join((*row.pam, *row.pax, *row.ours)))}"


def _deadlines(agreement: Agreement, deadlines: Sequence[Deadline], put: Put, known: Labels) -> Iterator[str]:
    milestones = {row.id: words_of(row.words, known) for row in agreement.milestones}
    for each in deadlines:
        when = day_text(each.due) if each.due else put("waits", what=milestones.get(each.waits_for or "", ""))
        moved = f" ({put('moved', day=day_text(each.first))})" if each.moved else ""
        yield f"  {when}  {each.provision}{moved}: {words_of(each.words, known)}{_memory(each.checked, put)}"


def _body(row: Body, put: Put, names: Names, known: Labels) -> Iterator[str]:
    told = [day_text(row.created)] if row.created else []
    told += [put("chair", who=_who(row.chair, names, put))] if row.chair else []
    told += [put("members", who=_who((member.party for member in row.members), names, put))] if row.members else []
    told += [put("expires", day=day_text(row.expires))] if row.expires else []
    told += [put("reports_every", n=row.reports_every)] if row.reports_every else []
    yield f"  {names(row.id)}: {words_of(row.mandate, known)}{_memory(row.checked, put)}"
    if told:
        yield f"    {'; '.join(told)}"


def _votes(agreement: Agreement, put: Put, names: Names) -> Iterator[str]:
    for row in agreement.votes:
        counts = put("counts", yes=row.votes_for, no=row.votes_against, out=row.abstentions)
        abstaining = f": {_who(row.abstaining, names, put)}" if row.abstaining else ""
        yield f"  {day_text(row.when)}  {names(row.body)} ({row.document}): {counts}{abstaining}{_memory(row.checked, put)}"


def _countings(agreement: Agreement, put: Put, names: Names, known: Labels) -> Iterator[str]:
    for row in agreement.violations:
        told = [put("against", who=_who(row.against, names, put))] if row.against else []
        told += list(row.kinds)
        told += [put("from_day", day=day_text(row.since))] if row.since else []
        told += [words_of(each, known) for each in (row.channel, row.note) if each]
        yield f"  {names(row.party)}: {'; '.join(told)}{_memory(row.checked, put)}"


def _documents(agreement: Agreement, put: Put, names: Names, known: Labels) -> Iterator[str]:
    for row in agreement.documents:
        signed = f" ({_who(row.signed, names, put)})" if row.signed else ""
        note = f"; {words_of(row.note, known)}" if row.note else ""
        yield f"  {day_text(row.when)}  {row.id}: {words_of(row.names, known)}{signed}{note}{_memory(row.checked, put)}"
