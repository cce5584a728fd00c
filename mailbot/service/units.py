"""The unit files, filled in: pure text in, text out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.resources import files
from xml.sax.saxutils import escape

# Where the head ends that says how to fill the file in by hand.
_BEGINS = {"mailbot.service": "[Unit]\n", "mailbot.plist": "<plist "}


def systemd_unit(command: str, options: tuple[str, ...]) -> str:
    """The systemd unit for that command, with its options. Specifiers and spaces are escaped (systemd.unit(5))."""
    said = "".join(f" {_systemd_word(one)}" for one in options)
    return _filled("mailbot.service", {"@MAILBOT@": _systemd_word(command), "@OPTIONS@": said})


def launchd_agent(command: str, options: tuple[str, ...], log: os.PathLike[str]) -> str:
    """The launchd agent for that command, which logs to that file."""
    said = "".join(f"<string>{escape(one)}</string>" for one in options)
    return _filled("mailbot.plist", {"@MAILBOT@": escape(command), "@LOG@": escape(os.fspath(log)), "@OPTIONS@": said})


def _systemd_word(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{quoted}"' if quoted != text or " " in text else text


def _filled(name: str, values: Mapping[str, str]) -> str:
    """The file with its marks filled in; the comment at its head, which names them, goes."""
    text = (files("mailbot.service") / name).read_text(encoding="utf-8")
    head, tail = text.split(_BEGINS[name], 1)
    kept = "" if name.endswith(".service") else head.split("<!--")[0]
    for mark, value in values.items():
        tail = tail.replace(mark, value)
    return kept + _BEGINS[name] + tail
