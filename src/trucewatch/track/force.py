"""Whether an agreement binds on a day or at an instant. Days are those of the zone that the agreement names."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from trucewatch.model.agreement import Agreement, Extension, InForce, Moment
from trucewatch.model.tracked import Standing
from trucewatch.track.clock import first, last

_NEVER = datetime.max.replace(tzinfo=ZoneInfo("UTC"))


def standing(agreement: Agreement, day: date, *, provision: str | None = None, as_of: date | None = None) -> Standing:
    """How the agreement stands on a day, or one provision of it.

    A proposal is never in force, whatever its file says. `as_of`: the day on which one asks (default: the day itself); an
    extension that was agreed later is not known then. A day on which it begins at noon is `partly`; a day that a source's
    imprecision leaves open is `uncertain`.
    """
    if agreement.kind == "proposal":
        return Standing("not-in-force", "a-proposal-is-never-in-force", None, ())
    none = Standing("not-in-force", "no-stretch-holds-the-day", None, ())
    stretches = [s for s in agreement.in_force if not (provision and s.covers and provision not in s.covers)]
    found = [_on(stretch, day, as_of or day) for stretch in stretches]
    best = max(found, key=lambda each: _RANK[each.state], default=none)
    if best.state == "not-in-force":
        return none
    alike = [each.covers for each in found if each.state == best.state]
    covers = tuple(name for each in alike for name in each) if all(alike) else ()
    return Standing(best.state, best.rule, best.stretch, covers)


_RANK = {"not-in-force": 0, "uncertain": 1, "partly": 2, "in-force": 3}


def _on(stretch: InForce, day: date, as_of: date) -> Standing:
    zone = ZoneInfo(stretch.zone)
    opens, closes = datetime.combine(day, time.min, zone), datetime.combine(day + timedelta(days=1), time.min, zone)
    end = extended(stretch.end, stretch.extensions, as_of)
    begins, begun = first(stretch.start, stretch.zone), last(stretch.start, stretch.zone)
    ends, ended = (first(end, stretch.zone), last(end, stretch.zone)) if end else (_NEVER, _NEVER)
    exact = stretch.start.at is not None or stretch.start.start == stretch.start.end
    if closes <= begins or opens >= ended:
        return Standing("not-in-force", "before-it-begins" if closes <= begins else "after-it-ended", stretch, ())
    if stretch.start.at is None and exact:
        begun = begins  # a day without a time counts from its beginning
    if end and end.at is None and end.start == end.end:
        ends = ended  # and to its end
    if closes <= begun and not exact or (end and end.start != end.end and closes > ends):
        return Standing("uncertain", "the-source-gives-no-day", stretch, stretch.covers)
    if begins <= opens and closes <= ends and begun <= opens:
        return Standing("in-force", "within-the-stretch", stretch, stretch.covers)
    if not exact:
        return Standing("uncertain", "the-source-gives-no-day", stretch, stretch.covers)
    return Standing("partly", "begins-that-day" if begins > opens else "ends-that-day", stretch, stretch.covers)


def extended(end: Moment | None, extensions: tuple[Extension, ...], as_of: date) -> Moment | None:
    """The end that holds, given what was agreed by a day. An extension agreed on an imprecise day counts from its last."""
    for more in sorted(extensions, key=lambda each: each.agreed.end):
        if more.agreed.end <= as_of:
            end = more.to
    return end


def in_force(agreement: Agreement, instant: datetime, *, provision: str | None = None) -> bool:
    """Whether it surely binds at an instant, which must name its zone."""
    if agreement.kind == "proposal":
        return False
    for stretch in agreement.in_force:
        if provision and stretch.covers and provision not in stretch.covers:
            continue
        end = extended(stretch.end, stretch.extensions, instant.astimezone(ZoneInfo(stretch.zone)).date())
        one_day = stretch.start.start == stretch.start.end
        begun = first(stretch.start, stretch.zone) if one_day else last(stretch.start, stretch.zone)
        over = _NEVER if end is None else last(end, stretch.zone) if end.start == end.end else first(end, stretch.zone)
        if begun <= instant < over:
            return True
    return False
