"""Plans and what hangs under them: initiatives, status, decisions, ideas, examples, read documents."""

from robust.programme.models.example import Example, ExampleAdoption, Recommendation
from robust.programme.models.forum import Decision, Forum, Meeting
from robust.programme.models.handout import Handout
from robust.programme.models.idea import Idea, IdeaSupport
from robust.programme.models.initiative import Funding, Initiative, InitiativeLink, Placement
from robust.programme.models.plan import Area, Plan, PlanRelation
from robust.programme.models.question import Question
from robust.programme.models.reading import DocumentReading, ImportedRow, ProposedRow, SlideTemplate
from robust.programme.models.share import PartyShare
from robust.programme.models.status import Judgement, Reminder, ReminderRound, Status, StatusDraft
from robust.programme.models.track import Problem, ProblemInitiative, ProcessGoal, SuccessSign, Track

__all__ = [
    "Area",
    "Decision",
    "DocumentReading",
    "Example",
    "ExampleAdoption",
    "Forum",
    "Funding",
    "Handout",
    "Idea",
    "IdeaSupport",
    "ImportedRow",
    "Initiative",
    "InitiativeLink",
    "Judgement",
    "Meeting",
    "PartyShare",
    "Placement",
    "Plan",
    "PlanRelation",
    "Problem",
    "ProblemInitiative",
    "ProcessGoal",
    "ProposedRow",
    "Question",
    "Recommendation",
    "Reminder",
    "ReminderRound",
    "SlideTemplate",
    "Status",
    "StatusDraft",
    "SuccessSign",
    "Track",
]
