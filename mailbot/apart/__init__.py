"""Mail read in a process apart, with limits of time and memory: hostile mail cannot hold up or fill the service."""

from mailbot.apart.parent import ReaderApart

__all__ = ["ReaderApart"]
