from dataclasses import dataclass

import pytest
from django import forms
from django.core.paginator import Paginator
from django.utils import translation

from tests.web.conftest import drawn


@pytest.fixture(autouse=True)
def _danish():
    with translation.override("da"):
        yield


@dataclass(frozen=True)
class Passage:
    text: str
    change: str


class Example(forms.Form):
    title = forms.CharField(label="Titel", help_text="Kort.")
    judgement = forms.ChoiceField(
        label="Vurdering", choices=[("done", "gennemført"), ("stopped", "stoppet")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    tell = forms.BooleanField(label="Send besked", required=False)


def test_page_head_shows_only_what_it_is_given():
    assert drawn('<c-page-head title="Planer" />') == (
        '<header class="page-head"><div class="page-head__words"><h1>Planer</h1></div></header>'
    )


def test_page_head_answers_states_and_acts():
    html = drawn(
        '<c-page-head title="Planer" answer="Tre." judgement="done" crumb="Op" crumb_url="/op/">'
        '<c-slot name="state"><b>siden</b></c-slot><c-slot name="actions"><i>a</i></c-slot>'
        '<c-slot name="more"><li>m</li></c-slot></c-page-head>'
    )

    assert html.startswith('<header class="page-head"><p class="page-head__crumb"><a href="/op/">Op</a></p>')
    assert '<p class="page-head__answer">Tre.</p>' in html
    assert "<span>gennemført</span></span><b>siden</b></div>" in html
    assert (
        '<div class="page-head__actions"><i>a</i><details class="more" data-menu>'
        '<summary class="button">Mere</summary><ul class="more__list"><li>m</li></ul></details></div>'
    ) in html


@pytest.mark.parametrize("given", [':title="title"', 'title="{{ title }}"'])
def test_page_head_escapes_what_people_wrote(given):
    assert "<h1>&lt;b&gt; &amp; co</h1>" in drawn(f"<c-page-head {given} />", title="<b> & co")


def test_passages_mark_what_is_new_and_removed_without_colour_too():
    passages = [Passage("Før. ", "kept"), Passage("Væk.", "removed"), Passage("<Nyt>.", "new")]

    html = drawn('<c-passages :passages="passages" />', passages=passages)

    assert html == (
        '<div class="passages passages__changed"><span class="new-mark">ny</span>'
        "<div>Før. <del>Væk.</del><ins>&lt;Nyt&gt;.</ins></div></div>"
    )


def test_passages_can_be_read_plain():
    passages = [Passage("Før. ", "kept"), Passage("Væk.", "removed"), Passage("Nyt.", "new")]

    assert drawn('<c-passages :passages="passages" :plain="True" />', passages=passages) == (
        '<div class="passages">Før. Nyt.</div>'
    )
    assert drawn('<c-passages :passages="passages" />', passages=passages[:1]) == (
        '<div class="passages">Før. </div>'
    )


def test_field_ties_help_readers_and_errors_to_the_control():
    html = drawn('<c-field :field="form.title" seen_by="Ses af alle." />', form=Example({}))

    assert html == (
        '<div class="field field--error"><label for="id_title">Titel</label>'
        '<div class="field__error" id="id_title_error"><p>Dette felt er påkrævet.</p></div>'
        '<input type="text" name="title" aria-describedby="id_title_error id_title_help" aria-invalid="true"'
        ' required id="id_title"><div class="field__help" id="id_title_help"><p>Kort.</p>'
        '<p class="field__seen">Ses af alle.</p></div></div>'
    )


def test_field_without_help_or_error_is_a_label_and_a_control():
    html = drawn('<c-field :field="form.note" width="short" />', form=Example())

    assert html == (
        '<div class="field field--short"><label for="id_note">Note'
        ' <span class="field__optional">(valgfrit)</span></label>'
        '<textarea name="note" cols="40" rows="10" id="id_note"></textarea></div>'
    )


def test_field_of_choices_is_a_named_group():
    html = drawn('<c-field :field="form.judgement" help="Din egen." />', form=Example())

    assert html.startswith(
        '<div class="field" id="id_judgement" tabindex="-1" role="radiogroup"'
        ' aria-labelledby="id_judgement_label" aria-describedby="id_judgement_help">'
        '<span class="field__label" id="id_judgement_label">Vurdering</span>'
        '<div class="choices"><label for="id_judgement_0"><input type="radio"'
    )
    assert html.endswith('<div class="field__help" id="id_judgement_help"><p>Din egen.</p></div></div>')


def test_field_of_yes_or_no_has_its_label_after_it():
    assert drawn('<c-field :field="form.tell" />', form=Example()) == (
        '<div class="field"><label class="choice" for="id_tell">'
        '<input type="checkbox" name="tell" id="id_tell"><span>Send besked</span></label></div>'
    )


def test_form_errors_list_every_error_with_the_way_to_it():
    form = Example({"title": "T"})
    form.add_error(None, "Planen er lukket.")

    assert drawn('<c-form-errors :form="form" />', form=form) == (
        '<div class="form-errors" role="alert" tabindex="-1" data-focus-first>'
        "<p><strong>Intet er gemt endnu. Ret dette, og send igen:</strong></p><ul><li>Planen er lukket.</li>"
        '<li><a href="#id_judgement">Vurdering</a>: Dette felt er påkrævet.</li></ul></div>'
    )
    assert drawn('<c-form-errors :form="form" />', form=Example()) == ""


def test_form_actions_offer_one_verb_and_a_way_out():
    assert drawn('<c-form-actions label="Gem" cancel_url="/op/" />') == (
        '<div class="form-actions form-actions--stay"><button class="button button--primary" type="submit">'
        'Gem</button><a class="button button--quiet" href="/op/">Annullér</a></div>'
    )


def test_empty_teaches_and_leads_on():
    assert drawn(
        '<c-empty title="Ingen"><p>Her samles ideer.</p><c-slot name="actions"><a>Del</a></c-slot></c-empty>'
    ) == (
        '<div class="empty"><h2>Ingen</h2><div class="empty__body"><p>Her samles ideer.</p></div>'
        '<div class="cluster"><a>Del</a></div></div>'
    )


@pytest.mark.parametrize(
    ("given", "region", "table"),
    [
        ('label="Planer"', "table-scroll", 'class="table table--sticky" aria-label="Planer"'),
        (
            'label="Planer" tall="True" kind="matrix"',
            "table-scroll table-scroll--tall",
            'class="table table--sticky matrix" aria-label="Planer"',
        ),
        (
            'label="Planer" kind="cards" selectable="True"',
            "table-scroll",
            'class="table table--sticky table--cards" data-rows aria-label="Planer"',
        ),
    ],
)
def test_table_scrolls_in_a_named_group(given, region, table):
    assert drawn(f"<c-table {given}><tbody></tbody></c-table>") == (
        f'<div class="{region}" role="group" aria-label="Planer" tabindex="0"><table {table}>'
        "<tbody></tbody></table></div>"
    )


def test_table_caption_names_it():
    assert '<table class="table table--sticky"><caption>I alt 3</caption>' in drawn(
        '<c-table label="Planer" caption="I alt 3"></c-table>'
    )


def test_filter_bar_keeps_its_state_in_the_address():
    html = drawn(
        '<c-filter-bar target="list" clear_url="/planer/"><c-filter-words value="vagt" />'
        '<c-filter name="plan" label="Plan" :options="options" :value="chosen" /></c-filter-bar>',
        path="/planer/?plan=2",
        options=[(1, "Robust"), (2, "360")],
        chosen="2",
    )

    assert html.startswith('<form class="filters filters--live" method="get" role="search"')
    assert 'hx-get="/planer/" hx-target="#list" hx-swap="outerHTML" hx-push-url="true"' in html
    assert '<input id="filter_words" name="words" type="search" value="vagt" autocomplete="off">' in html
    assert (
        '<option value="">Alle</option><option value="1">Robust</option>'
        '<option value="2" selected>360</option></select>'
    ) in html
    assert '<a class="button button--quiet" href="/planer/">Vis alt</a>' in html
    assert '<input type="checkbox" autocomplete="off" checked><span>Flere valg</span>' in html


def test_filter_bar_without_target_loads_the_page():
    assert drawn("<c-filter-bar></c-filter-bar>") == (
        '<form class="filters" method="get" role="search" aria-label="Vælg, hvad der vises">'
        '<label class="filters__more"><input type="checkbox" autocomplete="off"><span>Flere valg</span>'
        "</label>"
        '<div class="filters__actions"><button class="button filters__submit" type="submit">Vis</button>'
        "</div></form>"
    )


def test_pager_leads_both_ways_and_keeps_the_filters():
    page = Paginator(range(30), 10).page(2)

    assert drawn('<c-pager :page="page" />', path="/?plan=3&page=2", page=page) == (
        '<nav class="pager" aria-label="Sider"><p>11 til 20 af 30</p><div class="pager__steps">'
        '<a class="button button--small" rel="prev" href="?plan=3&amp;page=1">Forrige</a>'
        '<a class="button button--small" rel="next" href="?plan=3&amp;page=3">Næste</a></div></nav>'
    )
    assert drawn('<c-pager :page="page" />', page=Paginator(range(3), 10).page(1)) == ""


def test_tabs_are_links_of_which_one_is_here():
    assert drawn(
        '<c-tabs label="Plan"><c-tab href="/a/" current="yes" count="0">A</c-tab>'
        '<c-tab href="/b/">B</c-tab></c-tabs>'
    ) == (
        '<nav class="tabs" aria-label="Plan"><a href="/a/" aria-current="page">A '
        '<span class="count">0</span></a><a href="/b/">B</a></nav>'
    )


def test_disclosure_opens_in_its_place():
    assert drawn('<c-disclosure label="Vis">x</c-disclosure>') == (
        '<details class="disclosure"><summary>Vis</summary><div>x</div></details>'
    )
    assert '<details class="disclosure" open>' in drawn(
        '<c-disclosure label="Vis" open="True">x</c-disclosure>'
    )


def test_progress_says_how_far_of_how_much():
    assert drawn('<c-progress label="Læser" :done="12" :total="40" note="side 12" />') == (
        '<div class="progress"><p class="progress__words"><strong>Læser</strong><span>12 af 40</span></p>'
        '<progress value="12" max="40" aria-label="Læser"></progress>'
        '<p class="progress__note">side 12</p></div>'
    )
    assert '<span>12</span></p><progress aria-label="Læser">' in drawn(
        '<c-progress label="Læser" :done="12" />'
    )


@pytest.mark.parametrize(
    ("kind", "word"), [("info", ""), ("good", ""), ("warn", "Bemærk:"), ("bad", "Fejl:")]
)
def test_notice_says_its_kind_in_words(kind, word):
    html = drawn(f'<c-notice kind="{kind}">Gemt.</c-notice>')

    told = f'<span class="notice__word">{word}</span> ' if word else ""
    assert html == f'<div class="notice notice--{kind}"><p>{told}Gemt.</p></div>'


def test_a_list_says_how_many_it_has_and_is_fetched_as_the_filter_gives_it():
    counted = drawn(
        '<c-list-head :rows="rows" />', path="/?words=vagt&page=2", rows=Paginator("abc", 2).page(2)
    )
    said = drawn("<c-list-head>To passer.</c-list-head>")

    link = '<a class="list-head__file" href="?{}format=xlsx" download>Hent som ark (XLSX)</a></div>'
    assert counted == '<div class="list-head"><p role="status">3 på listen</p>' + link.format(
        "words=vagt&amp;page=2&amp;"
    )
    assert said == '<div class="list-head"><p role="status">To passer.</p>' + link.format("")


def test_notice_can_be_undone_by_post():
    assert (
        '<form method="post" action="/x/"><button class="button button--small">Fortryd</button></form>'
        in drawn('<c-notice undo="/x/">Gemt.</c-notice>')
    )


def test_thread_has_its_place_and_a_way_to_it():
    assert drawn("<c-thread-place><h3>Fra</h3></c-thread-place>") == (
        '<aside class="page__aside" aria-labelledby="thread_title"><div class="thread" id="thread">'
        '<h2 id="thread_title">Tråden</h2><h3>Fra</h3></div></aside>'
    )
    assert drawn("<c-thread-link />") == '<a class="button to-aside" href="#thread">Tråden</a>'


def test_person_is_a_name_and_a_profession():
    assert drawn('<c-person name="Bo Lund" profession="sygeplejerske" />') == (
        '<span class="person">Bo Lund<span class="person__profession">, sygeplejerske</span></span>'
    )
    assert drawn('<c-person name="Bo Lund" />') == '<span class="person">Bo Lund</span>'


def test_number_stands_with_its_denominator_interval_and_definition():
    html = drawn('<c-number value="27,2 %" label="Flow" of="412" interval="24–31">Alle.</c-number>')

    assert html == (
        '<div class="number"><span class="number__label">Flow</span><span>'
        '<span class="number__value">27,2 %</span>'
        '<span class="number__of">af 412</span><span class="number__of">(24–31)</span></span>'
        '<details class="disclosure"><summary>Hvad tælles med</summary><div class="number__of">Alle.</div>'
        "</details></div>"
    )
    assert drawn('<c-number value="9" label="Flow" />') == (
        '<div class="number"><span class="number__label">Flow</span>'
        '<span><span class="number__value">9</span></span></div>'
    )


def test_share_bar_is_as_long_as_its_share():
    assert '<rect class="share-bar__part" width="34.5" height="8"/>' in drawn(
        '<c-share-bar :percent="34.5" />'
    )


def test_status_component_draws_what_the_tag_draws():
    assert drawn('<c-status judgement="done" />') == drawn('{% status "done" %}')
    assert drawn("<c-seen-by>Ses af alle.</c-seen-by>") == '<p class="seen-by">Ses af alle.</p>'
