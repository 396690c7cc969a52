"""Which rows are new to an agency and which it has already, by keyed hashes of their numbers and words."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.casework.topics import queries as topics
from portal.feedback.sheets import queries
from portal.feedback.sheets.judging import Candidate, Judgement, RowFault
from portal.feedback.sheets.models import SheetImport
from portal.feedback.sheets.plan import Plan
from portal.feedback.sheets.rules import FileName, content_digest, reference_digest
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message

DIGESTS = "spreadsheet digests"
_CONTENT, _REFERENCE = "spreadsheet row", "spreadsheet reference"


@dataclass(frozen=True)
class Known:
    """By what a row is known: hashes under every listed key, the newest first, and the digests that they are made of."""

    content: Sequence[str]
    reference: Sequence[str]
    digests: tuple[str, str]


@dataclass(frozen=True)
class Sorted:
    """What of a file is new to the agency, and what it has already. ``before``: the import of the very same sheet."""

    fresh: list[Candidate]
    known: list[Candidate]
    before: SheetImport | None


def sort_out(session: Session, keyring: Keyring, agency_id: int, file: FileName, plan: Plan, candidates: Sequence[Candidate]) -> Sorted:
    """Which candidates are new. The same sheet of the same file is known whatever its columns are said to mean."""
    before = queries.imported_before(session, agency_id, file.sha256, plan.sheet)
    if before is not None:
        return Sorted([], list(candidates), before)
    is_known = known(session, agency_id, [hashes(keyring, agency_id, one) for one in candidates])
    pairs = list(zip(candidates, is_known, strict=True))
    return Sorted([one for one, there in pairs if not there], [one for one, there in pairs if there], None)


def known(session: Session, agency_id: int, every: Sequence[Known]) -> list[bool]:
    """For each row whether the agency has it: by its number; by its words, where it or the row that says the same has no number."""
    references = queries.known_references(session, agency_id, {text for one in every for text in one.reference})
    contents = queries.known_contents(session, agency_id, {text for one in every for text in one.content})
    found = []
    for one in every:
        same = [contents[text] for text in one.content if text in contents]
        found.append(not references.isdisjoint(one.reference) or any(same) or (bool(same) and not one.reference))
    return found


def hashes(keyring: Keyring, agency_id: int, one: Candidate) -> Known:
    """Of the words, and of the number where there is one."""
    return of_digests(keyring, (content_digest(agency_id, one.content), reference_digest(agency_id, one.reference)))


def of_digests(keyring: Keyring, digests: tuple[str, str]) -> Known:
    """The same of digests that were kept."""
    content, reference = digests
    return Known(keyring.macs(_CONTENT, content), keyring.macs(_REFERENCE, reference) if reference else (), digests)


def columns_of(keyring: Keyring, its: Known) -> dict[str, str | None]:
    """Columns of the hashes, under the newest key."""
    return {
        "key_id": keyring.newest,
        "digest_enc": keyring.encrypt(DIGESTS, " ".join(its.digests)),
        "content_hash": its.content[0],
        "reference_hash": its.reference[0] if its.reference else None,
    }


def digests_of(keyring: Keyring, digest_enc: str) -> tuple[str, str]:
    """Digests of the words and of the number (empty for none)."""
    content, _, reference = keyring.decrypt(DIGESTS, digest_enc).partition(" ")
    return content, reference


def topic_faults(session: Session, agency_id: int, judgement: Judgement) -> list[RowFault]:
    """Topics that the agency does not offer (any more)."""
    offered = offered_topics(session, agency_id)
    text = N_("The agency does not offer this topic; choose one from the list, or none")
    return [RowFault(one.row, "", "", Message(text)) for one in judgement.candidates if one.topic and one.topic not in offered]


def offered_topics(session: Session, agency_id: int) -> dict[str, int]:
    """Ids of the topics that the agency offers, by slug."""
    return {topic.slug: topic.id for topic in topics.open_topics(session, agency_id)}
