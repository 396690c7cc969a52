"""What the public would read, before anything is sent: the same proposals that an officer will be shown."""

from dataclasses import dataclass

from portal.kernel.redaction import Reason, apply, propose


@dataclass(frozen=True)
class Preview:
    """The public text as it would be proposed, and for which reasons places were closed, each once."""

    subject: str
    body: str
    reasons: tuple[Reason, ...]


def preview(subject: str, body: str, name: str = "") -> Preview:
    """``name`` is the sender's own; it never shows."""
    title, text = (apply(words, propose(words, [name] if name else [])) for words in (subject, body))
    return Preview(title.text, text.text, tuple(dict.fromkeys([*title.reasons, *text.reasons])))
