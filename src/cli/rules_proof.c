/* SPDX-License-Identifier: MIT */
#include "cli/rules_proof.h"

#include <string.h>

#include "output/display_width.h"
#include "output/escape.h"

#define MOST_CELLS (RECIST_TABLE_COLUMNS + 2)
#define INDENT "  "

static void append_count(struct recist_text *text, size_t count, const char *what)
{
    recist_text_format(text, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

static const char *column_name(const struct recist_criteria *criteria, size_t column)
{
    return recist_criteria_component_name(criteria, recist_criteria_table_column(criteria, column));
}

void recist_proof_append_numbers(struct recist_text *text, const struct recist_criteria *criteria,
                                 size_t other_settings)
{
    struct recist_criteria_proof proof = recist_criteria_proof(criteria);
    size_t start = text->length;
    recist_text_append_string(text, recist_criteria_title(criteria));
    recist_text_append_string(text, ", ");
    append_count(text, proof.combinations, "combination");
    for (size_t i = 0; i < proof.columns; i++) {
        recist_text_format(text, "%s%s", i == 0 ? " of " : ", ", column_name(criteria, i));
    }
    recist_text_append_string(text, " decided by ");
    append_count(text, proof.rows, "row");
    recist_text_append_string(text, ", ");
    append_count(text, proof.rules, "rule");
    recist_text_append_string(text, " in ");
    append_count(text, proof.components, "component");
    if (proof.best_response_rules > 0) {
        recist_text_append_string(text, ", ");
        append_count(text, proof.best_response_rules, "rule");
        recist_text_append_string(text, " of the best response");
    }
    recist_text_append_string(text, ", ");
    append_count(text, proof.conventions, "convention");
    if (other_settings > 0) {
        recist_text_append_string(text, " with ");
        append_count(text, other_settings, "other choice");
    }
    if (!text->failed) {
        recist_escape_terminal(text, start);
    }
    recist_text_append_char(text, '\n');
}

/* The cells of one line: the columns' responses, the overall response, the row. */
struct line {
    const char *cells[MOST_CELLS];
    size_t count;
};

static struct line head_of(const struct recist_criteria *criteria, size_t columns)
{
    struct line line = {.count = columns + 2};
    for (size_t i = 0; i < columns; i++) {
        line.cells[i] = column_name(criteria, i);
    }
    line.cells[columns] = "overall";
    line.cells[columns + 1] = "row";
    return line;
}

static struct line line_of(const struct recist_combination *combination, size_t columns)
{
    struct line line = {.count = columns + 2};
    for (size_t i = 0; i < columns; i++) {
        line.cells[i] = combination->words[i];
    }
    line.cells[columns] = combination->response;
    line.cells[columns + 1] = combination->row;
    return line;
}

static size_t width_of(const char *text)
{
    return recist_display_width((struct recist_slice){text, strlen(text)});
}

static void widen(const struct line *line, size_t widths[static MOST_CELLS])
{
    for (size_t i = 0; i < line->count; i++) {
        size_t width = width_of(line->cells[i]);
        widths[i] = width > widths[i] ? width : widths[i];
    }
}

static void append_line(struct recist_text *text, const struct line *line,
                        const size_t widths[static MOST_CELLS])
{
    for (size_t i = 0; i < line->count; i++) {
        recist_text_append_string(text, INDENT);
        size_t start = text->length;
        recist_text_append_string(text, line->cells[i]);
        if (!text->failed) {
            recist_escape_terminal(text, start);
        }
        for (size_t width = width_of(line->cells[i]); i + 1 < line->count && width < widths[i];
             width++) {
            recist_text_append_char(text, ' ');
        }
    }
    recist_text_append_char(text, '\n');
}

void recist_proof_append_combinations(struct recist_text *text,
                                      const struct recist_criteria *criteria)
{
    size_t columns = recist_criteria_proof(criteria).columns;
    size_t widths[MOST_CELLS] = {0};
    struct recist_combination combination;
    struct line line = head_of(criteria, columns);
    widen(&line, widths);
    for (size_t i = 0; recist_criteria_combination(criteria, i, &combination); i++) {
        struct line of = line_of(&combination, columns);
        widen(&of, widths);
    }
    append_line(text, &line, widths);
    for (size_t i = 0; recist_criteria_combination(criteria, i, &combination); i++) {
        line = line_of(&combination, columns);
        append_line(text, &line, widths);
    }
}
