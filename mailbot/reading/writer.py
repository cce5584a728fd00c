"""Who wrote a mail: a person, a shared mailbox, a robot; and what a machine's mail says (absence, a bounce)."""

from __future__ import annotations

from mailbot.mail.message import Address, Direction, Message
from mailbot.patterns import compiled
from mailbot.reading import names
from mailbot.reading.domains import letters, registered
from mailbot.reading.manner import signed
from mailbot.reading.organisations import has_company_word
from mailbot.reading.senders import is_provider, is_robot, is_shared, service
from mailbot.reading.statements import Authentication, Writer
from mailbot.reading.tables import table
from mailbot.reading.words import Words

BOUNCED_CAP = 20


def writer(message: Message, words: Words) -> Writer:
    """Who wrote this, by its headers, its address, and whether somebody signs."""
    if _is_answer_of_a_calendar(message):
        return Writer.CALENDAR
    if message.direction is Direction.OUT:
        return Writer.PERSON
    if _is_bounce(message):
        return Writer.BOUNCE
    if _is_auto_reply(message, words):
        return Writer.AUTO_REPLY
    if message.header("list-post") or message.header("precedence").strip().lower() == "list":
        return Writer.LIST
    if _is_robot(message):
        return Writer.ROBOT
    if message.sender is not None and is_shared(message.sender) and not _by_somebody(signed(words), message.sender):
        return Writer.SHARED
    return Writer.PERSON


def authentication(message: Message) -> Authentication:
    """DMARC's result in the topmost Authentication-Results, if it bears the name of a known provider or of the
    domain that received the mail; what any other server claims is neutral."""
    value = message.header("authentication-results")
    authserv = value.split(";", 1)[0].split(" ", 1)[0].strip().lower()
    own = {address.domain for address in (*message.to, *message.cc)}
    if not is_provider(authserv) and not any(f".{authserv}".endswith(f".{one}") for one in own):
        return Authentication.NEUTRAL
    found = compiled(r"\bdmarc\s*=\s*(\w+)").search(value)
    result = (found.group(1) or "").lower() if found else ""
    return {"pass": Authentication.PASS, "fail": Authentication.FAIL}.get(result, Authentication.NEUTRAL)


def bounced(message: Message, wrote: Writer) -> tuple[str, ...]:
    """The addresses, then the Message-IDs, that a delivery report says it could not deliver."""
    if wrote is not Writer.BOUNCE:
        return ()
    text = f"{message.header('x-failed-recipients')}\n{message.text}"
    own = {address.email for address in message.to} | ({message.sender.email} if message.sender else set())
    emails = [one.text.lower().rstrip(".") for one in compiled(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+").finditer(text)]
    ids = [one.group(1) or "" for one in compiled(r"message-id:\s*(<[^<>\s]{1,250}>)").finditer(text)]
    inside = {one.strip("<>").lower() for one in ids}
    addresses = [one for one in emails if one not in own and one not in inside]
    return tuple(dict.fromkeys([*addresses, *ids]))[:BOUNCED_CAP]


def _by_somebody(name: str, sender: Address) -> bool:
    """Whether a signature is somebody's, and not the firm's."""
    if not name or (likely := names.likeness(names.named(name).name)) >= names.LIKELY:
        return bool(name)
    domain = letters(registered(sender.domain)[0])
    return not (likely <= names.UNLIKELY and has_company_word(name)) and not domain.startswith(letters(name))


def _is_bounce(message: Message) -> bool:
    report = message.header("content-type").lower()
    if message.header("x-failed-recipients") or ("multipart/report" in report and "delivery-status" in report):
        return True
    email = message.sender.email if message.sender else ""
    from_daemon = compiled(table("writers")["bounce_sender"]).fullmatch(email) is not None
    return from_daemon and compiled(table("writers")["bounce_subject"]).search(message.subject) is not None


def _is_answer_of_a_calendar(message: Message) -> bool:
    """An attendee's acceptance or refusal (RFC 5546 section 3.2.3)."""
    if any(compiled(r"(?m)^METHOD:\s*(?:REPLY|COUNTER)").search(one) for one in message.calendars):
        return True
    says_so = compiled(table("writers")["calendar_subject"]).search(message.subject) is not None
    return says_so and not message.text.strip()


def _is_auto_reply(message: Message, words: Words) -> bool:
    """An absence notice; a receipt that a mailbox sends by itself is a robot's mail."""
    absent = compiled(table("writers")["absence"]).search(words.new[:4000]) is not None
    if compiled(table("writers")["auto_reply_subject"]).search(message.subject):
        return absent or not words.new or _from_somebody(message)
    return (absent or _from_somebody(message)) and _has(message, "auto_reply_headers")


def _from_somebody(message: Message) -> bool:
    """Whether it answers a mail (RFC 3834 section 3.1.5) from an address that is one human's: whatever it says, its
    owner has not read that mail."""
    sender = message.sender
    if sender is None or not (message.in_reply_to or message.references):
        return False
    return not (is_robot(sender) or is_shared(sender) or service(sender.domain))


def _is_robot(message: Message) -> bool:
    sender = message.sender
    if sender is None or is_robot(sender) or bool(service(sender.domain)):
        return True
    # A calendar service marks as its own what it sends for the human who invites.
    return not message.calendars and _has(message, "robot_headers")


def _has(message: Message, headers: str) -> bool:
    """Whether one of the headers in that table has the value that it names."""
    found = table("writers")[headers].items()
    return any(compiled(value).fullmatch(message.header(name).strip()) for name, value in found if message.header(name))
