"""Lines of pages from right to left as a PDF's text layer gives them, put into the order in which they are read."""

import re
import unicodedata

_RTL = ("R", "AL")
_BRACKETS = str.maketrans("()[]{}", ")(][}{")
_OPEN = {"(": ")", "[": "]", "{": "}"}
_JOINED = re.compile(r"\d+(?:[.,:/]\d+)*")
_GROUPS = re.compile(rf"(?:{_JOINED.pattern})(?:[-\u2013](?:{_JOINED.pattern}))+")
_PERCENT = re.compile(rf"([%\u066a])({_JOINED.pattern})")


def is_rtl(text: str) -> bool:
    """Whether most letters of a page run from right to left."""
    letters = [unicodedata.bidirectional(char) for char in text if char.isalpha()]
    return 2 * sum(kind in _RTL for kind in letters) > len(letters)


def logical(line: str) -> str:
    """A line of such a page as it is read; one without letters from right to left as it is.

    Words in letters from left to right come in the wrong order, so do figures joined by dashes; a sign after a figure comes
    before it.
    """
    if not _turned(line):
        return line
    tokens = [_token(token) for token in line.split(" ")]
    out: list[str] = []
    run: list[str] = []
    for token in (*tokens, ""):
        if _latin(token) or (run and token.isdecimal()) or (token.isdecimal() and not run and _next_latin(tokens, len(out))):
            run.append(token)
            continue
        while run and run[-1].isdecimal():  # a figure behind the run stands by itself
            token = f"{run.pop()} {token}".rstrip()
        out += [*reversed(run), *token.split(" ")]
        run = []
    return " ".join(out[:-1] if out and out[-1] == "" and not line.endswith(" ") else out)


def brackets(lines: list[str]) -> list[str]:
    """Lines of such a page, with the brackets of those from right to left turned round where then more of them are closed."""
    ours = [line for line in lines if _turned(line)]
    turned = [line.translate(_BRACKETS) for line in ours]
    if _closed("\n".join(turned)) <= _closed("\n".join(ours)):
        return lines
    return [line.translate(_BRACKETS) if _turned(line) else line for line in lines]


def _turned(line: str) -> bool:
    return any(unicodedata.bidirectional(char) in _RTL for char in line)


def _token(token: str) -> str:
    """`.11:45` as `11:45.`; `2-0-13` as `13-0-2`; `%7` as `7%`."""
    lead = 0
    while lead < len(token) and unicodedata.category(token[lead]) == "Po" and token[lead] not in "%\u066a'\"":
        lead += 1
    if 0 < lead < len(token) and unicodedata.bidirectional(token[lead]) not in _RTL:
        token = token[lead:] + token[:lead]
    token = _PERCENT.sub(r"\2\1", token)
    return _GROUPS.sub(lambda found: "".join(reversed(re.split(r"([-\u2013])", found.group()))), token)


def _latin(token: str) -> bool:
    letters = [char for char in token if char.isalpha()]
    return bool(letters) and all(unicodedata.bidirectional(char) == "L" for char in letters)


def _next_latin(tokens: list[str], at: int) -> bool:
    return at + 1 < len(tokens) and _latin(tokens[at + 1])


def _closed(text: str) -> int:
    """How many brackets close what was opened before."""
    open_: list[str] = []
    count = 0
    for char in text:
        if char in _OPEN:
            open_.append(_OPEN[char])
        elif open_ and char == open_[-1]:
            open_.pop()
            count += 1
    return count
