"""Sharing: a tree with a group, digests with a channel, the bot with friends."""
