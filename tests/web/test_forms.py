"""The base of every form: what it takes in, what it says, and where its errors lead."""

from enum import StrEnum

import pytest
from flask import Flask
from flask_babel import Babel, force_locale
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, FormField, HiddenField, IntegerField, MultipleFileField, PasswordField, RadioField, StringField

from portal.kernel.errors import Invalid
from portal.kernel.messages import Message
from portal.web.forms import PLAIN_WORDS, Email, FieldError, Length, PortalForm, Required, field_id, labelled, say


class Kind(StrEnum):
    """Two kinds."""

    OPINION = "opinion"
    QUESTION = "question"

    @property
    def label(self) -> str:
        """English source text."""
        return self.value.title()


class Row(PortalForm):
    """A line of a table in a form."""

    label = StringField("Label", [Required()])


class Everything(PortalForm):
    """One of each."""

    subject = StringField("Subject", [Required(), Length(10)], filters=[lambda text: text and text.replace("z", "s")])
    kind = RadioField("Kind", [Required()], choices=labelled(Kind))
    age = IntegerField("Age", [Required()])
    email = StringField("E-mail", [Email()])
    agreed = BooleanField("Agreed", [Required("Please agree")])
    files = MultipleFileField("Files", [Required()])
    password = PasswordField("Password")
    token = HiddenField("Token")
    rows = FieldList(FormField(Row))


@pytest.fixture(autouse=True)
def _app() -> object:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def sent(**values: str) -> Everything:
    """The form as a browser sent it, validated."""
    form = Everything(MultiDict(values))
    form.validate()
    return form


def test_text_is_normalised_before_the_filters_of_its_field() -> None:
    assert sent(subject="  zum\u200b ").subject.data == "sum"


@pytest.mark.parametrize("name", ["password", "token"])
def test_passwords_and_hidden_values_stay_as_they_are(name: str) -> None:
    assert sent(**{name: " a\u200bb "})[name].data == " a\u200bb "


@pytest.mark.parametrize("blank", ["", "   ", "\u200b\u200b", "\u200e \u2060"])
def test_text_of_blanks_and_invisible_marks_is_empty_and_the_message_names_the_field(blank: str) -> None:
    assert sent(subject=blank).subject.errors == ["Fill in “Subject”"]


def test_a_choice_that_was_not_made_is_asked_for_once() -> None:
    assert sent().kind.errors == ["Choose “Kind”"]


def test_a_choice_that_is_not_offered_is_refused_in_plain_words() -> None:
    assert sent(kind="praise").kind.errors == ["Choose one of the options"]


def test_a_number_that_is_none_is_told_how_to_be_written_not_asked_for_again() -> None:
    assert sent(age="twelve").age.errors == ["Write a whole number, for example 15"]


def test_zero_is_an_answer_and_thai_digits_are_a_number() -> None:
    assert (sent(age="0").age.errors, sent(age="๑๕").age.data) == ([], 15)


def test_a_box_that_must_be_ticked_says_its_own_sentence() -> None:
    assert sent().agreed.errors == ["Please agree"]
    assert sent(agreed="yes").agreed.errors == []


def test_a_file_field_without_files_is_empty() -> None:
    assert sent(files="").files.errors == ["Fill in “Files”"]


def test_text_may_be_exactly_as_long_as_allowed() -> None:
    assert sent(subject="ก" * 10).subject.errors == []
    assert sent(subject="ก" * 11).subject.errors == ["“Subject” can hold 10 characters, it has 11 now"]


@pytest.mark.parametrize("address", ["malee@example.org", "a.b+c@xn--42c.th", "ก@ไทย.ไทย", ""])
def test_an_address_that_can_be_one_passes(address: str) -> None:
    assert sent(email=address).email.errors == []


@pytest.mark.parametrize(
    "address", ["malee@", "malee", "@example.org", "a@b", "a b@example.org", "a@example.org, b@example.org", "<a@example.org>"]
)
def test_an_address_that_cannot_be_one_is_refused(address: str) -> None:
    assert sent(email=address).email.errors == ["Write the whole e-mail address, for example malee@example.org"]


def test_what_a_service_refuses_lands_on_its_field_and_the_rest_on_the_form() -> None:
    form = Everything()
    form.errors_from(Invalid({"subject": [Message("At most %(most)d", {"most": 5})], "elsewhere": [Message("No")]}))
    assert form.subject.errors == ["At most 5"]
    assert form.form_errors == ["No"]
    assert form.error_list() == [FieldError("", "No"), FieldError("#subject", "At most 5")]


def test_what_a_service_refuses_joins_what_the_form_had_found() -> None:
    form = sent()
    form.errors_from(Invalid({"subject": [Message("Say more")]}))
    assert form.subject.errors == ["Fill in “Subject”", "Say more"]


def test_the_summary_follows_the_page_and_leads_into_the_rows_of_a_table() -> None:
    form = sent(**{"subject": "x", "kind": "opinion", "age": "1", "rows-0-label": "a", "rows-1-label": ""})
    assert [error.href for error in form.error_list()] == ["#agreed", "#files", "#rows-1-label"]


def test_a_prefix_moves_the_links_with_the_ids() -> None:
    form = sent(subject="x")
    assert form.error_list("reply")[0].href == f"#{field_id(form.kind, 'reply')}" == "#reply-kind"


def test_choices_of_an_enum_are_its_codes_and_labels() -> None:
    assert [(choice.value, choice.label) for choice in Everything().kind.iter_choices()] == [
        ("opinion", "Opinion"),
        ("question", "Question"),
    ]


def test_messages_within_messages_are_said_too() -> None:
    assert say(Message("Ask %(who)s", {"who": Message("the %(role)s", {"role": "owner"})})) == "Ask the owner"


def test_an_empty_label_does_not_become_the_header_of_the_catalogue() -> None:
    class Nameless(PortalForm):
        q = StringField("")

    with force_locale("th"):
        assert (Nameless().q.label.text, Nameless().q.description) == ("", "")


@pytest.mark.parametrize("words", sorted(set(PLAIN_WORDS.values())))
def test_our_words_carry_no_full_stop(words: str) -> None:
    assert not words.endswith(".")
