"""A line that is cut by its bytes while a draft is placed."""

from __future__ import annotations

from mailbot.errors import Transient, Uncertain
from mailbot.mail.port import Place
from tests.mail.conformance.imap_world import ImapWorld
from tests.mail.conformance.letters import mail, message_id

OWN = message_id("own")


def cut_while_placing(world: ImapWorld, stride: int) -> int:
    """Cut in both directions after so many, twice as many, ... bytes of placing one draft; how many cuts there were.
    Placing may be in doubt only by `Uncertain`, and then the look-up tells; tried again by it, one draft lies there."""
    box = world.open()
    before = dict(world.proxy.passed)
    box.place_draft(mail("own"), box.snapshot())
    length = {way: world.proxy.passed[way] - before[way] for way in before}
    cuts = [(way, at) for way in ("up", "down") for at in range(1, length[way], stride)]
    for way, at in cuts:
        world.expunge(OWN, Place.DRAFTS)
        snapshot = box.snapshot()
        world.proxy.cut_after = (way, world.proxy.passed[way] + at)
        certain = False
        try:
            box.place_draft(mail("own"), snapshot)
        except Uncertain:
            pass
        except Transient:
            certain = True
        world.proxy.cut_after = None
        found = box.find_drafts(OWN, snapshot)
        assert len(found) == len(world.at(Place.DRAFTS))
        assert len(found) <= (0 if certain else 1)
        if not found:
            box.place_draft(mail("own"), snapshot)
        assert len(world.at(Place.DRAFTS)) == 1
    return len(cuts)
