"""Two mails, neither of which says of what: that something is new on the desk, that there is news at the portal."""

from flask_babel import force_locale, gettext

from portal.outbox.mail import Mail


def to_collector(address: str, base_url: str, reference: str) -> Mail:
    """In Thai, as all mails to officers; no number, no agency, no kind."""
    with force_locale("th"):
        subject = gettext("There is something new on your desk")
        text = gettext("There is something new on your desk at the portal. Sign in to see it") + f"\n{base_url}/desk\n"
    return Mail(to=address, subject=subject, text=text, reference=reference)


def to_reporter(address: str, language: str, base_url: str, reference: str) -> Mail:
    """In the language of the form. The address of the portal only: not even the path says of what."""
    with force_locale(language):
        subject = gettext("There is news at the portal")
        text = gettext("There is news for you at the portal. Come back with the code that you wrote down") + f"\n{base_url}/\n"
    return Mail(to=address, subject=subject, text=text, reference=reference)
