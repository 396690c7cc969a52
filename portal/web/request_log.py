"""One structured line a request: route, status, time; never an address, a query, a cookie or words.

A room whose visits must not show at all sets ``g.unlogged``.
"""

import logging
import sys
from time import perf_counter
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger("portal.request")


def configure_logging(*, json_lines: bool) -> None:
    """Structured logs to standard error: JSON in production, readable lines in development."""
    # Tracebacks without the values of variables: those would be citizens' words, names and codes.
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False) if json_lines else plain
    frames = structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            frames if json_lines else structlog.dev.set_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def init_request_log(app: Flask, *, production: bool) -> None:
    """Log each request after its answer; static files are served before Flask and not logged."""
    configure_logging(json_lines=production)

    @app.before_request
    def _start() -> None:
        g.started, g.request_id = perf_counter(), uuid4().hex[:12]

    @app.after_request
    def _finish(response: Response) -> Response:
        if production and not g.get("unlogged"):
            milliseconds = round((perf_counter() - g.get("started", perf_counter())) * 1000, 1)
            log.info(
                "request",
                id=g.get("request_id"),
                method=request.method,
                route=request.endpoint,
                status=response.status_code,
                ms=milliseconds,
            )
        return response
