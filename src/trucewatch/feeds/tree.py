"""Bytes of XML, whole or broken, to a tree; and what its elements say."""

import codecs
import html
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree  # type: ignore[import-untyped]

Element = Any  # lxml has no types of its own
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_TOLD = re.compile(rb"""^[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]+)""")
_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"(?>\s*<!--.*?-->)*+\s*<!DOCTYPE(?:[^\[>]|\[[^\]]*\])*+>", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&(#?)([A-Za-z0-9]{1,32}?)(;|(?=[^A-Za-z0-9;]))|&")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)  # what stands in one is meant as it is
_XML = ("amp", "lt", "gt", "quot", "apos")
_BANNED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BASES = 4  # as many bases within each other are honoured
_BASE = "{http://www.w3.org/XML/1998/namespace}base"


def decoded(data: bytes, charset: str | None = None) -> str:
    """The text of a document: by its mark, its first line, the charset that the server told, else UTF-8: the first that holds."""
    marked = next((code for mark, code in _BOMS if data.startswith(mark)), None)
    told = _TOLD.match(data[:300])
    names = (marked, told.group(1).decode("ascii") if told else None, charset, "utf-8", "windows-1252")
    known = [name for name in names if name and _is_known(name)]
    for name in known:
        try:
            return data.decode(name)
        except UnicodeError:
            continue
    return data.decode(known[0], "replace")


def tree(text: str) -> Element | None:
    """The root of a document; what is broken in it is passed over. Entities of its own are not expanded. None: no XML."""
    text = _HEAD.sub("", text, count=1)
    text = text[found.end() :] if (found := _DOCTYPE.match(text)) else text
    pieces = _CDATA.split(_BANNED.sub("", text).strip())
    text = "".join(piece if number % 2 else _ENTITY.sub(_entity, piece) for number, piece in enumerate(pieces))
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def name(element: Element) -> str:
    """The name without its namespace, in small letters; empty for comments and the like."""
    tag = element.tag
    return re.split(r"[}:]", tag)[-1].lower() if isinstance(tag, str) else ""


def space(element: Element) -> str:
    """The namespace, or the prefix where it was not declared."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return str(tag[1:].partition("}")[0]) if tag.startswith("{") else tag.rpartition(":")[0]


def children(element: Element, *names: str) -> Iterator[Element]:
    return (child for child in element if name(child) in names)


def said(element: Element) -> str | None:
    """The text in an element; markup that stands in it as such comes as markup. None where there is nothing."""
    parts = [element.text or ""]
    if len(element):
        for child in element:
            parts.append(etree.tostring(child, encoding="unicode") if isinstance(child.tag, str) else child.tail or "")
    return "".join(parts).strip() or None


def plain(text: str | None) -> str | None:
    """The words of a text that may hold tags and entities, in one line."""
    if not text:
        return None
    return " ".join(html.unescape(re.sub(r"<[A-Za-z/!][^<>]{0,2000}>", " ", text)).split()) or None


def language(element: Element) -> str | None:
    """The nearest xml:lang from here up."""
    while element is not None:
        if element.get(_LANG):
            return str(element.get(_LANG))
        element = element.getparent()
    return None


def absolute(link: str | None, element: Element, base: str | None) -> str | None:
    """A link as http or https, joined to xml:base and the document's own address. None: it is no address of the web."""
    bases = [base or ""]
    while element is not None and len(bases) < _BASES:
        if element.get(_BASE):
            bases.insert(1, str(element.get(_BASE)))
        element = element.getparent()
    whole = ""
    try:
        for part in (*bases, (link or "").strip()):
            whole = urljoin(whole, part)
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if link and link.strip() and parts.scheme in ("http", "https") and parts.netloc else None


def _is_known(name: str) -> bool:
    try:
        return bool(codecs.lookup(name)._is_text_encoding)
    except (LookupError, ValueError):
        return False


def _entity(match: re.Match[str]) -> str:
    """Entities of HTML as the characters they mean: XML knows five only. A bare & is meant as such."""
    number, word, end = match.group(1), match.group(2), match.group(3)
    if word is None:
        return "&amp;"
    if number:
        digits = int(word[1:], 16) if re.fullmatch(r"[xX][0-9A-Fa-f]+", word) else int(word) if word.isdecimal() else -1
        return html.escape(html.unescape(f"&#{digits};")) if end and 0 < digits < 0x110000 else f"&amp;#{word}{end}"
    if word in _XML and end:
        return match.group()
    char = html5.get(f"{word};") if end else None
    return html.escape(char) if char else f"&amp;{word}{end}"
