"""The dress of an organisation's reports: its name, its logo, its colours, a font of ours (docs/reports.md)."""

import re
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from trucewatch.errors import PackError
from trucewatch.packs import find
from trucewatch.packs.schema import faults
from trucewatch.packs.strict import read_yaml

LEAST = 4.5  # contrast of words that are not large (WCAG 2.2, 1.4.3)
LIGHT, DARK = ("#ffffff", "#f6f5f1"), ("#1a1e24", "#121519")  # sheet and paper of the page, by day and by night
LOGO = 200_000  # bytes
KINDS = {".svg": "image/svg+xml", ".png": "image/png"}
FONT = "IBM Plex Sans Arabic"
GUIDE = "docs/reports.md"


def _colour(grounds: tuple[str, ...]) -> AfterValidator:
    def look(text: str) -> str:
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
            raise ValueError(f"'{text}' is no colour. Write it as \"#0b5a66\"")
        worst = min(grounds, key=lambda ground: contrast(text, ground))
        if contrast(text, worst) < LEAST:
            told = f"'{text}' on {worst} has a contrast of {contrast(text, worst):.1f}, and {LEAST} is the least"
            raise ValueError(f"{told}. Take a {'darker' if grounds is LIGHT else 'lighter'} one")
        return text

    return AfterValidator(look)


class Colours(BaseModel):
    """Of headings and links."""

    model_config = ConfigDict(extra="forbid", strict=True)
    accent: Annotated[str, _colour(LIGHT), Field(description="on light ground, and in print")] = "#0b5a66"
    accent_dark: Annotated[str, _colour(DARK), Field(description="on dark ground")] = "#6cc7d3"


class StyleFile(BaseModel):
    """A style file."""

    model_config = ConfigDict(extra="forbid", strict=True)
    name: Annotated[
        dict[Annotated[str, Field(pattern="^[a-z]{2,3}$")], Annotated[str, Field(min_length=1)]],
        Field(min_length=1, description="the organisation by language"),
    ]
    logo: Annotated[str, Field(min_length=1, description="an SVG or PNG file beside this one")] | None = None
    colours: Colours = Colours()
    font: Annotated[Literal["system", "IBM Plex Sans Arabic"], Field(description="system: the reader's own")] = "system"


@dataclass(frozen=True, slots=True)
class Style:
    """`logo`: its bytes and media type, None = none. `fonts`: files that a page embeds, by weight, none for those of the reader's
    machine."""

    names: tuple[tuple[str, str], ...]
    accent: str
    accent_dark: str
    logo: tuple[bytes, str] | None = None
    fonts: tuple[tuple[int, bytes], ...] = ()


def style(path: Path) -> Style:
    """The style of a file. Raises PackError with place and mend."""
    data = read_yaml(path)
    found = faults(StyleFile, data, path, guide=GUIDE, family=BaseModel)
    if found:
        raise PackError(found[0])
    told = StyleFile.model_validate(data)
    weights = ((400, "Regular"), (700, "Bold")) if told.font == FONT else ()
    fonts = tuple((weight, find(f"fonts/IBMPlexSansArabic-{name}.ttf").read_bytes()) for weight, name in weights)
    logo = _logo(path, told.logo) if told.logo else None
    return Style(tuple(sorted(told.name.items())), told.colours.accent, told.colours.accent_dark, logo, fonts)


def name_of(style: Style, language: str) -> str:
    """In the reader's language, else in English, else in any."""
    told = dict(style.names)
    return told.get(language) or told.get("en") or next(iter(told.values()))


def contrast(one: str, other: str) -> float:
    """Of two colours, from 1 to 21."""
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def uri(data: bytes, kind: str) -> str:
    return f"data:{kind};base64,{b64encode(data).decode()}"


def schema() -> dict[str, Any]:
    """JSON Schema of a style file."""
    return StyleFile.model_json_schema()


def _logo(path: Path, name: str) -> tuple[bytes, str]:
    file, line = path.parent / name, _line(path, "logo")
    if file.name != name or file.suffix.lower() not in KINDS:
        raise PackError(f"{path}:{line}: '{name}' is no name of an SVG or PNG file beside the style. Put one there.")
    try:
        data = file.read_bytes()
    except OSError as problem:
        raise PackError(f"{path}:{line}: {file}: it cannot be read ({problem.strerror}). Put the file there.") from None
    if len(data) > LOGO:
        raise PackError(f"{path}:{line}: '{name}' has {len(data):,} bytes, and {LOGO:,} are the most. Make it smaller.")
    kind = KINDS[file.suffix.lower()]
    if not (data.startswith(b"\x89PNG\r\n") if kind == "image/png" else b"<svg" in data[:2000]):
        raise PackError(f"{path}:{line}: '{name}' is no {file.suffix[1:].upper()}. Save it in that form.")
    return data, kind


def _line(path: Path, key: str) -> int:
    lines = path.read_text("utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if re.match(rf"\s*{key}\s*:", line)), 1)


def _light(colour: str) -> float:
    """Relative luminance (WCAG)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
