"""An alert in words, like a line of the report: a head, and the claims that it rests on, each with its voice and quote."""

from trucewatch.model.alert import Alert
from trucewatch.publish.agreement import words_of
from trucewatch.publish.labels import say
from trucewatch.publish.tracker import rule_text
from trucewatch.report.desk import Desk, item, voice
from trucewatch.report.sitrep import Item


def line(desk: Desk, alert: Alert) -> Item:
    """What is said of an alert to a reader. Claims that are not at the desk, for they are hidden or struck out, are left out."""
    return item(desk, _HEADS[alert.when](desk, alert), alert.claims)


def text(told: Item) -> str:
    """The same as plain lines."""
    out = [told.head]
    for cite in told.cites:
        out.append(f"- {cite.told.striptags()}: {cite.quote}" + (f"\n  {cite.url}" if cite.url else ""))
    return "\n".join(out)


def _state(desk: Desk, alert: Alert) -> str:
    before, after, rule = alert.values
    _, judged, who = rule.partition("judged-by ")
    why = desk.put("judged_by", who=who) if judged else rule_text(rule, desk.put, desk.names)
    moved = desk.put("became").format(before=desk.put("states", before), after=desk.put("states", after))
    return desk.put("alert_state", what=_provision(desk, alert.subject), moved=moved, why=why, day=alert.day)


def _figure(desk: Desk, alert: Alert) -> str:
    of, before_day, before, bound, now, start = alert.values
    number = " ".join(filter(None, (say(desk.known, "bounds", bound), now)))
    since = desk.known.words["range"]["since"]
    return desk.put(
        "alert_figure",
        who=desk.names(alert.subject),
        what=say(desk.known, "quantities", of) + (f" ({since} {start})" if start else ""),
        before=before,
        before_day=before_day,
        now=number,
        day=alert.day,
    )


def _contradiction(desk: Desk, alert: Alert) -> str:
    if any(claim not in desk.claims for claim in alert.claims):
        return desk.put("alert_gone")
    one, other = (voice(desk, claim) for claim in alert.claims)
    return desk.put("dispute", alert.values[0]).format(one=one, other=other) + f" ({say(desk.known, 'events', alert.subject)})"


def _deadline(desk: Desk, alert: Alert) -> str:
    due, days = alert.values
    return desk.put("alert_deadline", what=_provision(desk, alert.subject), due=due, n=days)


def _silence(desk: Desk, alert: Alert) -> str:
    last, days = alert.values
    return desk.put("alert_silence", who=desk.names(alert.subject), last=last, n=days)


def _provision(desk: Desk, subject: str) -> str:
    words = {row.id: row.words for row in desk.agreement.provisions}
    return words_of(words[subject], desk.known).rstrip(".") if subject in words else subject


_HEADS = {"state": _state, "figure": _figure, "contradiction": _contradiction, "deadline": _deadline, "silence": _silence}
