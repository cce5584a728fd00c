"""A mailbox like a person's for the benchmarks: 3 in 100 are hiring mail, half are newsletters, one in ten bears
a file; 44 kB on average. The same number always gives the same mail.

Every hundred mails bring an employer of their own, named as firms are: most by a name that nobody else bears, every
eighth by a common first word ('North Harbour Textiles'), each with a domain that spells the name in one of four ways.
"""

from __future__ import annotations

import base64
import random
from datetime import UTC, datetime, timedelta

NEWS = (
    "The Thursday digest", "Your weekly round-up", "New in the shop: lamps", "Five recipes for cold evenings",
    "Spring sale: 30% off everything", "This week in harbour news", "Last chance: free delivery", "Top stories for you",
)  # fmt: skip
NOTICES = (
    "Your order has been shipped", "Your receipt from Fenwick Books", "Your invoice is ready",
    "New sign-in to your account", "Your parcel arrives today", "Your statement is ready",
)  # fmt: skip
FRIENDS = ("Dinner on Sunday?", "Re: The garden fence", "Photos from the lake", "Re: Tickets", "About the flat")
ME = "Nora Castellan <nora@castellan.example>"
# A firm's own name is one of these and one of those; what it does stands behind.
BEGINNINGS = [
    "Ald",
    "Bram",
    "Cald",
    "Dun",
    "Elm",
    "Fern",
    "Gil",
    "Hart",
    "Ives",
    "Jar",
    "Kel",
    "Lind",
    "Mar",
    "Nor",
    "Oak",
    "Pel",
    "Quen",
    "Ros",
    "Sel",
    "Tarn",
    "Ull",
    "Vern",
    "Wick",
    "Yar",
    "Zell",
    "Ash",
    "Birch",
    "Crom",
    "Dray",
    "Eck",
    "Fal",
    "Grim",
    "Hol",
    "Ing",
    "Juni",
    "Kest",
    "Lor",
    "Mell",
    "Nev",
    "Orm",
]
ENDINGS = [
    "brook",
    "dale",
    "field",
    "ford",
    "gate",
    "ham",
    "hurst",
    "ington",
    "ley",
    "low",
    "mere",
    "mont",
    "ness",
    "over",
    "port",
    "ridge",
    "sett",
    "shaw",
    "stead",
    "stoke",
    "thorpe",
    "ton",
    "vale",
    "ville",
    "wall",
    "water",
    "well",
    "wick",
    "wood",
    "worth",
]
COMMON = ["North", "Blue", "Harbour", "Silver", "First", "United", "Green", "Bright"]
SECOND = [
    "Anchor",
    "Bridge",
    "Compass",
    "Delta",
    "Ember",
    "Forge",
    "Gable",
    "Harvest",
    "Island",
    "Juniper",
    "Kite",
    "Lantern",
    "Meadow",
    "Quarry",
]
DOING = [
    "Robotics",
    "Textiles",
    "Freight",
    "Software",
    "Foods",
    "Energy",
    "Press",
    "Media",
    "Optics",
    "Partners",
    "Motors",
    "Analytics",
    "Studios",
    "Timber",
    "Health",
    "Glass",
    "Marine",
]
FIRST_NAMES = [
    "Dana",
    "Priya",
    "Tomas",
    "Ines",
    "Jonas",
    "Aiko",
    "Leila",
    "Marek",
    "Sofia",
    "Idris",
    "Greta",
    "Pavel",
    "Noemi",
    "Oscar",
    "Ruth",
    "Hugo",
]
SURNAMES = [
    "Quill",
    "Okafor",
    "Lindgren",
    "Marsh",
    "Duarte",
    "Petrov",
    "Sandell",
    "Oyelaran",
    "Brandt",
    "Castel",
    "Novak",
    "Ferreira",
    "Hale",
    "Ito",
]
WORDS = ("harbour", "quiet", "cranes", "stood", "still", "over", "grey", "water", "basin", "tug", "went", "the", "of")


def mail(number: int) -> tuple[str, bytes, datetime]:
    """Its folder, its bytes and when it arrived."""
    chance = random.Random(number)
    at = datetime.now(UTC) - timedelta(minutes=number * 20 % 500_000)
    kind = number % 100
    if kind < 3:
        return "INBOX", _hiring(number, chance, at), at
    if kind < 53:
        return "INBOX", _news(number, chance, at), at
    if kind < 70:
        return "INBOX", _plain(number, chance, at, "Shop <noreply@fenwick.example>", chance.choice(NOTICES)), at
    if kind < 80:
        return "INBOX", _file(number, chance, at), at
    friend, subject = f"Kim Alder <kim{number % 40}@friends.example>", chance.choice(FRIENDS)
    if kind < 92:
        return "INBOX", _plain(number, chance, at, friend, subject), at
    return "Sent", _plain(number, chance, at, ME, subject, friend), at


def _head(number: int, at: datetime, sender: str, subject: str, to: str = ME) -> str:
    received = "".join(
        f"Received: from mx{one}.relay.example (mx{one}.relay.example [192.0.2.{one}]) by mx.castellan.example with"
        f" ESMTPS id {number:08x}{one}; {at:%a, %d %b %Y %H:%M:%S +0000}\r\n"
        for one in range(4)
    )
    domain = sender.rpartition("@")[2].rstrip(">")
    return (
        f"{received}From: {sender}\r\nTo: {to}\r\nSubject: {subject}\r\nDate: {at:%a, %d %b %Y %H:%M:%S +0000}\r\n"
        f"Message-ID: <{number}.mail@{domain}>\r\nMIME-Version: 1.0\r\n"
    )


def _text(chance: random.Random, words: int) -> str:
    return "\r\n".join(" ".join(chance.choices(WORDS, k=12)) + "." for _ in range(words // 12))


def _plain(number: int, chance: random.Random, at: datetime, sender: str, subject: str, to: str = ME) -> bytes:
    head = _head(number, at, sender, subject, to)
    return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{_text(chance, 150)}\r\n".encode()


def firm(number: int) -> tuple[str, str]:
    """The employer of so many mails' hundred, and its domain."""
    own = BEGINNINGS[number % len(BEGINNINGS)] + ENDINGS[number // len(BEGINNINGS) % len(ENDINGS)]
    name = [own, DOING[number * 7 % len(DOING)]]
    if number % 8 == 3:
        name = [COMMON[number // 8 % len(COMMON)], SECOND[number // 64 % len(SECOND)], name[1]]
    small = [word.lower() for word in name]
    spelt = ("".join(small), "-".join(small), "".join(small[:-1]), small[0] + "".join(one[:3] for one in small[1:]))
    return " ".join(name), f"{spelt[number % len(spelt)]}.example"


def _hiring(number: int, chance: random.Random, at: datetime) -> bytes:
    name, domain = firm(number // 100)
    first, surname = FIRST_NAMES[number // 100 % 16], SURNAMES[number // 1600 % 14]
    who, subject = f"{first} {surname}", f"Your application at {name}"
    sender = f"{who} <{first.lower()}@{domain}>"
    text = (
        f"Hi Nora,\r\n\r\nThank you for applying for the Dock Engineer position at {name}. I am sorry to say that"
        f" we have decided on another candidate.\r\n\r\nBest regards,\r\n{who}\r\nRecruiter, {name}\r\n"
    )
    return f"{_head(number, at, sender, subject)}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode()


def _news(number: int, chance: random.Random, at: datetime) -> bytes:
    house = f"letters{number % 30}.example"
    rows = "".join(f'<tr><td style="padding:8px;font-family:serif">{_text(chance, 36)}</td></tr>' for _ in range(120))
    return (
        f"{_head(number, at, f'News <news@{house}>', f'{chance.choice(NEWS)}')}"
        f"List-Unsubscribe: <mailto:off@{house}>\r\nList-Id: <weekly.{house}>\r\nPrecedence: bulk\r\n"
        'Content-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\n'
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{_text(chance, 400)}\r\n--x\r\n"
        f"Content-Type: text/html; charset=utf-8\r\n\r\n<table>{rows}</table>\r\n--x--\r\n"
    ).encode()


def _file(number: int, chance: random.Random, at: datetime) -> bytes:
    file = base64.encodebytes(chance.randbytes(190_000)).decode().replace("\n", "\r\n")
    sender = f"Kim Alder <kim{number % 40}@friends.example>"
    return (
        f'{_head(number, at, sender, chance.choice(FRIENDS))}Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'
        f"Content-Type: text/plain\r\n\r\n{_text(chance, 120)}\r\n"
        f'--x\r\nContent-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="a.pdf"\r\n\r\n{file}\r\n--x--\r\n'
    ).encode()
