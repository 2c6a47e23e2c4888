"""The parts that any bot on Telegram needs: they know no feature of this one."""
