"""An archive linked: the same happenings that linking all its claims in one memory would give, made by tasks of one day each.

Claims are laid out by day and their keys by month (`lay`); utterances that are printed again at any time are paired by key
(`again`); each day looks for its neighbours among earlier claims (`look`); who hangs together with whom is found over all
(`group`); each day makes the happenings that begin on it (`tell`). What a step has made is not made again."""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from trucewatch import link, packs, parts
from trucewatch.batch.executors import Slot
from trucewatch.batch.run import run
from trucewatch.errors import BatchError
from trucewatch.flow.forms import code, digest, plain, thawed
from trucewatch.ledger import claim_of
from trucewatch.model import Article, Claim, Happening, LinkKnowledge
from trucewatch.parts import shelves
from trucewatch.parts.database import is_local

GROUP = 100  # parts laid out by one task
AGAIN = 16  # shelves of keys that hold at any time; they have negative numbers
Views = dict[str, link.View]
_OLDER = {"part": "text", "source": "text"}
_CLAIM = {"day": "whole", "id": "text", "claim": "text", "article": "text"}
_KEY = {"shelf": "whole", "key": "key", "id": "text", "day": "whole"}
_PAIR = {"late": "text", "day": "whole", "early": "text", "early_day": "whole"}
_MEMBER = {"first": "whole", "id": "text", "day": "whole"}
_HAPPENING = {
    **dict.fromkeys(("id", "event", "start", "end"), "text"),
    **dict.fromkeys(("claims", "articles", "origins"), "texts"),
    "body": "text",
}


@dataclass(frozen=True, slots=True)
class Links:
    """Where the links of an archive lie. A set of parts, or knowledge of linking, that is another has another folder."""

    out: str
    folder: str
    packs: str | None


def links_of(out: str, folder: Path | None = None) -> Links:
    """The place of the links of all parts that are there now. Raises BatchError where there are none, or in object storage."""
    at = parts.place(out)
    if not is_local(at):
        raise BatchError(f"{out}: links are made in a folder. Copy claims/ and articles/ into one.")
    names = list(parts.files(at, parts.CLAIMS))
    if not names:
        raise BatchError(f"{out}: there are no parts to link. Run trucewatch batch with inputs.")
    version = digest(names, _knowledge(str(folder) if folder else None), code(link))[:16]
    return Links(out, f"{at.root}/links/{version}", str(folder) if folder else None)


def link_parts(links: Links, slots: Sequence[Slot]) -> Iterator[tuple[str, int, int]]:
    """Links the archive; tells (step, tasks done, tasks) as it goes on. Raises BatchError where a task cannot be done."""
    home = Path(links.folder)
    if not (home / "older.parquet").exists():
        old = ({"part": part, "source": source} for part, source in parts.older(parts.place(links.out)))
        shelves.save_rows(home / "older.parquet", _OLDER, old)
    names = list(parts.files(parts.place(links.out), parts.CLAIMS))
    groups = [tuple(names[at : at + GROUP]) for at in range(0, len(names), GROUP)]
    yield from _step("lay", groups, lay, links, slots, lambda task: home / "laid" / _name(task))
    signs = [shelf for shelf in shelves.values(home, shelves.KEYS) if shelf < 0]
    yield from _step("again", signs, again, links, slots, lambda task: home / "met" / f"{task}")
    days = shelves.values(home, shelves.CLAIMS)
    yield from _step("look", days, look, links, slots, lambda task: home / shelves.EDGES / f"{task}.parquet")
    group(links)
    yield from _step("tell", days, tell, links, slots, lambda task: home / shelves.HAPPENINGS / f"{task}.parquet")


def _step(
    name: str, tasks: Sequence[Any], work: Callable[..., None], links: Links, slots: Sequence[Slot], mark: Callable[[Any], Path]
) -> Iterator[tuple[str, int, int]]:
    todo = [task for task in tasks if not mark(task).exists()]
    done = len(tasks) - len(todo)
    for event in run(todo, work, (links,), slots):
        if event.what:
            raise BatchError(f"{links.folder}: {name} {event.task}: {event.what}")
        done += 1
        yield name, done, len(tasks)


def lay(names: tuple[str, ...], links: Links) -> None:
    """Lays out the claims of some parts by day, and the keys under which they are found by month. Claims of articles whose day of
    print nobody knows are left out, as in a ledger."""
    at, home, knowledge = parts.place(links.out), Path(links.folder), _knowledge(links.packs)
    rows = shelves.load([home / "older.parquet"])
    old = {(row["part"], row["source"]) for row in rows if row["part"] in names}
    claims: list[dict[str, Any]] = []
    keys: set[tuple[int, int, str, int]] = set()
    for name in names:
        for article, found, source in parts.coded(at, name):
            if article.published is None or (name, source) in old:
                continue
            told = json.dumps(plain(article), ensure_ascii=False)
            for view in (link.view(claim, article, knowledge) for claim in found):
                day = _day(view)
                body = json.dumps(view.claim.public(), ensure_ascii=False)
                claims.append({"day": day, "id": view.id, "claim": body, "article": told})
                keys |= {(*_place(key), view.id, day) for key in link.flat(link.posts(view))}
    shelves.save_parted(home, _name(names), shelves.CLAIMS, _CLAIM, claims)
    shelves.save_parted(home, _name(names), shelves.KEYS, _KEY, (dict(zip(_KEY, key, strict=True)) for key in sorted(keys)))
    _done(home / "laid" / _name(names))


def again(shelf: int, links: Links) -> None:
    """Pairs claims that share a key which holds at any time, for the day of the later one."""
    home = Path(links.folder)
    rows = ({"late": late, "day": day, "early": early, "early_day": at} for late, day, early, at in shelves.same_key(home, shelf))
    shelves.save_parted(home, f"{shelf}", shelves.AGAIN, _PAIR, rows)
    _done(home / "met" / f"{shelf}")


def look(day: int, links: Links) -> None:
    """Compares the claims of a day with those that they meet, on this day or earlier, and keeps who is linked."""
    home, knowledge = Path(links.folder), _knowledge(links.packs)
    views = _views(home, day, knowledge)
    keys = ((view.id, key) for view in views.values() for key in link.flat(link.asks(view, knowledge)))
    asked = [(*_place(key), id_) for id_, key in keys if link.shelf(key) is not None]
    pairs = set(shelves.meeting(home, asked, day))
    told_again = shelves.load(shelves.parted(home, shelves.AGAIN, day))
    pairs |= {(row["late"], day, row["early"], row["early_day"]) for row in told_again}
    wanted: dict[int, set[str]] = {}
    for _, _, early, at in pairs:
        wanted.setdefault(at, set()).add(early)
    for at, ids in sorted(wanted.items()):
        views |= _views(home, at, knowledge, ids) if at != day else {}
    linked = [pair for pair in sorted(pairs) if link.margin(views[pair[0]], views[pair[2]], knowledge) >= 0]
    rows = (dict(zip(_PAIR, pair, strict=True)) for pair in linked)
    shelves.save_rows(home / shelves.EDGES / f"{day}.parquet", _PAIR, rows)


def group(links: Links) -> None:
    """Who hangs together with whom, over all days: each claim with others belongs to the first day of its group."""
    home = Path(links.folder)
    if (home / "grouped").exists():
        return
    root: dict[str, str] = {}
    days: dict[str, int] = {}
    for row in shelves.load(sorted((home / shelves.EDGES).glob("*.parquet"))):
        days |= {row["late"]: row["day"], row["early"]: row["early_day"]}
        one, other = sorted((_root(root, row["late"]), _root(root, row["early"])))
        if one != other:
            root[other] = one
    first: dict[str, int] = {}
    for id_, day in days.items():
        mine = _root(root, id_)
        first[mine] = min(first.get(mine, day), day)
    members = [{"id": id_, "day": days[id_], "first": first[_root(root, id_)]} for id_ in sorted(days)]
    shelves.save_parted(home, "all", shelves.MEMBERS, _MEMBER, members)
    shelves.save_parted(home, "all", shelves.JOINED, _MEMBER, members)
    _done(home / "grouped")


def tell(day: int, links: Links) -> None:
    """The happenings that begin on a day: of the groups whose first claim lies on it, and of its claims that are in no group."""
    home, knowledge = Path(links.folder), _knowledge(links.packs)
    wanted: dict[int, set[str]] = {}
    for row in shelves.load(shelves.parted(home, shelves.MEMBERS, day)):
        wanted.setdefault(row["day"], set()).add(row["id"])
    joined = {row["id"] for row in shelves.load(shelves.parted(home, shelves.JOINED, day))}
    told = {claim.id: (claim, article) for claim, article in _laid(home, day) if claim.id not in joined}
    for at, ids in sorted(wanted.items()):
        told |= {claim.id: (claim, article) for claim, article in _laid(home, at, ids)}
    articles = {article.id: article for _, article in told.values()}
    found = link.happenings((claim for claim, _ in told.values()), articles, knowledge=knowledge)
    shelves.save_rows(home / shelves.HAPPENINGS / f"{day}.parquet", _HAPPENING, (_told(each) for each in found))


def happenings(links: Links) -> Iterator[Happening]:
    """All happenings of an archive that is linked, by the first day of their claims."""
    for row in shelves.load(sorted((Path(links.folder) / shelves.HAPPENINGS).glob("*.parquet"), key=lambda path: int(path.stem))):
        made: Happening = thawed(Happening, json.loads(row["body"]))
        yield made


def _told(each: Happening) -> dict[str, Any]:
    told = {name: getattr(each, name) for name in ("id", "event", "start", "end")}
    voices = [origin.first for origin in each.origins]
    more = {"claims": list(each.claims), "articles": list(each.articles), "origins": voices}
    return {**told, **more, "body": json.dumps(plain(each), ensure_ascii=False)}


def _views(home: Path, day: int, knowledge: LinkKnowledge, ids: Collection[str] | None = None) -> Views:
    """The claims of a day as linking sees them, or those of these ids."""
    return {claim.id: link.view(claim, article, knowledge) for claim, article in _laid(home, day, ids)}


def _laid(home: Path, day: int, ids: Collection[str] | None = None) -> Iterator[tuple[Claim, Article]]:
    """The claims of a day, or those of these ids, each with its article."""
    articles: dict[str, Article] = {}
    for row in shelves.load(shelves.parted(home, shelves.CLAIMS, day)):
        if ids is None or row["id"] in ids:
            told = row["article"]
            if told not in articles:
                articles[told] = thawed(Article, json.loads(told))
            yield claim_of(json.loads(row["claim"])), articles[told]


def _day(view: link.View) -> int:
    """The day under which a claim lies: the last of its interval, else that of print."""
    return view.span[1] if view.span else view.printed or 0


def _place(key: str) -> tuple[int, int]:
    """The shelf and the number of a key. Keys that hold at any time lie on shelves of negative numbers."""
    number = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")
    month = link.shelf(key)
    return (-1 - number % AGAIN, number) if month is None else (month, number)


def _root(root: dict[str, str], id_: str) -> str:
    """The claim that stands for a group; the way to it is made short."""
    top = id_
    while top in root:
        top = root[top]
    while id_ != top:
        root[id_], id_ = top, root[id_]
    return top


def _name(names: tuple[str, ...]) -> str:
    return digest(names)[:24]


def _done(mark: Path) -> None:
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()


@cache
def _knowledge(folder: str | None) -> LinkKnowledge:
    return packs.linking(Path(folder) if folder else None)
