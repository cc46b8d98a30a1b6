"""The judge: weights are read strictly, chances are right, a decision changes nothing else, and reasons are shown."""

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from trucewatch import coder, packs
from trucewatch.drafting.draft import Setting
from trucewatch.errors import PackError
from trucewatch.judge import judge, reasons
from trucewatch.model import Article
from trucewatch.packs import Pack, Weights
from trucewatch.packs.weights import BIAS, read_weights

TEXT = "The army said on Monday that rebels had shelled the village of Tomar, killing five people."
TASKS = ("keep", "status", "voice", "when", "where", "figures", "roles")


def article(text: str = TEXT) -> Article:
    return Article("a", text, "en")


def weighed(**weights: Weights) -> Pack:
    return replace(packs.load("en"), weights=weights)


def test_the_weights_of_every_choice_are_shipped() -> None:
    pack = packs.load("en")
    assert sorted(pack.weights) == sorted(TASKS)
    assert all(len(weights.table) > 100 for weights in pack.weights.values())
    assert sum(path.stat().st_size for path in (packs.DATA / "judge").glob("*")) < 20_000_000


def test_a_language_without_training_is_left_to_the_rules() -> None:
    assert packs.load("he").weights == {}


def test_chances_of_one_label_and_of_several() -> None:
    one = Weights(("yes",), {BIAS: (0.0,), "a": (1.0,), "b": (-3.0,)}, {})
    assert one.chances(["a", "unknown"])["yes"] == pytest.approx(1 / (1 + math.exp(-1)))
    assert one.chances(["a", "b"])["yes"] == pytest.approx(1 / (1 + math.exp(2)))
    two = Weights(("x", "y"), {BIAS: (0.5, 0.0), "a": (0.0, 2.0)}, {})
    found = two.chances(["a"])
    assert sum(found.values()) == pytest.approx(1)
    assert found["y"] == pytest.approx(math.exp(2) / (math.exp(2) + math.exp(0.5)))
    assert one.reasons(["a", "b", "a"], "yes", 5) == [("b", -3.0), ("a", 1.0)]


def test_without_weights_the_rules_decide() -> None:
    pack = weighed()
    found = coder.drafted(article(), pack)
    assert judge(found, pack) == [draft for draft in found if draft.doubt is None]


@pytest.mark.parametrize(("bias", "kept"), [(9.0, True), (-9.0, False), (0.0, True), (-0.01, False)])
def test_a_head_is_kept_from_the_least_chance_on(bias: float, kept: bool) -> None:
    pack = weighed(keep=Weights(("yes",), {BIAS: (bias,)}, {"yes": 0.5}))
    found = [replace(draft, setting=Setting(items=500)) for draft in coder.drafted(article(), pack)]
    assert found
    assert judge(found, pack) == (found if kept else [])


@pytest.mark.parametrize(("bias", "kept"), [(-0.01, 1), (-9.0, 0)])
def test_a_short_text_keeps_the_likeliest_of_a_sentence(bias: float, kept: int) -> None:
    pack = weighed(keep=Weights(("yes",), {BIAS: (bias,)}, {"yes": 0.5}))
    found = coder.drafted(article(), pack)
    assert len(found) > 1
    assert len(judge(found, pack)) == kept


def test_a_doubted_head_can_be_kept() -> None:
    text = "The talks failed."
    found = coder.drafted(article(text), weighed())
    assert any(draft.doubt for draft in found)
    pack = weighed(keep=Weights(("yes",), {BIAS: (9.0,)}, {"yes": 0.5}))
    assert len(judge(found, pack)) == len(found)


def test_one_choice_changes_nothing_else() -> None:
    pack = weighed(status=Weights(("occurred", "denied"), {BIAS: (0.0, 1.0)}, {}))
    found = coder.drafted(article(), pack)
    told = [draft for draft in found if draft.doubt is None]
    changed = judge(found, pack)
    assert {draft.status for draft in changed} == {"denied"}
    assert [replace(new, status=old.status) for new, old in zip(changed, told, strict=True)] == told


def test_the_voice_chosen_is_the_innermost() -> None:
    none = {BIAS: (0.0,), "none&": (5.0,)}
    pack = weighed(voice=Weights(("yes",), none, {}))
    assert all(draft.chain == () for draft in judge(coder.drafted(article(), pack), pack))
    army = weighed(voice=Weights(("yes",), {BIAS: (0.0,), "chained": (5.0,)}, {}))
    assert {TEXT[slice(*d.chain[-1].actor.name)] for d in judge(coder.drafted(article(), army), army)} == {"The army"}


def test_names_that_overlap_stand_once() -> None:
    pack = weighed(roles=Weights(("actors",), {BIAS: (9.0,)}, {"actors": 0.5, "recipients": 0.5, "participants": 0.5}))
    for draft in judge(coder.drafted(article(), pack), pack):
        spans = sorted(actor.name for actor in draft.filled.slots["actors"])
        assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


def test_reasons_are_printed() -> None:
    pack = packs.load("en")
    found = coder.drafted(article(), pack)
    told = [reason for draft in found for reason in reasons(draft, found, pack, TEXT)]
    assert {"keep", "status", "roles"} <= {reason.task for reason in told}
    assert all(0 <= reason.chance <= 1 and reason.signs for reason in told)
    printed = "\n".join(coder.explain(TEXT, pack))
    assert "weighed:" in printed
    assert "roles rebels: actors" in printed


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sign\tyes\nbias\t0\na\t1\t2\n", ":3: 2 weights for 1 labels"),
        ("sign\tyes\na\t1\n", "no header or no row 'bias'"),
        ("sign\tyes\nbias\tmuch\n", "cannot be read"),
        ("", "no header"),
    ],
)
def test_a_broken_file_of_weights_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "keep.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(PackError, match=says) as caught:
        read_weights(path)
    assert "keep.tsv" in str(caught.value)


@pytest.mark.parametrize(
    ("language", "text", "event", "status", "day"),
    [
        ("en", "Sudan and Chad met in Khartoum on Saturday.", "CONSULT", "occurred", "2026-04-11"),
        ("en", "The Sudanese army denied on Monday that it had shelled Khartoum on Sunday.", "ASSAULT", "denied", "2026-04-12"),
        ("en", "Sudan and Chad will meet in Khartoum on Saturday.", "CONSULT", "planned", "2026-04-18"),
        ("en", "Egypt urged Sudan on Saturday to stop firing.", "RETREAT", "demanded", "2026-04-11"),
        ("ar", "ويجتمع وفد السودان في مسقط يوم الثلاثاء 21 أبريل برئيس بعثة الأمم المتحدة.", "CONSULT", "planned", "2026-04-21"),
    ],
)
def test_what_has_happened_lies_behind_and_what_is_planned_ahead(
    language: str, text: str, event: str, status: str, day: str
) -> None:
    entry = replace(article(), text=text, language=language, published=date(2026, 4, 13))
    claims = coder.code(entry, packs.load(language))
    (found,) = [c for c in claims if c.event == event]
    assert (found.status, found.when and found.when.start) == (status, day)
