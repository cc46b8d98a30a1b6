"""What was said: statements since the day before, who disputes what, what is told again and again."""

from collections.abc import Iterator
from dataclasses import replace

from trucewatch.model import Claim
from trucewatch.publish.labels import say
from trucewatch.publish.tracker import told_finding
from trucewatch.report.desk import Desk, item, voice
from trucewatch.report.sitrep import Item

STATEMENTS = ("SUPPORT", "AGREE", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "DELAY", "PROTEST")
DISPUTES = ("contradicts", "denies")
RECYCLED = "statement-printed-again"
AGAIN = 2  # articles from which an utterance counts as told again


def statements(desk: Desk) -> Iterator[Item]:
    """What voices said, printed after the day with which this one is compared; an utterance once, under its voice;
    the voices with most of them first."""
    origin = {claim: row.id for each in desk.happenings for row in each.origins for claim in row.claims}
    said: dict[str, dict[str, list[Claim]]] = {}
    for claim in sorted(desk.claims.values(), key=lambda each: (str(desk.articles[each.article].published), each.id)):
        printed = desk.articles[claim.article].published
        fresh = printed is not None and printed.isoformat() > desk.before.as_of and claim.article in desk.near
        if fresh and claim.event in STATEMENTS and claim.speaker and claim.speaker[-1].text:
            rows = said.setdefault(voice(desk, claim.id), {})
            rows.setdefault(origin.get(claim.id, claim.id), []).append(claim)
    for who in sorted(said, key=lambda name: (-len(said[name]), name)):
        yield Item(who, level="side")
        for told_so in said[who].values():
            told = told_so[0]
            status = "" if told.status == "occurred" else f" ({say(desk.known, 'statuses', told.status)})"
            yield item(desk, say(desk.known, "events", told.event) + status, (each.id for each in told_so))


def disputes(desk: Desk) -> Iterator[Item]:
    """Claims of one happening that deny or contradict each other, with the voices, the newest first."""
    rows = [(each.end or "", link) for each in desk.happenings for link in each.links if link.relation in DISPUTES]
    for _, link in sorted(rows, key=lambda row: (row[0], row[1].one, row[1].other), reverse=True):
        if link.one not in desk.claims or link.other not in desk.claims:
            continue
        who = [voice(desk, each) for each in (link.one, link.other)]
        head = desk.put("dispute", link.relation).format(one=who[0], other=who[1])
        notes = tuple(str(desk.why(reason)) for reason in link.reasons)
        yield item(desk, head, (link.one, link.other), *notes)


def findings(desk: Desk) -> Iterator[Item]:
    """What does not add up or contradicts itself; what is only old has a part of its own."""
    for row in desk.tracker.findings:
        if row.check != RECYCLED:
            yield item(desk, str(desk.why(row.reason)), row.claims, told_finding(row, desk.articles, desk.names, desk.put))


def again(desk: Desk) -> Iterator[Item]:
    """Statements that were printed anew days later; then utterances that several articles print: one origin, however often it is
    printed; the most printed first."""
    for found in desk.tracker.findings:
        if found.check == RECYCLED:
            told = told_finding(found, desk.articles, desk.names, desk.put)
            head = f"{desk.put('recycled')}{desk.put('semicolon')}{desk.why(found.reason)}"
            yield replace(item(desk, head, found.claims, told), level="recycled")
    rows = [each for row in desk.happenings for each in row.origins if each.articles >= AGAIN]
    for origin in sorted(rows, key=lambda each: (-each.articles, each.id)):
        known = [claim for claim in origin.claims if claim in desk.claims]
        if origin.first not in desk.claims:
            continue
        outlets = dict.fromkeys(desk.articles[desk.claims[claim].article].outlet for claim in known)
        told = desk.put("comma").join(desk.names(each) for each in outlets if each)
        head = desk.put("told_again", who=voice(desk, origin.first), day=origin.day or desk.put("no_day"), n=origin.articles)
        yield item(desk, head, (origin.first,), told)
