"""The bot in Telegram: a token for its own process, and what every process may know."""

import environ

__all__ = [
    "TELEGRAM_API",
    "TELEGRAM_BOT",
    "TELEGRAM_TOKEN",
    "TELEGRAM_WEBHOOK",
    "TELEGRAM_WEBHOOK_PORT",
    "TELEGRAM_WEBHOOK_SECRET",
]

env = environ.Env()

#: Without a token there is no bot (docs/telegram.md). The server may be an own one of the Bot API.
TELEGRAM_TOKEN = env.str("TELEGRAM_TOKEN", "")
TELEGRAM_API = env.str("TELEGRAM_API", "https://api.telegram.org")
#: The bot's name, without @: with it people of the network can link their chats. No secret; every process knows it.
TELEGRAM_BOT = env.str("TELEGRAM_BOT", "")
#: Where Telegram is to send what people write, https://…; "" asks Telegram instead. The secret stands in its header.
TELEGRAM_WEBHOOK = env.str("TELEGRAM_WEBHOOK", "")
TELEGRAM_WEBHOOK_SECRET = env.str("TELEGRAM_WEBHOOK_SECRET", "")
TELEGRAM_WEBHOOK_PORT = env.int("TELEGRAM_WEBHOOK_PORT", 8081)
