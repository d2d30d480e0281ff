"""`robust plan read FILE`: the initiatives of a plan, found without a database and printed."""

import json
from argparse import Namespace
from pathlib import Path

from robust.config.words import Refused, say
from robust.config.words import gettext as _
from robust.engines import documents


def run(arguments: Namespace) -> int:
    """Print what was found on standard output, as JSON or as lines. Raises: Refused."""
    proposal = _proposal(arguments.file)
    if arguments.json:
        print(json.dumps(documents.proposal_as_json(proposal), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(proposal)))
    say(
        _("%(found)d initiatives found; %(unclear)d passages were not understood.")
        % {"found": len(proposal.initiatives), "unclear": len(proposal.not_understood)}
    )
    return 0


def _proposal(file: Path) -> documents.Proposal:
    if not file.is_file():
        raise Refused(_("There is no file %s. Look whether its name and folder are right.") % file)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refused(
            _("%s cannot be opened. See to it that you may read it, and try again.") % file
        ) from error
    try:
        return documents.propose(documents.read(content, name=file.name))
    except documents.DocumentRefused as refusal:
        raise Refused(f"{file}: {_refusals()[refusal.code]}") from refusal


def _lines(proposal: documents.Proposal) -> list[str]:
    lines = []
    for found in documents.proposal_as_json(proposal)["initiatives"]:
        place = " › ".join(filter(None, [found["area"], found["group"]]))
        lines.append(f"{place}: {found['text']}" if place else found["text"])
    return lines


def _refusals() -> dict[str, str]:
    """Give the sentences that the screens also use."""
    return {
        "broken": _(
            "The file is damaged and cannot be opened. Open it in its program, save it anew and try again."
        ),
        "empty": _("The file is empty. Choose the right file and try again."),
        "encrypted": _("The file is locked with a password. Save it without one and try again."),
        "external_entity": _(
            "The file refers to content outside itself and is not opened for safety's sake."
        ),
        "macros": _(
            "The file holds macros and is not opened for safety's sake. Save it as .pptx, .docx or .xlsx."
        ),
        "no_text": _("The file holds pictures of text, not text. Find the file it was printed from."),
        "too_complex": _("The document is too intricate to be read. Split it and read the parts one by one."),
        "too_large": _("The file is too large. Save it without pictures, or split it."),
        "too_many_pages": _("The document has too many pages. Split it and read the parts one by one."),
        "too_much_text": _("The document holds too much text. Split it and read the parts one by one."),
        "unknown_kind": _(
            "Only PowerPoint, Word, Excel, CSV and PDF can be read. Save the file as one of them."
        ),
        "unpacks_too_large": _(
            "The file unpacks to far more than its size and is not opened for safety's sake."
        ),
        "unsafe_names": _(
            "The file is packed in an unsafe way and is not opened. Save it anew and try again."
        ),
    }
