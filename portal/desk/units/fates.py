"""What becomes of everything that points at an agency, when the agency ends. A test fails for a column that is not here.

``FOLLOWS`` is set to the successor in the same act. ``ENDS`` is taken away. ``STAYS`` remains as a record under the closed agency: whoever
holds a role at the successor reaches it, because rights reach back (``accounts.queries.actor_for``).
"""

from enum import StrEnum


class Fate(StrEnum):
    """What happens."""

    FOLLOWS = "follows"
    ENDS = "ends"
    STAYS = "stays"


FATES = {
    "absence.agency_id": Fate.STAYS,  # who works at the successor ends it; what it opens goes by where the cases lie
    "agency.parent_id": Fate.FOLLOWS,
    "agency.successor_id": Fate.STAYS,  # the way is followed to the one that is open
    "agency_area.agency_id": Fate.STAYS,  # the successor's administrators write its own
    "agency_channel.agency_id": Fate.STAYS,  # its figures stay under it
    "breach.agency_id": Fate.STAYS,
    "case_about.unit_id": Fate.STAYS,  # and its people are marked by name
    "case_contribution.agency_id": Fate.STAYS,
    "case_contribution.asked_id": Fate.STAYS,
    "case_contribution.holder_id": Fate.STAYS,  # what waits is answered by who holds the role at the successor
    "case_counter.agency_id": Fate.STAYS,
    "case_placed.unit_id": Fate.STAYS,
    "case_raise.from_id": Fate.STAYS,
    "case_raise.origin_id": Fate.STAYS,  # where the matter came up, whatever became of the place
    "case_raise.to_id": Fate.STAYS,
    "case_record.agency_id": Fate.FOLLOWS,  # open ones; what is over stays
    "case_record.judge_agency_id": Fate.FOLLOWS,  # found again in the same act
    "case_record.unit_id": Fate.FOLLOWS,  # open ones
    "case_routing.agency_id": Fate.STAYS,  # what was learnt of an agency that is closed suggests nobody
    "case_tally.agency_id": Fate.STAYS,  # moves with the cases that go over
    "case_tally_move.agency_id": Fate.STAYS,
    "case_tag.agency_id": Fate.STAYS,  # the successor puts its own words on what goes over
    "case_topic.agency_id": Fate.STAYS,
    "corruption_report.agency_id": Fate.STAYS,
    "corruption_report.desk_agency_id": Fate.FOLLOWS,
    "deadline_rule.agency_id": Fate.STAYS,  # what it promised holds for the cases that stay
    "disclosure.agency_id": Fate.STAYS,
    "disclosure.responsible_unit_id": Fate.STAYS,
    "evidence_ruling.agency_id": Fate.STAYS,  # as the score that it is about
    "feedback_box.agency_id": Fate.STAYS,  # the successor's people open it, and take it down or hang their own
    "form_question.agency_id": Fate.STAYS,  # what its senders were asked; the successor asks its own
    "frame_site.agency_id": Fate.STAYS,  # its sites show a link to the successor's form, and no form
    "frozen_dossier.agency_id": Fate.STAYS,
    "improvement.agency_id": Fate.STAYS,  # it is that agency's record; whoever works at the successor goes on with it
    "improvement.unit_id": Fate.STAYS,
    "invitation.unit_id": Fate.ENDS,  # withdrawn
    "invited_grant.agency_id": Fate.ENDS,  # with its invitation
    "kept_view.agency_id": Fate.STAYS,  # whoever decides at the successor removes it
    "kept_view.unit_id": Fate.STAYS,  # the view says that its unit is closed
    "legal_list_page.agency_id": Fate.STAYS,  # the successor says by which pages it serves its own lists
    "listening_plan.agency_id": Fate.STAYS,  # it is that agency's record; whoever works at the successor goes on with it
    "mail_in_message.agency_id": Fate.STAYS,  # decided by who holds the role at the successor
    "mail_wording.agency_id": Fate.STAYS,
    "mailbox.agency_id": Fate.STAYS,  # read on; new cases go to the successor
    "mailbox_state.agency_id": Fate.STAYS,
    "mission.agency_id": Fate.STAYS,  # copied by a merger
    "office_holiday.agency_id": Fate.STAYS,
    "opinion_report.agency_id": Fate.STAYS,
    "opinion_theme.agency_id": Fate.STAYS,  # the successor has its own; what goes over loses its theme
    "option_value.agency_id": Fate.STAYS,
    "paper_counter.agency_id": Fate.STAYS,  # the successor counts its own
    "petition.agency_id": Fate.STAYS,  # to whom it was put; its case goes on at the successor once an answer is owed
    "plan_activity.unit_id": Fate.STAYS,
    "privacy_request.agency_id": Fate.STAYS,  # answered by who holds the role at the successor
    "province_joining.agency_id": Fate.STAYS,  # nobody reads along with what is closed; the successor decides for itself
    "province_joining.province_id": Fate.STAYS,
    "ready_reply.agency_id": Fate.STAYS,
    "role_grant.agency_id": Fate.ENDS,  # given again at the successor where it goes over
    "routing_rule.agency_id": Fate.STAYS,  # the successor has a table of its own
    "routing_rule.unit_id": Fate.STAYS,  # the way is followed to the successor when a matter comes
    "sample_draw.agency_id": Fate.STAYS,
    "sample_finding.agency_id": Fate.STAYS,  # answered by who holds the role at the successor
    "score.agency_id": Fate.STAYS,  # what it reached stays its own; the successor is scored by its own records
    "score_claim.agency_id": Fate.STAYS,
    "score_confirmation.agency_id": Fate.STAYS,
    "score_facts.agency_id": Fate.STAYS,
    "score_objection.agency_id": Fate.STAYS,  # its case lies at the home agency
    "setup_state.agency_id": Fate.STAYS,
    "sheet_draft.agency_id": Fate.STAYS,  # swept within hours
    "sheet_import.agency_id": Fate.STAYS,
    "sheet_profile.agency_id": Fate.STAYS,
    "sheet_row.agency_id": Fate.STAYS,  # what was imported stays known under it
    "signed_paper.agency_id": Fate.STAYS,
    "strategy_node.agency_id": Fate.STAYS,
    "transcription_batch.agency_id": Fate.STAYS,  # typed by who holds the role at the successor, which gets the cases
    "transcription_sheet.agency_id": Fate.STAYS,
    "unit_head.agency_id": Fate.STAYS,
    "user_account.unit_id": Fate.FOLLOWS,
}
