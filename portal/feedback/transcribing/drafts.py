"""What was typed from a sheet and is no case yet: encrypted, because it holds names and addresses."""

import json
from dataclasses import asdict, fields, replace

from cryptography.fernet import InvalidToken

from portal.feedback.calls.taking import Taken
from portal.kernel.keyring import Keyring

PURPOSE = "transcription draft"
#: Far more than the fields may hold; a longer one is cut by nobody, it is refused by its form.
FIELD_MOST = 20_000


def seal(keyring: Keyring, typed: Taken, number: str) -> str:
    """The fields as they were typed, with the registry number."""
    return keyring.encrypt(PURPOSE, json.dumps({**asdict(typed), "registry_number": number}, ensure_ascii=False))


def unseal(keyring: Keyring, sealed: str | None) -> tuple[Taken, str]:
    """What ``seal`` took; an empty one where there is none or its key is not listed any more."""
    try:
        found = json.loads(keyring.decrypt(PURPOSE, sealed)) if sealed else {}
    except (InvalidToken, ValueError):
        found = {}
    number = str(found.pop("registry_number", ""))
    known = {field.name for field in fields(Taken)}
    return replace(Taken(), **{name: value for name, value in found.items() if name in known}), number


def differences(before: Taken, after: Taken) -> list[str]:
    """Names of the fields that are not the same, in the order of the form."""
    return [field.name for field in fields(Taken) if field.name != "language" and getattr(before, field.name) != getattr(after, field.name)]
