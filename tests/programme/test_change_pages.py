from datetime import date

from robust.engines.documents.comparing import Change, Passage
from robust.programme.bridge.comparing import passages_between
from robust.programme.pages import change as pages
from robust.programme.queries import Changed, FollowUp, FollowUpRow, PlacedAt, Site, SiteChange, Stated

DAY = date(2026, 3, 2)


def said(text, judgement="on_track", reason=""):
    return Stated(status_id=1, text=text, judgement=judgement, reason=reason, dated_on=DAY, by="Mette Ravn")


def row(*sites, added=False, ended=False, owner="Mette Ravn", party=""):
    return FollowUpRow(
        initiative_id=7,
        title="Nætter",
        text="",
        owner=owner,
        party=party,
        starts_on=None,
        ends_on=None,
        next_review_on=None,
        placements=(PlacedAt(area="Personale", group="Fastholdelse"),),
        sites=sites,
        sources=(),
        is_added=added,
        is_ended=ended,
    )


def follow_up(*rows):
    sites = (Site(unit_id=1, name="Afsnit 1", level="unit"), Site(unit_id=2, name="Afsnit 2", level="unit"))
    return FollowUp(title="Planen", before_on=DAY, after_on=DAY, rows=rows, sites=sites)


def show(*rows, count=9):
    found = [row for row in rows if row.is_changed]
    changed = [Changed(initiative_id=7, is_added=row.is_added, is_ended=row.is_ended) for row in found]
    return pages.plan_change(follow_up(*found), changed=changed, count=count, compare=passages_between)


def test_only_what_changed_is_shown_and_the_rest_is_counted():
    changed = SiteChange(unit_id=1, before=said("Går i gang."), after=said("Går godt.", judgement="at_risk"))
    same = SiteChange(unit_id=2, before=said("Det samme."), after=said("Det samme."))

    page = show(row(changed, same, party="Kommunen"), row(same))

    (line,) = page.lines
    assert page.answer == "Der er nyt i 1 af 9 indsatser: 0 er kommet til, 0 er slut."
    assert (line.heading, line.owner, line.unchanged_count) == ("Personale · Fastholdelse", "Kommunen", 1)
    assert line.sites == (
        pages.SiteLine(
            unit_id=1,
            place="Afsnit 1",
            status_id=1,
            judgement="at_risk",
            judgement_before="on_track",
            is_judgement_new=True,
            is_first=False,
            passages=(
                Passage("Går "),
                Passage("i gang", Change.REMOVED),
                Passage("godt", Change.NEW),
                Passage("."),
            ),
            dated_on=DAY,
            by="Mette Ravn",
        ),
    )


def test_the_first_word_of_a_place_is_new_all_through():
    page = show(row(SiteChange(unit_id=1, before=None, after=said("I gang.")), added=True))

    (site,) = page.lines[0].sites
    assert page.answer == "Der er nyt i 1 af 9 indsatser: 1 er kommet til, 0 er slut."
    assert (site.is_first, site.judgement_before, site.passages) == (
        True,
        "",
        (Passage("I gang.", Change.NEW),),
    )


def test_why_it_stopped_is_compared_with_the_words():
    page = show(row(SiteChange(unit_id=1, before=said(""), after=said("", "stopped", "Få patienter."))))

    assert page.lines[0].sites[0].passages == (Passage("Få patienter.", Change.NEW),)


def test_two_days_without_anything_new_say_so():
    assert show(row(), count=1).answer == "Intet er ændret mellem de to datoer."


def test_one_initiative_is_shown_with_the_places_that_say_the_same():
    same = SiteChange(unit_id=2, before=said("Det samme."), after=said("Det samme."))
    changed = SiteChange(unit_id=1, before=said("Før."), after=None)

    quiet, busy = (
        pages.initiative_change(follow_up(row(*sites)), compare=passages_between)
        for sites in ((same,), (changed, same))
    )

    assert (quiet.answer, busy.answer) == ("Der er ikke skrevet noget nyt.", "Der er nyt fra 1 sted.")
    assert [(site.place, site.status_id, site.dated_on, site.by) for site in busy.lines[0].sites] == [
        ("Afsnit 1", None, None, ""),
        ("Afsnit 2", 1, DAY, "Mette Ravn"),
    ]
