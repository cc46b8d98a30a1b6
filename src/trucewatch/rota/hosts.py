"""What is known of a host: its robots.txt, and when it may be asked again."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from trucewatch.database.engine import Ledger, reading, writing
from trucewatch.database.tables import hosts
from trucewatch.rota.rows import insert_new


def rules(ledger: Ledger, host: str, at: datetime) -> str | None:
    """The host's robots.txt as it was kept; None where there is none or it is due to be asked for again."""
    with reading(ledger) as connection:
        return connection.execute(select(hosts.c.robots).where(hosts.c.host == host, hosts.c.until > at)).scalar()


def keep_rules(ledger: Ledger, host: str, text: str, *, until: datetime, at: datetime, delay: timedelta) -> None:
    """Keeps a host's robots.txt and the pause between two requests that it asks for."""
    seconds = delay.total_seconds()
    with writing(ledger) as connection:
        insert_new(connection, hosts, hosts.c.host, [{"host": host, "free": at + delay, "delay": seconds}])
        connection.execute(update(hosts).where(hosts.c.host == host).values(robots=text, until=until, delay=seconds))
