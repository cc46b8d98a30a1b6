"""Which edited copies of a text are known: by the index of runs, by MinHash (`pip install rensa`), and told as copies.

    python bench/copies.py ../shared/data/html-aeb

Texts: the invented reports and wires of eval/ (numbers divisible by five are held out), and, if the folder is named, the bodies
of the benchmark's development half. Of each a share of the words, figures left out, is exchanged at random for others of its
language.
"""

import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from trucewatch.model import Article, Block
from trucewatch.read import Prints, print_of, remember, repeats
from trucewatch.text import fold_text

ROOT = Path(__file__).resolve().parents[1]
SHARES = (0.05, 0.10, 0.15, 0.20, 0.30)
LEAST = 60  # words of a text
RUN = 4  # words
WORD = re.compile(r"\w+")
Text = tuple[str, str]  # language, words


def texts(benchmark: Path | None) -> Iterator[Text]:
    for path in sorted((ROOT / "eval" / "reports").glob("*.json")):
        if int(path.stem.rpartition("-")[2]) % 5:
            row = json.loads(path.read_text("utf-8"))
            yield row["language"], row["text"]
    for path in sorted((ROOT / "eval" / "links").glob("*.json")):
        yield from ((row["language"], row["text"]) for row in json.loads(path.read_text("utf-8"))["articles"])
    if benchmark:
        truth = json.loads((benchmark / "ground-truth.json").read_text("utf-8"))
        yield from (("en", truth[name]["articleBody"]) for name in sorted(truth)[0::2])


def edited(text: str, share: float, words: list[str], dice: random.Random) -> str:
    found = [match for match in WORD.finditer(text) if not match.group().isdecimal()]
    chosen = set(dice.sample(range(len(found)), int(share * len(found))))
    out, at = [], 0
    for number, match in enumerate(found):
        out += [text[at : match.start()], dice.choice(words) if number in chosen else match.group()]
        at = match.end()
    return "".join(out) + text[at:]


def article(id_: str, language: str, text: str) -> Article:
    body = (Block("body", 0, len(text)),)
    return Article(id_, text, language, url=None, outlet=None, published=date(2026, 1, 12), dates=(), agencies=(), blocks=body)


def main() -> None:
    from rensa import RMinHash, RMinHashLSH

    def signed(text: str) -> RMinHash:
        words = WORD.findall(fold_text(text))
        made = RMinHash(num_perm=128, seed=42)
        made.update([" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)])
        return made

    known = [one for one in texts(Path(sys.argv[1]) if sys.argv[1:] else None) if len(WORD.findall(one[1])) >= LEAST]
    words, prints, lsh = defaultdict(list), Prints(), RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    for number, (language, text) in enumerate(known):
        words[language] += [word for word in WORD.findall(text) if not word.isdecimal()]
        remember(prints, print_of(article(str(number), language, text)))
        lsh.insert(number, signed(text))
    print(f"{len(known)} texts in {len(words)} languages\nchanged  by runs  rensa  only rensa  told")
    dice = random.Random(5)
    for share in SHARES:
        counts = [0, 0, 0, 0]
        for number, (language, text) in enumerate(known):
            copy = edited(text, share, words[language], dice)
            new = print_of(article("copy", language, copy))
            led = any(str(number) in prints.by_run.get(run, ()) for run in new.runs)
            met = number in lsh.query(signed(copy))
            for at, true in enumerate((led, met, met and not led, str(number) in list(repeats(prints, new)))):
                counts[at] += true
        print(f"{share:7.0%}  " + "  ".join(f"{count / len(known):.3f}" for count in counts))


if __name__ == "__main__":
    main()
