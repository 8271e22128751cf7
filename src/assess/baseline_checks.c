/* SPDX-License-Identifier: MIT
 * Checks of the criteria over a series: what a radiologist should look at again. */
#include "assess/assessor.h"
#include "base/date.h"

struct check_run {
    struct recist_assessor *assessor;
    const struct recist_patient *patient;
    const struct recist_measurements *places;
    struct recist_findings *findings;
    bool ok;
};

static struct recist_place place_of(const struct check_run *run,
                                    const struct recist_reading *reading)
{
    if (run->places && reading) {
        return recist_measurements_place(run->places, reading, RECIST_COLUMN_LESION);
    }
    return (struct recist_place){.line = reading ? reading->line : 0};
}

static struct recist_slice visit_name(const struct recist_visit *visit,
                                      char date[static RECIST_DATE_TEXT_SIZE])
{
    if (visit->label.length > 0) {
        return visit->label;
    }
    return (struct recist_slice){date, recist_date_format(visit->first_date, date)};
}

static void report(struct check_run *run, const struct recist_check *check,
                   const struct recist_reading *reading, struct recist_slice lesion)
{
    struct recist_assessor *assessor = run->assessor;
    struct recist_evaluation *evaluation = &assessor->evaluation;
    struct recist_text *text = &assessor->text;
    text->length = 0;
    struct recist_saying saying = recist_assessor_saying(assessor, text);
    recist_say(&saying, &check->rule.say);
    if (check->help[0]) {
        recist_text_format(text, "; %s", check->help);
    }
    if (text->failed) {
        run->ok = false;
        return;
    }
    char date[RECIST_DATE_TEXT_SIZE];
    struct recist_subject subject = {
        .patient = run->patient->id,
        .visit = visit_name(&evaluation->series->visits[evaluation->visit], date),
        .lesion = lesion,
    };
    run->ok = recist_findings_report(run->findings, &check->kind, place_of(run, reading), subject,
                                     "%.*s", (int)text->length, text->bytes) &&
              run->ok;
}

/* The recorded lesions of a block that the check is about. */
static uint64_t lesions_of(struct recist_evaluation *evaluation, const struct recist_check *check,
                           size_t block)
{
    uint64_t recorded =
        recist_visit_facts(evaluation, evaluation->visit, block)[RECIST_VISIT_RECORDED];
    const struct recist_node *when = check->rule.when;
    return when ? recist_lesions_that(evaluation, when, true, block, recorded) : recorded;
}

static void check_lesions(struct check_run *run, const struct recist_check *check)
{
    struct recist_evaluation *evaluation = &run->assessor->evaluation;
    const struct recist_series *series = evaluation->series;
    for (size_t block = 0; block < evaluation->sets.blocks; block++) {
        uint64_t left = lesions_of(evaluation, check, block);
        for (; left; left &= left - 1) {
            size_t lesion = recist_first_lesion(block, left);
            evaluation->lesion = lesion;
            report(run, check,
                   recist_series_observation(series, evaluation->visit, lesion)->reading,
                   series->lesions[lesion].id);
        }
    }
}

static bool seen_before(const struct recist_series *series, size_t lesion)
{
    const struct recist_slice organ = series->lesions[lesion].organ;
    for (size_t i = 0; i < lesion; i++) {
        const struct recist_slice other = series->lesions[i].organ;
        if (other.length == organ.length && __builtin_memcmp(other.text, organ.text, organ.length) == 0) {
            return true;
        }
    }
    return false;
}

static void check_organs(struct check_run *run, const struct recist_check *check)
{
    struct recist_evaluation *evaluation = &run->assessor->evaluation;
    const struct recist_series *series = evaluation->series;
    for (size_t i = 0; i < series->lesion_count; i++) {
        evaluation->organ = series->lesions[i].organ;
        if (evaluation->organ.length > 0 && !seen_before(series, i) &&
            recist_holds(evaluation, check->rule.when)) {
            report(run, check, series->visits[evaluation->visit].reading,
                   (struct recist_slice){0});
        }
    }
}

static void check_visit(struct check_run *run, const struct recist_check *check)
{
    struct recist_evaluation *evaluation = &run->assessor->evaluation;
    switch (check->of) {
    case RECIST_CHECK_LESION:
        check_lesions(run, check);
        break;
    case RECIST_CHECK_ORGAN:
        check_organs(run, check);
        break;
    case RECIST_CHECK_SERIES:
    default:
        if (recist_holds(evaluation, check->rule.when)) {
            report(run, check, evaluation->series->visits[evaluation->visit].reading,
                   (struct recist_slice){0});
        }
        break;
    }
}

bool recist_check_baseline(struct recist_assessor *assessor, const struct recist_patient *patient,
                           const struct recist_series *series,
                           const struct recist_measurements *places,
                           struct recist_findings *findings)
{
    const struct recist_criteria *criteria = assessor->criteria;
    struct check_run run = {.assessor = assessor,
                            .patient = patient,
                            .places = places,
                            .findings = findings,
                            .ok = true};
    if (!recist_assessor_begin(assessor, series)) {
        return false;
    }
    recist_measure_visits(assessor);
    for (size_t visit = 0; visit < series->visit_count; visit++) {
        for (size_t i = 0; i < criteria->check_count; i++) {
            if (visit == 0 || criteria->checks[i].every_visit) {
                assessor->evaluation.visit = visit;
                check_visit(&run, &criteria->checks[i]);
            }
        }
    }
    return run.ok;
}
