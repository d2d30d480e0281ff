"""What the words in a document's coverage column say about how an initiative stands to the other plan."""

import re

from robust.programme.models import PlanRelation

Kind = PlanRelation.Kind

_RELEVANT = r"(?:relevant\w*|aktuel\w*|applicable|applies)"
_COVERED = (
    r"(?:(?:af)?dække[tsr]\w*|covered|rummet|rummes|håndteret\s+i|løst\s+(?:i|af)|(?:is|are)\s+met\s+by)"
)
_PART_OF = (
    r"(?:(?:en\s+)?del\s+af|ind\w*holdt\s+i|indeholdes\s+i|indgår|indlejret\s+i|integreret\s+i|omfattet\s+af"
    r"|hører\s+(?:under|til)|ligger\s+(?:under|i)|part\s+of|included\s+in|contained\s+in|belongs\s+(?:to|under))"
)
_TIES = rf"(?:{_RELEVANT}|{_COVERED}|{_PART_OF}|overlap\w*)"
_NOT = r"(?:ikke|ej|næppe|not|never)"
_HEDGE = (
    r"(?:delvis\w*|til\s+dels|dels|i\s+nogen\s+grad|muligvis|muligt|måske|eventuel\w*|evt\.?|perhaps|potentiel\w*"
    r"|kan\s+(?:måske\s+)?(?:også\s+)?(?:godt\s+)?(?:være|blive)|kunne\s+(?:også\s+)?(?:være|blive)|partly|partially|possibly"
    r"|potentially|(?:may|might|could|can)\s+(?:also\s+)?be|in\s+part|to\s+some\s+extent|somewhat)"
)
_GAP = r"(?:\s+\w+){0,3}\s+"

_ONLY_A_WAY_OF_SPEAKING = re.compile(
    rf"\b{_NOT}\s+(?:kun|mindst|bare|alene|blot|only|least|just)\b|\bnot\s+only\b"
)
_NOT_RELEVANT = re.compile(
    rf"\b{_NOT}(?:\s+\w+){{0,3}}?\s+{_RELEVANT}|\birrelevant\w*|\buden\s+relevans|\bingen\s+relevans"
    rf"|\bno\s+relevance|\bdoes\s+not\s+apply|\bn/a\b|\b{_RELEVANT}:?\s+(?:nej|no)\b"
)
_NOT_COVERED = re.compile(rf"\b{_NOT}(?:\s+\w+){{0,2}}?\s+(?:{_COVERED}|{_PART_OF})")
_PARTLY = re.compile(
    rf"\b{_HEDGE}(?:{_GAP}|\s+){_TIES}|\b{_TIES}[\s,–-]+{_HEDGE}\s*(?:$|[.,;)])|^\W*{_HEDGE}\W*$"
    rf"|\b(?:lidt|noget)\s+{_RELEVANT}"
)
_ELSEWHERE = re.compile(
    r"\b(?:lokal\w*\s+dialog\w*|dialog\w*\s+lokalt|lokalt\s+ansvar|andetsteds|andet\s+sted|i\s+andet\s+regi"
    r"|local\s+dialogues?|elsewhere"
    r"|(?:følges|afgøres|besluttes|håndteres|behandles|drøftes|varetages|løses|afklares)"
    r"\s+(?:\w+\s+){0,2}?(?:via|i|af|lokalt|på|hos|gennem)"
    r"|(?:followed|decided|handled|monitored|settled|discussed)\s+(?:\w+\s+){0,2}?(?:via|in|by|through|at|locally|with))\b"
)
_IS_COVERED = re.compile(rf"\b{_COVERED}")
_IS_PART = re.compile(rf"\b{_PART_OF}\b")
_IS_RELEVANT = re.compile(rf"\b{_RELEVANT}")


def proposed_kind(text: str) -> PlanRelation.Kind | None:
    """Propose the relation that a coverage cell speaks of, in Danish or English; None when it says none.

    "Not relevant here, but part of that plan" is partly relevant: it holds for some and not for others.
    """
    words = _ONLY_A_WAY_OF_SPEAKING.sub(" ", " ".join(text.lower().split()))
    said, denied = _without(_NOT_RELEVANT, words)
    said, _ = _without(_NOT_COVERED, said)
    kind = _affirmed(said)
    if denied:
        return Kind.PARTLY if kind in {Kind.COVERED, Kind.PART_OF, Kind.PARTLY} else Kind.NOT_RELEVANT
    return kind


def _without(pattern: re.Pattern[str], words: str) -> tuple[str, bool]:
    left, count = pattern.subn(" ", words)
    return left, count > 0


def _affirmed(words: str) -> PlanRelation.Kind | None:
    for pattern, kind in (
        (_PARTLY, Kind.PARTLY),
        (_IS_COVERED, Kind.COVERED),
        (_IS_PART, Kind.PART_OF),
        (_ELSEWHERE, Kind.ELSEWHERE),
        (_IS_RELEVANT, Kind.RELEVANT_TOO),
    ):
        if pattern.search(words):
            return kind
    return None
