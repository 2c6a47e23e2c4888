"""Being away, and back."""

from __future__ import annotations

from tests.bot.circle import Circle


async def test_away_and_back(circle: Circle) -> None:
    assert (await circle["Ben"].tell("/away 3 days")).startswith("🏖 Ben is away until the end of Wed 25 Nov.")
    await circle.round()
    assert "Gym\n⬜ Ann, Cleo · 🏖 Ben" in circle.shown
    await circle["Ben"].say("/back")
    assert "Gym\n⬜ Ann, Ben, Cleo" in circle.shown
    assert (await circle["Ben"].tell("/away sometime")).startswith("I cannot tell until when that is: “sometime”.")
    assert (await circle["Eve"].tell("/away")).startswith("You are not in yet")
