"""The words and the style sheet of the picture of a roster."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "language": "en",
    "person": "Person",
    "off": "free",
    "shifts": "Shifts",
    "staffing": "People there / wanted",
    "violations": "Violations",
    "no_violations": "No violations.",
    "hard": "must not be",
    "cost": "cost",
    "mon": "Mo",
    "tue": "Tu",
    "wed": "We",
    "thu": "Th",
    "fri": "Fr",
    "sat": "Sa",
    "sun": "Su",
}

STYLE = """
:root { color-scheme: light; font: 13px/1.3 system-ui, sans-serif; color: #1b2430; background: #fff; }
body { margin: 1.5rem; }
h1 { font-size: 1.3rem; margin: 0 0 .2rem; } h2 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
p { margin: 0 0 .8rem; color: #4a5563; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: 2px 4px; text-align: center; border: 1px solid #e3e7ec; }
th, td { min-width: 1.5em; font-weight: 400; }
th[scope=row] { text-align: left; white-space: nowrap; position: sticky; left: 0; background: #fff; }
thead th { color: #4a5563; background: #fff; } thead small { display: block; font-size: .8em; }
.saturday { border-left: 2px solid #77828f; } .sunday { border-right: 2px solid #77828f; }
.saturday, .sunday { background: #f3f5f7; }
.morning { background: #fdf3c7; } .day { background: #d9ecff; } .evening { background: #f6cfa8; }
.night { background: #2b3a67; color: #fff; } .standby { background: #e7e0f4; }
.hard { outline: 2px solid #b00020; outline-offset: -2px; }
.soft { outline: 2px dashed #b56a00; outline-offset: -2px; }
tfoot th, tfoot td { font-size: .85em; border-color: #c9d0d8; } .short { color: #b00020; font-weight: 700; }
.legend span { display: inline-block; margin: 0 1rem .3rem 0; white-space: nowrap; }
.legend b { display: inline-block; min-width: 1.6em; padding: 2px 4px; text-align: center; font-weight: 600; }
li { margin: .15rem 0; }
@page { size: A4 landscape; margin: 10mm; }
@media print {
  body { margin: 0; font-size: 8pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .wide { overflow: visible; } thead { display: table-header-group; } tr { break-inside: avoid; }
}
"""
