"""Draw docs/demo.svg: what `mailbot demo` prints at the end of the sample's own calendar, cut to a screenful.

usage: .venv/bin/python docs/picture.py
"""

import io
import re
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

from rich.console import Console
from rich.text import Text

from mailbot.cli import printing
from mailbot.cli.demo import letter_rows
from mailbot.cli.overview import print_applications, print_letters
from mailbot.demo.play import play_demo
from mailbot.demo.sample import LAST_DAY

WIDTH = 120
LETTERS = 7  # the last ones

with tempfile.TemporaryDirectory() as folder:
    outcomes = [outcome for _, outcome in play_demo(Path(folder), LAST_DAY)]
events = [event for one in outcomes for event in one.events]
outlook = outcomes[-1].outlook

printing.console = lambda: Console(width=WIDTH, force_terminal=True, markup=False, highlight=False, emoji=False)
with redirect_stdout(io.StringIO()) as printed:
    print_applications(outlook)
    print_letters("Drafts that mailbot placed on the way", "subject", letter_rows(events, outlook)[-LETTERS:])
paper = Console(width=WIDTH, record=True, force_terminal=True, file=io.StringIO())
paper.print(Text.from_ansi(printed.getvalue().rstrip("\n")), soft_wrap=True)
drawn = paper.export_svg(title="mailbot demo", unique_id="demo")
# Rich's template loads a font from elsewhere; a page that shows the picture should ask nobody for anything.
drawn = re.sub(r"@font-face \{[^}]*\}\s*", "", drawn).replace("Fira Code, monospace", "monospace")
Path(__file__).with_name("demo.svg").write_text(drawn, encoding="utf-8")
