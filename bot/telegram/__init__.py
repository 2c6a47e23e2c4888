"""What any bot on Telegram needs: it knows no feature of this one."""
