"""What kind of browser somebody uses, as a code of a few: enough to recognise one's own, too little to recognise a person."""

import re

from portal.kernel.messages import N_, Message

#: In the order of asking: most browsers also name those that they descend from.
BROWSERS = (
    ("line", "LINE", re.compile(r"\bLine/")),
    ("facebook", "Facebook", re.compile(r"\bFB(AN|AV|_IAB)\b")),
    ("edge", "Edge", re.compile(r"\bEdg(e|A|iOS)?/")),
    ("samsung", "Samsung Internet", re.compile(r"\bSamsungBrowser/")),
    ("opera", "Opera", re.compile(r"\bOPR/")),
    ("firefox", "Firefox", re.compile(r"\b(Firefox|FxiOS)/")),
    ("chrome", "Chrome", re.compile(r"\b(Chrome|CriOS)/")),
    ("safari", "Safari", re.compile(r"\bSafari/")),
)
SYSTEMS = (
    ("android", "Android", re.compile(r"\bAndroid\b")),
    ("iphone", "iPhone", re.compile(r"\biPhone\b")),
    ("ipad", "iPad", re.compile(r"\biPad\b")),
    ("windows", "Windows", re.compile(r"\bWindows\b")),
    ("mac", "Mac", re.compile(r"\bMac(intosh| OS X)\b")),
    ("linux", "Linux", re.compile(r"\bLinux\b")),
)
OTHER = "other"
LONGEST = 512


def agent_of(said: str) -> str:
    """The code of what a browser says of itself (User-Agent), such as ``chrome-android``; empty for one that says nothing."""
    said = said[:LONGEST]
    if not said:
        return ""
    browser = next((code for code, _name, mark in BROWSERS if mark.search(said)), OTHER)
    system = next((code for code, _name, mark in SYSTEMS if mark.search(said)), OTHER)
    return f"{browser}-{system}"


def words_of(code: str) -> Message:
    """The code in words; anything may be asked for."""
    browser, _, system = code.partition("-")
    names = {known: name for known, name, _mark in (*BROWSERS, *SYSTEMS)}
    if browser in names and system in names:
        return Message(N_("%(browser)s on %(system)s"), {"browser": names[browser], "system": names[system]})
    if known := names.get(browser) or names.get(system):
        return Message(N_("A browser: %(known)s"), {"known": known})
    return Message(N_("An unknown browser"))
