"""Buddies: asked, accepting, and confirming."""

from __future__ import annotations

from tests.bot.circle import Circle


async def test_a_buddy_confirms(circle: Circle) -> None:
    await circle.round()
    [asks] = await circle["Ann"].say("/buddy ben")
    assert asks.buttons == ["🤝 Accept", "No, thanks"]
    await circle["Cleo"].tap("Accept")
    assert circle["Cleo"].toasts == ["Only the buddy who was asked can confirm that."]
    await circle["Ben"].tap("Accept")
    said = await circle["Ann"].say("/log gym")
    assert said[0].text.endswith("⏳ To be confirmed by Ben.")
    assert "✅ Ann ⏳ · ⬜ Ben, Cleo" in circle.shown
    assert "⏳ To be confirmed: Ann (by Ben)" in circle.shown
    await circle["Cleo"].tap("Confirm Ann")
    assert circle["Cleo"].toasts == ["Only the buddy who was asked can confirm that."]
    await circle["Ben"].tap("Confirm Ann")
    assert circle["Ben"].toasts == ["Confirmed. Thank you for looking after Ann!"]
    assert "✅ Ann 🤝 · ⬜ Ben, Cleo" in circle.shown
    said = await circle["Ann"].say("/buddy off")
    assert said[0].text.startswith("Ben is your buddy no longer")
    assert "✅ Ann · ⬜ Ben, Cleo" in circle.shown
