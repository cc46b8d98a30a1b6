"""Rules propose, evidence decides: of the drafts those are kept that most likely tell a happening, and where several voices,
parties, times, places or figures compete, the likeliest is taken. Without weights the rules decide alone."""

from trucewatch.judge.verdict import Reason, judge, reasons

__all__ = ["Reason", "judge", "reasons"]
