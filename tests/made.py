"""Claims made by hand on two sample articles: what publish/ and cli/ are tried with, whatever the coder finds."""

import json
from datetime import date
from importlib.resources import files

from trucewatch.model import Article, Block, Claim, Coder, DateEvidence, Evidence, Phrase, Quantity, Role, Voice, When, Where

SAMPLES = files("trucewatch") / "data/samples/articles.jsonl"
PERIOD = ("2025-10-10", "2026-01-12")


def article(name: str) -> Article:
    row = next(r for r in map(json.loads, SAMPLES.read_text("utf-8").splitlines()) if r["id"] == name)
    text = row["text"]
    headline = text.splitlines()[1]
    at, again = text.index(headline), text.rindex(headline)
    day = text.index("\n\n") + 2
    blocks = (
        Block("breadcrumb", 0, at),
        Block("headline", at, at + len(headline)),
        Block("dateline", day, again),
        Block("headline", again, again + len(headline)),
        Block("body", again + len(headline), len(text)),
    )
    dates = (
        DateEvidence(
            "dateline", text[day:again].strip(), date(2026, 1, 12), "used", "the weekday agrees", "+02:00", "21:40", day, again
        ),
        DateEvidence("header", "date 2026-01-01", date(2026, 1, 1), "refused", "earlier than the dateline", start=1, end=16),
    )
    return Article(row["id"], text, row["language"], row["url"], row["outlet"], date(2026, 1, 12), dates, (), blocks)


def at(text: str, words: str) -> tuple[str, int, int]:
    start = text.index(words)
    return words, start, start + len(words)


def event(text: str, words: str) -> Evidence:
    found, start, end = at(text, words)
    return Evidence("event", start, end, found)


def claim(entry: Article, number: int, code: str, status: str, words: str, **slots: object) -> Claim:
    """A claim with the outlet as its voice and the event's words as evidence; `slots` replace the empty ones."""
    plain: dict[str, object] = {
        "mode": None,
        "speaker": (Voice("outlet", None, None, None, entry.outlet),),
        "actors": (),
        "recipients": (),
        "participants": (),
        "when": None,
        "where": None,
        "cause": (),
        "object": None,
        "quantities": (),
        "about": (),
        "refers": None,
    }
    return Claim(
        id=f"c:{number:04}",
        reading=f"r:{number:04}",
        article=entry.id,
        event=code,
        status=status,
        evidence=(event(entry.text, words),),
        coder=Coder("rules", "0.1.0", (f"{entry.language}/50-events.yaml#made-{number}",)),
        **(plain | slots),
    )


def english() -> tuple[Article, tuple[Claim, ...]]:
    entry = article("gaza-2026-01-12-online-en")
    text = entry.text
    outlet = Voice("outlet", None, None, None, entry.outlet)
    source = Voice("source", *at(text, "a source in the Turkish Foreign Ministry"), party="TUR.mfa", cue="said")
    hamad = Voice("person", *at(text, "Ghazi Hamad"), party="ghazi-hamad", cue="said")
    local = Voice("organisation", *at(text, "local authorities"), cue="reported")
    army = Role(*at(text, "Israeli army"), party="ISR.mil")
    inferred = When(*PERIOD, "day", "inferred", None, None, "since the truce came into force")
    states = [Role(*at(text, name), party=code) for name, code in (("Turkey", "TUR"), ("Qatar", "QAT"), ("Egypt", "EGY"))]
    miami = Where(
        *at(text, "Miami"), place="gn:4164138", name="Miami", country="USA", lat=25.774, lon=-80.194, precision="settlement"
    )
    return entry, (
        claim(
            entry,
            1,
            "CONSULT",
            "occurred",
            "met online on Monday",
            mode="online",
            speaker=(outlet, source),
            participants=tuple(states),
            when=When("2026-01-12", "2026-01-12", "day", "relative", "on Monday", at(text, "on Monday")[1:]),
        ),
        claim(
            entry,
            2,
            "CONSULT",
            "occurred",
            "a meeting that Miami hosted in late December",
            speaker=(outlet, source),
            where=miami,
            when=When("2025-12-21", "2025-12-31", "day", "stated", "late December", at(text, "late December")[1:]),
        ),
        claim(
            entry,
            3,
            "VOTE",
            "occurred",
            "Thirteen of the fifteen council members voted in favour",
            actors=(
                Role(*at(text, "Russia"), party="RUS", as_="abstaining"),
                Role(None, None, None, "UN.sc", None, "the council voted"),
            ),
            quantities=(
                Quantity("votes_for", 13, "exact", "new", *at(text, "Thirteen")),
                Quantity("votes_against", 0, "exact", "new", None, None, None, None, "15 - 13 - 2"),
                Quantity("abstentions", 2, "exact", "new", None, None, None, None, "names counted"),
            ),
        ),
        claim(
            entry,
            4,
            "VIOLATION",
            "occurred",
            "the Israeli army had breached the truce more than 900 times",
            speaker=(outlet, hamad),
            actors=(army,),
            when=inferred,
            about=("ceasefire",),
            quantities=(Quantity("violations", 900, "more_than", "cumulative", *at(text, "more than 900 times"), PERIOD),),
        ),
        claim(
            entry,
            5,
            "CASUALTIES",
            "occurred",
            "The breaches have killed about 440 people and injured more than 1,200",
            speaker=(outlet, local),
            actors=(army,),
            when=inferred,
            quantities=(
                Quantity("killed", 440, "about", "cumulative", *at(text, "about 440 people"), PERIOD),
                Quantity("injured", 1200, "more_than", "cumulative", *at(text, "more than 1,200"), PERIOD),
            ),
        ),
        claim(
            entry,
            6,
            "ESTABLISH",
            "planned",
            'a "Board of Peace" chaired by Trump',
            object=Phrase(*at(text, '"Board of Peace"'), ref="board-of-peace"),
            actors=(Role(*at(text, "US President Donald Trump"), party="donald-trump", as_="chair"),),
        ),
        claim(
            entry,
            7,
            "DELAY",
            "ongoing",
            "the move to phase two is stalled",
            speaker=(outlet, Voice("media", *at(text, "Press reports"))),
            cause=(Phrase(*at(text, "the intransigence of the parties")),),
            object=Phrase(*at(text, "phase two")),
        ),
        claim(
            entry,
            8,
            "CONSULT",
            "possible",
            "another summit that could bring together",
            speaker=(outlet, Voice("media", *at(text, "Arab media"))),
            refers=Phrase(*at(text, "another summit")),
            when=When(None, "2026-02-28", "month", "inferred", None, None, "no later than the phase it prepares"),
        ),
    )


def arabic() -> tuple[Article, tuple[Claim, ...]]:
    entry = article("gaza-2026-01-12-online")
    text = entry.text
    outlet = Voice("outlet", None, None, None, entry.outlet)
    source = Voice("source", *at(text, "مصدر في وزارة الخارجية التركية"), party="TUR.mfa", cue="كشف")
    hamad = Voice("person", *at(text, "غازي حمد، ممثل الحركة"), party="ghazi-hamad", cue="قال")
    local = Voice("organisation", *at(text, "السلطات المحلية"), cue="ذكر")
    army = Role(*at(text, "الجيش الإسرائيلي"), party="ISR.mil")
    inferred = When(*PERIOD, "day", "inferred", None, None, "since the truce came into force")
    states = tuple(
        Role(*at(text, name), party=code)
        for name, code in (("تركيا", "TUR"), ("قطر", "QAT"), ("مصر", "EGY"), ("الولايات المتحدة", "USA"))
    )
    monday = text.index("الإثنين عبر")
    strip = Where(
        *at(text, "قطاع غزة" if "قطاع غزة" in text else "غزة"),
        place="gaza-strip",
        name="قطاع غزة",
        country="PSE",
        precision="area",
    )
    return entry, (
        claim(
            entry,
            11,
            "CONSULT",
            "occurred",
            "اجتمعوا الإثنين عبر الإنترنت",
            mode="online",
            speaker=(outlet, source),
            participants=states,
            when=When("2026-01-12", "2026-01-12", "day", "relative", "الإثنين", (monday, monday + len("الإثنين"))),
        ),
        claim(
            entry,
            12,
            "VOTE",
            "occurred",
            "وحظي النص بتأييد 13 من أعضاء المجلس الخمسة عشر",
            actors=(Role(*at(text, "الصين"), party="CHN", as_="abstaining"),),
            quantities=(
                Quantity("votes_for", 13, "exact", "new", *at(text, "13 من أعضاء المجلس")),
                Quantity("votes_against", 0, "exact", "new", None, None, None, None, "15 - 13 - 2"),
                Quantity("abstentions", 2, "exact", "new", None, None, None, None, "names counted"),
            ),
        ),
        claim(
            entry,
            13,
            "VIOLATION",
            "occurred",
            "خروق الجيش الإسرائيلي للهدنة زادت على 900 خرق",
            speaker=(outlet, hamad),
            actors=(army,),
            when=inferred,
            quantities=(Quantity("violations", 900, "more_than", "cumulative", *at(text, "900 خرق"), PERIOD),),
        ),
        claim(
            entry,
            14,
            "CASUALTIES",
            "occurred",
            "أسفرت خلال تلك الفترة عن مقتل نحو 440 شخصا وجرح أكثر من 1200",
            speaker=(outlet, local),
            actors=(army,),
            when=inferred,
            quantities=(
                Quantity("killed", 440, "about", "cumulative", *at(text, "نحو 440 شخصا"), PERIOD),
                Quantity("injured", 1200, "more_than", "cumulative", *at(text, "أكثر من 1200"), PERIOD),
            ),
        ),
        claim(
            entry,
            15,
            "ESTABLISH",
            "planned",
            "تشكيل إدارة دولية مؤقتة لقطاع غزة",
            object=Phrase(*at(text, "إدارة دولية مؤقتة")),
            where=strip,
        ),
        claim(
            entry,
            16,
            "ACCUSE",
            "occurred",
            "شكّك وزير الخارجية الروسي سيرغي لافروف في إمكان مواصلة تطبيق خطة ترامب",
            speaker=(outlet, Voice("person", *at(text, "وزير الخارجية الروسي سيرغي لافروف"), party="sergei-lavrov", cue="شكّك")),
        ),
    )
