"""What rooms above give to pages of rooms below."""

from collections.abc import Mapping, Sequence

from portal.casework.exposed.holders import Holder
from portal.disclosures.missions import corners as mission_corners
from portal.feedback.petitions import holding as petition_words
from portal.outcomes import records as outcomes_records
from portal.outcomes.improvements import corners as improvement_corners
from portal.participation import corners as participation_corners
from portal.participation.objections import corners as objection_corners
from portal.plans import records as plans_records
from portal.plans.records import Finder
from portal.web.corners import Filler

#: Who fills the corners of pages of rooms below.
CORNERS: Mapping[str, Sequence[Filler]] = {
    "agency.public": [participation_corners.of_agency],
    "agency.missions": [mission_corners.of_agency],
    "case.public": [objection_corners.of_public_case, improvement_corners.of_public_case],
    "case.tracked": [objection_corners.of_tracked_case, improvement_corners.of_tracked_case],
    "case.desk": [objection_corners.of_desk_case],
}

#: Who finds the public record behind an address, by its first part.
RECORDS: Mapping[str, Finder] = {**plans_records.FINDERS, **outcomes_records.FINDERS}


#: Who shows public words of a case beside its own public text.
HOLDERS: Sequence[Holder] = (petition_words.words_of,)
