"""Pages for the browser, one file each. docs/house.md tells how one is added, docs/dashboard.md what each shows."""

from trucewatch.web.app import app

__all__ = ["app"]
