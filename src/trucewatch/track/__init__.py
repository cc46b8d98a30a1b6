"""Where an agreement stands: in force or not, what falls due when, and which claims speak of which provision."""

from trucewatch.track.about import about
from trucewatch.track.deadlines import deadlines
from trucewatch.track.force import in_force, standing

__all__ = ["about", "deadlines", "in_force", "standing"]
