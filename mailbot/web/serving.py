"""The page, served to this machine alone until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import uvicorn

from mailbot.errors import ActionNeeded
from mailbot.web.desk import Desk
from mailbot.web.entrance import Entrance
from mailbot.web.guard import App, Guard
from mailbot.web.site import Site

HOST = "127.0.0.1"
CONNECTIONS = 64
HEADS = 16 * 1024  # bytes of a request's head


@dataclass(frozen=True, slots=True)
class Links:
    """Where the page opens: `lasting` for the person, `once` for the program that opens the browser."""

    lasting: str
    once: str
    port: int


def serve(desk: Desk, port: int, ready: Callable[[Links], None]) -> None:
    """Until Ctrl-C or SIGTERM. `port` 0: any that is free. `ready` is called once it listens. Raises ActionNeeded where
    the port is taken."""
    entrance = Entrance()
    with desk, listening(port) as door:
        number = door.getsockname()[1]
        server = uvicorn.Server(settings(guarded(desk, entrance, number)))
        start = f"http://{HOST}:{number}{entrance.place}/start?key="
        ready(Links(start + entrance.lasting, start + entrance.once, number))
        with suppress(KeyboardInterrupt):  # uvicorn raises Ctrl-C again once it has ended
            server.run(sockets=[door])


def guarded(desk: Desk, entrance: Entrance, port: int) -> Guard:
    """The whole page, for a server on that port."""
    return Guard(Site(desk, entrance.place).app(), entrance, (f"{HOST}:{port}", f"localhost:{port}"))


def listening(port: int) -> socket.socket:
    """A socket that listens on the loopback address alone. Raises ActionNeeded where the port is taken."""
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a page stopped just now leaves its port waiting
    try:
        door.bind((HOST, port))
        door.listen()
    except OSError as error:
        door.close()
        raise ActionNeeded(f"Port {port} is taken.", mend="Name another with --port, or none.") from error
    return door


def settings(app: App) -> uvicorn.Config:
    """How uvicorn serves it. No access log: the start link would be in it."""
    return uvicorn.Config(
        app, interface="asgi3", loop="asyncio", http="h11", ws="none", lifespan="off", log_config=None,
        access_log=False, server_header=False, date_header=False, limit_concurrency=CONNECTIONS,
        h11_max_incomplete_event_size=HEADS, timeout_keep_alive=5, timeout_graceful_shutdown=2,
    )  # fmt: skip
