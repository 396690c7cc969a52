"""The dossier as a file: everything that anybody needs to compute the levels again, and what the portal computed.

One JSON document, in UTF-8; the same dossier always gives the same bytes. In words: ``docs/rules/scale.md``, "The file".
"""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec
from msgspec import Struct

from portal.kernel.evidence import AnyFact, LegalList, Subject
from portal.participation.rules.computing import check_predicates, compute
from portal.participation.rules.dossier import Dossier, Ruling
from portal.participation.rules.results import LevelResult, ScaleResult
from portal.participation.rules.scales import Scale, ScaleFault, Words, check_scale
from portal.participation.rules.weighing import kind_of

#: Raised whenever an older reader would misread a newer file.
FORMAT = 1
#: Stands in every file and every find; pages say the same in the reader's language (``views.blueprint.disclaimer``).
DISCLAIMER = Words(
    th="คำนวณโดยระบบจากหลักฐาน ตามเกณฑ์ ก.พ.ร. ปี 2549/2550 มิใช่ผลประเมินของ ก.พ.ร.",
    en="Computed by the portal from evidence, by the criteria of OPDC of 2549/2550; not an assessment by OPDC",
)


class Document(Struct, frozen=True, kw_only=True):
    """The file. ``computed`` is by the code of the scale."""

    format: int
    disclaimer: Words
    subject: Subject
    lists: tuple[LegalList, ...]
    facts: tuple[AnyFact, ...]
    rulings: tuple[Ruling, ...]
    frozen_on: date | None
    scales: tuple[Scale, ...]
    computed: dict[str, ScaleResult]

    @property
    def dossier(self) -> Dossier:
        """What the levels are computed from."""
        return Dossier(subject=self.subject, lists=self.lists, facts=self.facts, rulings=self.rulings, frozen_on=self.frozen_on)


class DocumentFault(ValueError):
    """A file is no dossier, or nothing can be computed from it; the text says where and why."""


class _Head(Struct):
    format: int


def document_of(dossier: Dossier, scales: Sequence[Scale]) -> Document:
    """The file of a dossier, computed by these scales; lists, facts and rulings stand in an order of their own."""
    return Document(
        format=FORMAT,
        disclaimer=DISCLAIMER,
        subject=dossier.subject,
        lists=tuple(sorted(dossier.lists, key=lambda one: one.code)),
        facts=tuple(sorted(dossier.facts, key=lambda one: (kind_of(one), one.key))),
        rulings=tuple(sorted(dossier.rulings, key=lambda one: (one.kind, one.key, one.on))),
        frozen_on=dossier.frozen_on,
        scales=tuple(sorted(scales, key=lambda one: one.code)),
        computed={scale.code: compute(scale, dossier) for scale in scales},
    )


def bytes_of(document: Document) -> bytes:
    """As it is downloaded: indented, so that people can read it and two files can be compared line by line."""
    return msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=1) + b"\n"


def read_document(raw: bytes) -> Document:
    """A file read back. Raises ``DocumentFault``."""
    try:
        told = msgspec.json.decode(raw, type=_Head).format
        if told != FORMAT:
            raise DocumentFault(f"the file has format {told}; this portal reads format {FORMAT}")
        return msgspec.json.decode(raw, type=Document)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        raise DocumentFault(f"this is no dossier file: {fault}") from fault


def recompute(document: Document) -> dict[str, ScaleResult]:
    """The results by the file's own scales, from its evidence alone. Raises ``DocumentFault``."""
    try:
        for scale in document.scales:
            check_scale(scale)
            check_predicates(scale)
        return {scale.code: compute(scale, document.dossier) for scale in document.scales}
    except ScaleFault as fault:
        raise DocumentFault(f"a scale in the file: {fault}") from fault
    except (ValueError, OverflowError) as fault:  # a fiscal year or a day that no calendar has
        raise DocumentFault(f"nothing can be computed from this file: {fault}") from fault


def differences(document: Document, results: dict[str, ScaleResult]) -> list[str]:
    """One line for each thing that the file says otherwise than its evidence; empty where both agree."""
    told = document.computed
    strange = sorted(told.keys() ^ results.keys())
    lines = [f"{code}: the file has {'a result without its scale' if code in told else 'no result'}" for code in strange]
    for code in sorted(told.keys() & results.keys()):
        if told[code] != results[code]:
            lines += list(_between(code, told[code], results[code])) or [f"{code}: the details in the file are not those of its evidence"]
    return lines


def _between(code: str, told: ScaleResult, found: ScaleResult) -> Iterator[str]:
    for what, say, give in (("level", told.level, found.level), ("source's level", told.source_level, found.source_level)):
        if say != give:
            yield f"{code}: the file says {what} {_number(say)}, its evidence gives {_number(give)}"
    said, given = _verdicts(told.levels), _verdicts(found.levels)
    for name in sorted(said.keys() | given.keys()):
        if said.get(name) != given.get(name):
            yield f"{code}: {name}: the file says {said.get(name, 'nothing')}, its evidence gives {given.get(name, 'nothing')}"


def _number(level: int | None) -> str:
    return "unknown" if level is None else str(level)


def _verdicts(levels: Sequence[LevelResult]) -> dict[str, str]:
    return {check.id: check.finding.verdict.value for level in levels for criterion in level.criteria for check in criterion.checks}
