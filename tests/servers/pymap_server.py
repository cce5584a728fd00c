"""pymap, an IMAP server in Python, on loopback for the tests of one process: it ends with it. Every name that
`new_user` gives signs in with the same password and finds an empty mailbox in memory.

It is another server than Dovecot in much: no SPECIAL-USE, no CONDSTORE, no SASL-IR, its own answers to FETCH.
"""

from __future__ import annotations

import atexit
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache
from itertools import count

from tests.servers.dovecot import PASSWORD, free_port

USERS = 2_000
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Pymap:
    port: int

    def new_user(self) -> str:
        return f"user{next(_numbers)}"


@cache
def pymap() -> Pymap:
    """The running server."""
    server = Pymap(free_port())
    running = subprocess.Popen([sys.executable, "-m", "tests.servers.pymap_server", str(server.port)])
    atexit.register(running.kill)
    end = time.monotonic() + 30
    while time.monotonic() < end and running.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", server.port), 5) as one:
                if one.recv(100).startswith(b"* OK"):
                    return server
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("pymap did not start")


def serve(port: str) -> None:
    """Run it in this process, with its users."""
    from pymap.backend import backends
    from pymap.backend.dict import Config, DictBackend, Login
    from pymap.main import main
    from pymap.user import UserMetadata
    from pysasl.hashing import BuiltinHash

    class Many(DictBackend):
        @classmethod
        async def _add_demo_user(cls, config: Config, login: Login) -> None:
            hashed = BuiltinHash(rounds=1).hash(PASSWORD)  # its own takes a second at each sign-in
            for number in range(1, USERS):
                name = f"user{number}"
                login.users_dict[name] = UserMetadata(config, name, password=hashed)

    backends.add("many", Many)
    sys.argv[1:] = ["--host", "127.0.0.1", "--port", port, "--no-tls", "many"]
    main()


if __name__ == "__main__":
    serve(sys.argv[1])
