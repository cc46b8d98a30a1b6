"""Where an agreement stands: in force or not, what falls due when, which claims speak of which provision, and the tracker of a
day."""

from trucewatch.track.about import about
from trucewatch.track.build import build
from trucewatch.track.deadlines import deadlines
from trucewatch.track.diff import diff
from trucewatch.track.force import in_force, standing
from trucewatch.track.grades import grade, gradings
from trucewatch.track.proofs import heard, known_at

__all__ = ["about", "build", "deadlines", "diff", "grade", "gradings", "heard", "in_force", "known_at", "standing"]
