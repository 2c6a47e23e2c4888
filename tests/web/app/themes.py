"""Two of Telegram's own themes, as a Mini App gets them."""

from __future__ import annotations

from typing import Any

DARK: dict[str, Any] = {
    "colorScheme": "dark",
    "themeParams": {
        "bg_color": "#17212b",
        "secondary_bg_color": "#232e3c",
        "section_bg_color": "#17212b",
        "bottom_bar_bg_color": "#17212b",
        "text_color": "#f5f5f5",
        "hint_color": "#708499",
        "link_color": "#6ab3f3",
        "button_color": "#5288c1",
        "button_text_color": "#ffffff",
        "destructive_text_color": "#ec3942",
    },
}

LIGHT: dict[str, Any] = {
    "colorScheme": "light",
    "themeParams": {
        "bg_color": "#ffffff",
        "secondary_bg_color": "#f1f1f1",
        "text_color": "#000000",
        "hint_color": "#999999",
        "link_color": "#2481cc",
        "button_color": "#40a7e3",
        "button_text_color": "#ffffff",
        "destructive_text_color": "#d14e4e",
    },
}
