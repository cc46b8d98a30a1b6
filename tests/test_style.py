"""The dress of an organisation: in the page and in print; what does not fit is refused with its place and a mend."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.test_report import model, words_of
from trucewatch.errors import MonitorError, PackError
from trucewatch.monitor import Monitor, Settings, style_of
from trucewatch.report import html, pdf, style
from trucewatch.report.style import contrast

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10"><rect width="40" height="10" fill="#123"/></svg>'
NAMED = "name: {en: Example House}\n"


def written(folder: Path, text: str) -> Path:
    (folder / "logo.svg").write_text(LOGO, "utf-8")
    path = folder / "style.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_report_wears_the_style(tmp_path: Path) -> None:
    path = written(tmp_path, NAMED + 'logo: logo.svg\ncolours: {accent: "#7a1f3d"}\nfont: IBM Plex Sans Arabic\n')
    bare = replace(model("ar"), parts=model("ar").parts[-1:])
    page = html(bare, style(path))
    assert "Example House" in page and "--accent: #7a1f3d" in page and page.count("@font-face") == 2
    assert page.count('<img src="data:image/svg+xml;base64,') == 1
    assert set(re.findall(r"url\((\w+:)", page)) == {"data:"} and "img-src data:; font-src data:" in page
    pytest.importorskip("typst", reason="typst is not installed (extra pdf)")
    assert {"Example", "House"} <= set(words_of(pdf(bare, style(path))).split())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name: {en: X}\ncolours:\n  accent: "#ffcc00"\n', r":3: colours.accent: '#ffcc00' on .* contrast of 1\.\d, .* darker"),
        ('name: {en: X}\ncolours: {accent_dark: "#333333"}\n', r":2: .* lighter one"),
        ("name: {en: X}\ncolours: {accent: red}\n", r":2: .*'red' is no colour. Write it as"),
        ("name: {en: X}\nlogo: ../x.svg\n", r":2: '../x.svg' is no name of an SVG or PNG file"),
        ("name: {en: X}\nlogo: none.png\n", r":2: .*none.png: it cannot be read"),
        ("name: {en: X}\nfont: Comic\n", r":2: font: "),
        ("logo: logo.svg\n", r"'name' is missing. Write it; docs/reports.md"),
        ("name: {en: X}\nlog: logo.svg\n", r":2: the key 'log' is unknown"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_mend(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(PackError, match=told):
        style(written(tmp_path, text))


def test_a_logo_is_what_its_name_says_and_not_too_large(tmp_path: Path) -> None:
    path = written(tmp_path, NAMED + "logo: logo.png\n")
    (tmp_path / "logo.png").write_bytes(b"GIF89a")
    with pytest.raises(PackError, match="is no PNG"):
        style(path)
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n" + bytes(200_000))
    with pytest.raises(PackError, match="200,006 bytes"):
        style(path)


def test_the_settings_name_it(tmp_path: Path) -> None:
    (tmp_path / "trucewatch.toml").write_text('name = "x"\n[report]\nstyle = "style.yaml"\n', "utf-8")
    settings = Settings.model_validate({"name": "x", "report": {"style": "style.yaml"}})
    monitor = Monitor(tmp_path, settings, None, None, None)  # type: ignore[arg-type]
    with pytest.raises(MonitorError, match=r"trucewatch.toml:3: no file .*style.yaml. Put it there"):
        style_of(monitor)
    written(tmp_path, NAMED)
    found = style_of(monitor)
    assert found is not None and dict(found.names) == {"en": "Example House"}


@pytest.mark.parametrize(
    ("one", "other", "told"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#fff000", "#fff000", 1.0)]
)
def test_contrast_is_that_of_wcag(one: str, other: str, told: float) -> None:
    assert contrast(one, other) == pytest.approx(told, abs=0.01)
