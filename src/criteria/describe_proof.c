/* SPDX-License-Identifier: MIT
 * What was proved of the decision table, in numbers and combination by combination. */
#include "criteria/describe.h"

struct recist_criteria_proof recist_criteria_proof(const struct recist_criteria *criteria)
{
    const struct recist_best_response *best = &criteria->best;
    struct recist_criteria_proof proof = {
        .combinations = criteria->table.combination_count,
        .columns = criteria->table.column_count,
        .rows = criteria->table.row_count,
        .components = criteria->component_count,
        .best_response_rules = best->history_count + best->amendment_count +
                               best->unconfirmed.count + best->confirmed.count,
        .conventions = criteria->convention_count,
    };
    for (size_t i = 0; i < criteria->component_count; i++) {
        proof.rules += criteria->components[i].rule_count;
    }
    return proof;
}

size_t recist_criteria_table_column(const struct recist_criteria *criteria, size_t column)
{
    return column < criteria->table.column_count ? criteria->table.columns[column]
                                                 : criteria->component_count;
}

/* The word with this digit in a column. */
static unsigned word_of(const struct recist_criteria *criteria, size_t column, size_t digit)
{
    const struct recist_decision_table *table = &criteria->table;
    uint64_t words = criteria->components[table->columns[column]].words;
    unsigned word = 1;
    while (word + 1 < criteria->word_count &&
           (!((words >> word) & 1) || table->digit[column][word] != digit)) {
        word++;
    }
    return word;
}

bool recist_criteria_combination(const struct recist_criteria *criteria, size_t number,
                                 struct recist_combination *combination)
{
    const struct recist_decision_table *table = &criteria->table;
    if (number >= table->combination_count) {
        return false;
    }
    const struct recist_table_row *row = &table->rows[table->outcome[number]];
    *combination =
        (struct recist_combination){.row = row->id, .response = criteria->words[row->word]};
    for (size_t i = table->column_count; i-- > 0;) {
        size_t digit = number % table->radix[i];
        number /= table->radix[i];
        combination->words[i] = criteria->words[word_of(criteria, i, digit)];
    }
    return true;
}

size_t recist_criteria_choice_count(const struct recist_criteria *criteria, size_t convention)
{
    return convention < criteria->convention_count ? criteria->conventions[convention].choice_count
                                                   : 0;
}

const char *recist_criteria_choice(const struct recist_criteria *criteria, size_t convention,
                                   size_t choice)
{
    return choice < recist_criteria_choice_count(criteria, convention)
               ? criteria->conventions[convention].choices[choice].value
               : "";
}

const char *recist_describe_proof(struct recist_document *document,
                                  const struct recist_criteria *criteria)
{
    const struct recist_decision_table *table = &criteria->table;
    struct recist_text text;
    recist_text_init(&text);
    recist_text_format(&text, "%zu combination%s of ", table->combination_count,
                       table->combination_count == 1 ? "" : "s");
    for (size_t i = 0; i < table->column_count; i++) {
        recist_text_format(&text, "%s%s", i > 0 ? ", " : "",
                           criteria->components[table->columns[i]].name);
    }
    recist_text_format(&text, " are decided by %zu row%s", table->row_count,
                       table->row_count == 1 ? "" : "s");
    const char *made =
        text.failed ? "" : recist_document_format(document, "%.*s", (int)text.length, text.bytes);
    document->failed = document->failed || text.failed;
    recist_text_destroy(&text);
    return made;
}
