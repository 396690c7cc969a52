"""What each shape of fact is called, where it is listed."""

from portal.kernel.messages import N_

KIND_LABELS = {
    "MissionPage": N_("Page about a mission"),
    "LegalItem": N_("Item that the law asks to disclose"),
    "ChannelFact": N_("Channel in the register"),
    "ChannelInput": N_("What came by a channel in a quarter"),
    "Box": N_("Suggestion box"),
    "BoxOpened": N_("Opening of a suggestion box"),
    "ListeningPlanFact": N_("Plan of listening"),
    "Activity": N_("Activity of the listening plan"),
    "CaseQuarter": N_("Cases of a quarter"),
    "OpinionReportFact": N_("Report on how opinions were considered"),
    "ImprovementFact": N_("Improvement"),
    "Committee": N_("Committee"),
    "CommitteeMeeting": N_("Meeting of a committee"),
    "Resolution": N_("Resolution of a committee"),
    "Mechanism": N_("Mechanism by which the public follows the work"),
    "MonitoringRound": N_("Round of monitoring"),
    "MonitoringFinding": N_("Finding of a round"),
    "JointGroup": N_("Joint working group"),
    "GroupConsultation": N_("Consultation of the joint group"),
    "Shortlist": N_("Shortlist of issues"),
    "Consensus": N_("Consensus record"),
    "JointIndicator": N_("Indicator set together"),
    "RoundOfMeasuring": N_("Round of measuring together"),
    "ExecutiveReport": N_("Report to the executives"),
    "ReportSeries": N_("Series of public reports"),
    "ProgressReport": N_("Public report on progress"),
}


def label_of(kind: str) -> str:
    """English source text; of a shape without a name its tag."""
    return KIND_LABELS.get(kind, kind)
