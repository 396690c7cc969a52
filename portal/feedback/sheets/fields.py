"""What a column can mean, by which headings it is guessed, and which codes a column with a meaning gives."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from portal.casework.options import KINDS_IN_ORDER
from portal.casework.rules import Anonymity, AnswerBy, CaseKind, Channel
from portal.feedback.sheets.reading.values import folded
from portal.kernel.messages import N_


class Field(StrEnum):
    """A column of a case, in the order of the page."""

    RECEIVED_AT = "received_at"
    SUBJECT = "subject"
    BODY = "body"
    KIND = "kind"
    CHANNEL = "channel"
    REFERENCE = "reference"
    TOPIC = "topic"
    PLACE = "place"
    POINT = "point"
    LAT = "lat"
    LON = "lon"
    ANONYMITY = "anonymity"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    ANSWER_BY = "answer_by"
    PUBLISH_CONSENT = "publish_consent"
    TAKE = "take"

    @property
    def label(self) -> str:
        """English source text."""
        return LABELS[self]


LABELS = {
    Field.RECEIVED_AT: N_("Came in on"),
    Field.SUBJECT: N_("Subject"),
    Field.BODY: N_("Details"),
    Field.KIND: N_("Kind"),
    Field.CHANNEL: N_("Channel"),
    Field.REFERENCE: N_("Number in the other system"),
    Field.TOPIC: N_("Topic"),
    Field.PLACE: N_("Place"),
    Field.POINT: N_("Latitude and longitude in one column"),
    Field.LAT: N_("Latitude"),
    Field.LON: N_("Longitude"),
    Field.ANONYMITY: N_("Who may know who it is"),
    Field.NAME: N_("Name"),
    Field.PHONE: N_("Telephone"),
    Field.EMAIL: N_("E-mail"),
    Field.ADDRESS: N_("Postal address"),
    Field.ANSWER_BY: N_("How the answer is told"),
    Field.PUBLISH_CONSENT: N_("Agrees to publication"),
    Field.TAKE: N_("State, to leave rows out"),
}
YES, NO = "yes", "no"
TAKEN, LEFT_OUT = "take", "leave_out"
#: A value that is no topic of ours.
NO_TOPIC = "none"
YES_NO_LABELS = {YES: N_("Agrees"), NO: N_("Does not agree")}
TAKE_LABELS = {TAKEN: N_("Import"), LEFT_OUT: N_("Leave out")}
#: Columns whose values are matched with codes. Topics are the agency's own: their choices come from the database.
CODED: Mapping[Field, Mapping[str, str]] = {
    Field.KIND: {kind.value: kind.label for kind in KINDS_IN_ORDER},
    Field.CHANNEL: {channel.value: channel.label for channel in Channel},
    Field.TOPIC: {},
    Field.ANONYMITY: {one.value: one.label for one in Anonymity},
    Field.ANSWER_BY: {one.value: one.label for one in AnswerBy},
    Field.PUBLISH_CONSENT: YES_NO_LABELS,
    Field.TAKE: TAKE_LABELS,
}
#: What can be said once for the whole file, also for cells in which nothing stands. Nobody agrees or leaves out for all.
FIXED = (Field.KIND, Field.CHANNEL, Field.ANONYMITY, Field.ANSWER_BY, Field.TOPIC)
#: Without these no case can be made: a column or a fixed value.
NEEDED = (Field.KIND, Field.CHANNEL, Field.ANONYMITY)

#: Headings as people write them, folded. The first field in the order of ``Field`` that a heading fits gets it.
HEADINGS: Mapping[Field, Sequence[str]] = {
    Field.RECEIVED_AT: (
        *("ประทับเวลา", "timestamp", "วันที่รับเรื่อง", "วันที่รับแจ้ง", "วันที่แจ้ง", "วันที่ร้องเรียน", "วันเวลา", "วันที่", "received at", "received on"),
        *("date", "created at", "date received", "วันรับเรื่อง"),
    ),
    Field.SUBJECT: ("เรื่อง", "หัวข้อ", "หัวเรื่อง", "ชื่อเรื่อง", "เรื่องที่แจ้ง", "เรื่องร้องเรียน", "subject", "title"),
    Field.BODY: (
        *("รายละเอียด", "ข้อความ", "เนื้อหา", "ความคิดเห็น", "ข้อเสนอแนะ", "รายละเอียดเรื่อง", "รายละเอียดปัญหา", "ข้อคิดเห็น", "comment", "comments"),
        *("details", "detail", "description", "message", "body", "feedback", "text"),
    ),
    Field.KIND: ("ประเภทเรื่อง", "ประเภท", "ชนิดเรื่อง", "kind", "category"),
    Field.CHANNEL: ("ช่องทาง", "ช่องทางที่รับ", "ช่องทางการแจ้ง", "channel"),
    Field.REFERENCE: (
        *("ticket_id", "ticket id", "เลขอ้างอิง", "เลขที่รับ", "เลขที่เรื่อง", "เลขที่", "รหัสเรื่อง", "เลขรับ", "หมายเลขเรื่อง", "reference", "ref"),
        *("case number", "id"),
    ),
    Field.TOPIC: ("หัวข้อย่อย", "หมวด", "หมวดหมู่", "topic"),
    Field.PLACE: ("สถานที่", "สถานที่เกิดเหตุ", "ที่เกิดเหตุ", "จุดเกิดเหตุ", "บริเวณ", "place", "location"),
    Field.POINT: ("coords", "coordinates", "พิกัด"),
    Field.LAT: ("lat", "latitude", "ละติจูด"),
    Field.LON: ("lon", "lng", "long", "longitude", "ลองจิจูด"),
    Field.ANONYMITY: ("การเปิดเผยชื่อ", "เปิดเผยชื่อ", "anonymity"),
    Field.NAME: (
        "ชื่อ",
        "ชื่อ-สกุล",
        "ชื่อ - สกุล",
        "ชื่อ-นามสกุล",
        "ชื่อ - นามสกุล",
        "ชื่อ นามสกุล",
        "ชื่อสกุล",
        "ชื่อผู้แจ้ง",
        "ชื่อผู้ร้อง",
        "ผู้แจ้ง",
        "ผู้ร้อง",
        "name",
        "full name",
    ),
    Field.PHONE: (
        "โทรศัพท์",
        "เบอร์โทร",
        "เบอร์โทรศัพท์",
        "หมายเลขโทรศัพท์",
        "เบอร์ติดต่อ",
        "โทร",
        "โทร.",
        "มือถือ",
        "phone",
        "telephone",
        "tel",
        "mobile",
    ),
    Field.EMAIL: ("อีเมล", "อีเมล์", "ที่อยู่อีเมล", "email", "e-mail", "email address", "username"),
    Field.ADDRESS: ("ที่อยู่", "ที่อยู่ผู้แจ้ง", "ที่อยู่ทางไปรษณีย์", "postal address", "address"),
    Field.ANSWER_BY: ("ช่องทางตอบกลับ", "วิธีตอบกลับ", "answer by"),
    Field.PUBLISH_CONSENT: ("ยินยอมให้เผยแพร่", "ยินยอมเผยแพร่", "publish consent"),
    Field.TAKE: ("สถานะ", "state", "status"),
}
#: Values as people write them, folded: what looks right is filled in, and the officer looks it over.
VALUES: Mapping[Field, Mapping[str, str]] = {
    Field.KIND: {
        "ร้องเรียน": CaseKind.COMPLAINT,
        "เรื่องร้องเรียน": CaseKind.COMPLAINT,
        "ข้อร้องเรียน": CaseKind.COMPLAINT,
        "ร้องทุกข์": CaseKind.GRIEVANCE,
        "เรื่องร้องทุกข์": CaseKind.GRIEVANCE,
        "แจ้งปัญหา": CaseKind.GRIEVANCE,
        "แจ้งเหตุ": CaseKind.GRIEVANCE,
        "ขอความช่วยเหลือ": CaseKind.GRIEVANCE,
        "เสนอแนะ": CaseKind.SUGGESTION,
        "ข้อเสนอแนะ": CaseKind.SUGGESTION,
        "ความคิดเห็น": CaseKind.OPINION,
        "แสดงความคิดเห็น": CaseKind.OPINION,
        "ข้อคิดเห็น": CaseKind.OPINION,
        "สอบถาม": CaseKind.QUESTION,
        "คำถาม": CaseKind.QUESTION,
        "ข้อสอบถาม": CaseKind.QUESTION,
        "ชมเชย": CaseKind.COMPLIMENT,
        "คำชมเชย": CaseKind.COMPLIMENT,
        "คำชม": CaseKind.COMPLIMENT,
        "ขอข้อมูลข่าวสาร": CaseKind.INFORMATION_REQUEST,
        "ขอข้อมูล": CaseKind.INFORMATION_REQUEST,
    },
    Field.CHANNEL: {
        "เว็บไซต์": Channel.WEB,
        "website": Channel.WEB,
        "ด้วยตนเอง": Channel.WALK_IN,
        "มาด้วยตนเอง": Channel.WALK_IN,
        "walk-in": Channel.WALK_IN,
        "โทรศัพท์": Channel.TELEPHONE,
        "โทร": Channel.TELEPHONE,
        "phone": Channel.TELEPHONE,
        "จดหมาย": Channel.LETTER,
        "หนังสือ": Channel.LETTER,
        "ไปรษณีย์": Channel.LETTER,
        "โทรสาร": Channel.FAX,
        "อีเมล": Channel.EMAIL,
        "อีเมล์": Channel.EMAIL,
        "กล่องรับความคิดเห็น": Channel.BOX,
        "ตู้รับความคิดเห็น": Channel.BOX,
        "เวที": Channel.FORUM,
        "ไลน์": Channel.LINE,
        "เฟซบุ๊ก": Channel.FACEBOOK,
        "เฟสบุ๊ค": Channel.FACEBOOK,
        "traffy fondue": Channel.API,
        "ทราฟฟี่ฟองดูว์": Channel.API,
    },
    Field.ANONYMITY: {
        "เปิดเผย": Anonymity.NAMED,
        "เปิดเผยชื่อ": Anonymity.NAMED,
        "ปกปิด": Anonymity.CONFIDENTIAL,
        "ปกปิดชื่อ": Anonymity.CONFIDENTIAL,
        "ไม่เปิดเผย": Anonymity.CONFIDENTIAL,
        "ไม่เปิดเผยชื่อ": Anonymity.CONFIDENTIAL,
        "ไม่ระบุชื่อ": Anonymity.ANONYMOUS,
        "ไม่ประสงค์ออกนาม": Anonymity.ANONYMOUS,
    },
    Field.ANSWER_BY: {
        "อีเมล": AnswerBy.EMAIL,
        "email": AnswerBy.EMAIL,
        "โทรศัพท์": AnswerBy.PHONE,
        "จดหมาย": AnswerBy.LETTER,
        "ไปรษณีย์": AnswerBy.LETTER,
    },
    Field.PUBLISH_CONSENT: {
        "ยินยอม": YES,
        "อนุญาต": YES,
        "ใช่": YES,
        "yes": YES,
        "true": YES,
        "ไม่ยินยอม": NO,
        "ไม่อนุญาต": NO,
        "ไม่": NO,
        "ไม่ใช่": NO,
        "no": NO,
        "false": NO,
    },
    Field.TAKE: {
        "เสร็จสิ้น": LEFT_OUT,
        "เสร็จแล้ว": LEFT_OUT,
        "ดำเนินการแล้ว": LEFT_OUT,
        "ดำเนินการเสร็จสิ้น": LEFT_OUT,
        "ยุติเรื่อง": LEFT_OUT,
        "ยุติ": LEFT_OUT,
        "ไม่รับเรื่อง": LEFT_OUT,
        "finish": LEFT_OUT,
        "finished": LEFT_OUT,
        "done": LEFT_OUT,
        "closed": LEFT_OUT,
        "irrelevant": LEFT_OUT,
    },
}


def guessed_columns(headings: Iterable[str]) -> dict[Field, str]:
    """Which heading may mean which field; each heading once."""
    keys = {folded(heading): heading for heading in reversed(list(headings))}
    found: dict[Field, str] = {}
    for field in Field:
        key = next((name for name in map(folded, HEADINGS[field]) if name in keys), None)
        if key is not None:
            found[field] = keys.pop(key)
    return found


def guessed_value(field: Field, text: str, labels: Mapping[str, str]) -> str:
    """The code that a value looks like, empty for none: the code itself, its label in either language, or as people write it."""
    key = folded(text)
    if key in labels:
        return key
    same = next((code for code, label in labels.items() if folded(label) == key), "")
    guess = VALUES.get(field, {}).get(key, TAKEN if field is Field.TAKE else "")
    return same or str(guess)
