"""`trucewatch check` names every fault of a user's folder in one line each, with its place and its mend; none hides another."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trucewatch import cli
from trucewatch.packs import DATA
from trucewatch.packs.check import check, recalled

LEXICON = """term\tclass\tvalue\tforms
zorp\tv.ASAULT\t\tverb
zarp\tv.ASSAULT\tmode=aeriel\tverb
zirp\tv.ASSAULT\tmood=aerial\tverb
zurp\tv.ASSAULT\tframe=undrgo\tverb
zerp\tv.ASSAULT\t\tvreb
zyrp\tthing\tof=truck\tnoun
zamp\tthing\tof=trucks\tnoun
zamp\tthing\tof=trucks\tnoun
zemp\tthing\tof=trucks; of=days\tnoun
zimp\tthing\tof=trucks\tnoun | +zimpen:plural
zomp\tmonth\tn=13
zump\tprep.bye
"""
FINE = """- rule: fine
  make: skip
  pattern: "zaff [unit]"
  examples: ["zaff day"]
  not: ["zaff"]
"""
RULES = """- rule: event
  make: event
  pattern: "zaff"
  with: {event: ASAULT}
  examples: ["zaff"]
  not: ["zuff"]
- rule: maker
  make: evnt
  pattern: "zaff"
  examples: ["zaff"]
  not: ["zuff"]
- rule: parameter
  make: since
  pattern: "zaff from=<time>"
  with: {tolled: true}
  examples: ["zaff Monday"]
  not: ["zuff"]
- rule: mark
  make: skip
  pattern: "zeff | <tme>"
  examples: ["zeff"]
  not: ["zuff"]
- rule: class
  make: skip
  pattern: "ziff | [grup]"
  examples: ["ziff"]
  not: ["zuff"]
- rule: capture
  make: since
  pattern: "zoff form=<time>? from=<time>"
  examples: ["zoff Monday"]
  not: ["zuff"]
- rule: misses
  make: skip
  pattern: "zyff"
  examples: ["zyfe"]
  not: ["zuff"]
- rule: hits
  make: skip
  pattern: "zuff+"
  examples: ["zuff zuff"]
  not: ["he said zuff"]
- rule: bracket
  make: skip
  pattern: "(zuff"
  examples: ["zuff"]
  not: ["zaff"]
- rule: star
  make: skip
  pattern: "*"
  examples: ["zuff"]
  not: ["zaff"]
- rule: gap
  make: skip
  pattern: "zuff ..9 zuff"
  examples: ["zuff zuff"]
  not: ["zaff"]
"""
FILES = {
    "languages/en/lexicon/mine.tsv": LEXICON,
    "languages/en/lexicon/header.tsv": "term\tclas\tvalue\tforms\nzamp\tthing\n",
    "languages/en/lexicon/tabs.tsv": "term\tclass\tvalue\tforms\n\nzamp\tthing\t\t\t\t\n",
    "languages/en/grammar/90-broken.yaml": '- rule: a\n  make: skip\n  pattern: "zaff\n',
    "languages/en/grammar/91-twice.yaml": FINE + "  make: skip\n",
    "languages/en/grammar/92-truth.yaml": FINE.replace('["zaff"]', "[no]"),
    "languages/en/grammar/93-key.yaml": FINE + "  exmaples: []\n",
    "languages/en/grammar/94-bare.yaml": FINE
    + FINE.replace("rule: fine", "rule: bare").replace('  examples: ["zaff day"]\n', ""),
    "languages/en/grammar/95-rules.yaml": RULES,
    "languages/en/grammar/nine.yaml": FINE,
    "languages/zz/pack.yaml": "code: zz\nnames: {en: Zed}\ndirection: up\n",
    "world/persons.yaml": "- id: nobody\n  names: {en: [No Body]}\n",
    "world/person.yaml": "[]\n",
}
MINE, GRAMMAR = "languages/en/lexicon/mine.tsv", "languages/en/grammar"
EXPECTED = [
    (f"{MINE}:2", "unknown class 'v.ASAULT'. Did you mean 'v.ASSAULT'?"),
    (f"{MINE}:3", "mode=aeriel does not fit v.ASSAULT. Did you mean 'aerial'?"),
    (f"{MINE}:4", "the key 'mood' is unknown for v.ASSAULT. Did you mean 'mode'?"),
    (f"{MINE}:5", "frame=undrgo does not fit v.ASSAULT. Did you mean 'undergo'?"),
    (f"{MINE}:6", "unknown paradigm 'vreb'. Known here: "),
    (f"{MINE}:7", "of=truck does not fit thing. Write one of killed, "),
    (f"{MINE}:9", "'zamp' stands as thing with the same value in mine.tsv:8 too. Keep one line."),
    (f"{MINE}:10", "the key 'of' stands twice. Keep one."),
    (f"{MINE}:11", "'zimpen' has the unknown feature 'plural'. "),
    (f"{MINE}:12", "n=13 does not fit month. Write a number from 1 to 12."),
    (f"{MINE}:13", "unknown class 'prep.bye'. Did you mean 'prep.by'?"),
    ("languages/en/lexicon/header.tsv:1", "the header is 'term clas value forms'. Write the columns term class value forms, "),
    ("languages/en/lexicon/tabs.tsv:3", "6 cells for 4 columns. Take out the tabs too many."),
    (f"{GRAMMAR}/90-broken.yaml:4", "found unexpected end of stream. Mend the YAML at this line."),
    (f"{GRAMMAR}/91-twice.yaml:6", "the key 'make' stands twice. Keep one of them."),
    (f"{GRAMMAR}/92-truth.yaml:5", "'no' may be meant as a word or as a truth value. Write \"no\" or true/false."),
    (f"{GRAMMAR}/93-key.yaml:6", "the key 'exmaples' is unknown. Did you mean 'examples'?"),
    (f"{GRAMMAR}/94-bare.yaml:6", "'examples' is missing. Write it; "),
    (f"{GRAMMAR}/95-rules.yaml:1", "event=ASAULT does not fit the maker event. Did you mean 'ASSAULT'?"),
    (f"{GRAMMAR}/95-rules.yaml:7", "unknown maker 'evnt'. Did you mean 'event'?"),
    (f"{GRAMMAR}/95-rules.yaml:12", "the key 'tolled' is unknown for the maker since. Did you mean 'told'?"),
    (f"{GRAMMAR}/95-rules.yaml:18", "no rule makes the mark <tme>. Did you mean 'time'?"),
    (f"{GRAMMAR}/95-rules.yaml:23", "nothing has the class [grup]. Did you mean 'group'?"),
    (f"{GRAMMAR}/95-rules.yaml:28", "the maker since reads no capture 'form'. Did you mean 'from'?"),
    (f"{GRAMMAR}/95-rules.yaml:33", "misses: the example 'zyfe' gives no mark of it. "),
    (f"{GRAMMAR}/95-rules.yaml:38", "hits: 'he said zuff' stands under not, but gives a mark of it. "),
    (f"{GRAMMAR}/95-rules.yaml:43", "a bracket is not closed. Close it."),
    (f"{GRAMMAR}/95-rules.yaml:48", "the pattern cannot be read (nothing to repeat). "),
    (f"{GRAMMAR}/95-rules.yaml:53", "a gap of more than eight items. Write two rules on two floors."),
    (f"{GRAMMAR}/nine.yaml:1", "the name does not begin with the floor's two digits. Call it 50-nine.yaml."),
    ("languages/zz/pack.yaml:3", "direction: input should be 'ltr' or 'rtl'. "),
    ("languages/zz/pack.yaml:1", "'order' is missing. Write it; "),
    ("world/persons.yaml:1", "no source. Write source: recalled, "),
    ("world/person.yaml:1", "a file of this name and place is never read. "),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, list[str]]:
    """Exit code and lines of one check of a folder that holds all faults at once."""
    folder = tmp_path_factory.mktemp("packs")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    result = CliRunner().invoke(cli.app, ["check", "--packs", str(folder)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    lines = result.stderr.splitlines()
    return result.exit_code, [line.removeprefix(f"trucewatch: {folder}/") for line in lines if str(folder) in line]


def test_a_folder_with_faults_ends_with_two(told: tuple[int, list[str]]) -> None:
    assert told[0] == 2


@pytest.mark.parametrize(("place", "what"), EXPECTED, ids=[f"{place}: {what[:30]}" for place, what in EXPECTED])
def test_each_fault_is_one_line(told: tuple[int, list[str]], place: str, what: str) -> None:
    hits = [line for line in told[1] if line.startswith(f"{place}: {what}")]
    assert len(hits) == 1, "\n".join(line for line in told[1] if line.startswith(place.rpartition(":")[0]))
    assert hits[0].rstrip().endswith((".", "?", "…"))


def test_nothing_else_is_complained_of(told: tuple[int, list[str]]) -> None:
    faulty = {place.rpartition(":")[0] for place, _ in EXPECTED}
    assert {line.split(":")[0] for line in told[1]} == faulty
    places = {place for place, _ in EXPECTED}
    extra = [line for line in told[1] if ":".join(line.split(":")[:2]) not in places]
    assert [line for line in extra if "is missing" not in line] == []


def test_a_frame_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    frames = tmp_path / "ontology" / "frames.yaml"
    shutil.copy(DATA / "ontology" / "frames.yaml", frames)
    count = len(frames.read_text("utf-8").splitlines())
    frames.write_text(frames.read_text("utf-8") + "mine: {subj: actor, bye: recipients, speaker: sub}\n", "utf-8")
    found = [line for line in check(tmp_path) if str(tmp_path) in line]
    assert [line.partition(": ")[2] for line in found] == [
        "frame 'mine': unknown slot 'actor'. Did you mean 'actors'?",
        "frame 'mine': unknown relation 'bye'. Did you mean 'by'?",
        "frame 'mine': the speaker is no relation 'sub'. Did you mean 'subj'?",
    ]
    assert all(line.startswith(f"{frames}:{count + 1}: ") for line in found)


def test_broken_ontology_of_ones_own_leaves_the_rest_checked(tmp_path: Path) -> None:
    for name, text in {"ontology/events.yaml": "ASAULT: {frame: akt}\n", "ontology/classes.yaml": "classes: [\n"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    lexicon = tmp_path / "languages" / "en" / "lexicon" / "mine.tsv"
    lexicon.parent.mkdir(parents=True)
    lexicon.write_text(LEXICON, "utf-8")
    found = "\n".join(check(tmp_path))
    assert "events.yaml:1: 'gloss' is missing" in found and "classes.yaml:" in found and "mine.tsv:2: unknown class" in found


def test_recalled_rows_are_counted_where_a_file_is_broken(tmp_path: Path) -> None:
    (tmp_path / "world").mkdir()
    (tmp_path / "world" / "persons.yaml").write_text("- id: [\n", "utf-8")
    assert recalled(tmp_path) == recalled() > 0
    row = "- {id: some-body, names: {en: [Some Body]}, source: recalled}\n"
    (tmp_path / "world" / "persons.yaml").write_text(row, "utf-8")
    assert recalled(tmp_path) == recalled() + 1
