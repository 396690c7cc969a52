"""Kinds of browsers: recognised by their owner, of no use to anybody else."""

import pytest

from portal.accounts.agents import agent_of, words_of

ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (ANDROID, "chrome-android"),
        (f"{ANDROID} Line/14.9.0", "line-android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1",
            "safari-iphone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", "edge-windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "firefox-linux"),
        ("curl/8.5.0", "other-other"),
        ("", ""),
        ("\x00" * 5000, "other-other"),
    ],
)
def test_what_a_browser_says_becomes_a_code_of_a_few(said: str, code: str) -> None:
    assert agent_of(said) == code
    assert len(agent_of(said)) <= 40


def test_codes_are_said_in_words_whatever_they_are() -> None:
    assert str(words_of("chrome-android")) == "Chrome on Android"
    assert str(words_of("other-windows")) == "A browser: Windows"
    for odd in ("", "other-other", "nonsense", "-", "a-b-c"):
        assert str(words_of(odd)) == "An unknown browser"
