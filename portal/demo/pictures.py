"""Pictures of a published case, drawn on the spot: one is public, one has not been opened for the public."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.casework import service
from portal.casework.models import Case
from portal.casework.pictures.queries import handed_in
from portal.demo.letters import FONT
from portal.demo.reading import read
from portal.files import service as files
from portal.files.rules import Area
from portal.files.store import FileStore
from portal.kernel.actor import CITIZEN, Actor

SIZE = (1200, 800)
SKY, ROAD, PATCH, ROOF, WALL, SKIN, SHIRT = "#bcd7e8", "#8b8b88", "#3d3d3d", "#3f7f5f", "#e9dcc0", "#c99a72", "#6a4a8c"
INVENTED = "ภาพสมมติ วาดขึ้นเพื่อสาธิต"


def load_pictures(session: Session, now: datetime, store: FileStore, people: Mapping[str, User], cases: Sequence[Case]) -> None:
    """After the cases were published."""
    for one in read("pictures"):
        case = next(case for case in cases if case.subject == one["case"])
        actor, at = accounts.actor_for(session, people[one["by"]]), now - timedelta(days=one["days_ago"])
        photograph = files.receive(store, drawn(), "ภาพหลังซ่อม.png", "image/png")
        service.add_photograph(session, actor, at, case, [photograph], one["words"])
        if one.get("agreed"):
            _release(session, actor, at + timedelta(hours=1), store, case, one)


def drawn() -> bytes:
    """A mended road before a market, with somebody and a number plate to be covered."""
    image = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 420, 1200, 800), fill=ROAD)
    draw.rectangle((480, 200, 1000, 430), fill=WALL)
    draw.polygon([(440, 210), (740, 90), (1040, 210)], fill=ROOF)
    for place in range(4):
        draw.ellipse((120 + place * 230, 600, 290 + place * 230, 690), fill=PATCH)
    draw.rectangle((225, 340, 305, 540), fill=SHIRT)
    draw.ellipse((215, 225, 315, 335), fill=SKIN)
    draw.rectangle((880, 470, 1090, 590), fill="#b23a3a")
    draw.rectangle((910, 540, 1060, 585), fill="white")
    small, large = (ImageFont.truetype(str(FONT), size) for size in (34, 40))
    draw.text((930, 536), "กก ๑๒๓๔", font=small, fill="black")
    draw.text((24, 736), INVENTED, font=large, fill="white")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _release(session: Session, actor: Actor, at: datetime, store: FileStore, case: Case, one: Mapping[str, Any]) -> None:
    source = handed_in(session, case)[-1].file
    covering = service.check_covering([Area(*area) for area in one["areas"]], one["alt_th"], one["alt_en"], looked=True, accuses=False)
    copy = files.covered_copy(store, source, covering.areas, f"{case.number}-picture")
    row = service.prepare_picture(session, actor, at, store, case, source, covering, copy)
    service.show_picture(session, actor, at, case, row.address)
    service.agree_to_picture(session, CITIZEN, at + timedelta(days=1), case, row.address)
