"""The base of every form: shape and messages in the reader's language, never rules of the domain.

A form writes its labels as English source text (``N_``); they are translated when the form is made, so
templates print ``field.label.text`` as it is and never run data of the agency through gettext. Text is
normalised (``kernel.thai_text``) and stripped on the way in, except passwords and hidden values. The templates'
side is ``components/form.html``.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar, NamedTuple, Protocol

from flask_babel import gettext
from wtforms import Field, FieldList, Form, FormField, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.meta import DefaultMeta
from wtforms.validators import StopValidation, ValidationError

from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import is_blank, normalise

#: What WTForms says by itself, in our words; the keys are its own msgids.
PLAIN_WORDS = {
    "Not a valid choice.": N_("Choose one of the options"),
    "Invalid Choice: could not coerce.": N_("Choose one of the options"),
    "Invalid choice(s): one or more data inputs could not be coerced.": N_("Choose from the options only"),
    "'%(value)s' is not a valid choice for this field.": N_("Choose from the options only"),
    "'%(value)s' are not valid choices for this field.": N_("Choose from the options only"),
    "Not a valid integer value.": N_("Write a whole number, for example 15"),
    "Not a valid decimal value.": N_("Write a number, for example 91.6"),
    "Not a valid float value.": N_("Write a number, for example 91.6"),
    "Not a valid date value.": N_("Write a real date"),
    "Not a valid datetime value.": N_("Write a real date and time"),
    "Not a valid time value.": N_("Write a real time, for example 09:30"),
}

EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}")


def say(message: Message) -> str:
    """The sentence in the reader's language; values that are themselves messages are translated too."""
    values = {name: say(value) if isinstance(value, Message) else value for name, value in message.values.items()}
    return _words(message.text, **values)


class Labelled(Protocol):
    """A code with English source text, as the enums of the rules have."""

    @property
    def value(self) -> str: ...

    @property
    def label(self) -> str: ...


def labelled(options: Iterable[Labelled]) -> Callable[[], list[SelectChoice]]:
    """``choices=`` for a select or radio field from an enum (or some of its members), translated when the form is made."""
    members = list(options)
    return lambda: [SelectChoice(value=member.value, label=_words(member.label)) for member in members]


class FieldError(NamedTuple):
    """One line of the error summary: where the fault is (empty for the form as a whole) and what to do."""

    href: str
    text: str


class _Words:
    """What WTForms asks for its own messages."""

    def gettext(self, text: str) -> str:
        return _words(PLAIN_WORDS.get(text, text))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)


def _tidy(value: Any) -> Any:
    return normalise(value).strip() if isinstance(value, str) else value


class WordsField(TextAreaField):  # type: ignore[misc]  # WTForms carries no types
    """What somebody says to the agency: it stays letter for letter as it was typed."""


def _is_text(field_class: type) -> bool:
    return issubclass(field_class, StringField) and not issubclass(field_class, PasswordField | HiddenField | WordsField)


class PortalForm(Form):  # type: ignore[misc]  # WTForms carries no types
    """A form that says its messages through gettext and takes a service's refusals as its own errors."""

    class Meta(DefaultMeta):  # type: ignore[misc]
        """How fields are made: our translations, our normalisation."""

        words: ClassVar[_Words] = _Words()

        def get_translations(self, form: Form) -> _Words:
            """Our gettext instead of the catalogues that come with WTForms."""
            return self.words

        def bind_field(self, form: Form, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Tidy text before the field's own filters, and translate label and description."""
            if _is_text(unbound_field.field_class):
                options["filters"] = (_tidy, *unbound_field.kwargs.get("filters", ()))
            field = unbound_field.bind(form=form, **options)
            field.label.text = _words(field.label.text)
            field.description = _words(field.description)
            return field

    def errors_from(self, invalid: Invalid) -> None:
        """Put what a service refused onto the fields; what names no field of this form concerns the form as a whole."""
        for name, messages in invalid.fields.items():
            texts = [say(message) for message in messages]
            if name in self:
                self[name].errors = [*self[name].errors, *texts]
            else:
                self.form_errors.extend(texts)

    def error_list(self, prefix: str | None = None) -> list[FieldError]:
        """Every error in the order of the page, for the summary; ``prefix`` as given to the field macros."""
        whole = [FieldError("", text) for text in self.form_errors]
        return whole + [FieldError(f"#{field_id(field, prefix)}", str(text)) for field, text in _faults(self)]


def field_id(field: Field, prefix: str | None = None) -> str:
    """The HTML id of a field: its name, after the prefix where a page has several forms."""
    return f"{prefix}-{field.name}" if prefix else str(field.name)


def _words(text: str, **values: object) -> str:
    # gettext("") would answer with the catalogue's header
    return str(gettext(text, **values)) if text else ""


def _faults(fields: Iterable[Field]) -> Iterator[tuple[Field, str]]:
    for field in fields:
        if isinstance(field, FormField):
            yield from _faults(field.form)
        elif isinstance(field, FieldList):
            yield from _faults(field.entries)
        else:
            yield from ((field, text) for text in field.errors)


class Required:
    """Refuses an empty field in words that name it; text of blanks and invisible marks is empty."""

    def __init__(self, message: str | None = None) -> None:
        self.message = message

    def __call__(self, form: Form, field: Field) -> None:
        """Raise if nothing was given; what was given but could not be read keeps its own message."""
        if _given(field.data) or (field.process_errors and _any_text(field.raw_data)):
            return
        field.errors[:] = []  # "choose one of the options" would only repeat it
        raise StopValidation(self._asks(field))

    def _asks(self, field: Field) -> str:
        if self.message:
            return _words(self.message)
        asks = N_("Choose “%(field)s”") if hasattr(field, "iter_choices") else N_("Fill in “%(field)s”")
        return _words(asks, field=field.label.text)


def _given(data: Any) -> bool:
    if isinstance(data, str):
        return not is_blank(data)
    if isinstance(data, Sequence):
        return any(_given(item) for item in data)
    return bool(data) or (data == 0 and data is not False)


def _any_text(raw: Any) -> bool:
    return any(isinstance(item, str) and not is_blank(item) for item in raw or ())


class Length:
    """Refuses text of more than ``max`` characters, saying how many there are now."""

    def __init__(self, max: int, message: str | None = None) -> None:
        self.max = max
        self.message = message
        self.field_flags = {"maxlength": max}

    def __call__(self, form: Form, field: Field) -> None:
        """Raise if the text is too long."""
        count = len(field.data or "")
        if count <= self.max:
            return
        words = self.message or N_("“%(field)s” can hold %(max)s characters, it has %(count)s now")
        raise ValidationError(_words(words, field=field.label.text, max=f"{self.max:,}", count=f"{count:,}"))


class Email:
    """Refuses what cannot be an e-mail address; an empty field passes."""

    def __call__(self, form: Form, field: Field) -> None:
        """Raise if the text has no plausible shape: somebody, @, a host with a dot."""
        if field.data and not EMAIL.fullmatch(field.data):
            raise ValidationError(_words(N_("Write the whole e-mail address, for example malee@example.org")))
