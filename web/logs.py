"""Logs as JSON lines, one a request, that say nothing about anybody.

A line has the request's id (also in ``X-Request-ID``), method, path as a template (no
query, no ids), status and milliseconds. An exception is told by its type and by the
places it went through, never by its message, which may quote what a person typed.
"""

from __future__ import annotations

import logging
import sys
import time
import traceback
import uuid
from collections.abc import Callable
from typing import TextIO

import structlog
from flask import Flask, Response, g, request
from structlog.typing import Processor

from config import ROOT

log = structlog.get_logger()


def configure(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Write every log of the process, those of libraries included, as JSON; to stdout by default."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                _without_values,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # SQLAlchemy and Werkzeug quote parameters and addresses at their lower levels.
    for chatty in ("werkzeug", "sqlalchemy", "alembic", "waitress"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))


def init_app(server: Flask, path_template: Callable[[], str]) -> None:
    """Log each request once, when it is answered.

    Parameters
    ----------
    path_template : callable
        Gives the present request's path without the ids in it.
    """

    @server.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        g.request_id = uuid.uuid4().hex[:16]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @server.after_request
    def end(response: Response) -> Response:
        began = g.get("began")
        if began is None:
            return response
        response.headers["X-Request-ID"] = g.request_id
        log.info(
            "request",
            method=request.method,
            path=path_template(),
            status=response.status_code,
            ms=round((time.perf_counter() - began) * 1000, 1),
        )
        return response


def exception(error: BaseException) -> None:
    """Log what broke and where, without the words of the error."""
    log.error("exception", **_told(error))


def _told(error: BaseException) -> dict[str, object]:
    where = [
        f"{_shortened(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    told: dict[str, object] = {"type": f"{type(error).__module__}.{type(error).__qualname__}", "where": where}
    cause = error.__cause__ or error.__context__
    if cause is not None:
        told["cause"] = f"{type(cause).__module__}.{type(cause).__qualname__}"
    return told


def _shortened(filename: str) -> str:
    return filename.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]


def _without_values(
    _logger: object, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    record = event.get("_record")
    if record is not None and record.exc_info and record.exc_info[1] is not None:
        event.update(_told(record.exc_info[1]))
    event.pop("exc_info", None)
    return event
