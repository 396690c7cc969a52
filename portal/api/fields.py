"""Fields that take JSON as it is meant, and write it as the contract says."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import marshmallow as ma

from portal.kernel.messages import N_
from portal.kernel.thai_calendar import BANGKOK

REQUIRED = N_("This must be given")
WRONG_TYPE = N_("This has another type than the description of the interface says")
UNKNOWN = N_("There is no such field")


class Input(ma.Schema):
    """A JSON object with these fields and no others. What may be in them is judged by the services; here only their type."""

    error_messages = {"unknown": UNKNOWN, "type": WRONG_TYPE}  # noqa: RUF012 - marshmallow declares it so

    class Meta:
        unknown = ma.RAISE

    def on_bind_field(self, field_name: str, field_obj: ma.fields.Field[Any]) -> None:
        """Let every field speak in our words, which have their translations."""
        field_obj.error_messages = {key: REQUIRED if key == "required" else WRONG_TYPE for key in field_obj.error_messages}


class Flag(ma.fields.Boolean):
    """``true`` or ``false``, never a word or a number that might mean one."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Number(ma.fields.Float):
    """A JSON number, never text that looks like one."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> float:
        if isinstance(value, str):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class OfficeTime(ma.fields.DateTime):
    """ISO 8601 to the second with the zone of Bangkok."""

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else value.astimezone(BANGKOK).isoformat(timespec="seconds")


def text(description: str, **more: Any) -> ma.fields.String:
    """A text that every answer holds; ``allow_none=True`` where it may be null, ``required=False`` where it may be missing."""
    options = {key: more.pop(key) for key in ("required", "allow_none", "load_default") if key in more}
    return ma.fields.String(metadata={"description": description, **more}, **{"required": "load_default" not in options, **options})


def code(codes: type[StrEnum], description: str, **more: Any) -> ma.fields.String:
    """One of the contract's codes."""
    values: list[str | None] = [one.value for one in codes]
    return text(description, enum=[*values, None] if more.get("allow_none") else values, **more)


def choice(codes: type[StrEnum], description: str) -> ma.fields.String:
    """One of the contract's codes as a parameter of an address; empty is the same as leaving it out, as forms send it."""
    return text(description, required=False, enum=["", *(one.value for one in codes)])


def moment(description: str, **more: Any) -> OfficeTime:
    """A time that every answer holds."""
    return OfficeTime(required=True, metadata={"description": description}, **more)


def day(description: str, **more: Any) -> ma.fields.Date:
    """A day (Gregorian, ISO 8601) that every answer holds."""
    return ma.fields.Date(required=True, metadata={"description": description}, **more)


def flag(description: str) -> ma.fields.Boolean:
    """A yes or no that every answer holds."""
    return ma.fields.Boolean(required=True, metadata={"description": description})


def number(description: str) -> ma.fields.Float:
    """A figure, or null; figures of reports have at most 15 digits, which a JSON number holds exactly."""
    return ma.fields.Float(required=True, allow_none=True, metadata={"description": description})
