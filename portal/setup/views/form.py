"""Step seven: what the form for citizens offers."""

from flask import request

from portal.agencies.models import Agency
from portal.agencies.options import value_of
from portal.agencies.rules import AgencyKind
from portal.casework.options import KINDS_OFFERED
from portal.casework.topics.queries import open_topics
from portal.kernel.messages import N_, Message
from portal.setup.access import entry
from portal.setup.forms import OfferForm
from portal.setup.rules import Step, read_topics
from portal.setup.service import save_form
from portal.setup.views.blueprint import bp
from portal.setup.views.page import Answer, go_on, passed, save, show, status_of
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say

#: What people write to a local body about most; proposed, to be changed. Data of a record, in both languages by itself.
USUAL_TOPICS = (
    ("ถนนและทางเท้า", "Roads and pavements"),
    ("ไฟฟ้าส่องสว่าง", "Street lights"),
    ("น้ำประปา", "Water supply"),
    ("ขยะและความสะอาด", "Waste and cleanliness"),
    ("น้ำท่วมและการระบายน้ำ", "Floods and drainage"),
    ("เบี้ยยังชีพและสวัสดิการ", "Allowances and welfare"),
    ("ภาษีและใบอนุญาต", "Taxes and permits"),
)


@bp.get("/setup/form")
@audience(Audience.CITIZEN)
def form() -> Answer:
    """What is offered now; the first time usual topics are proposed."""
    found = entry(Step.FORM)
    first = Step.FORM.value not in found.state.done
    offered = OfferForm(data={"kinds": value_of(db.session, KINDS_OFFERED, found.agency.id), "topics": _topics(found.agency, first)})
    return show(Step.FORM, found, offered)


@bp.post("/setup/form")
@audience(Audience.CITIZEN)
def form_sent() -> Answer:
    """Save it."""
    found, sent = entry(Step.FORM), OfferForm(request.form)
    if answer := passed(Step.FORM, found.hand):
        return answer
    kinds, topics = sent.kinds.data or [], read_topics(sent.topics.data or "")
    if not kinds:
        sent.kinds.errors = [say(Message(N_("Leave at least one kind that people can choose")))]
    if not sent.errors and save(sent, lambda: save_form(db.session, now(), found.hand, kinds, topics)):
        return go_on(Step.FORM)
    return show(Step.FORM, found, sent, status_of(sent))


def _topics(agency: Agency, first: bool) -> str:
    pairs = [(topic.name_th, topic.name_en) for topic in open_topics(db.session, agency.id)]
    if first and not pairs and agency.kind is AgencyKind.LOCAL:
        pairs = list(USUAL_TOPICS)
    return "\n".join(f"{thai} | {english}" if english else thai for thai, english in pairs)
