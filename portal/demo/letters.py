"""A batch of invented letters, drawn on the spot: one waits, one became a case, one is set aside."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.rules import Channel
from portal.demo.reading import read
from portal.feedback.calls.taking import Taken
from portal.feedback.transcribing import queries, service
from portal.feedback.transcribing.models import Sheet
from portal.files import service as files
from portal.files.store import FileStore
from portal.kernel.actor import Actor
from portal.kernel.keyring import Keyring

COORDINATOR, AGENCY, REFERENCE = "coordinator@demo.example", "meknoi", "รอบไปรษณีย์เช้า"
FONT = Path(__file__).parents[1] / "static/fonts/sarabun-thai-400-normal.woff2"
PAPER, INK, SIZE = (250, 247, 236), (24, 34, 110), (1000, 1400)


def load_letters(
    session: Session, now: datetime, keyring: Keyring, store: FileStore, agencies: Mapping[str, Agency], people: Mapping[str, User]
) -> None:
    """Received two days ago and put in today, so that both days show."""
    entries, actor = read("letters"), accounts.actor_for(session, people[COORDINATOR])
    rows = [
        files.keep(session, now, files.receive(store, drawn(entry["lines"]), f"จดหมาย-{place}.png", "image/png"))
        for place, entry in enumerate(entries, start=1)
    ]
    batch = service.open_batch(
        session, actor, now, agencies[AGENCY], Channel.LETTER, received_at=now - timedelta(days=2), reference=REFERENCE, files=rows
    )
    sheets = session.scalars(queries.sheets(batch).order_by(Sheet.position)).all()
    for sheet, entry in zip(sheets, entries, strict=True):
        _play(session, actor, now, keyring, sheet, entry)


def drawn(lines: Sequence[str]) -> bytes:
    """A sheet of paper with these lines, as a PNG."""
    paper = Image.new("RGB", SIZE, PAPER)
    ImageDraw.Draw(paper).multiline_text((90, 130), "\n".join(lines), font=ImageFont.truetype(str(FONT), 44), fill=INK, spacing=30)
    out = io.BytesIO()
    paper.save(out, "PNG")
    return out.getvalue()


def _play(session: Session, actor: Actor, now: datetime, keyring: Keyring, sheet: Sheet, entry: Mapping[str, Any]) -> None:
    if entry["do"] == "type":
        taken = Taken(kind=entry["kind"], subject=entry["subject"], body="\n".join(entry["lines"]).strip(), anonymity="anonymous")
        service.save(session, actor, now, keyring, sheet, taken, entry["number"], row_version=sheet.row_version)
    elif entry["do"] == "aside":
        service.set_aside(session, actor, now, sheet, entry["why"], entry["words"], row_version=sheet.row_version)
