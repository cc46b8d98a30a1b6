"""What one line is: share bar, related headline, byline, caption, breadcrumb, dateline. Words come from the furniture lists."""

import re

from trucewatch.read.hints import hints
from trucewatch.read.knowledge import Words
from trucewatch.read.notices import notice_kind
from trucewatch.text import fold_text

SHORT = 80  # characters of a byline, a share bar, a counter at most
CREDIT = 110  # of a caption without brackets
LEAD = 60  # of a dateline that opens a paragraph
_ENDS = re.compile(r"[.…۔!?؟][\"'”»)\]]*$")
_MORE = re.compile(r"[.…۔!?؟]\s*\w")
_BRACKETED = re.compile(r"[\[({].*[\])}]$")
_SPLIT = re.compile(r"\s*(?:[|•·/>›»,،:؛;–—]|\s-\s|\s{2,})\s*")
_CRUMB = re.compile(r"\s*[>›»]\s*|\s+/\s*|\s*\d+\.\s+")
_LEAD = re.compile(r"\s*(?:(?P<dash>\s--?|\s?[–—]|--)\s|(?P<colon>[:：])\s|(?P<bar>\s[|/])\s)\s*")
_SPELT = re.compile(r"\S*\w\S*")
_CAPITALS = re.compile(r"[^\W\d_a-z][^a-z]*$")


def furniture_kind(text: str, words: Words, *, head: bool) -> str | None:
    """The kind of furniture a whole line is, or None. `head`: it stands before the body, where bylines and breadcrumbs are.

    Beside the kinds of the lists: teasers, a bare title of a list of other headlines.
    """
    if notice_kind(text, words):
        return "notice"
    line = fold_text(text).strip()
    if _BRACKETED.match(line):
        inner = line[1:-1].strip()
        opened = _opening(inner, words)
        return "caption" if opened and opened[0] == "caption" else "notice" if words.notice.search(inner) else None
    if len(line) <= 2 * CREDIT and words.notice.search(line):
        return "notice"
    opened = _opening(line, words)
    kind = _opened_kind(line, opened, head) if opened else None
    if kind:
        return kind
    if len(line) <= SHORT and not _ENDS.search(line):
        if _share_bar(line, words):
            return "share"
        if _counter(line, words):
            return "counter"
        if head and _crumbs(text, line, words):
            return "breadcrumb"
        if head and not hints(text, words) and _byline(line, words):
            return "byline"
    return None


def _opening(line: str, words: Words) -> tuple[str, str] | None:
    """(kind, what follows) of the longest furniture phrase that opens the line; a sign (* • # -) before it is passed over."""
    start = len(line) - len(line.lstrip("*•#-–|>» \t"))
    body = line[start:]
    tokens = list(re.finditer(r"\S+", body))[:6]
    for last in reversed(tokens):
        for phrase_end in (last.end(), last.end() - 1):
            phrase = " ".join(body[:phrase_end].split())
            after = body[phrase_end : phrase_end + 1]
            if phrase in words.furniture and not after.isalnum():
                return words.furniture[phrase], body[phrase_end:]
    return None


def _opened_kind(line: str, opened: tuple[str, str], head: bool) -> str | None:
    kind, rest = opened
    divided = rest.lstrip()[:1] in (":", "|", "؛", "：") or not rest.strip()
    short = len(line) <= SHORT and not _ENDS.search(line)
    if kind == "related":
        return "related" if divided and rest.strip(" :|") else "teasers" if divided else None
    if kind in ("keywords", "notice"):
        return kind if divided else None
    if kind == "follow":
        return kind if len(line) <= 2 * CREDIT else None
    if kind == "later":  # no more than this one sentence: news may stand behind it
        return "follow" if len(line) <= CREDIT and not _MORE.search(rest) else None
    if kind == "caption":
        return kind if divided and len(line) <= CREDIT and rest.strip() else None
    if kind in ("published", "updated", "header"):
        return kind if len(line) <= CREDIT and any(c.isdigit() for c in rest) and not _ENDS.search(line) else None
    if kind == "share":
        return kind if divided and short else None
    if kind in ("byline", "agency"):
        return "byline" if short and divided and (rest.strip(" :|") or head) else None
    if kind == "counter":
        return kind if short and re.fullmatch(r"\s*:?\s*[\d.,٬]+\s*", rest) else None
    return None


def _parts(line: str) -> list[str]:
    return [" ".join(part.split()) for part in _SPLIT.split(line) if part.strip()]


def _share_bar(line: str, words: Words) -> bool:
    """Every part of the line is a share word or a number: `Share  Tweet  Telegram`."""
    parts = _parts(line)
    known = [part for part in parts if words.furniture.get(part) == "share"]
    only = all(part in known or not any(c.isalpha() for c in part) for part in parts)
    return only and (len(known) > 1 or len(known) == len(parts) == 1)


def _counter(line: str, words: Words) -> bool:
    """`2484 views`, `3 min read | 12 comments`: each part is a number and a counter's word."""
    parts = _parts(line)
    counted = [re.fullmatch(r"\(?\d[\d.,٬]*\s*[km]?\s+(.+?)\)?", part) for part in parts]
    return any(m and words.furniture.get(m[1]) in ("counter", "share") for m in counted) and len(parts) <= 3


def _crumbs(text: str, line: str, words: Words) -> bool:
    """`Home / Politics / War`, `Home » News`, `1. Home  2. News`: short parts; a quotation's guillemets do not count."""
    if "«" in text or _ENDS.search(line):
        return False
    parts = [part for part in _CRUMB.split(text.strip()) if part.strip()]
    first = fold_text(parts[0]).strip() if parts else ""
    if words.furniture.get(first) == "breadcrumb":
        return True
    strong = bool(re.search(r"[>›»]", text))
    return len(parts) > 1 and all(len(part.split()) <= 5 for part in parts) and (strong or len(parts) > 2)


def _byline(line: str, words: Words) -> bool:
    """A byline's word is a part of its own (`Gaza - Agencies`, `By Name`), or opens a line of a few words."""
    parts = _parts(line)
    if len(parts) <= 4 and any(words.furniture.get(part.strip("()")) in ("byline", "agency") for part in parts):
        return True
    first = line.split(maxsplit=1)
    return len(line.split()) <= 6 and len(first) > 1 and len(first[0]) <= 3 and words.furniture.get(first[0]) == "byline"


def is_dateline(text: str, words: Words) -> bool:
    """A header line that is a date with little around it: place, source, section, time; not a headline that tells a date."""
    found = hints(text, words)
    if not found or _ENDS.search(text.rstrip()) and len(text) > SHORT:
        return False
    left = text
    for hint in reversed(found):
        left = left[: hint.start] + " | " + left[hint.end :]
    folded = fold_text(left)
    if words.cue.search(folded):
        return True
    folded = words.half.sub(" ", words.weekday.sub(" ", folded))
    longest = max(len(_SPELT.findall(part)) for part in re.split(r"[|•·/>»()]|\s[-–]\s|\d", folded))
    return longest <= 4 and len(folded.split()) <= 12


def lead_in(text: str, start: int, end: int, words: Words) -> tuple[int, int] | None:
    """A dateline that opens a paragraph (`MIAMI: `, `Yerevan, August 18, 2025 – `): (its end, where the body goes on), or None.

    A dash counts after one to three words, or with a date, a source or something in brackets before it; a colon after capitals,
    a date or a source. A second dash in the sentence makes the first one a parenthesis. Where letters have cases, the names in
    front and the first word behind are capital.
    """
    stretch = text[start : min(end, start + LEAD + 20)]
    for match in _LEAD.finditer(stretch):
        before = stretch[: match.start()].strip()
        if not before or len(before) > LEAD:
            return None
        if _is_lead(before, match, text[start + match.end() : min(end, start + 400)], words):
            return start + match.start() + len(match.group().rstrip()), start + match.end()
        if not hints(before, words) and not before.isupper():
            return None
    return None


def _is_lead(before: str, sign: re.Match[str], after: str, words: Words) -> bool:
    parts = (" ".join(part.split()) for part in re.split(r"[(),/|–-]", fold_text(before)))
    source = any(words.furniture.get(part) in ("byline", "agency") for part in parts)
    bracketed = sign["dash"] is not None and re.search(r"\([^()]{2,25}\)$", before) is not None
    if hints(before, words) or source or bracketed:
        return len(before.split()) <= 9
    following = after.lstrip("\"'“”«»[(")[:1]
    common = any(word[0].islower() and len(word) > 3 for word in before.split())
    if common or following.islower() or re.search(r"[.!?؟«\"“\d]", before):
        return False
    if sign["colon"]:
        return bool(_CAPITALS.match(before)) and before.isupper()
    if sign["dash"]:
        sentence = re.split(r"[.!?؟]\s", after, maxsplit=1)[0]
        return len(before.split()) <= 3 and not re.search(r"\s[–—-]\s|—", sentence)
    return False
