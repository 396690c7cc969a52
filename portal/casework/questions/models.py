"""Questions, their versions, and the answers of cases."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.agencies.models import Agency
from portal.casework.questions.rules import Asked, Choice, QuestionType
from portal.db import Base, UtcDateTime, code


class Question(Base):
    """One question of one agency, whatever its words are by now."""

    __tablename__ = "form_question"
    __table_args__ = (UniqueConstraint("agency_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: Names it in the API and in the fields of the form; never changed.
    key: Mapped[str] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Counted by every act, so that a form filled in for an earlier version is noticed.
    row_version: Mapped[int] = mapped_column()

    agency: Mapped[Agency] = relationship()
    versions: Mapped[list["QuestionVersion"]] = relationship(order_by="QuestionVersion.number", back_populates="question")

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy declares it so

    @property
    def latest(self) -> "QuestionVersion":
        """Its words today."""
        return self.versions[-1]

    @property
    def is_draft(self) -> bool:
        """Nobody has read it yet."""
        return self.latest.asked_from is None

    @property
    def is_retired(self) -> bool:
        """It was asked, and is no longer."""
        return self.latest.asked_until is not None


class QuestionVersion(Base):
    """The words of a question from one moment until another. Once it is asked only ``asked_until`` is written."""

    __tablename__ = "form_question_version"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        CheckConstraint("asked_until IS NULL OR asked_from IS NOT NULL", name="ended_after_it_began"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("form_question.id"))
    number: Mapped[int]
    type: Mapped[QuestionType] = mapped_column(code(QuestionType, "form_question_version_type"))
    text_th: Mapped[str] = mapped_column(String(200))
    text_en: Mapped[str] = mapped_column(String(200), default="")
    help_th: Mapped[str] = mapped_column(String(300), default="")
    help_en: Mapped[str] = mapped_column(String(300), default="")
    required: Mapped[bool]
    #: Codes of kinds and slugs of topics for which it is meant; empty for all.
    kinds: Mapped[list[str]] = mapped_column(JSON)
    topics: Mapped[list[str]] = mapped_column(JSON)
    #: ``{"key", "th", "en"}`` in the order of the page.
    choices: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    #: Key of the question that decides whether it is asked, and the choices that ask it; empty for always.
    after: Mapped[str] = mapped_column(String(40), default="")
    after_any: Mapped[list[str]] = mapped_column(JSON)
    #: Empty while it is a draft.
    asked_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    question: Mapped[Question] = relationship(back_populates="versions")

    @property
    def asked(self) -> Asked:
        """As the rules know it."""
        return Asked(
            key=self.question.key,
            type=self.type,
            text_th=self.text_th,
            text_en=self.text_en,
            help_th=self.help_th,
            help_en=self.help_en,
            required=self.required,
            kinds=frozenset(self.kinds),
            topics=frozenset(self.topics),
            choices=tuple(Choice(one["key"], one["th"], one["en"]) for one in self.choices),
            after=self.after,
            after_any=frozenset(self.after_any),
            version_id=self.id or 0,
        )


class CaseAnswer(Base):
    """What the sender of a case answered to one version of a question: the sender's own words, erased with those of the case."""

    __tablename__ = "case_answer"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("form_question_version.id"), primary_key=True, index=True)
    #: Text, key of a choice or a list of them, yes or no, a number as text, a day in ISO 8601.
    value: Mapped[Any] = mapped_column(JSON)

    version: Mapped[QuestionVersion] = relationship()
