"""Whether a mail shows by itself that it is about an application.

Dentists, courts and landlords write in the same words as recruiters. A mail that names no job has to be read with more
certainty before anything is drafted on its word alone; what stands on no surer mail is a question.
"""

from __future__ import annotations

from mailbot.mail.message import Direction
from mailbot.reading.statements import Kind, Reading
from mailbot.tracking.voices import by_human

# The confidence from which a mail without a role is believed; robots write of appointments and offers all day.
HUMAN = 0.8
ROBOT = 0.9
# These say so little that a job in them may be none: a friend's 'house water' is no title.
SAYS_LITTLE = (Kind.RECRUITER_REPLY, Kind.STATUS_UPDATE, Kind.OWN_REPLY)
# The confidence of an application that stands on no such mail: below every threshold.
LONE = 0.5


def assured(reading: Reading) -> bool:
    """Whether it names a job, is the person's own letter to an employer, or was read with enough certainty."""
    names_job = any(one.role or one.requisition for one in reading.statements)
    if names_job and (reading.kind not in SAYS_LITTLE or reading.main.confidence >= HUMAN):
        return True
    if reading.direction is Direction.OUT:
        return reading.kind not in (Kind.OWN_REPLY, Kind.UNRELATED)
    return reading.main.confidence >= (HUMAN if by_human(reading) else ROBOT)
