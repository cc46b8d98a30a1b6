"""The JSON API, version 1: what programs ask of a monitor and tell it (docs/api.md)."""

from trucewatch.api import articles, claims, day, judgements, start

ROUTERS = (start.router, claims.router, articles.router, day.router, judgements.router)

__all__ = ["ROUTERS"]
