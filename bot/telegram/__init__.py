"""What any bot on Telegram needs: it knows no feature of this one."""

from bot import libraries

__all__ = ["libraries"]
