"""Posts and wire items: Telegram exports, ninjs of three versions, tables in CSV; nobody without a public role is read."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.test_cli import run
from tests.test_read import knowledge_once, read
from trucewatch.read import Problem, again, pieces

NEWS = "The army of Dorva said on Monday that its soldiers had shelled two villages east of the town of Kesh."


def written(path: Path, tree: Any, **form: Any) -> Path:
    path.write_text(json.dumps(tree, ensure_ascii=False, **form), "utf-8")
    return path


def channel(**more: Any) -> dict[str, Any]:
    pieces = ["The army of ", {"type": "bold", "text": "Dorva"}, NEWS.removeprefix("The army of Dorva")]
    messages = [
        {"id": 1, "type": "service", "date": "2026-01-10T10:00:00", "action": "create_channel", "text": ""},
        {"id": 2, "type": "message", "date": "2026-01-13T01:30:00", "date_unixtime": "1768253400", "text": pieces},
        {"id": 3, "type": "message", "date": "2026-01-13T09:00:00", "from_id": "user77", "from": "Somebody", "text": NEWS},
        {"id": 4, "type": "message", "date": "2026-01-14T09:00:00", "from_id": "channel9", "text": f"{NEWS} It said no more."},
        {"id": 5, "type": "message", "date": "2026-01-14T09:00:00", "photo": "photos/1.jpg", "text": ""},
    ]
    return {"name": "Dorva Front News", "type": "public_channel", "id": 9, "messages": messages} | more


@pytest.mark.parametrize("form", [{"indent": 1}, {}])
def test_telegram(tmp_path: Path, form: dict[str, Any]) -> None:
    found, problems = read(written(tmp_path / "result.json", channel(), **form), knowledge_once())
    assert [(a.id, a.outlet, a.published) for a in found] == [
        ("telegram:9:2", "Dorva Front News", date(2026, 1, 12)),
        ("telegram:9:4", "Dorva Front News", date(2026, 1, 14)),
    ]
    assert found[0].text == NEWS and problems == []


def test_telegram_of_all_chats_reads_public_ones_only(tmp_path: Path) -> None:
    chats = [channel(), channel(type="personal_chat", name="Somebody", id=4), channel(type="private_group", name="Friends", id=5)]
    found, problems = read(written(tmp_path / "result.json", {"chats": {"list": chats}}), knowledge_once())
    assert [a.id for a in found] == ["telegram:9:2", "telegram:9:4"]
    assert [(p.what, p.mend) for p in problems] == [
        (f"{name}: a private chat", "Only public channels are read.") for name in ("Somebody", "Friends")
    ]


ONE = {"uri": "urn:1", "type": "text", "headline": "Shelling", "language": "en", "pubstatus": "usable"}
NINJS = [
    ONE
    | {
        "versioncreated": "2026-01-12T10:00:00Z",
        "body_text": NEWS,
        "byline": "By Dorva Press",
        "infosource": [{"name": "Dorva Press"}],
    },
    ONE | {"firstcreated": "2026-01-12T10:00:00Z", "body_xhtml": f"<div><h2>Shelling east of Kesh</h2><p>{NEWS}</p></div>"},
    {
        "uri": "urn:2",
        "standard": {"name": "ninjs", "version": "2.0"},
        "headlines": [{"role": "short", "value": "No"}, {"role": "main", "value": "Shelling"}],
        "bodies": [{"contenttype": "text/html", "value": f"<p>{NEWS}</p>"}],
        "firstcreated": "2026-01-12T10:00:00Z",
        "language": "en",
    },
    {
        "uri": "urn:3",
        "headlines": [{"value": "Shelling"}],
        "bodies": [{"contentType": "text/html", "value": "<p>no</p>"}, {"contentType": "text/plain", "value": NEWS}],
        "firstCreated": "2026-01-12T10:00:00Z",
        "language": "en",
        "pubStatus": "usable",
        "infosources": [{"name": "Dorva Press"}],
    },
]


@pytest.mark.parametrize("item", NINJS)
def test_ninjs(tmp_path: Path, item: dict[str, Any]) -> None:
    for tree in (item, [item]):
        (article,), problems = read(written(tmp_path / "item.json", tree, indent=2), knowledge_once())
        assert (article.id, article.language, article.published, problems) == (item["uri"], "en", date(2026, 1, 12), [])
        assert article.text.startswith("Shelling\n\n") and article.text.endswith(NEWS)
        assert article.outlet in (None, "Dorva Press") and (article.outlet is None) == ("nfosource" not in str(item))


def test_ninjs_that_is_not_for_use(tmp_path: Path) -> None:
    items = [NINJS[0] | {"pubstatus": "canceled"}, ONE, NINJS[3]]
    found, problems = read(written(tmp_path / "items.json", items), knowledge_once())
    assert [a.id for a in found] == ["urn:3"]
    assert [p.what for p in problems] == ["urn:1: its status is canceled", "urn:1: no body"]


def test_tables(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    for head, sign in (
        ("Post ID,Message,Created At,Link,Author", ","),
        ("id;text;date;url;user", ";"),
        ("id\ttext\ttime\turl\tby", "\t"),
    ):
        rows = [
            '7{0}"{1}"{0}2026-01-12 10:00{0}https://t.example.org/7{0}Somebody Private',
            "{0}{0}{0}{0}",
            '8{0}""{0}2026-01-13{0}{0}',
        ]
        path.write_text(
            "\ufeff" + "\n".join([head.replace(",", sign), *(row.format(sign, NEWS) for row in rows)]) + "\n", "utf-8"
        )
        (article,), problems = read(path, knowledge_once())
        assert (article.id, article.text, article.published, article.outlet) == ("7", NEWS, date(2026, 1, 12), None)
        assert article.url == "https://t.example.org/7" and [p.line for p in problems] == [4]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_row_of_a_table_is_kept_as_it_stands(tmp_path: Path, end: str) -> None:
    """Head and row to the byte, and the same article again from them."""
    path = tmp_path / "posts.csv"
    lines = ["id;text;by", f'7;"{NEWS}{end}It said ""no"" more.";x', "", f"8;{NEWS} Again.;y"]
    path.write_bytes(end.join(lines).encode())
    problems: list[Problem] = []
    found = list(pieces(path, knowledge_once(), on_problem=problems.append))
    assert problems == [] and [article.id for article, _ in found] == ["7", "8"]
    assert found[0][1].data == end.join(lines[:2]).encode() + end.encode()
    assert found[1][1].data == f"{lines[0]}{end}{lines[3]}".encode()
    assert [again(piece, knowledge_once()) for _, piece in found] == [article for article, _ in found]


def test_a_table_without_text_tells_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("id,words,date\n1,hello,2026-01-12\n", "utf-8")
    found, problems = read(path, knowledge_once())
    assert found == [] and problems[0].what == "no column holds the text of the posts (columns: id, words, date)"
    assert "text, message" in problems[0].mend


def test_rows_are_still_rows(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text(f'{{"id": 1}}\n{json.dumps({"text": NEWS})}\n', "utf-8")
    found, problems = read(path, knowledge_once())
    assert [a.text for a in found] == [NEWS] and [p.line for p in problems] == [1]


def test_a_channel_is_coded(tmp_path: Path) -> None:
    done = run("code", written(tmp_path / "result.json", channel()))
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0 and {claim["article"] for claim in claims} == {"telegram:9:2", "telegram:9:4"}
    assert "Somebody" not in done.stdout
