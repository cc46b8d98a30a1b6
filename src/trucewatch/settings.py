"""What can be set in trucewatch.toml of a monitor's folder, in the form in which it must stand there."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class LedgerSettings(_Part):
    """Where the ledger is."""

    url: Annotated[str, Field(pattern="^postgres(ql)?://", description="address of a PostgreSQL database")] | None = None


class WatchSettings(_Part):
    """How pages are watched that were read."""

    look_again: Annotated[
        tuple[Annotated[float, Field(gt=0)], ...],
        Field(
            strict=False, description="hours after the first reading of a page that gave claims at which it is looked at again"
        ),
    ] = (1, 6, 24, 72)


Ids = Annotated[tuple[str, ...], Field(strict=False)]
Days = Annotated[int, Field(ge=1, le=3650)]


class StateRule(_Part):
    """A provision comes into another state."""

    when: Literal["state"]
    only: Annotated[Ids, Field(description="ids of provisions; without it, all")] = ()


class FigureRule(_Part):
    """A running count grows by so much against the one before it of the same source."""

    when: Literal["figure"]
    of: Annotated[Ids, Field(description="what is counted: killed, violations, trucks …; without it, anything")] = ()
    percent: Annotated[float, Field(strict=False, ge=0)] = 10.0
    least: Annotated[float, Field(strict=False, ge=0, description="the least growth that counts")] = 1.0


class ContradictionRule(_Part):
    """Two sources tell it differently, or one denies what the other tells."""

    when: Literal["contradiction"]


class DeadlineRule(_Part):
    """A deadline comes within so many days."""

    when: Literal["deadline"]
    days: Days = 7
    only: Annotated[Ids, Field(description="ids of provisions; without it, all")] = ()


class SilenceRule(_Part):
    """An outlet that was heard prints nothing for more than so many days."""

    when: Literal["silence"]
    days: Days = 7
    articles: Annotated[int, Field(ge=1, description="so many articles of it were held at least")] = 3
    only: Annotated[Ids, Field(description="ids of outlets; without it, all")] = ()


Rule = Annotated[StateRule | FigureRule | ContradictionRule | DeadlineRule | SilenceRule, Field(discriminator="when")]


class WebhookSettings(_Part):
    """Where alerts are posted. The secret stands in the environment."""

    url: Annotated[str, Field(pattern="^https?://")]
    secret: Annotated[str, Field(pattern="^[A-Z_][A-Z0-9_]*$", description="variable of the environment that holds the secret")]
    inside: Annotated[bool, Field(description="its host may be one of an inner network")] = False


class MailSettings(_Part):
    """Where alerts are mailed to. The password stands in the environment."""

    host: Annotated[str, Field(min_length=1)]
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["tls", "starttls", "none"] = "starttls"
    sender: Annotated[str, Field(pattern="^[^@\\s<>]+@[^@\\s<>]+$")]
    to: Annotated[tuple[Annotated[str, Field(pattern="^[^@\\s<>,]+@[^@\\s<>,]+$")], ...], Field(strict=False, min_length=1)]
    user: str | None = None
    password: Annotated[str, Field(pattern="^[A-Z_][A-Z0-9_]*$")] | None = None


class ReportSettings(_Part):
    """How reports look."""

    style: Annotated[str, Field(min_length=1, description="style file of the organisation, in this folder")] | None = None


class AlertSettings(_Part):
    """What the monitor's people want to be told of, and how (docs/alerts.md)."""

    rules: Annotated[tuple[Rule, ...], Field(strict=False)] = ()
    languages: Annotated[tuple[Literal["ar", "en"], ...], Field(strict=False, min_length=1)] = ("en",)
    days: Annotated[Days, Field(description="what happened longer ago is no news")] = 7
    atom: (
        Annotated[str, Field(pattern="^[^/\\\\]+\\.xml$", description="name of the feed's file, in the monitor's folder")] | None
    ) = None
    webhook: WebhookSettings | None = None
    mail: MailSettings | None = None


class Settings(_Part):
    """trucewatch.toml of a monitor's folder."""

    model_config = ConfigDict(extra="forbid", strict=True, title="trucewatch monitor")
    name: Annotated[str, Field(min_length=1, description="what the monitor is called")]
    agreement: Annotated[str, Field(min_length=1, description="file of the agreement that is watched, in this folder")] | None = (
        None
    )
    language: Annotated[str, Field(min_length=2, description="language of articles that do not tell their own")] | None = None
    ledger: LedgerSettings = LedgerSettings()
    watch: WatchSettings = WatchSettings()
    report: ReportSettings = ReportSettings()
    alerts: AlertSettings = AlertSettings()
