"""Write docs/configuration.md, which tests/test_config.py holds to be current.

usage: .venv/bin/python docs/reference.py
"""

from pathlib import Path

from mailbot.config.reference import reference

Path(__file__).with_name("configuration.md").write_text(reference(), encoding="utf-8")
