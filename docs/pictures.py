"""Make docs/pictures: the page in Chromium and the drafts in mutt, both over the demo at the end of its own calendar.

usage: .venv/bin/python -m docs.pictures

Needs the extra `test` and Debian's chromium, mutt and tmux.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.text import Text

from mailbot.demo.play import play_demo
from mailbot.demo.sample import LAST_DAY
from tests.web.serving import Served, server

HERE = Path(__file__).with_name("pictures")
WINDOW = {"width": 1280, "height": 880}
COLUMNS, LINES = 100, 27
MUTTRC = """\
set folder={folder}/Maildir
set spoolfile=+.Drafts
set mbox_type=Maildir
set sort=reverse-date-sent
set pager_index_lines=10
set index_format="%4C %Z %{{%d %b}} %-26.26t %s"
set date_format="!%a %d %b %Y %H:%M"
set status_format="mutt: Drafts, %m messages"
set help=no
set quit=yes
set markers=no
ignore *
unignore from to subject date
hdr_order date from to subject
color status brightwhite blue
color indicator black cyan
color hdrdefault cyan default
"""


def pictures_of_the_page(page: Served, browser: Browser) -> None:
    company = page.application("Harborview Press")
    for name, path, scheme in (("board", "/", "light"), ("board-dark", "/", "dark"), ("application", company, "light")):
        window = browser.new_context(viewport=WINDOW, color_scheme=scheme)
        tab = window.new_page()
        tab.goto(f"{page.url}/start?key={page.entrance.lasting}")
        tab.goto(page.url + path)
        tab.screenshot(path=HERE / f"{name}.png")
        window.close()


def picture_of_the_drafts(folder: Path) -> None:
    """What mutt shows of the demo's Drafts folder, as the terminal shows it."""
    rules = folder / "muttrc"
    rules.write_text(MUTTRC.format(folder=folder))
    tmux = ["tmux", "-L", f"mailbot-{os.getpid()}"]
    mutt = f"TZ={LAST_DAY.tzinfo} TERM=screen-256color mutt -n -R -F {rules}"
    subprocess.run([*tmux, "new-session", "-d", "-x", str(COLUMNS), "-y", str(LINES), mutt], check=True)
    try:
        for key in ("2", "Enter", "Enter"):  # the offer's reply: jump to the second message, and open it
            time.sleep(1)
            subprocess.run([*tmux, "send-keys", key], check=True)
        time.sleep(1)
        shown = subprocess.run([*tmux, "capture-pane", "-epN"], check=True, capture_output=True, text=True).stdout
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)
    paper = Console(width=COLUMNS, record=True, force_terminal=True, file=io.StringIO())
    paper.print(Text.from_ansi(shown.rstrip("\n")), soft_wrap=True)
    drawn = paper.export_svg(title="mutt", unique_id="drafts")
    # Rich's template loads a font from elsewhere; a page that shows the picture should ask nobody for anything.
    drawn = re.sub(r"@font-face \{[^}]*\}\s*", "", drawn).replace("Fira Code, monospace", "monospace")
    (HERE / "drafts.svg").write_text(drawn, encoding="utf-8")


HERE.mkdir(exist_ok=True)
with tempfile.TemporaryDirectory() as name:
    demo = Path(name) / "demo"
    for _ in play_demo(demo, LAST_DAY):
        pass
    with server() as running, running.serving(demo, LAST_DAY) as served, sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=shutil.which("chromium"))
        pictures_of_the_page(served, chromium)
        chromium.close()
    picture_of_the_drafts(demo)
