"""What anybody hears of the bot: finding a service, from what the public may read."""
