"""What somebody typed to object, and whether it can be taken."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from portal.agencies.models import Agency
from portal.agencies.rules import is_web_address
from portal.casework import service as casework
from portal.casework.rules import CaseKind
from portal.casework.service import Submission
from portal.casework.texts import BODY_MOST, as_written, problem, tidy_line
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import fold_digits, pick
from portal.participation.rules.scales import Scale

EVIDENCE_MOST = 500
#: Room for the address of the evidence below the words.
WORDS_MOST = BODY_MOST - EVIDENCE_MOST - 100
_LEVEL = re.compile(r"[1-5]")
#: Of the case; in the language of the sender, as everything that is stored of it.
SUBJECTS = {
    "th": "คัดค้านระดับการมีส่วนร่วม {agency} ปีงบประมาณ {year} เกณฑ์ {scale} ระดับ {level}",
    "en": "Objection to the participation level of {agency}, fiscal year {year}, scale {scale}, level {level}",
}
EVIDENCE = {"th": "หลักฐานที่ชี้: {address}", "en": "Evidence pointed to: {address}"}


@dataclass(frozen=True)
class Sender:
    """How the sender wants to be named and reached; fields of a submission."""

    anonymity: str = ""
    answer_by: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class Said:
    """An objection as it was typed."""

    scale: str = ""
    level: str = ""
    #: ``<scale>:<id>`` of a check; scale and level need not be chosen where one is.
    check: str = ""
    words: str = ""
    evidence: str = ""
    sender: Sender = Sender()
    publish_consent: bool = False
    language: str = "th"


@dataclass(frozen=True)
class Target:
    """What is objected to."""

    scale: str
    level: int
    check_id: str = ""


def judge(said: Said, agency: Agency, fiscal_year: int, scales: Sequence[Scale]) -> tuple[Target, Submission]:
    """What it is against, and the case to be made. ``scales`` are those of the year (B.E.).

    Raises ``Invalid`` with every field at fault.
    """
    target, wrong = _target(said, scales)
    wrong |= _faults(said)
    submission = _submission(said, agency, fiscal_year, target or Target("", 0))
    try:
        casework.validate(submission)
    except Invalid as invalid:
        wrong |= {name: list(texts) for name, texts in invalid.fields.items() if name not in ("subject", "body", "kind", "agency")}
    if wrong or target is None:
        raise Invalid(wrong)
    return target, submission


def _target(said: Said, scales: Sequence[Scale]) -> tuple[Target | None, dict[str, list[Message]]]:
    """What is meant; a check says its scale and level by itself, and must not contradict what was chosen beside it."""
    code, _, check_id = said.check.partition(":")
    level = fold_digits(said.level.strip())
    if said.check:
        found = next((Target(code, number, check_id) for number in _levels_with(scales, code, check_id)), None)
        fits = found is not None and said.scale in ("", found.scale) and level in ("", str(found.level))
        return (found, {}) if fits else (None, {"check": [Message(N_("Choose a check of the scale and level that you mean, or none"))]})
    wrong: dict[str, list[Message]] = {}
    if said.scale not in [scale.code for scale in scales]:
        wrong["scale"] = [Message(N_("Choose which scale you mean"))]
    if not _LEVEL.fullmatch(level):
        wrong["level"] = [Message(N_("Choose which level you mean"))]
    return (None, wrong) if wrong else (Target(said.scale, int(level)), {})


def _levels_with(scales: Sequence[Scale], code: str, check_id: str) -> list[int]:
    return [
        level.number
        for scale in scales
        for level in scale.levels
        if scale.code == code and any(check.id == check_id for criterion in level.criteria for check in criterion.checks)
    ]


def _faults(said: Said) -> dict[str, list[Message]]:
    wrong: dict[str, list[Message]] = {}
    evidence = tidy_line(said.evidence)
    if fault := problem(as_written(said.words), Message(N_("Write what is not right and why, at least one sentence")), WORDS_MOST):
        wrong["words"] = [fault]
    if evidence and (len(evidence) > EVIDENCE_MOST or not is_web_address(evidence)):
        wrong["evidence"] = [Message(N_("Write the whole address of a page, beginning with https://, or leave it empty"))]
    return wrong


def _submission(said: Said, agency: Agency, fiscal_year: int, target: Target) -> Submission:
    language = "en" if said.language == "en" else "th"
    name = pick(language, agency.short_th or agency.name_th, agency.short_en or agency.name_en)
    evidence = tidy_line(said.evidence)
    subject = SUBJECTS[language].format(agency=name[:60], year=fiscal_year, scale=target.scale, level=target.level)
    below = "\n\n" + EVIDENCE[language].format(address=evidence) if evidence else ""
    return Submission(
        kind=CaseKind.COMPLAINT.value,
        subject=subject,
        body=said.words.rstrip() + below,
        **asdict(said.sender),
        publish_consent=said.publish_consent,
        language=language,
    )
