"""The line on which a value of a YAML file stands, by its path of keys and list positions."""

from collections.abc import Sequence
from pathlib import Path

import yaml


def lines_of(path: Path) -> "Lines":
    """The tree of the file's nodes; an unreadable file has none."""
    try:
        return yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None


Lines = yaml.Node | None


def line(tree: Lines, place: Sequence[str | int]) -> int:
    """The line of the value at `place`, or of the nearest part around it that there is."""
    node, found = tree, 1
    for step in place:
        inner: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == step:
                    found, inner = key.start_mark.line + 1, value
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            inner = node.value[step]
            found = inner.start_mark.line + 1
        if inner is None:
            return found
        node = inner
    return found
