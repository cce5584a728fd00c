"""Tracking: Readings of single mails become Applications with their meetings, promises, debts and events."""

from mailbot.tracking.tracker import Tracker, track

__all__ = ["Tracker", "track"]
