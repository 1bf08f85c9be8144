"""The web server: gunicorn, started from within, so that one process starts and stops everything."""

import errno
import os
import signal
import socket
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication

from negotiations.trouble import Trouble


class _Server(BaseApplication):
    """Gunicorn with settings given here; it reads no file and no variable of its own."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from negotiations.wsgi import application

        return application


def refuse_taken_port(host: str, port: int) -> None:
    """Raise Trouble where nobody could listen there: before anything else is begun."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Trouble(
                    f"Port {port} is in use: stop what uses it, or name another, like "
                    f"make run PORT={port + 1 if port < 65535 else 8000}."
                ) from error
            raise Trouble(f"Cannot listen on {host}:{port}: {error.strerror}.") from error


def serve(host: str, port: int, ready: Callable[[], None]) -> None:
    """Serve until a signal comes, then end the process. Calls `ready` when requests can come."""
    stays = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN  # started with nohup

    def when_ready(_: Any) -> None:
        # Gunicorn would load itself anew when the terminal goes away; here that means to stop.
        stop = signal.SIG_IGN if stays else lambda *_: os.kill(os.getpid(), signal.SIGTERM)
        signal.signal(signal.SIGHUP, stop)
        ready()

    def worker_ready(_: Any) -> None:
        # A Ctrl-C reaches the whole group; each worker is told by the first process, once.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    _Server(
        {
            "bind": f"{host}:{port}",
            "worker_class": "gthread",
            "workers": 2,
            "threads": 4,
            "timeout": 60,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "limit_request_line": 8190,
            "limit_request_fields": 60,
            "control_socket_disable": True,
            "when_ready": when_ready,
            "post_worker_init": worker_ready,
        }
    ).run()
