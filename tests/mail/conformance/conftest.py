"""The suite's shared tests speak as plainly as any other when they fail."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("tests.mail.conformance.behaviour_drafts", "tests.mail.conformance.behaviour_mail")
