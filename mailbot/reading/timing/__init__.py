"""What the times in one mail mean. `mailbot.reading.times` puts the parts together."""
