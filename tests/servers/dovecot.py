"""A real Dovecot on loopback for the tests of one process: started when first asked for, ended with the process.

Its folders lie directly below /tmp or what stands for it: Dovecot reads mail as a user of its own, who cannot pass
through a folder that is root's alone. Every name signs in, with the same password, and finds an empty mailbox.
"""

from __future__ import annotations

import atexit
import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from tests.quick_folder import quick_folder

PASSWORD = "harbour-crane"
FOLDERS = {"Drafts": "\\Drafts", "Sent": "\\Sent", "Trash": "\\Trash", "Junk": "\\Junk", "Archive": "\\Archive"}
NEEDED = "needs Dovecot (Debian: apt-get install dovecot-imapd)"
NAMESAKE = "imap.fastmail.com"  # for whom it may stand, where a name leads here: `tests/servers/elsewhere.py`
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Dovecot:
    """`port` speaks plain text and STARTTLS, `tls_port` TLS with the certificate that `authority` vouches for."""

    base: Path
    port: int
    tls_port: int

    @property
    def authority(self) -> Path:
        return self.base / "cert.pem"

    def home(self, user: str) -> Path:
        return self.base / "mail" / user

    def admin(self, *command: str) -> str:
        """What the server's administrator does: a command of doveadm, and what it prints."""
        whole = ["doveadm", "-c", str(self.base / "dovecot.conf"), *command]
        return subprocess.run(whole, check=True, capture_output=True, text=True).stdout

    def new_user(self) -> str:
        return f"user{next(_numbers)}"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def config(base: Path, port: int, tls_port: int, extra: str) -> str:
    root = os.geteuid() == 0
    own, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
    mail = "nobody" if root else own
    mail_group = grp.getgrgid(pwd.getpwnam(mail).pw_gid).gr_name
    unprivileged = (
        ""
        if root
        else (
            f"default_internal_user = {own}\ndefault_internal_group = {group}\ndefault_login_user = {own}\n"
            "service anvil {\n  chroot =\n}\nservice imap-login {\n  chroot =\n}\n"
        )
    )
    folders = "".join(f"  mailbox {name} {{\n    special_use = {use}\n  }}\n" for name, use in FOLDERS.items())
    return f"""
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{base}/cert.pem
ssl_key = <{base}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
mail_location = maildir:~/Maildir
mail_fsync = never
first_valid_uid = 1
mail_max_userip_connections = 0
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={mail} gid={mail_group} home={base}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
{folders}}}
service imap-login {{
  service_count = 0
  client_limit = 1000
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service imap {{
  service_count = 100
}}
auth_failure_delay = 0
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
{unprivileged}{extra}
"""


@cache
def dovecot(extra: str = "", folder: Path | None = None) -> Dovecot:
    """The running server; `extra` are lines of its configuration, `folder` is for more mail than fits in memory. The
    test is skipped where there is no Dovecot."""
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        pytest.skip(NEEDED)
    base = Path(tempfile.mkdtemp(prefix="mailbot-dovecot-", dir=folder or quick_folder()))
    base.chmod(0o711)
    (base / "mail").mkdir()
    (base / "mail").chmod(0o777)
    make_certificate(base)
    server = Dovecot(base, free_port(), free_port())
    (base / "dovecot.conf").write_text(config(base, server.port, server.tls_port, extra))
    running = subprocess.Popen(
        [program, "-F", "-c", str(base / "dovecot.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    owner = os.getpid()

    def end() -> None:
        if os.getpid() == owner:
            running.terminate()
            running.wait(20)
            for _ in range(100):  # its sessions write their last files when the master is gone already
                shutil.rmtree(base, ignore_errors=True)
                if not base.exists():
                    break
                time.sleep(0.02)

    atexit.register(end)
    await_port(server, running)
    return server


def make_certificate(base: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", f"subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:{NAMESAKE}",
         "-keyout", str(base / "key.pem"), "-out", str(base / "cert.pem")],
        check=True, capture_output=True,
    )  # fmt: skip


def await_port(server: Dovecot, running: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end and running.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", server.port), 5) as one:
                if one.recv(100).startswith(b"* OK"):
                    return
        except OSError:
            time.sleep(0.02)
    log = server.base / "log"
    raise RuntimeError(f"Dovecot did not start: {log.read_text() if log.exists() else 'it said nothing'}")
