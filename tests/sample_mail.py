"""A small hiring story as real mail text, for tests that drive the whole assistant."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/New_York")
ME = "Robin Adeyemi <robin@example.com>"
TOM = "Tom Varga <tom.varga@lindenworks.example>"
ELLA = "Ella Brandt <ella.brandt@lindenworks.example>"


def at(text: str) -> datetime:
    """An instant in New York: '2026-03-04 14:00'."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def mail(
    when: str,
    sender: str,
    subject: str,
    body: str,
    *,
    ident: str,
    to: str = ME,
    cc: str = "",
    reply_to: str = "",
) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Date"] = format_datetime(at(when))
    message["From"] = sender
    message["To"] = to
    if cc:
        message["Cc"] = cc
    message["Subject"] = subject
    message["Message-ID"] = f"<{ident}>"
    if reply_to:
        message["In-Reply-To"] = message["References"] = f"<{reply_to}>"
    message.set_content(body)
    return message.as_bytes()


def fresh_invitation(now: datetime) -> bytes:
    """An invitation that asks whether a time suits, written a few minutes before `now`."""
    day = now + timedelta(days=7 - now.weekday() if now.weekday() else 7)
    return mail(
        f"{now - timedelta(minutes=5):%Y-%m-%d %H:%M}",
        TOM,
        "Interview for Stage Technician at Linden Works",
        "Hi Robin,\n\nThank you for applying for the Stage Technician position at Linden Works. We would like to invite"
        f" you to an interview by video. Would {day:%A}, {day:%B} {day.day} at 2:00 PM Eastern suit you? Please let me"
        " know.\n\nBest,\nTom Varga\nRecruiter, Linden Works\n",
        ident="ask@lindenworks.example",
    )


CONFIRMATION = mail(
    "2026-03-02 09:10",
    TOM,
    "Interview confirmed: Stage Technician at Linden Works",
    "Hi Robin,\n\nYour interview for the Stage Technician position at Linden Works is confirmed for Wednesday,"
    " March 4, 2026, from 2:00 to 2:45 PM Eastern, by video. You will speak with Ella Brandt, our technical"
    " director (ella.brandt@lindenworks.example).\n\nBest,\nTom Varga\nRecruiter, Linden Works\n",
    ident="confirm@lindenworks.example",
    cc=ELLA,
)
CANCELLATION = mail(
    "2026-03-03 16:00",
    TOM,
    "Re: Interview confirmed: Stage Technician at Linden Works",
    "Hi Robin,\n\nI am sorry, but we have to cancel your interview on Wednesday, March 4. The position has been put"
    " on hold.\n\nTom Varga\nRecruiter, Linden Works\n",
    ident="cancel@lindenworks.example",
    reply_to="confirm@lindenworks.example",
)
OWN_THANKS = mail(
    "2026-03-04 15:30",
    ME,
    "Thank you",
    "Hi Ella,\n\nThank you for taking the time to talk with me about the Stage Technician role this afternoon. I"
    " enjoyed our conversation.\n\nBest,\nRobin\n",
    ident="thanks@example.com",
    to=ELLA,
)
ALERT = mail(
    "2026-03-02 07:00",
    "Job Alerts <alerts@jobs.example>",
    "12 new jobs for you",
    "Jobs you may like: Stage Hand at Corner Hall. See all jobs. Unsubscribe.\n",
    ident="alert@jobs.example",
)
