"""What readers and machines get: JSON lines, a table for the terminal, one page for the browser, the schema of the form."""

from trucewatch.publish.labels import Labels, interface, labels
from trucewatch.publish.lines import line, lines
from trucewatch.publish.page import page

__all__ = ["Labels", "interface", "labels", "line", "lines", "page"]
