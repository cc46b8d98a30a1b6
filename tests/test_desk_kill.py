"""A server that is killed in the middle of a decision has lost nothing that it called saved; `make prove-desk` does more."""

from pathlib import Path

from tools import prove_desk


def test_what_was_answered_saved_is_there_after_kill_9(tmp_path: Path) -> None:
    folder = tmp_path / prove_desk.NAME
    prove_desk.filled(folder, 12)
    found = prove_desk.killed(folder, 12, kills=(5,), goes_on=False)
    assert (found.lost, found.faults) == (0, ()) and 5 <= found.saved <= found.held <= 6
