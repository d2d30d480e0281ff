import pytest

from robust.programme.bridge.coverage import proposed_kind
from robust.programme.models import PlanRelation

Kind = PlanRelation.Kind

WORDINGS = {
    Kind.NOT_RELEVANT: [
        "Ikke relevant",
        "ikke  relevant\nfor psykiatrien",
        "Vurderes ikke at være relevant",
        "Ikke umiddelbart relevant",
        "Ikke længere aktuelt",
        "Irrelevant",
        "Uden relevans for hospitalet",
        "Ikke relevant – følges via personaledata",
        "Relevant: nej",
        "Not relevant",
        "Not currently relevant for psychiatry",
        "N/A",
        "Does not apply",
    ],
    Kind.PART_OF: [
        "En del af Robust Psykiatri",
        "Er indeholdt i sporet om sengeafsnit",
        "Indeholdt i årsplansspor 2",
        "Indgår i Robust Psykiatri",
        "Omfattet af programmet",
        "Også relevant – er en del af spor 3",
        "Hører under sporet om rekruttering",
        "Ikke kun en del af spor 1, men af hele planen",
        "Ikke mindst en del af Robust Psykiatri",
        "Part of the programme",
        "Included in track 2",
    ],
    Kind.COVERED: [
        "Dækket af Robust Psykiatri",
        "Dækkes af spor 1",
        "Er dækket. Evt. flere midler i 2023",
        "Covered by the yearly plan",
    ],
    Kind.RELEVANT_TOO: [
        "Også relevant",
        "Relevant",
        "også relevant for ambulatorierne",
        "Relevant, men ikke dækket",
        "Relevant, ikke en del af Robust Psykiatri endnu",
        "Ikke kun relevant for somatikken",
        "Relevant too",
        "Also relevant",
        "Aktuelt",
    ],
    Kind.PARTLY: [
        "Kan være relevant",
        "Kan også blive relevant",
        "Delvist relevant",
        "Delvis dækket",
        "Til dels en del af spor 2",
        "Muligvis relevant",
        "Måske",
        "Evt. relevant",
        "Relevant i nogen grad",
        "Dækket, delvist.",
        "Ikke relevant for ambulatorierne, men en del af Robust Psykiatri",
        "Delvist",
        "Partly covered",
        "May be relevant",
        "Possibly relevant",
        "Could also be relevant for some wards",
    ],
    Kind.ELSEWHERE: [
        "Lokale dialoger, følges via personaledata",
        "Følges via vakanceopgørelsen",
        "Besluttes i hospitalsledelsen",
        "Håndteres lokalt på det enkelte hospital",
        "Afgøres i andet regi",
        "Local dialogues, followed via staff data",
        "Decided elsewhere",
    ],
    None: [
        "",
        "   ",
        "–",
        "Se bilag 3",
        "Ikke dækket",
        "Afventer",
        "12 sygeplejersker",
        "Hospitalsenhed Midt",
    ],
}


@pytest.mark.parametrize(
    ("text", "kind"), [(text, kind) for kind, texts in WORDINGS.items() for text in texts]
)
def test_the_words_of_the_coverage_column_give_the_relation(text, kind):
    assert proposed_kind(text) == kind
