"""Whether a head tells a happening of its own at all."""

from collections.abc import Sequence

from trucewatch.clause.borders import light
from trucewatch.drafting.draft import Draft
from trucewatch.judge import signs
from trucewatch.judge.case import Case
from trucewatch.packs import Pack

TASK = "keep"


def cases(draft: Draft, pack: Pack, siblings: Sequence[Draft]) -> list[Case[None]]:
    """One case; `siblings`: all drafts of the article, in order."""
    line, head = draft.line, draft.head
    words = signs.trigger(draft.heads, line)
    own = [
        f"doubt={draft.doubt}",
        *signs.event(line, head, pack),
        f"trigger={pack.code}:{words}",
        f"heads={min(len(draft.heads), 3)}",
    ]
    slots = "+".join(f"{name[0]}{min(len(v), 2)}" for name, v in sorted(draft.filled.slots.items()) if v) or "-"
    own += [f"slots={slots}", f"status={draft.status}", f"voiced={bool(draft.chain)}", f"own={draft.filled.own}"]
    own += [
        f"when={'-' if draft.when is None else 'here' if draft.when_at is not None else 'far'}",
        f"where={draft.place is not None}",
        f"counts={min(len(draft.counts), 3)}",
    ]
    own += [
        f"opens={head.opens}",
        f"line={min(line.number, 3)}",
        f"first={head.at <= 2}",
        f"long={signs.step(len(line.items) // 4)}",
    ]
    own += [f"rule={head.rule}" if ":" not in head.rule else "rule=-"]
    item = line.items[head.at]
    codes = {c.split(".")[1] for c in item.classes if c[:2] in ("v.", "n.", "a.") and c[2].isupper()}
    own.append(f"codes={min(len(codes), 3)}")
    if any(i.has("def") for i in line.items[head.at : head.last]):
        own.append("def")
    verb = light(line, head) if head.pos == "n" else None
    own.append(f"light={verb.operator or ('event' if verb.event else verb.kind) if verb is not None else '-'}")
    near: list[str] = []
    for k in (1, 2, 3):
        if head.at - k >= 0:
            near += [f"L{k}={c}" for c in signs.kinds(line.items[head.at - k])]
        else:
            near.append(f"L{k}=edge")
        if head.last + k - 1 < len(line.items):
            near += [f"R{k}={c}" for c in signs.kinds(line.items[head.last + k - 1])]
    texts = [f"w{k}={pack.code}:{signs.word(line.items[k + head.at])}" for k in (-1,) if head.at + k >= 0]
    texts += [f"w+={pack.code}:{signs.word(line.items[head.last])}"] if head.last < len(line.items) else []
    held = [f"under={s.kind}.{'left' if s.left else 'right'}" for s in draft.around.scopes if s.start <= head.at < s.end]
    held += [f"opensover={s.kind}" for s in draft.around.scopes if s.head is not None and s.head.at == head.at]
    rivals = [d for d in siblings if d is not draft and d.line is line and d.head.at == head.at]
    alike = [d for d in siblings if d is not draft and d.head.kind == head.kind]
    here = [d for d in alike if d.line is line]
    beside = [f"twins={min(len(here), 2)}", f"before={any(d.head.at < head.at for d in here)}"]
    beside.append(f"twinkept={any(d.doubt is None for d in here)}")
    beside.append(f"distance={min((signs.step(abs(d.head.at - head.at)) for d in here), key=int, default='-')}")
    earlier = [d for d in alike if d.line.number < line.number]
    beside.append(f"told={min((min(line.number - d.line.number, 3) for d in earlier), default=0)}")
    mine = {a.party or a.name for v in draft.filled.slots.values() for a in v}
    beside.append(
        f"retold={any(mine and mine <= {a.party or a.name for v in d.filled.slots.values() for a in v} for d in earlier)}"
    )
    beside += [f"rival={d.head.kind}{'.first' if d.doubt != 'other' else ''}" for d in rivals]
    others = [d for d in siblings if d.line is line and d.head.kind != head.kind and d.head.at != head.at]
    for d in others:
        gap = d.head.at - head.last if d.head.at >= head.last else head.at - d.head.last
        if gap <= 3:
            beside.append(f"next={d.head.kind}.{d.head.pos}.{'R' if d.head.at > head.at else 'L'}")
    beside.append(f"others={min(len(others), 4)}")
    matter = draft.setting
    share = signs.step(40 * matter.conflict // max(1, matter.items))
    field = [f"conflict={share}", f"foreign={min(matter.other, 4)}", f"parties={min(matter.parties, 6)}"]
    field.append(f"conflict={share}&parties={min(matter.parties, 3)}")
    own += field
    plain = [*own, *near, *texts, *held, *beside]
    kind, doubt = f"kind={head.kind}", f"doubt={draft.doubt}"
    code = f"{kind}.{head.pos}"
    crossed = signs.crossed(
        [kind, code],
        [
            *own[:1],
            *(
                s
                for s in own
                if s.startswith(
                    ("slots", "hint", "frame", "mode", "when", "where", "counts", "voiced", "status", "light", "opens")
                )
            ),
            *beside,
            *held,
            *field,
        ],
    )
    crossed += signs.crossed([doubt], [*(s for s in own if not s.startswith("trigger")), *beside, *held, *near])
    crossed += signs.crossed([f"trigger={pack.code}:{words}"], [doubt, kind, f"slots={slots}", f"pos={head.pos}"])
    return [Case(None, tuple(dict.fromkeys((*plain, *crossed, *signs.crossed([kind], near)))))]
