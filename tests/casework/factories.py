"""Cases for tests, made through the services."""

import itertools
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.casework.rules import KeyScope
from portal.casework.service import Submission, submit
from portal.kernel.actor import VISITOR
from portal.kernel.keyring import Keyring
from tests.conftest import NOW

_keys = itertools.count()


def a_submission(**values: Any) -> Submission:
    """A submission that can be taken, unless ``values`` say otherwise."""
    return Submission(
        **{
            "kind": "suggestion",
            "subject": "ขอให้เปิดตู้รับฟังความคิดเห็นทุกเดือน",
            "body": "ตู้หน้าอาคารไม่มีผู้เปิดอ่านมาสามเดือนแล้ว",
            "anonymity": "anonymous",
            "agency": "any",
            **values,
        }
    )


def make_case(session: Session, keyring: Keyring, agency: Agency, at: datetime = NOW, **values: Any) -> Case:
    """A fresh case; call inside a unit of work."""
    receipt = submit(
        session,
        VISITOR,
        at,
        keyring,
        a_submission(**values),
        agency,
        scope=KeyScope.FORM,
        key=f"factory key {next(_keys)}",
        home_agency=agency,
    )
    return session.scalars(select(Case).where(Case.number == receipt.case_number)).one()
