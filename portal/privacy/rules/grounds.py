"""The grounds of a decision, each with its section of the Personal Data Protection Act B.E. 2562."""

from enum import StrEnum

from portal.kernel.messages import N_


class Ground(StrEnum):
    """Why a request is granted or refused, or why data go by themselves."""

    NO_LONGER_NEEDED = "no_longer_needed"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    OBJECTION_UPHELD = "objection_upheld"
    UNLAWFUL = "unlawful"
    WRONG_DATA = "wrong_data"
    RIGHT_OF_ACCESS = "right_of_access"
    PUBLIC_TASK = "public_task"
    ARCHIVE = "archive"
    LEGAL_CLAIMS = "legal_claims"
    LAW_REQUIRES = "law_requires"
    RIGHTS_OF_OTHERS = "rights_of_others"
    NOT_PROVEN = "not_proven"
    DATA_CORRECT = "data_correct"
    RETENTION = "retention"

    @property
    def label(self) -> str:
        """English source text, with the section."""
        return GROUND_LABELS[self]


#: For granting.
GRANTS = (
    Ground.NO_LONGER_NEEDED,
    Ground.CONSENT_WITHDRAWN,
    Ground.OBJECTION_UPHELD,
    Ground.UNLAWFUL,
    Ground.WRONG_DATA,
    Ground.RIGHT_OF_ACCESS,
)
#: For refusing.
REFUSALS = (
    Ground.PUBLIC_TASK,
    Ground.ARCHIVE,
    Ground.LEGAL_CLAIMS,
    Ground.LAW_REQUIRES,
    Ground.RIGHTS_OF_OTHERS,
    Ground.NOT_PROVEN,
    Ground.DATA_CORRECT,
)
GROUND_LABELS = {
    Ground.NO_LONGER_NEEDED: N_("No longer needed for the purpose (section 33 (1))"),
    Ground.CONSENT_WITHDRAWN: N_("The consent was withdrawn and nothing else allows keeping it (section 33 (2))"),
    Ground.OBJECTION_UPHELD: N_("The objection is justified (section 33 (3))"),
    Ground.UNLAWFUL: N_("It should not have been collected or kept (section 33 (4))"),
    Ground.WRONG_DATA: N_("The data are wrong, out of date or misleading (sections 35 and 36)"),
    Ground.RIGHT_OF_ACCESS: N_("Right of access (section 30)"),
    Ground.PUBLIC_TASK: N_("Needed for a task in the public interest or by official authority (sections 24 (4) and 33)"),
    Ground.ARCHIVE: N_("Kept as a historical document or archive in the public interest (sections 24 (1) and 33)"),
    Ground.LEGAL_CLAIMS: N_("Needed for legal claims or their defence (section 33)"),
    Ground.LAW_REQUIRES: N_("Another law requires that it is kept (sections 24 (6) and 33)"),
    Ground.RIGHTS_OF_OTHERS: N_("It would harm the rights and freedoms of others (sections 30 and 31)"),
    Ground.NOT_PROVEN: N_("Who asks could not show that the data are theirs (section 30)"),
    Ground.DATA_CORRECT: N_("The data are correct; what was asked is kept beside them (section 36)"),
    Ground.RETENTION: N_("The time for which it is kept is over (section 37 (3))"),
}
