"""What a reader sees when something went wrong: a page, or for a program problem+json (RFC 9457)."""

import logging
from urllib.parse import urlencode

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException as Refusal

from trucewatch.door.house import house_of
from trucewatch.errors import TrucewatchError
from trucewatch.web.frame import page

LOG = logging.getLogger("trucewatch.web")
API = "/api/"


def install(app: FastAPI) -> None:
    """Makes the app answer so."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _asked_badly)
    app.add_exception_handler(TrucewatchError, _mend)
    app.add_exception_handler(Exception, _broken)


def told(request: Request, status: int, detail: str | None = None) -> Response:
    """The answer to a request that failed."""
    if request.url.path.startswith(API):
        body = {"type": "about:blank", "title": HTTPException(status).detail, "status": status}
        body |= {"detail": detail} if detail else {}
        return JSONResponse(body, status, media_type="application/problem+json")
    return page(request, "fault.html.j2", status=status, code=status, detail=detail)


def _refused(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Refusal)
    entrance = house_of(request).settings.entrance
    if problem.status_code == 401 and entrance and request.method == "GET" and not request.url.path.startswith(API):
        asked = str(request.url.path) + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(entrance if asked == "/" else f"{entrance}?{urlencode({'to': asked})}", 303)
    plain = HTTPException(problem.status_code).detail  # the bare name of the status, which the page says in words
    answer = told(request, problem.status_code, None if problem.detail == plain else problem.detail)
    answer.headers.update(problem.headers or {})
    return answer


def _asked_badly(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, RequestValidationError)
    first = problem.errors()[0]
    return told(request, 422, f"{'.'.join(map(str, first['loc']))}: {first['msg']}")


def _mend(request: Request, problem: Exception) -> Response:
    """What somebody can mend. That message may name files of the server, which only the log is told."""
    LOG.warning("%s: %s", request.url.path, problem)
    return told(request, 503)


def _broken(request: Request, problem: Exception) -> Response:
    LOG.error("%s: %s", request.url.path, type(problem).__name__, exc_info=problem)
    return told(request, 500)
