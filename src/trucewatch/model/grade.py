"""The Admiralty code: how reliable a source is, how credible what it tells; two letters that are judged apart."""

from dataclasses import dataclass

RELIABILITY = "ABCDEF"  # A completely reliable … E unreliable, F cannot be judged
CREDIBILITY = "123456"  # 1 confirmed by other independent sources … 5 improbable, 6 cannot be judged
CONFIRMED = "1"
UNJUDGED = ("F", "6")


@dataclass(frozen=True, slots=True)
class Grading:
    """A person's grade of one telling (`reading` of `claim`), or of a source: `outlet:` and its name, or a voice by its id or
    words. `credibility` None: of a source only the reliability is judged."""

    claim: str
    reading: str
    source: str | None
    reliability: str
    credibility: str | None
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Grade:
    """What is shown of a telling. `rule`: automatic (F6, always), judged (by `who`), source-judged (a person graded the source,
    the credibility stays 6), source-held-down (the outlet that quotes the voice is graded worse). `origins`: independent
    sources that tell the happening with the same status, copies and voices of one side as one; None where it was not linked.
    `confirmable`: two or more tell it, so that a reviewer may consider a 1."""

    claim: str
    reliability: str
    credibility: str
    rule: str
    who: str | None
    reason: str | None
    origins: int | None
    confirmable: bool

    @property
    def code(self) -> str:
        return self.reliability + self.credibility
