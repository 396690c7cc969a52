"""Evidence (หลักฐาน): what rooms tell the scale of participation about an agency and a fiscal year, as plain values.

Each room's ``evidence.py`` reads its own tables and gives ``Fact``s of these shapes; ``portal.participation`` computes the levels from
them and from nothing else, and the file that a citizen downloads holds the same values, so that anybody can compute them again. The
shapes know no table and no web. In words: ``docs/rules/scale.md``.

A fact is public: it holds no personal data beyond the name of the officer or position that is published as responsible.
"""

from portal.kernel.evidence.base import ENTERED_WITHIN, FREEZE_DAYS, Fact, Lasting, Look, Mission, Sector, Subject, look_at
from portal.kernel.evidence.committees import Committee, CommitteeMeeting, JointGroup, Resolution, Seat
from portal.kernel.evidence.consensus import Consensus, GroupConsultation, JointIndicator, Shortlist
from portal.kernel.evidence.handling import CaseQuarter, ImprovementFact, OpinionReportFact
from portal.kernel.evidence.listening import Activity, ListeningPlanFact
from portal.kernel.evidence.monitoring import (
    ExecutiveReport,
    Mechanism,
    MonitoringFinding,
    MonitoringRound,
    ProgressReport,
    ReportSeries,
    RoundOfMeasuring,
)
from portal.kernel.evidence.opening import Box, BoxOpened, ChannelFact, ChannelInput, LegalItem, LegalList, MissionPage

#: Every shape; the tag ``kind`` tells them apart in a file.
AnyFact = (
    MissionPage
    | LegalItem
    | ChannelFact
    | ChannelInput
    | Box
    | BoxOpened
    | ListeningPlanFact
    | Activity
    | CaseQuarter
    | OpinionReportFact
    | ImprovementFact
    | Committee
    | CommitteeMeeting
    | Resolution
    | Mechanism
    | MonitoringRound
    | MonitoringFinding
    | JointGroup
    | GroupConsultation
    | Shortlist
    | Consensus
    | JointIndicator
    | RoundOfMeasuring
    | ExecutiveReport
    | ReportSeries
    | ProgressReport
)

__all__ = [
    "ENTERED_WITHIN",
    "FREEZE_DAYS",
    "Activity",
    "AnyFact",
    "Box",
    "BoxOpened",
    "CaseQuarter",
    "ChannelFact",
    "ChannelInput",
    "Committee",
    "CommitteeMeeting",
    "Consensus",
    "ExecutiveReport",
    "Fact",
    "GroupConsultation",
    "ImprovementFact",
    "JointGroup",
    "JointIndicator",
    "Lasting",
    "LegalItem",
    "LegalList",
    "ListeningPlanFact",
    "Look",
    "Mechanism",
    "Mission",
    "MissionPage",
    "MonitoringFinding",
    "MonitoringRound",
    "OpinionReportFact",
    "ProgressReport",
    "ReportSeries",
    "Resolution",
    "RoundOfMeasuring",
    "Seat",
    "Sector",
    "Shortlist",
    "Subject",
    "look_at",
]
