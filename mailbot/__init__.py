"""mailbot reads the mail of a job search and places follow-up drafts at the right moment. It never sends."""

__version__ = "0.1.0"
