"""What is wrong with a file of rosters, in sentences: one for every code that the engine knows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from robust.config.words import gettext as _
from robust.engines.rostering import Refusal

MOST = 20


def sentences(refusals: Sequence[Refusal]) -> list[str]:
    """Give a sentence with its place for each of the first refusals, and how many more there are."""
    lines = [f"{one.path}: {_sentence(one)}" for one in refusals[:MOST]]
    if len(refusals) > MOST:
        lines.append(_("And %d more.") % (len(refusals) - MOST))
    return lines


def _sentence(refusal: Refusal) -> str:
    values: defaultdict[str, object] = defaultdict(lambda: "–", refusal.values)
    if refusal.code == "wrong_type":
        values |= {name: kinds().get(str(told), told) for name, told in refusal.values.items()}
    return table()[refusal.code] % values


def table() -> Mapping[str, str]:
    """Give the sentence of each code."""
    return {**_of_texts(), **_of_names(), **_of_limits(), **_of_time(), **_of_parts(), **_of_competition()}


def kinds() -> Mapping[str, str]:
    """Give the words for the kinds of values in JSON, wanted and found."""
    return {
        "Object": _("an object"),
        "None": _("nothing"),
        "array": _("a list"),
        "boolean": _("true or false"),
        "integer": _("a whole number"),
        "list": _("a list"),
        "number": _("a number"),
        "object": _("an object"),
        "smaller_number": _("a smaller number"),
        "string": _("a text"),
        "true": _("true"),
    }


def _of_texts() -> dict[str, str]:
    return {
        "control_character": _("the text holds a character that cannot be printed."),
        "cut_off": _("the file ends too early, it is cut off."),
        "day_told_twice": _("give only one of day, weekdays and every_day."),
        "duplicate_field": _("the field is there twice."),
        "empty_sheet": _("the sheet is empty."),
        "field_missing": _("the field is missing."),
        "listed_twice": _("%(found)s is in the list twice."),
        "not_a_sheet": _("the file is not a sheet in XLSX, or is damaged."),
        "not_finite": _("NaN and infinity are no numbers here."),
        "not_json": _("the file is not JSON here."),
        "too_big": _("the file unpacks to far more than its size and is not opened."),
        "unknown_field": _("there is no such field."),
        "unknown_kind": _("there is no rule of the kind %(found)s."),
        "unknown_version": _("only version %(expected)s of the form can be read."),
        "unknown_word": _("%(found)s is not one of the words that can stand here."),
        "wrong_type": _("%(expected)s must stand here, not %(found)s."),
    }


def _of_names() -> dict[str, str]:
    return {
        "duplicate_id": _("%(id)s is there twice."),
        "empty_id": _("the id is empty."),
        "person_missing": _("the row of %(id)s is missing."),
        "reserved_word": _("%(id)s has a meaning of its own and cannot be a name."),
        "tag_is_a_shift": _("%(id)s is the id of a shift and cannot be a tag of another."),
        "unknown_competence": _("nobody has the competence %(id)s."),
        "unknown_group": _("nobody is in the group %(id)s."),
        "unknown_person": _("there is no person %(id)s."),
        "unknown_rule": _("there is no rule %(id)s."),
        "unknown_shift": _("there is no shift %(id)s."),
    }


def _of_limits() -> dict[str, str]:
    return {
        "demand_above_staff": _(
            "%(minimum)s people are needed at least, and only %(staff)s can fill the demand."
        ),
        "history_too_long": _("the history has %(count)s days, and at most %(most)s can be used."),
        "impossible_share": _("%(value)s is no share of full time."),
        "minimum_above_maximum": _("the least, %(minimum)s, is above the most, %(maximum)s."),
        "no_limit": _("give the rule a minimum or a maximum."),
        "other_count": _("there are %(found)s here, and there should be %(expected)s."),
        "too_heavy": _("the weight %(value)s is above %(most)s."),
        "too_many_people": _("there are %(count)s people, and at most %(most)s can be planned together."),
        "too_much_carried": _("what is carried for %(id)s, %(value)s, is too large."),
        "too_small": _("%(value)s is below %(least)s."),
        "wanted_outside_of_limits": _("%(wanted)s wanted lies outside of minimum and maximum."),
    }


def _of_time() -> dict[str, str]:
    return {
        "empty_horizon": _("the period has no days."),
        "horizon_too_long": _("the period has %(value)s days, and at most %(most)s can be planned."),
        "impossible_date": _("%(found)s lies too far away."),
        "impossible_interval": _("the interval must begin within the day and end after it begins."),
        "impossible_length": _("%(value)s minutes is no length of a shift; at most %(most)s."),
        "not_a_date": _("%(found)s is no date such as 2026-10-05."),
        "not_a_time": _("%(found)s is no time such as 07:15."),
        "not_a_weekday": _("%(found)s is no weekday; they are called mon, tue, wed, thu, fri, sat and sun."),
        "not_weekdays": _("name at least one weekday."),
        "other_day": _("the day %(expected)s should stand here."),
        "outside_of_day": _("a shift begins within its day, at 00:00 to 23:59."),
        "outside_of_horizon": _("the day lies outside of the period."),
        "unknown_time_zone": _("there is no time zone %(found)s."),
    }


def _of_parts() -> dict[str, str]:
    return {
        "contradicts_what_is_fixed": _(
            "nothing is left that %(person)s could have on day %(day)s; two things that are fixed contradict "
            "each other."
        ),
        "fairness_cannot_be_hard": _("give the fairness a weight; it cannot be a hard rule."),
        "fixed_shifts_overlap": _(
            "the fixed shift of %(person)s on day %(day)s begins before the one before has ended."
        ),
        "no_people": _("there are no people."),
        "no_shifts": _("name at least one shift."),
        "not_in_this_form": _("the form cannot say this."),
        "rolling_without_length": _("say with every_days how long the rolling window is."),
        "run_of_minutes": _("a run counts days or weekends, not minutes."),
        "shifts_or_interval": _("give either shifts or an interval."),
    }


def _of_competition() -> dict[str, str]:
    return {
        "colon_in_id": _("%(id)s holds a colon, which parts shift and skill."),
        "cover_missing": _("the demand is missing for %(count)s shifts, first day %(day)s, shift %(shift)s."),
        "duplicate_cover": _("the demand of day %(day)s, shift %(shift)s, is there twice."),
        "duplicate_section": _("the section %(section)s is there twice."),
        "history_contradicts_itself": _("what is told of the days before contradicts itself."),
        "not_a_pair": _("%(found)s are no two numbers such as (2,5)."),
        "not_a_whole_number": _("%(found)s is no whole number."),
        "not_an_instance": _("%(found)s is no name of an instance such as n030w4_1_6-2-9-1."),
        "not_the_next_week": _("%(found)s is not the week that follows."),
        "nurse_missing": _("%(id)s is missing."),
        "one_line_needed": _("one line must stand here, and there are %(found)s."),
        "other_scenario": _("this is of the scenario %(found)s, not of %(expected)s."),
        "other_width": _("the line has %(found)s parts, and should have %(expected)s."),
        "outside_of_any_section": _("the line stands before the first section."),
        "requirement_missing": _("the requirement of %(id)s is missing."),
        "second_assignment": _("%(nurse)s has two shifts on day %(day)s."),
        "section_missing": _("a section is missing: %(section)s."),
        "unknown_contract": _("there is no contract %(id)s."),
        "unknown_nurse": _("there is no nurse %(id)s."),
        "unknown_section": _("there is no section %(section)s."),
        "unknown_shift_type": _("there is no shift type %(id)s."),
        "unknown_skill": _("there is no skill %(id)s."),
        "unreadable": _("the line cannot be understood as one of %(section)s."),
    }
