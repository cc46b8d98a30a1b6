"""The report for print, set by typst from the same model; a font with Arabic and Latin letters comes with the package."""

import json
from datetime import UTC, datetime
from functools import partial
from importlib.resources import as_file, files
from typing import Any

from trucewatch.errors import TrucewatchError
from trucewatch.packs import find
from trucewatch.publish.agreement import Put
from trucewatch.publish.labels import labels
from trucewatch.publish.tracker import phrases
from trucewatch.report.page import FIGURES, TURNS
from trucewatch.report.sitrep import Chart, Cite, Item, Part, Sitrep
from trucewatch.report.style import Style, name_of

KINDS_OF = {"image/svg+xml": "svg", "image/png": "png"}
WIDE = ("states", "repeats", "places")  # pictures whose key has one line for each entry


def pdf(told: Sitrep, style: Style | None = None) -> bytes:
    """The whole file. The same report gives the same text and pictures. Raises TrucewatchError where typst is not installed."""
    try:
        import typst
    except ImportError:
        raise TrucewatchError("--pdf: typst is not installed. Run: pip install 'trucewatch[pdf]'.") from None
    data = json.dumps(as_data(told) | {"dress": _dress(style, told.language) if style else None}, ensure_ascii=False)
    moment = datetime.fromisoformat(told.as_of).replace(tzinfo=UTC)
    with as_file(files("trucewatch.report") / "templates" / "report.typ") as template:
        return bytes(
            typst.compile(
                template,
                format="pdf",
                font_paths=[find("fonts/OFL.txt").parent],
                sys_inputs={"report": data},
                timestamp=int(moment.timestamp()),
            )
        )


def _dress(style: Style, language: str) -> dict[str, Any]:
    """Bytes as numbers, for the template reads nothing else."""
    logo = {"bytes": list(style.logo[0]), "format": KINDS_OF[style.logo[1]]} if style.logo else None
    return {"name": runs(name_of(style, language)), "logo": logo, "accent": style.accent}


def as_data(told: Sitrep) -> dict[str, Any]:
    """What the template shows, every text as runs of words and figures."""
    put = phrases(labels(told.language), "report", "tracker")
    confirmable = [put("confirmable", n=told.confirmable)] if told.confirmable else []
    hidden = [put("claims_left", n=told.hidden)] if told.hidden else []
    parts = [_part(part, put) for part in told.parts]
    if hidden and parts:
        parts[-1]["notes"] += [runs(each) for each in hidden]
    return {
        "language": told.language,
        "direction": told.direction,
        "title": told.title,
        "title_runs": runs(told.title),
        "basis": runs(" ".join([f"{told.standing}. {told.basis}", *confirmable])),
        "words": {"caution": put("caution"), "page": put("at_source"), "sample": put("sample") if told.sample else None},
        "tally": [runs(f"{put('provisions')}:"), *(runs(f"{words}: {count}") for _, words, count in told.tally)],
        "parts": parts,
    }


def runs(text: str) -> list[dict[str, Any]]:
    """A text cut into words and figures; names in it turn nothing around that is not theirs."""
    out: list[dict[str, Any]] = []
    at, text = 0, TURNS.sub("", text)
    for found in FIGURES.finditer(text):
        if found.start() > at:
            out.append({"words": text[at : found.start()], "figure": False})
        out.append({"words": found[0], "figure": True})
        at = found.end()
    return [*out, {"words": text[at:], "figure": False}] if at < len(text) else out


def _part(part: Part, put: Put) -> dict[str, Any]:
    notes = [put("lines_left", n=part.left)] if part.left else []
    notes += [put("silent", ids=" · ".join(part.silent))] if part.silent else []
    notes += [] if part.items or part.charts else [put("none")]
    return {
        "title": runs(part.title),
        "charts": list(map(_chart, part.charts)),
        "items": list(map(partial(_item, put=put), part.items)),
        "notes": list(map(runs, notes)),
    }


def _chart(chart: Chart) -> dict[str, Any]:
    return {
        "title": runs(chart.title),
        "note": runs(chart.note),
        "svg": chart.svg,
        "alt": f"{chart.title}. {chart.note}",
        "wide": chart.kind in WIDE,
        "key": [{"mark": mark, "words": runs(words)} for mark, words in chart.key],
    }


def _item(item: Item, put: Put) -> dict[str, Any]:
    groups = ((item.group, item.cites), ("counter", item.counter))
    return {
        "head": runs(item.head),
        "level": item.level or "",
        "notes": [*map(runs, item.notes), *([_files(item, put)] if item.files else [])],
        "groups": [{"title": put(name), "cites": list(map(_cite, cites))} for name, cites in groups if cites],
        "more": runs(put("more", n=item.more)) if item.more else None,
    }


def _files(item: Item, put: Put) -> list[dict[str, Any]]:
    """Where facts of the agreement's file were read; an address is never turned round."""
    out = runs(put("file", ids=""))
    for number, place in enumerate(item.files):
        out += [{"words": put("comma"), "figure": False}] if number else []
        out.append({"words": place, "figure": place.isascii()})
    return out


def _cite(cite: Cite) -> dict[str, Any]:
    return {
        "before": cite.before,
        "quote": cite.quote,
        "after": cite.after,
        "direction": cite.direction,
        "language": cite.language,
        "told": runs(cite.told.striptags()),
        "grade": cite.grade,
        "taken": runs(cite.taken),
        "claim": cite.claim,
        "url": cite.url,
    }
