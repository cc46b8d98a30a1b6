"""The closed code lists of a claim (PLOVER's sixteen types and five of our own, with their modes)."""

from collections.abc import Mapping

ARMED = (
    "abduct",
    "beat",
    "torture",
    "firearms",
    "explosives",
    "suicide-attack",
    "aerial",
    "drone",
    "heavy-weapons",
    "crowd-control",
    "assassinate",
    "destroy",
)  # modes of an assault, and of a violation by one
MODES: Mapping[str, tuple[str, ...]] = {
    "AGREE": ("sign", "accept", "offer", "extend", "ratify"),
    "CONSULT": ("visit", "third-party", "multilateral", "phone", "online"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "return", "disarm", "ceasefire", "access"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet", "resign"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia", "monitors"),
    "COERCE": ("seize", "restrict", "ban", "censor", "curfew", "arrest", "deport", "withhold", "cyber"),
    "ASSAULT": ARMED,
    "VIOLATION": ARMED,
    "CASUALTIES": (),
    "VOTE": (),
    "DELAY": (),
    "ESTABLISH": (),
}
EVENTS: tuple[str, ...] = tuple(MODES)
STATUSES = ("occurred", "ongoing", "planned", "possible", "demanded", "denied")
BOUNDS = ("exact", "at_least", "more_than", "about", "up_to")
SCOPES = ("new", "cumulative", "total", "part")
VOICE_KINDS = ("outlet", "agency", "person", "office", "organisation", "official", "source", "media", "document")
PRECISIONS = ("point", "settlement", "area", "admin", "country", "line")
GRAINS = ("minute", "day", "week", "month", "year")
BASES = ("stated", "relative", "inferred")
QUANTITY_KINDS = (
    "killed",
    "injured",
    "missing",
    "displaced",
    "detained",
    "released",
    "violations",
    "votes_for",
    "votes_against",
    "abstentions",
    "trucks",
    "states",
    "days",
)  # and other:<noun>
