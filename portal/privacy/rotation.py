"""What requests keep under a key."""

from portal.db.rotation import encrypted
from portal.privacy.models import PrivacyRequest
from portal.privacy.service.asking import PURPOSE

ROTATIONS = (encrypted(PrivacyRequest.proposed_enc, PURPOSE),)
