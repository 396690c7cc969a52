"""What stands under a key."""

from collections.abc import Sequence

from portal.accounts import rotation as accounts_rotation
from portal.casework import rotation as casework_rotation
from portal.corruption import rotation as corruption_rotation
from portal.db.rotation import Rotation
from portal.feedback.boxes import rotation as boxes_rotation
from portal.feedback.mail_in import rotation as mail_in_rotation
from portal.feedback.petitions import rotation as petitions_rotation
from portal.feedback.sheets import rotation as sheets_rotation
from portal.feedback.transcribing import rotation as transcribing_rotation
from portal.outbox import rotation as outbox_rotation
from portal.privacy import rotation as privacy_rotation

#: Everything that is kept under a key, for ``portal keys rotate``.
ROTATIONS: Sequence[Rotation] = (
    *casework_rotation.ROTATIONS,
    *transcribing_rotation.ROTATIONS,
    *boxes_rotation.ROTATIONS,
    *privacy_rotation.ROTATIONS,
    *accounts_rotation.ROTATIONS,
    *outbox_rotation.ROTATIONS,
    *mail_in_rotation.ROTATIONS,
    *corruption_rotation.ROTATIONS,
    *petitions_rotation.ROTATIONS,
    *sheets_rotation.ROTATIONS,
)
