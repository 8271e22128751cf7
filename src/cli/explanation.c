/* SPDX-License-Identifier: MIT
 * An explanation as a page, and as rows. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "cli/criteria_choice.h"
#include "cli/explain.h"
#include "cli/wrapped_text.h"
#include "output/escape.h"

#define USUAL_STEPS 32

const struct recist_table_column recist_explanation_columns[RECIST_EXPLANATION_COLUMNS] = {
    {"study", RECIST_CELL_TEXT},   {"patient", RECIST_CELL_TEXT},
    {"course", RECIST_CELL_TEXT},  {"reader", RECIST_CELL_TEXT},
    {"visit", RECIST_CELL_TEXT},   {"date", RECIST_CELL_TEXT},
    {"study_day", RECIST_CELL_NUMBER}, {"overall", RECIST_CELL_TEXT},
    {"subject", RECIST_CELL_TEXT}, {"response", RECIST_CELL_TEXT},
    {"rule", RECIST_CELL_TEXT},    {"section", RECIST_CELL_TEXT},
    {"explanation", RECIST_CELL_TEXT},
};

/* The steps of one visit. */
struct step_list {
    struct recist_explanation_step usual[USUAL_STEPS];
    struct recist_explanation_step *steps; /* `usual`, or more from the heap */
    size_t count;
};

static bool list_steps(struct step_list *list, struct recist_assessor *assessor, size_t visit)
{
    list->steps = list->usual;
    list->count = recist_explain(assessor, visit, list->usual, USUAL_STEPS);
    if (list->count <= USUAL_STEPS) {
        return true;
    }
    list->steps = calloc(list->count, sizeof *list->steps);
    return list->steps && recist_explain(assessor, visit, list->steps, list->count) == list->count;
}

static void free_steps(struct step_list *list)
{
    if (list->steps != list->usual) {
        free(list->steps);
    }
}

static const char *overall_word(const struct recist_explained_series *explained, size_t visit)
{
    return visit == 0 ? "baseline"
                      : recist_criteria_word(explained->criteria,
                                             explained->result->visits[visit].overall);
}

static void append_if_any(struct recist_text *text, const char *before, const char *value,
                          const char *after)
{
    if (value && *value) {
        recist_text_format(text, "%s%s%s", before, value, after);
    }
}

static void append_named(struct recist_text *text, const char *name, struct recist_slice value)
{
    if (value.length > 0) {
        recist_text_append_string(text, name);
        recist_text_append_slice(text, value);
    }
}

static void end_paragraph(const struct recist_explained_series *explained, size_t start,
                          size_t indent, size_t hanging)
{
    recist_escape_terminal(explained->output, start);
    recist_wrap_paragraph(explained->output, start, indent, hanging, explained->width);
}

static void append_conventions(const struct recist_explained_series *explained)
{
    const struct recist_criteria *criteria = explained->criteria;
    const char *id = recist_criteria_id(criteria);
    for (size_t i = 0; i < recist_criteria_convention_count(criteria); i++) {
        const char *name = recist_criteria_convention_name(criteria, i);
        const char *value = recist_criteria_convention_value(criteria, i);
        const char *written = recist_criteria_convention_written(criteria, i);
        if (strcmp(value, written) != 0) {
            recist_text_format(explained->output, "Convention set: %s = %s (%s says %s)\n", name,
                               value, id, written);
        } else if (recist_criteria_convention_changed(criteria, i)) {
            recist_text_format(explained->output, "Convention of %s: %s = %s\n", id, name, value);
        }
    }
}

/* What the courses file says of the course: "start 2014-01-06, end 2014-04-01, regimen A" */
static void append_facts(const struct recist_explained_series *explained)
{
    static const char *const named[] = {"study", "patient", "course"};
    const struct recist_course *facts = explained->series->facts;
    struct recist_text *text = explained->output;
    size_t start = text->length;
    size_t skipped[sizeof named / sizeof *named];
    if (!facts) {
        return;
    }
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        skipped[i] = recist_courses_find_column(
            explained->courses, (struct recist_slice){named[i], strlen(named[i])});
    }
    size_t count = recist_courses_column_count(explained->courses);
    for (size_t i = 0; i < count; i++) {
        if (i == skipped[0] || i == skipped[1] || i == skipped[2] || facts->fields[i].length == 0) {
            continue;
        }
        recist_text_append_string(text, text->length == start ? "Courses file: " : ", ");
        recist_text_append_slice(text, recist_courses_column(explained->courses, i));
        recist_text_append_char(text, ' ');
        recist_text_append_slice(text, facts->fields[i]);
    }
    if (text->length > start) {
        end_paragraph(explained, start, 0, 2);
    }
}

/* Criteria that change others may cite the sections of those: what is meant then is said by name. */
static void append_source(struct recist_text *text, const struct recist_criteria *criteria)
{
    const char *source = recist_criteria_source(criteria);
    const char *cited = recist_criteria_cite_as(criteria);
    size_t author = strcspn(cited, " ,");
    if (strncmp(source, cited, author) == 0) {
        append_if_any(text, "; sections in brackets are those of ", source, "");
        return;
    }
    append_if_any(text, "; ", source, "");
    append_if_any(text, "; sections in brackets are those of ", cited,
                  " where they name nothing else");
}

static void append_heading(const struct recist_explained_series *explained)
{
    struct recist_text *text = explained->output;
    size_t start = text->length;
    append_named(text, "Patient ", explained->patient->id);
    append_named(text, ", study ", explained->patient->study);
    append_named(text, ", course ", explained->series->course);
    append_named(text, ", reader ", explained->series->reader);
    end_paragraph(explained, start, 0, 2);
    append_facts(explained);
    start = text->length;
    recist_text_append_string(text, recist_criteria_title(explained->criteria));
    append_if_any(text, ", version ", recist_criteria_version(explained->criteria), "");
    if (!recist_criteria_are_confirmed(explained->criteria)) {
        append_if_any(text, ", ", recist_criteria_status(explained->criteria), "");
    }
    append_source(text, explained->criteria);
    end_paragraph(explained, start, 0, 2);
    append_conventions(explained);
}

static void append_quantity(const struct recist_explained_series *explained, size_t measure,
                            recist_wide value)
{
    const char *unit = recist_criteria_measure_unit(explained->criteria, measure);
    recist_decimal_append(explained->output, value,
                          recist_criteria_measure_denominator(explained->criteria, measure),
                          RECIST_DECIMALS);
    append_if_any(explained->output, " ", unit, "");
}

/* The name in words: "tumour burden" of tumour_burden. */
static void append_measure_name(struct recist_text *text, const char *name)
{
    recist_text_append_string(text, ", ");
    for (; *name; name++) {
        recist_text_append_char(text, *name == '_' ? ' ' : *name);
    }
}

/* A measure of the lesions, when there is one; of a part of them, when some have no value. */
static void append_measure(const struct recist_explained_series *explained,
                           const struct recist_visit_result *result, size_t number)
{
    const struct recist_measure_result *measure = &result->measures[number];
    struct recist_text *text = explained->output;
    const char *name = recist_criteria_measure_name(explained->criteria, number);
    if (measure->complete != RECIST_WIDE_MISSING) {
        append_measure_name(text, name);
        recist_text_append_char(text, ' ');
        append_quantity(explained, number, measure->complete);
    } else if (measure->evaluated != RECIST_WIDE_MISSING) {
        append_measure_name(text, name);
        recist_text_append_string(text, " incomplete (");
        append_quantity(explained, number, measure->evaluated);
        recist_text_append_string(text, " in the lesions that were evaluated)");
    }
}

static void append_measures(const struct recist_explained_series *explained,
                            const struct recist_visit_result *result)
{
    size_t count = recist_criteria_measure_count(explained->criteria);
    for (size_t i = 0; i < count; i++) {
        if (recist_criteria_measure_shown(explained->criteria, i)) {
            append_measure(explained, result, i);
        }
    }
}

/* "Week 8, 2014-03-02 (day 60): PR, sum 50 mm" */
static void append_visit_heading(const struct recist_explained_series *explained, size_t visit)
{
    struct recist_text *text = explained->output;
    const struct recist_visit *seen = &explained->series->visits[visit];
    int32_t date = explained->result->visits[visit].date;
    recist_text_append_char(text, '\n');
    size_t start = text->length;
    recist_text_append_slice(text, seen->label);
    recist_text_append(text, ", ", seen->label.length > 0 ? 2 : 0);
    recist_date_append(text, date);
    recist_text_format(text, " (day %d): %s",
                       recist_study_day(explained->series, explained->result, date),
                       overall_word(explained, visit));
    append_measures(explained, &explained->result->visits[visit]);
    end_paragraph(explained, start, 0, 2);
}

static void append_step(const struct recist_explained_series *explained,
                        const struct recist_explanation_step *step)
{
    struct recist_text *text = explained->output;
    size_t start = text->length;
    recist_text_append_string(text, step->subject ? step->subject : "");
    append_if_any(text, ": ", step->word, "");
    append_if_any(text, " - ", step->say, "");
    append_if_any(text, " [", step->cite, "]");
    end_paragraph(explained, start, 2, 4);
}

bool recist_explanation_append_text(const struct recist_explained_series *explained)
{
    append_heading(explained);
    if (explained->series->without_baseline) {
        recist_text_append_string(explained->output,
                                  "\nNot assessed: no visit at or before the start of the course "
                                  "can be its baseline.\n\n");
        return !explained->output->failed;
    }
    for (size_t visit = 0; visit < explained->result->visit_count; visit++) {
        struct step_list list;
        append_visit_heading(explained, visit);
        bool listed = list_steps(&list, explained->assessor, visit);
        for (size_t i = 0; listed && i < list.count; i++) {
            append_step(explained, &list.steps[i]);
        }
        free_steps(&list);
        if (!listed) {
            return false;
        }
    }
    recist_text_append_char(explained->output, '\n');
    return !explained->output->failed;
}

static void append_row(const struct recist_explained_series *explained, struct recist_row *row,
                       bool has_study, size_t visit, const struct recist_explanation_step *step)
{
    int32_t date = explained->result->visits[visit].date;
    recist_row_begin(row);
    if (has_study) {
        recist_row_slice(row, explained->patient->study);
    }
    recist_row_slice(row, explained->patient->id);
    recist_row_slice(row, explained->series->course);
    recist_row_slice(row, explained->series->reader);
    recist_row_visit(row, &explained->series->visits[visit]);
    recist_row_date(row, date);
    recist_row_integer(row, recist_study_day(explained->series, explained->result, date));
    recist_row_string(row, overall_word(explained, visit));
    recist_row_string(row, step->subject);
    recist_row_string(row, step->word);
    recist_row_string(row, step->rule);
    recist_row_string(row, step->cite);
    recist_row_string(row, step->say);
    recist_row_end(row);
}

bool recist_explanation_append_rows(const struct recist_explained_series *explained,
                                    const struct recist_table *table, bool has_study)
{
    for (size_t visit = 0; visit < explained->result->visit_count; visit++) {
        struct step_list list;
        struct recist_row row = recist_table_row(table, explained->output);
        bool listed = list_steps(&list, explained->assessor, visit);
        for (size_t i = 0; listed && i < list.count; i++) {
            append_row(explained, &row, has_study, visit, &list.steps[i]);
        }
        free_steps(&list);
        if (!listed) {
            return false;
        }
    }
    return !explained->output->failed;
}
