"""The Danish and English words by which columns, headings, lists and updates of a plan are recognised."""

import re
from typing import Literal

from robust.engines.documents.proposing.proposal import Reason

Role = Literal[
    "number",
    "mark",
    "site",
    "area",
    "group",
    "text",
    "text_status",
    "status",
    "example",
    "coverage",
    "owner",
    "deadline",
    "purpose",
]

INITIATIVE = (
    r"initiativ|indsats(?!områ)|tiltag|handling(?!splan)|aktivitet|prøvehandling|projekt(?!led)|opgave|løsning|"
    r"forslag|anbefaling|initiative|action|activit|measure|effort|task|intervention|deliverable"
)
STATUS = (
    r"status|fremdrift|opfølgning|opfølgende|bemærkning|kommentar|resultat|effekt|stade|opdatering|"
    r"siden sidst|udvikling|hvor langt|hvordan går|how far|progress|follow.?up|comment|remark|result|update|"
    r"\bstate\b|\bnoter?\b|\bnotes?\b"
)
AND = r"\w* *(?:og|and|&|/|\+|samt) .*"
ROLES: tuple[tuple[Role, str], ...] = (
    ("number", r"^(nr|nummer|no|number|#|id|løbe ?nr|lb ?nr|pkt|punkt)$"),
    ("text_status", rf"(?:{INITIATIVE}){AND}(?:{STATUS})|(?:{STATUS}){AND}(?:{INITIATIVE})"),
    ("status", rf"^status|(?:{STATUS}).*(?:{INITIATIVE})"),
    ("example", r"eksem(pel|pler)|\bexample|\berfaring"),
    ("example", r"^(rh|he|regionshospital\w*|hospital\w+|auh|aarhus universitets\w*)\b|^hospital\w* \w"),
    ("coverage", r"dækket|dækning|dækker|omfattet|covered|coverage|relevan[st]|relation til|robust|indgår i"),
    ("coverage", r"sammenhæng (til|med)"),
    ("owner", r"ansvar|\bejer\b|tovholder|\bhvem\b|projektled|kontaktperson|udføre"),
    ("owner", r"\bowner|responsib|\bwho\b|\blead\b"),
    ("deadline", r"tidsplan|tidsfrist|\bfrist|deadline|hvornår|tidsramme|periode|\bdato|milepæl|tidspunkt"),
    ("deadline", r"\bwhen\b|\bdue\b|timing|timeline|\bstart|\bslut|\bdate|tidshorisont|^tid$|^time$|termin"),
    (
        "purpose",
        r"formål|\bmål|delmål|purpose|hvorfor|\bwhy\b|baggrund|\bgoal|\baim|\bobjective|succes|indikator",
    ),
    ("site", r"^(hospital|sted|lokation|site|place|location)$"),
    ("mark", r"^(nyt|new|ny|ændret|changed)$"),
    (
        "group",
        r"\btema|undertema|gruppe|indsatsområ|fokus|delområd|\bemne|afdeling|\bafsnit|\benhed|kategori",
    ),
    ("group", r"\btheme|\btopic|department|\bward|\bunit|category|problem|udfordring|challenge|\bgroup"),
    ("area", r"område|\barea|\bspor|track|\bdomain|søjle|pillar"),
    ("example", r"forankring|anchor"),
    ("text", rf"{INITIATIVE}|^hvad\b|^what\b"),
    ("status", STATUS),
)
FIRM = re.compile(
    r"eksem(?:pel|pler)|example|erfaring|forankring|anchor|^status|bemærk|kommentar|comment|remark|fremdrift|"
    r"progress|opfølgning|follow|update|opdatering|dækk|cover|relevan|^(?:rh|he|auh)\b|hospital\w* \w"
)  # headers that name their kind of column, and no area
_ROLES = tuple((role, re.compile(pattern)) for role, pattern in ROLES)

NOT_PLAN_COLUMNS = re.compile(
    r"^(kl|klokken|dagsorden|agenda|oplægger|speaker|navn|name|telefon|phone|tlf|e?-?mail|stilling|deltager\w*|"
    r"participants?|antal|beløb|budget|pris|år|year|måned|month|uge|week|version|ord|begreb|forkortelse|"
    r"tid|time|emne|punkt|sted|topic)$"
)
CONTINUED = re.compile(
    r"\s*[(\[]\s*(?:fortsat|forts|fortsættes|continued|cont)\b[^)\]]*[)\]]|\s*[-–,:]?\s*\b(?:fortsat|fortsættes|continued)"
    r"(?:\s+fra\s+(?:sidste|forrige)\s+side)?\s*$|\s*[-–,]?\s*\bforts\.?\s*$|\s*[(\[]\s*\d+\s*(?:/|af|of)\s*\d+\s*[)\]]\s*$",
    re.IGNORECASE,
)
LEGEND = re.compile(
    r"^\W*(?:alle\s+|nye\s+|new\s+)?(?:opdatering|ændring|nyt|tilføjelse|rettelse|tekst|rød\w*|update|change|addition|red)\w*\b"
    r".{0,40}?(?:\brød\w*|\bred\b|opdatering|update|\bnyt\b|\bny\b|\bnew\b).{0,25}$",
    re.IGNORECASE | re.DOTALL,
)
RED = re.compile(r"rød|\bred\b", re.IGNORECASE)
LONGEST_LEGEND = 10  # words
GENERIC = re.compile(
    r"^(?:opfølgning\w*|status\w*|initiativ\w*|indsats(?:er|erne|en)?|tiltag|handle?ings?planer?|handle?plan\w*|\S*plan(?:en|er|erne)?|"
    r"oversigt\w*|overblik\w*|samlet|eksisterende|planlagte|igangsatte|nye|aktuelle|aktiviteter|handlinger|prøvehandlinger|"
    r"regi|ark\d*|sheet\d*|table\d*|tabel\d*|data|liste|skema\w*|side|page|slide|bilag|del|kvartal|q\d|halvår|version|"
    r"follow|up|follow-up|overview|actions?|initiatives?|activities|existing|planned|current|all|alle|ny|"
    r"på|over|for|og|af|i|til|fra|med|m|pr|opdateret|senest|dato|uge|the|of|on|in|and|to|forår\w*|efterår\w*|"
    r"januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|\d[\d./-]*)$"
)
LABEL_GLUE = re.compile(
    r"^(?:den|det|de|en|et|vores|jeres|der|som|sidste|seneste|siden|sidst|næste|samt|eller|evt|hvor|hvordan|hvilke|er|vi|har|"
    r"gør|gøre|går|vil|kan|skal|sket|gjort|langt|beskrivelse|kort|description|last|latest|next|our|which|how|by|or|dato|[a-z]/[a-z])$"
)  # words that a header has besides those that say what its column holds
YEAR = re.compile(r"^(?:19|20)\d\d$")
TOTAL = re.compile(r"^(?:i ?alt|sum|total|samlet|totals?|in all)$")
FOLLOW_UP_HEADING = re.compile(
    r"opfølgning|oversigt|overblik|status|initiativ|indsatser|handle?plan|plan(?:en)?\b|follow.?up|overview|progress|action",
    re.IGNORECASE,
)
PLAN_CONTEXT = re.compile(
    rf"{INITIATIVE}|opfølgning|handle?plan|årsplan|\bplan(?:en|er)?\b|gradersplan|\bspor|sporet\b|follow.?up|"
    r"next step|næste skridt",
    re.IGNORECASE,
)
_NEGATIVE: tuple[tuple[Reason, str], ...] = (
    ("purpose", r"formål|hvorfor|\bwhy\b|purpose|baggrund|background|vision\b|mission\b"),
    ("success_criteria", r"i mål med|succes|tegn på|indikator|kriterie|criteria|kendetegn"),
    ("goals", r"\w*mål\b|\w*målene\b|målsætning|\bgoals?\b|objectives?\b|\baims?\b"),
    (
        "challenges",
        r"udfordring|problem|udsagn|citat|barriere|risici|risiko|challenge|issues?\b|quote|\brisk",
    ),
    ("data_sources", r"datakilde|datagrundlag|datagenerering|kilder?\b|referenc|litteratur|sources?\b"),
    (
        "agenda",
        r"dagsorden|agenda|indhold\b|program for|deltagere|spørgsmål|principper|contents|participants",
    ),
    ("agenda", r"questions?\b|metode|spilleregler|definition"),
)
NEGATIVE = tuple((reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in _NEGATIVE)
COVERAGE = re.compile(
    r"^\W*(?:ikke relevant|delvist? relevant|også relevant|muligvis relevant|kan være relevant|relevant|"
    r"en del af|indgår i|dækket af|dækkes af|dækkes|lokale dialoger|lokal dialog|besluttes|afgøres|"
    r"følges via|allerede dækket|not relevant|partly relevant|also relevant|may be relevant|"
    r"possibly relevant|part of|covered by|decided)\b",
    re.IGNORECASE,
)
UNIT_TYPES = re.compile(
    r"\b(sengeafsnit|ambulatorie[rt]?\b|ambulatorium|ambulant|akutmodtagelse|akutafdeling|sats\b|tværgående|lokalpsykiatri|"
    r"inpatient wards?|outpatient clinics?)\w*",
    re.IGNORECASE,
)
MONTHS = (
    r"jan(?:uar)?|feb(?:ruar)?|marts?|apr(?:il)?|maj|juni?|juli?|aug(?:ust)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|"
    r"dec(?:ember)?|january|february|march|may|june|july|october"
)
DATE = re.compile(
    rf"\b\d{{1,2}}\.?\s*(?:{MONTHS})\b|\b(?:{MONTHS})\.?\s+20\d\d\b|\b\d{{1,2}}[./-]\d{{1,2}}[./-](?:20)?\d\d\b",
    re.IGNORECASE,
)
UPDATE_START = re.compile(
    r"^\W*(?:status|opfølgning|opdatering|pr|primo|medio|ultimo|siden|nu|aktuelt|pt|p\.t|gennemført|afsluttet|igangsat|iværksat|"
    r"etableret|udarbejdet|opstartet|påbegyndt|afventer|fortsat|fortsætter|afholdt|på møde|"
    r"follow-up|update|completed|started|ongoing|awaiting|done|as of)\b",
    re.IGNORECASE,
)
FINITE_VERB = re.compile(
    r"\b(?:er|har|var|havde|blev|bliver|kan|skal|vil|kunne|skulle|ville|må|får|fik|går|gik|står|sker|viste|viser|vedtog|"
    r"besluttede|deltager|arbejder|afprøver|afventer|pågår|indgår|fortsætter|ligger|mangler|planlægger|forventer|"
    r"is|are|was|were|has|have|had|will|can|shows?|showed|\w{3,}(?:[bcdfghjklmnpqrstvwxz])es)\b",
    re.IGNORECASE,
)
NOT_VERBS = frozenset(
    {"fælles", "deres", "vores", "jeres", "alles", "tilfælles", "lokales", "nogles", "begges", "andres"}
)
CLAUSE_END = re.compile(
    r"[,;:(–—]|\s-\s|\b(?:hvor|som|der|at|når|hvis|mhp|idet|så|herunder|where|which|who|that|when|if)\b",
    re.IGNORECASE,
)
SPACES = re.compile(r"\s+")
PUNCTUATION = re.compile(r"[^\w#/&+ -]+")


def normal(text: str) -> str:
    """Lower case, without punctuation and line breaks."""
    return SPACES.sub(" ", PUNCTUATION.sub(" ", text.lower())).strip()


def role_of(header: str) -> Role | None:
    """Say what a column holds by its header, None if the words are not known."""
    label = normal(header)
    if not label or len(label) > 80 or len(label.split()) > 9:
        return None
    return next((role for role, pattern in _ROLES if pattern.search(label)), None)


def is_label(text: str) -> bool:
    """Say if a text is made of the words of headers alone: "Status 2026" is, "Status of violence" is not."""
    return role_of(text) is not None and all(map(_is_of_labels, normal(text).replace("/", " ").split()))


def _is_of_labels(word: str) -> bool:
    if not any(sign.isalpha() for sign in word):
        return YEAR.match(word) is not None or word in "&+-"
    return bool(role_of(word) or GENERIC.match(word) or LABEL_GLUE.match(word))


def is_generic(heading: str) -> bool:
    """Say if a heading names no subject of its own, such as "Overview of planned initiatives 2022"."""
    return all(GENERIC.match(word) for word in normal(heading).replace("/", " ").split())


def without_continuation(text: str) -> str:
    """Leave out "(continued from last page)", "(2/3)" and their like."""
    return SPACES.sub(" ", CONTINUED.sub("", text)).strip()


def is_legend(text: str) -> bool:
    """Say if a short text only explains that updates are red."""
    is_short = len(text.split()) <= LONGEST_LEGEND and LEGEND.match(text.strip()) is not None
    return is_short and RED.search(text) is not None


def reads_as_update(text: str) -> bool:
    """Say if a paragraph tells what has happened (a date, a finite verb), rather than what is to be done."""
    if DATE.search(text) or UPDATE_START.match(text):
        return True
    opening = text if not re.match(r"^\W*der\b", text, re.IGNORECASE) else text.lstrip()[3:]
    clause = CLAUSE_END.split(opening, maxsplit=1)[0]
    return any(found.lower() not in NOT_VERBS for found in FINITE_VERB.findall(clause))
