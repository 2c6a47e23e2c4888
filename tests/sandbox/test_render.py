from sandbox.entities import html
from sandbox.objects import Json
from sandbox.render import Renderer, size_text


def message(source: str, *rows: list[str]) -> Json:
    text, marks = html(source)
    keyboard = [[{"text": label, "callback_data": label} for label in row] for row in rows]
    return {"text": text, "entities": marks, "reply_markup": {"inline_keyboard": keyboard}}


def test_a_short_message_stands_beside_its_speaker_and_a_longer_one_below() -> None:
    assert Renderer().message("You", message("hi")) == "You: hi"
    assert Renderer().message("Anna", message("a\n\n b")) == "Anna:\n  a\n\n   b"


def test_buttons_are_numbered_over_all_rows() -> None:
    drawn = Renderer().message("goaltree", message("Did you run?", ["✅ Done", "Skip"], ["Later"]))
    assert drawn == "goaltree: Did you run?\n  [1 ✅ Done]  [2 Skip]\n  [3 Later]"


def test_prose_is_broken_between_words_and_monospace_is_not() -> None:
    drawn = Renderer(width=20).message(
        "goaltree", message("one two three four five\n<pre>one two three four five</pre>")
    )
    assert drawn == "goaltree:\n  one two three four\n  five\n  one two three four five"


def test_a_quote_gets_a_bar_and_a_link_its_address() -> None:
    drawn = Renderer().message("goaltree", message("<blockquote>a\nb</blockquote>\n<a href='https://x.org'>c</a>"))
    assert drawn == "goaltree:\n  │ a\n  │ b\n  c (https://x.org)"


def test_styles_are_drawn_only_in_colour() -> None:
    assert Renderer().message("You", message("<b>a</b>b")) == "You: ab"
    assert "\x1b[1ma\x1b[0mb" in Renderer(colour=True).message("You", message("<b>a</b>b"))


def test_an_edit_says_so() -> None:
    assert Renderer().message("goaltree", message("a"), edited=True) == "goaltree (edited): a"


def test_sizes_are_for_people() -> None:
    assert [size_text(size) for size in (8, 1234, 20_000_000)] == ["8 B", "1.2 kB", "20.0 MB"]
