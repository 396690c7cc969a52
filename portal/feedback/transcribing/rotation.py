"""What this room keeps under a key: words that are no case yet."""

from portal.db.rotation import encrypted
from portal.feedback.transcribing import drafts
from portal.feedback.transcribing.models import Sheet

ROTATIONS = (encrypted(Sheet.draft_enc, drafts.PURPOSE),)
