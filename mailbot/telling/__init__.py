"""What the person is told without asking: notices, and a calendar file."""
