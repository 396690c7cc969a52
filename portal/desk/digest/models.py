"""What each person wants in the morning, and the last day for which they were looked at."""

from datetime import date

from sqlalchemy import Date, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, code
from portal.desk.digest.rules import Wish


class DigestWish(Base):
    """One row a person, made when it is first needed."""

    __tablename__ = "digest_wish"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    wish: Mapped[Wish] = mapped_column(code(Wish, "digest_wish"), default=Wish.DAILY, server_default=Wish.DAILY.value)
    #: The last day, in Bangkok, for which they were looked at, whether a mail came of it or not.
    looked_at: Mapped[date | None] = mapped_column(Date)
