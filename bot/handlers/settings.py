from bot.turn import Turn


async def turn_away(turn: Turn) -> None: ...


async def unknown(turn: Turn) -> None: ...


async def document(turn: Turn) -> None: ...
