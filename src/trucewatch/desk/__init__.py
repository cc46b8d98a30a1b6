"""What people do with claims: the queue of what needs a person, decisions, second coding, agreement, rules at their worst."""

from trucewatch.desk.agenda import KINDS, Item, agenda
from trucewatch.desk.alpha import Alpha, alpha, reliability
from trucewatch.desk.decide import Done, accept, assign, correct, judge, merge, reject, tell, undo
from trucewatch.desk.many import AT_ONCE, Many, accept_all, preview
from trucewatch.desk.queue import queue
from trucewatch.desk.rules import RuleTally, worst
from trucewatch.desk.second import Conflict, code, conflicts, drawn, reliabilities, settle

__all__ = [
    "AT_ONCE",
    "KINDS",
    "Alpha",
    "Conflict",
    "Done",
    "Item",
    "Many",
    "RuleTally",
    "accept",
    "accept_all",
    "agenda",
    "alpha",
    "assign",
    "code",
    "conflicts",
    "correct",
    "drawn",
    "judge",
    "merge",
    "preview",
    "queue",
    "reject",
    "reliabilities",
    "reliability",
    "settle",
    "tell",
    "undo",
    "worst",
]
