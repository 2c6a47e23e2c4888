import pytest

from sandbox.entities import html, trimmed, units, with_own_entities
from sandbox.errors import ApiError


def types(source: str) -> list[tuple[str, int, int]]:
    return [(e["type"], e["offset"], e["length"]) for e in html(source)[1]]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>bold</b> and <i>italic</i>", "bold and italic", [("bold", 0, 4), ("italic", 9, 6)]),
        ("<strong>a</strong><EM>b</EM>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<u><s>x</s></u>", "x", [("strikethrough", 0, 1), ("underline", 0, 1)]),
        ("🔥 <b>12</b>", "🔥 12", [("bold", 3, 2)]),
        ("<b></b>empty", "empty", []),
        ('<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>', "xy", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<blockquote>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ("&lt;b&gt; &amp; &#65;&#x42; &nbsp;", "<b> & AB &nbsp;", []),
        ("<b>a<code>x</code>b</b>", "axb", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
        ("<a href='not a link'>x</a>", "x", []),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    assert html(source)[0] == text
    assert sorted(types(source)) == sorted(entities)


def test_a_link_a_language_and_an_emoji_keep_their_arguments() -> None:
    assert html('<a href="https://example.org/?a=1&amp;b=2">x</a>')[1][0]["url"] == "https://example.org/?a=1&b=2"
    pre = html('<pre><code class="language-python">x = 1</code></pre>')[1]
    assert pre == [{"type": "pre", "offset": 0, "length": 5, "language": "python"}]
    assert (
        html('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>')[1][0]["custom_emoji_id"] == "5368324170671202286"
    )


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("é<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 2'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x>y</a>', 'Unclosed start tag "a" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_with_telegrams_reason(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


def test_commands_mentions_and_addresses_are_found_but_not_inside_code() -> None:
    text = "🔥 /log@goaltree_bot see @anna #run https://example.org/a. 7/8"
    assert [(e["type"], e["offset"], e["length"]) for e in with_own_entities(text, [])] == [
        ("bot_command", 3, 17),
        ("mention", 25, 5),
        ("hashtag", 31, 4),
        ("url", 36, 21),
    ]
    code = [{"type": "code", "offset": 0, "length": 4}]
    assert with_own_entities("/log", code) == code


def test_space_at_the_ends_is_cut_as_telegram_does() -> None:
    assert trimmed("  a  ", []) == ("a", [])
    text, marks = trimmed("\n 🔥b  ", [{"type": "bold", "offset": 2, "length": 5}])
    assert (text, marks) == ("🔥b", [{"type": "bold", "offset": 0, "length": 3}])
    pre = [{"type": "pre", "offset": 0, "length": 5}]
    assert trimmed("  a b", pre) == ("  a b", pre)


def test_length_counts_utf_16_code_units() -> None:
    assert units("ab") == 2
    assert units("🔥é") == 3
