"""Words of a case for readers who must not learn who the sender is: reviewers from outside, those who are asked for a part."""

from collections.abc import Callable

from portal.casework import identity
from portal.casework.models import Case
from portal.kernel.keyring import Keyring
from portal.kernel.redaction import apply, propose


def closing(keyring: Keyring, case: Case) -> Callable[[str], str]:
    """Closes in a text what the public text would close, and the sender's own name wherever it stands."""
    name = identity.opened(keyring, case).name
    known = (name,) if name else ()

    def closed(text: str) -> str:
        return apply(text, propose(text, known)).text

    return closed
