"""mailbot as a service of the person's own session: systemd's user manager, or launchd."""

from mailbot.service.manager import Manager, for_this_system

__all__ = ["Manager", "for_this_system"]
