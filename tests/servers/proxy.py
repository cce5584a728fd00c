"""A way to a server that a test can block or cut: TCP on loopback, forwarded byte by byte if need be."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator


class Proxy:
    """Forwards to `port` of this machine. `cut_after` counts bytes of the next connections in one direction ('up' to
    the server, 'down' from it): after so many both ends are reset."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.blocked = False
        self.silent = False  # takes connections and bytes, and passes nothing on: what a router that forgot one does
        self.cut_after: tuple[str, int] | None = None
        self.passed = {"up": 0, "down": 0}
        self.delay = 0.0  # seconds that each byte takes, each way: a server far away
        self.drip = 65536  # bytes that are passed on at once
        self.turns = 0  # how often the client spoke after the server had: round trips
        self._last = "down"
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.reset()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def reset(self) -> None:
        """Cut every connection."""
        for one in self._open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.clear()

    @contextlib.contextmanager
    def block(self) -> Iterator[None]:
        """As long as this lasts nobody gets through."""
        self.blocked = True
        self.reset()
        try:
            yield
        finally:
            self.blocked = False

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            if self.blocked:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self._target))
            for one in (near, far):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open += [near, far]
            for source, target, way in ((near, far, "up"), (far, near, "down")):
                threading.Thread(target=self._forward, args=(source, target, way), daemon=True).start()

    def _giver(self, target: socket.socket) -> tuple[Callable[[bytes], object], Callable[[], None]]:
        """What passes bytes on, late if need be, and what ends it."""
        if not self.delay:
            return target.sendall, lambda: None
        late: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()

        def carry() -> None:
            while (one := late.get())[1]:
                time.sleep(max(0.0, one[0] - time.monotonic()))
                with contextlib.suppress(OSError):
                    target.sendall(one[1])

        carrying = threading.Thread(target=carry, daemon=True)
        carrying.start()

        def end() -> None:
            late.put((0.0, b""))
            carrying.join()

        return lambda data: late.put((time.monotonic() + self.delay, data)), end

    def _forward(self, source: socket.socket, target: socket.socket, way: str) -> None:
        give, end = self._giver(target)
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self.turns += way == "up" and self._last == "down"
                self._last = way
                if self.silent:
                    continue
                cut = self.cut_after
                if cut and cut[0] == way and self.passed[way] + len(data) >= cut[1]:
                    target.sendall(data[: cut[1] - self.passed[way]])
                    self.passed[way] = cut[1]
                    break
                self.passed[way] += len(data)
                for at in range(0, len(data), self.drip):
                    give(data[at : at + self.drip])
        end()
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
