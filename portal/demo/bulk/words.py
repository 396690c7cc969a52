"""The words of synthetic cases, drawn from ``content/bulk.yaml``."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import yaml

from portal.casework.rules import Act, CaseKind, Disposition, WordsKind, needs_proof
from portal.demo.reading import CONTENT


@dataclass(frozen=True)
class Matter:
    """One thing that people write about; ``unit`` is the slug of who works it."""

    unit: str
    kind: CaseKind
    subject: str
    body: str
    result: str
    places: Sequence[str]


@dataclass(frozen=True)
class Said:
    """The citizen's words."""

    matter: Matter
    subject: str
    body: str
    place: str


class Words:
    """Draws words; texts come from the file, their choice from the random numbers that each call is given."""

    def __init__(self) -> None:
        content: dict[str, Any] = yaml.safe_load((CONTENT / "bulk.yaml").read_text(encoding="utf-8"))
        self._since: list[str] = content["since"]
        self._endings: list[str] = content["endings"]
        self._replies: list[str] = content["replies"]
        self._questions: list[str] = content["questions"]
        self._proofs: list[str] = content["proofs"]
        self._reasons = {Disposition(code): text for code, text in content["reasons"].items()}
        self._fixed: Mapping[Act, tuple[WordsKind, str]] = {
            Act.DECLINE: (WordsKind.DECLINE, content["decline"]),
            Act.CONTEST: (WordsKind.CONTEST, content["contest"]),
            Act.WITHDRAW: (WordsKind.WITHDRAWAL, content["withdrawal"]),
            Act.MERGE: (WordsKind.MERGE, content["merge"]),
        }
        self._referred_to: str = content["referred_to"]
        self.matters = [_matter(entry, content) for entry in content["matters"]]

    def submission(self, rng: Random) -> Said:
        """What somebody writes."""
        matter, place = rng.choice(self.matters), ""
        place = rng.choice(matter.places)
        body = matter.body.format(place=place, number=2 + int(rng.random() * 8), since=rng.choice(self._since))
        return Said(matter, matter.subject.format(place=place), f"{body}\n{rng.choice(self._endings)}", place)

    def of_act(self, rng: Random, act: Act, matter: Matter, disposition: Disposition | None) -> Iterator[tuple[WordsKind, str]]:
        """The words that go with an act, as the services ask for them."""
        if act in self._fixed:
            yield self._fixed[act]
        elif act is Act.ASK:
            yield WordsKind.QUESTION, rng.choice(self._questions)
        elif act is Act.REPLY:
            yield WordsKind.REPLY, f"{rng.choice(self._replies)}\n{matter.result}"
        elif act is Act.REFER:
            yield WordsKind.REFERRED_TO, self._referred_to
            yield WordsKind.REASON, self._reasons[Disposition.REFERRED]
        elif act is Act.CLOSE and disposition:
            yield WordsKind.RESULT, matter.result
            yield WordsKind.REASON, self._reasons[disposition]
            if needs_proof(matter.kind, disposition):
                yield WordsKind.PROOF, rng.choice(self._proofs)


def _matter(entry: Mapping[str, str], content: Mapping[str, Any]) -> Matter:
    places = content[entry.get("at", "places")]
    return Matter(entry["unit"], CaseKind(entry["kind"]), entry["subject"], entry["body"], entry["result"], places)
