"""What is told of a draw, to people and to programs."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.kernel.redaction import apply, propose
from portal.kernel.thai_calendar import BANGKOK, office_day
from portal.monitoring.samples import rules
from portal.monitoring.samples.models import SampleDraw, SampleEntry, SampleFinding
from portal.monitoring.samples.rules import DrawState, Met, Proof

HONEST = (
    "The draw proves that nobody chose the sample who could not read the portal's database while the month ran: "
    "the secret was kept there from the commitment to the draw."
)
HOW = (
    "Digests are SHA-256 in hexadecimal digits of UTF-8 texts. commitment = H(secret); "
    'an entry of the list = H(slug + ":" + case number); list_digest = H(the sorted entries, one a line); '
    'seed = H(list_digest + ":" + secret); the listed stand in the order of H(seed + ":" + entry), the first `size` of them are the sample.'
)


@dataclass(frozen=True)
class Counted:
    """Figures of the findings. ``inspected`` counts cases, the others findings."""

    inspected: int
    findings: int
    met: int
    unproven: int
    false_closing: int
    answered: int
    late: int


def counted(draw: SampleDraw, today: date) -> Counted:
    """Of one draw, from what is read already."""
    found = [one for entry in draw.sample for one in entry.findings]
    return Counted(
        inspected=sum(bool(entry.findings) for entry in draw.sample),
        findings=len(found),
        met=sum(one.met is Met.YES for one in found),
        unproven=sum(one.proof is Proof.NO for one in found),
        false_closing=sum(one.false_closing for one in found),
        answered=sum(one.replied_at is not None for one in found),
        late=sum(rules.is_late(one.due_on, today, is_answered=one.replied_at is not None) for one in found),
    )


def closed(text: str) -> str:
    """A monitor's or an officer's words for everybody: what looks like personal data is closed."""
    return apply(text, propose(text, ())).text


def facts(draw: SampleDraw) -> dict[str, Any]:
    """Everything that is needed to draw again; what is not published yet is null."""
    is_listed, is_drawn = draw.state is not DrawState.COMMITTED, draw.state is DrawState.DRAWN
    return {
        "slug": draw.slug,
        "agency": draw.agency.slug,
        "month": f"{draw.month:%Y-%m}",
        "state": draw.state.value,
        "least": draw.least,
        "percent": draw.percent,
        "commitment": draw.commitment,
        "committed_at": _time(draw.committed_at),
        "listed_at": _time(draw.listed_at),
        "drawn_at": _time(draw.drawn_at),
        "list": draw.entries if is_listed else None,
        "list_digest": draw.list_digest if is_listed else None,
        "kept_apart": rules.told_apart(draw.apart) if is_listed else None,
        "secret": draw.secret if is_drawn else None,
        "seed": draw.seed if is_drawn else None,
        "size": len(draw.sample) if is_drawn else None,
        "drawn": [entry.entry for entry in draw.sample] if is_drawn else None,
        "how": HOW,
        "what_it_proves": HONEST,
    }


def as_json(draw: SampleDraw) -> str:
    """The draw and what was found."""
    return json.dumps({**facts(draw), "cases": [_case(entry) for entry in draw.sample]}, ensure_ascii=False, indent=1)


def as_csv(draw: SampleDraw) -> str:
    """One row for each finding, and one for each case without any."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("place", "entry", "number", "found_on", "met", "proof", "false_closing", "words", "due_on", "reply", "replied_on"))
    for entry in draw.sample:
        case = _case(entry)
        for found in case["findings"] or [{}]:
            values = [found.get(name, "") for name in ("on", "met", "proof", "false_closing", "words", "due_on", "reply", "replied_on")]
            writer.writerow([_safe(value) for value in (case["place"], case["entry"], case["number"] or "", *values)])
    return "\ufeff" + out.getvalue()


def _safe(value: object) -> object:
    """No cell begins like a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _case(entry: SampleEntry) -> dict[str, Any]:
    """Of an unpublished case its bare facts; of one that is not shown any more, nothing but its place."""
    told: Sequence[SampleFinding] = entry.findings if entry.is_shown else ()
    return {
        "place": entry.position,
        "entry": entry.entry,
        "number": entry.case.number if entry.is_shown else None,
        "kind": entry.case.kind.value if entry.is_shown else None,
        "findings": [_finding(one) for one in told],
        "findings_count": len(entry.findings),
    }


def _finding(one: SampleFinding) -> dict[str, Any]:
    return {
        "on": office_day(one.at).isoformat(),
        "met": one.met.value,
        "proof": one.proof.value,
        "false_closing": one.false_closing,
        "words": closed(one.words),
        "due_on": one.due_on.isoformat(),
        "reply": closed(one.reply) if one.replied_at else None,
        "replied_on": office_day(one.replied_at).isoformat() if one.replied_at else None,
    }


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(BANGKOK).isoformat() if moment else None
