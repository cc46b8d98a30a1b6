"""The house keeps its own rules: layers, nevers, and that what can be typed or raised is described."""

import ast
import importlib.util
import inspect
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import unicodedata
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import licences, lock
from trucewatch import cli, errors

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "trucewatch"
FILES = sorted(SOURCE.rglob("*.py"))
TREES = {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8")) for path in FILES}
SCRIPTS = ("ARABIC", "HEBREW", "CYRILLIC")
SQL = {"sqlite3", "duckdb", "sqlalchemy", "psycopg", "alembic"}
NET = {"socket", "http", "httpx", "httpcore", "urllib3", "requests", "aiohttp", "smtplib", "ftplib", "imaplib", "urllib.request"}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime", "time.gmtime"}
DRAWERS = {"utils", "util", "common", "helpers", "helper", "base", "misc"}
REGISTRY = re.compile(r"(?:pypi|pythonhosted|npmjs|yarnpkg|crates|rubygems|anaconda|deb\.debian)\.(?:org|com|io)")


def room(name: str) -> str:
    """The room of a file under src/trucewatch: its folder, or its own name where it lies on top."""
    return name.split("/")[0].removesuffix(".py")


def dotted(node: ast.expr) -> str:
    """`a.b.c` of a chain of names, else the empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = dotted(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return ""


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(module: str, packages: set[str]) -> bool:
    """Whether a module is one of the packages or lies in one."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def clock_calls(tree: ast.AST) -> list[str]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [
        f"line {call.lineno}: {dotted(call.func)}()" for call in calls if ".".join(dotted(call.func).split(".")[-2:]) in CLOCKS
    ]


def language_tests(tree: ast.AST) -> list[str]:
    """Comparisons of something called a language (or of a pack's code) with a fixed string, and `match` on it."""
    out = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.Match):
            sides = [node.subject, *(case.pattern.value for case in node.cases if isinstance(case.pattern, ast.MatchValue))]
        else:
            continue
        if any(map(_is_language, sides)) and any(map(_is_fixed, sides)):
            out.append(f"line {node.lineno if isinstance(node, ast.Compare) else node.subject.lineno}: {ast.unparse(sides[0])}")
    return out


def _is_language(node: ast.expr) -> bool:
    if isinstance(node, ast.Subscript):
        return _is_language(node.value) or (isinstance(node.slice, ast.Constant) and node.slice.value in ("lang", "language"))
    name = dotted(node)
    return bool(re.search(r"(?:^|[._])lang(?:uage)?$", name)) or name.endswith("pack.code")


def _is_fixed(node: ast.expr) -> bool:
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(map(_is_fixed, node.elts))
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(node.value)


def tracked() -> list[Path]:
    """Files under version control, or all files of an unpacked source archive."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode == 0 and done.stdout:
        names = [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
        return [ROOT / name for name in names if (ROOT / name).is_file()]
    return [path for part in ("src", "tests", "tools", "docs") for path in (ROOT / part).rglob("*") if path.is_file()]


def commands() -> list[str]:
    """Every command of the command line, `group sub` for those in groups."""
    (app,) = (value for value in vars(cli).values() if isinstance(value, typer.Typer))
    return sorted(_walk(typer.main.get_command(app)))


def _walk(command: object, path: str = "") -> Iterator[str]:
    for name, inner in getattr(command, "commands", {}).items():
        here = f"{path} {name}".strip()
        if hasattr(inner, "commands"):
            yield from _walk(inner, here)
        elif not inner.hidden:
            yield here


# --- layers


def test_layers_are_kept() -> None:
    if importlib.util.find_spec("importlinter") is None:
        pytest.skip("import-linter is not installed (group full); `make layers` and .ci/run check this")
    done = subprocess.run(
        [str(Path(sysconfig.get_path("scripts")) / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_stands_in_the_drawing() -> None:
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]["layers"]
    drawn = {name.strip(" ()") for layer in layers for name in layer.split("|")}
    built = {room(name) for name in TREES} - {"__init__", "__main__"}
    assert built - drawn == set()
    house = (ROOT / "docs" / "house.md").read_text("utf-8")
    assert all(layer in house for layer in layers), "docs/house.md and pyproject.toml draw different layers"


# --- nevers


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_file_is_long_and_each_says_what_it_is(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 400, "split it or cut it"
    assert ast.get_docstring(ast.parse(text)), "the file has no docstring"
    assert path.stem not in DRAWERS, "a drawer: move its functions to the rooms of their nouns"


def test_no_room_is_large() -> None:
    lines: dict[str, int] = {}
    for path in FILES:
        name = room(path.relative_to(SOURCE).as_posix())
        lines[name] = lines.get(name, 0) + len(path.read_text("utf-8").splitlines())
    assert {name: count for name, count in lines.items() if count > 2500} == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_lexicon_letter_in_python(path: Path) -> None:
    text = path.read_text("utf-8")
    found = sorted(
        {char for char in text if char.isalpha() and not char.isascii() and unicodedata.name(char, "").startswith(SCRIPTS)}
    )
    assert found == [], "words belong into data/"


@pytest.mark.parametrize("name", TREES)
def test_no_branch_on_a_language(name: str) -> None:
    assert language_tests(TREES[name]) == [], "make it a key of pack.yaml"


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("if lang == 'ar': pass", 1),
        ("if 'ar' == article.language: pass", 1),
        ("x = language in ('ar', 'he')", 1),
        ("x = row['language'] != 'en'", 1),
        ("x = pack.code == 'ar'", 1),
        ("match lang:\n    case 'ar': pass", 1),
        ("x = language == other", 0),
        ("x = language in known", 0),
        ("x = direction == 'rtl'", 0),
        ("x = slang == 'ar'", 0),
    ],
)
def test_the_language_check_sees(source: str, count: int) -> None:
    assert len(language_tests(ast.parse(source))) == count


@pytest.mark.parametrize("name", TREES)
def test_no_clock_no_sql_no_net(name: str) -> None:
    modules = set(imports(TREES[name]))
    if room(name) not in ("cli", "console", "web", "batch"):
        assert clock_calls(TREES[name]) == [], "the day is an argument"
    if room(name) not in ("access", "database", "judgements", "kept", "ledger", "parts", "rota"):
        assert sorted(m for m in modules if within(m, SQL)) == [], "SQL lives in the rooms above"
    if room(name) not in ("client", "net"):  # the client runs elsewhere, and asks a server of ours
        assert sorted(m for m in modules if within(m, NET)) == [], "connections live in net/"


def test_the_clock_check_sees() -> None:
    assert len(clock_calls(ast.parse("import datetime as d\nx = d.datetime.now()\ny = date.today()\nz = day.today"))) == 2


def test_no_gpl_at_run_time() -> None:
    assert licences.faults() == []
    assert "pyyaml" in licences.runtime()


# --- versions and addresses


def test_lock_and_constraints_agree() -> None:
    locked = (ROOT / "requirements.lock").read_text("utf-8")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert lock.constraints(project) == lock.pins(locked), "run `make lock`"
    pinned = {line.split("==")[0] for line in lock.pins(locked)}
    needs = tomllib.loads(project)
    wanted = [*needs["project"]["dependencies"], *(line for group in needs["dependency-groups"].values() for line in group)]
    assert {re.split(r"[<>=!~\[; ]", line)[0].lower() for line in wanted} <= pinned, "run `make lock`"
    assert locked.count("--hash=sha256:") >= len(pinned)


def test_what_is_imported_is_declared_and_the_other_way() -> None:
    packages = packages_distributions()
    modules = (
        {module.split(".")[0] for tree in TREES.values() for module in imports(tree)} - sys.stdlib_module_names - {"trucewatch"}
    )
    imported = {canonicalize_name(packages.get(module, [module])[0]) for module in modules}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    optional = {canonicalize_name(Requirement(line).name) for more in project["optional-dependencies"].values() for line in more}
    assert imported - declared - optional == set(), "imported, but only by luck installed"
    assert declared - imported == {"lxml-html-clean"}, "declared, but imported nowhere"


def test_no_registry_address() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {hit.group()}"
        for path in tracked()
        if path.suffix not in {".png", ".woff2", ".ttf", ".gz"}
        for hit in [REGISTRY.search(path.read_text("utf-8", errors="replace"))]
        if hit
    ]
    assert found == []


# --- words


def test_every_command_is_described() -> None:
    text = "\n".join(path.read_text("utf-8") for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))])
    assert commands()
    assert [name for name in commands() if not re.search(rf"\btrucewatch {re.escape(name)}(?![\w-])", text)] == []


def test_every_error_is_described() -> None:
    text = (ROOT / "docs" / "errors.md").read_text("utf-8")
    names = [name for name, value in vars(errors).items() if inspect.isclass(value) and issubclass(value, Exception)]
    assert len(names) >= 4
    assert [name for name in names if f"| `{name}` |" not in text] == []


def test_readme_gives_commands_that_hold_everywhere() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    demo, tests = (f"python3 -m pip install uv && python3 -m uv run {word}" for word in ("trucewatch demo", "pytest"))
    assert (
        f'```\n{demo}\n```\n\nWhere pip answers "externally managed", first: `python3 -m venv .venv && . .venv/bin/activate`\n'
        in text
    )
    assert f"```\n{tests}\n```" in text


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda path: path.name
)
def test_links_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"(?<!!)\[[^\]]+\]\(([^)#]+)[^)]*\)", path.read_text("utf-8"))
    assert [target for target in targets if ":" not in target and not (path.parent / target).exists()] == []


def test_python_of_this_run_is_supported() -> None:
    least = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    assert least == ">=3.11"
    assert sys.version_info >= (3, 11)
