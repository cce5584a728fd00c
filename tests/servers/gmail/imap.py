"""Gmail's IMAP on a port of this machine: the same accounts as its API, with X-GM-EXT-1, CONDSTORE, UIDPLUS, MOVE,
IDLE and XOAUTH2, as its documents and public transcripts show them. Whatever mailbot has no business with is refused
and noted as a violation: STORE, EXPUNGE, COPY, an APPEND elsewhere than to Drafts, a FETCH that would mark as read."""

from __future__ import annotations

import base64
import re
import socketserver
import threading
import time
from datetime import UTC, datetime
from functools import cache
from typing import Any

from tests.servers.gmail.account import Account, Message
from tests.servers.gmail.imap_answers import section, structure
from tests.servers.gmail.imap_folders import FOLDERS, SHOWN, Folder, Shown
from tests.servers.gmail.search import search

ALWAYS = "IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1"
BEFORE = f"{ALWAYS} XYZZY SASL-IR AUTH=XOAUTH2 AUTH=PLAIN AUTH=OAUTHBEARER"
CAPABILITY = (
    f"{ALWAYS} UIDPLUS COMPRESS=DEFLATE ENABLE MOVE CONDSTORE ESEARCH UTF8=ACCEPT LIST-EXTENDED LIST-STATUS LITERAL-"
    " SPECIAL-USE APPENDLIMIT=35651584"
)
PASSWORD = "quay-lantern-rope-mast"
TOKEN = re.compile(rb'\s*(\(|\)|"(?:[^"\\]|\\.)*"|BODY(?:\.PEEK)?\[[^\]]*\](?:<[\d.]+>)?|[^\s()]+)')


class GmailImap(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.port = int(self.server_address[1])
        self.accounts: dict[str, Shown] = {}

    def add(self, account: Account) -> Shown:
        return self.accounts.setdefault(account.address, Shown(account))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is part of the tests."""


@cache
def gmail_imap() -> GmailImap:
    """The one of this process; it ends with it."""
    server = GmailImap()
    threading.Thread(target=server.serve_forever, name="gmail imap", daemon=True).start()
    return server


class Declined(Exception):  # noqa: N818 - what happens
    """A tagged NO or BAD."""


class Session(socketserver.StreamRequestHandler):
    server: GmailImap
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self.shown: Shown | None = None
        self.folder: Folder | None = None
        self.say("* OK Gimap ready for requests from 127.0.0.1")
        while (command := self.command()) is not None:
            tag, words = command[0].decode(), command[1:]
            name = words[0].decode().upper()
            rest = words[1:]
            if name == "UID":
                name, rest = f"UID {words[1].decode().upper()}", words[2:]
            try:
                done = self.answer(name, rest)
            except Declined as error:
                done = str(error)
            self.say(f"{tag} {done}")
            if name == "LOGOUT":
                return

    def say(self, line: str) -> None:
        self.wfile.write(line.encode("utf-8", "surrogateescape") + b"\r\n")

    def command(self) -> list[bytes] | None:
        """The words of the next command, a literal as one of them; None at the end."""
        words: list[bytes] = []
        while line := self.rfile.readline():
            line = line.rstrip(b"\r\n")
            literal = re.search(rb"\{(\d+)\}$", line)
            words += TOKEN.findall(line[: literal.start()] if literal else line)
            if literal is None:
                return [unquoted(one) for one in words] if words else self.command()
            self.say("+ go ahead")
            words.append(self.rfile.read(int(literal[1])))
        return None

    def answer(self, name: str, rest: list[bytes]) -> str:
        if name == "CAPABILITY":
            self.say(f"* CAPABILITY {CAPABILITY if self.shown else BEFORE}")
            return "OK Thats all she wrote!"
        if name in ("NOOP", "LOGOUT"):
            return "OK Success"
        if name in ("LOGIN", "AUTHENTICATE"):
            return self.sign_in(name, rest)
        if self.shown is None:
            raise Declined("BAD Unknown command")
        if not self.shown.account.reachable:
            raise Declined("NO [UNAVAILABLE] Temporary System Error")
        method = {
            "LIST": self.list, "EXAMINE": self.open, "SELECT": self.select, "UID SEARCH": self.search,
            "UID FETCH": self.fetch, "APPEND": self.append, "UID MOVE": self.move, "IDLE": self.idle,
        }.get(name)  # fmt: skip
        if method is None:
            self.shown.account.violations.append(name)
            raise Declined("BAD not a command that mailbot has any business with")
        return method(rest)

    def sign_in(self, name: str, rest: list[bytes]) -> str:
        if name == "LOGIN":
            user, right = rest[0].decode(), rest[1].decode().replace(" ", "") == PASSWORD.replace(" ", "")
        else:
            self.say("+ ")
            said = base64.b64decode(self.rfile.readline()).decode()
            user = said.partition("user=" if "user=" in said else "a=")[2].partition("\1")[0].rstrip(",")
            token = said.partition("auth=Bearer ")[2].partition("\1")[0]
            right = user in self.server.accounts and token in self.server.accounts[user].account.access_tokens
            if not right:  # the reason, which the client has to acknowledge
                self.say("+ " + base64.b64encode(b'{"status":"400","schemes":"Bearer"}').decode())
                self.rfile.readline()
        if not right or user not in self.server.accounts:
            raise Declined("NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)")
        self.shown = self.server.accounts[user]
        self.say(f"* CAPABILITY {CAPABILITY}")
        return f"OK {user} authenticated (Success)"

    def list(self, rest: list[bytes]) -> str:
        assert self.shown
        wanted = rest[1].decode() if len(rest) > 1 else "*"
        for name, (use, _) in FOLDERS.items():
            if wanted in ("*", "%", name) and name in self.shown.folders:
                self.say(f'* LIST (\\HasNoChildren{f" {use}" if use else ""}) "/" "{name}"')
        if wanted == "*":
            self.say('* LIST (\\HasChildren \\Noselect) "/" "[Gmail]"')
        return "OK Success"

    def open(self, rest: list[bytes]) -> str:
        assert self.shown
        self.folder = self.shown.folders.get(rest[0].decode())
        if self.folder is None:
            raise Declined("NO [NONEXISTENT] Unknown Mailbox (Failure)")
        count = len(self.folder.look(self.shown.account))
        for line in (
            "FLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen $NotPhishing $Phishing)",
            "OK [PERMANENTFLAGS ()] Flags permitted.",
            f"OK [UIDVALIDITY {self.folder.validity}] UIDs valid.",
            f"{count} EXISTS",
            "0 RECENT",
            f"OK [UIDNEXT {self.folder.following}] Predicted next UID.",
            f"OK [HIGHESTMODSEQ {self.shown.account.history_id}]",
        ):
            self.say(f"* {line}")
        return "OK [READ-ONLY] selected. (Success)"

    def select(self, rest: list[bytes]) -> str:
        return self.open(rest).replace("READ-ONLY", "READ-WRITE")

    def search(self, rest: list[bytes]) -> str:
        assert self.shown
        assert self.folder
        words = [one.decode() for one in rest]
        here = self.folder.look(self.shown.account)
        order = {uid: number for number, (uid, _) in enumerate(here, 1)}
        tests = []
        while words:
            test, words = self._criterion(words, order)
            tests.append(test)
        found = [uid for uid, one in here if all(test(uid, one) for test in tests)]
        self.say("* SEARCH" + "".join(f" {uid}" for uid in found))
        return "OK SEARCH completed (Success)"

    def _criterion(self, words: list[str], order: dict[int, int]) -> tuple[Any, list[str]]:
        word, rest = words[0].upper(), words[1:]
        assert self.shown
        shown, last = self.shown, max(order, default=0)
        if word == "UID":
            return (lambda uid, one: within(uid, rest[0], last)), rest[1:]
        if word == "X-GM-RAW":
            test, hidden = search(rest[0]), shown.account.unindexed
            return (lambda uid, one: one.ident not in hidden and test(one)), rest[1:]
        if word == "MODSEQ":
            return (lambda uid, one: shown.modseq(one) >= int(rest[0])), rest[1:]
        if word == "HEADER":
            return (lambda uid, one: rest[1] in one.header(rest[0])), rest[2:]
        if word == "OR":
            one, rest = self._criterion(rest, order)
            other, rest = self._criterion(rest, order)
            return (lambda uid, message: one(uid, message) or other(uid, message)), rest
        if word == "SINCE":
            day = datetime.strptime(rest[0], "%d-%b-%Y").replace(tzinfo=UTC).timestamp() * 1000
            return (lambda uid, one: one.at >= day), rest[1:]
        if word == "UNDELETED":
            return (lambda uid, one: True), rest
        if word[0].isdigit():
            return (lambda uid, one: within(order[uid], word, len(order))), rest
        raise AssertionError(f"the search knows no {word}")

    def fetch(self, rest: list[bytes]) -> str:
        assert self.shown
        assert self.folder
        items = [one.decode() for one in rest[1:] if one not in (b"(", b")")]
        marking = [one for one in items if one.startswith("BODY[") or one in ("RFC822", "RFC822.TEXT")]
        self.shown.account.violations += marking
        here = self.folder.look(self.shown.account)
        last = here[-1][0] if here else 0
        for number, (uid, message) in enumerate(here, 1):
            if within(uid, rest[0].decode(), last):
                said = b" ".join(self._item(one, message) for one in items)
                self.wfile.write(b"* %d FETCH (UID %d %s)\r\n" % (number, uid, said))
        return "OK Success"

    def _item(self, item: str, message: Message) -> bytes:
        assert self.folder
        if item == "FLAGS":
            flags = ["\\Seen"] * ("UNREAD" not in message.labels) + ["\\Draft"] * ("DRAFT" in message.labels)
            return f"FLAGS ({' '.join(flags)})".encode()
        if item == "INTERNALDATE":
            return f'INTERNALDATE "{datetime.fromtimestamp(message.at / 1000, UTC):%d-%b-%Y %H:%M:%S +0000}"'.encode()
        if item == "RFC822.SIZE":
            return b"RFC822.SIZE %d" % len(message.raw)
        if item == "BODYSTRUCTURE":
            return f"BODYSTRUCTURE {structure(message.raw)}".encode("ascii", "surrogateescape")
        if item == "X-GM-THRID":
            return b"X-GM-THRID %d" % int(message.thread, 16)
        if item == "X-GM-LABELS":
            own = "INBOX" if self.folder.name == "INBOX" else ""  # a folder's own label is not said in it
            shown = [SHOWN[one].replace("\\", "\\\\") for one in sorted(message.labels - {own}) if one in SHOWN]
            return "X-GM-LABELS ({})".format(" ".join([*(f'"{one}"' for one in shown), "Jobs"])).encode()
        name, origin = re.fullmatch(r"BODY(?:\.PEEK)?\[(.*)\](?:<(.*)>)?", item).groups()  # type: ignore[union-attr]
        data = section(message.raw, name)
        if origin:
            start, size = map(int, origin.split("."))
            data, item = data[start : start + size], item.partition("<")[0] + f"<{start}>"
        return item.replace(".PEEK", "").encode() + b" {%d}\r\n" % len(data) + data

    def append(self, rest: list[bytes]) -> str:
        assert self.shown
        name, raw = rest[0].decode(), rest[-1]
        if FOLDERS[name][0] != "\\Drafts":
            self.shown.account.violations.append(f"APPEND {name}")
        _, message = self.shown.account.create_draft(raw)
        folder = self.shown.folders[name]
        folder.look(self.shown.account)
        return f"OK [APPENDUID {folder.validity} {folder.uids[message.ident]}] (Success)"

    def move(self, rest: list[bytes]) -> str:
        assert self.shown
        assert self.folder
        if "DRAFT" not in self.shown.label(self.folder.name):
            self.shown.account.violations.append(f"MOVE from {self.folder.name}")
        for uid, message in self.folder.look(self.shown.account):
            if within(uid, rest[0].decode(), 0):
                target = self.shown.label(rest[1].decode())
                self.shown.account.relabel(message.ident, add=target, remove={"DRAFT"})
        return "OK (Success)"

    def idle(self, rest: list[bytes]) -> str:
        assert self.shown
        assert self.folder
        self.say("+ idling")
        self.connection.settimeout(0.02)
        count = len(self.folder.look(self.shown.account))
        ending = b""
        while not ending:
            try:
                ending = self.connection.recv(100)
                if not ending:
                    raise ConnectionResetError
            except TimeoutError:
                time.sleep(0)
            if (now := len(self.folder.look(self.shown.account))) != count:
                count = now
                self.say(f"* {count} EXISTS")
        self.connection.settimeout(None)
        return "OK IDLE terminated (Success)"


def unquoted(word: bytes) -> bytes:
    if word.startswith(b'"') and word.endswith(b'"') and len(word) > 1:
        return re.sub(rb"\\(.)", rb"\1", word[1:-1])
    return word


def within(number: int, ranges: str, last: int) -> bool:
    """Whether a set of numbers holds this one; `*` is the last."""
    for one in ranges.split(","):
        start, _, end = one.partition(":")
        ends = sorted(last if each == "*" else int(each) for each in (start, end or start))
        if ends[0] <= number <= ends[1]:
            return True
    return False
