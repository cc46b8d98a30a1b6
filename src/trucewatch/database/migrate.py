"""The schema's revisions (migrations/versions), run inside the caller's transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

FOLDER = Path(__file__).parent / "migrations"


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def known() -> tuple[str, ...]:
    """All revisions that this program knows, the newest first."""
    return tuple(revision.revision for revision in ScriptDirectory.from_config(config()).walk_revisions())


def upgrade(connection: Connection, to: str = "head") -> None:
    """Brings the schema to a revision; `connection` is in a transaction, which the caller ends."""
    made = config()
    made.attributes["connection"] = connection
    command.upgrade(made, to)
