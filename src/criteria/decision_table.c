/* SPDX-License-Identifier: MIT
 * The decision table: every combination of the components' words is decided by exactly one row.
 * The loader proves it by going through all combinations. */
#include <string.h>

#include "criteria/compiler.h"

#define MOST_COLUMNS 8
#define MOST_COMBINATIONS 100000
#define MOST_GAPS 8 /* named one by one; more of them are counted */

struct table_draft {
    struct recist_decision_table table;
    uint16_t columns[MOST_COLUMNS];
    uint64_t words[MOST_COLUMNS];
};

static bool find_component(const struct recist_criteria *criteria,
                           const struct recist_yaml_node *name, uint16_t *component)
{
    for (size_t i = 0; i < criteria->component_count; i++) {
        if (recist_yaml_equals(name, criteria->components[i].name)) {
            *component = (uint16_t)i;
            return true;
        }
    }
    return false;
}

static bool read_columns(struct recist_compiler *compiler, const struct recist_yaml_node *node,
                         struct table_draft *draft)
{
    for (const struct recist_yaml_node *child = node->first; child; child = child->next) {
        uint16_t component = 0;
        if (draft->table.column_count == MOST_COLUMNS ||
            !find_component(compiler->criteria, child, &component)) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNKNOWN_NAME), child->place,
                                   "\"%s\" is not a component (or the table has more than %d "
                                   "columns)",
                                   child->text ? child->text : "", MOST_COLUMNS);
            return false;
        }
        draft->columns[draft->table.column_count] = component;
        draft->words[draft->table.column_count] = compiler->criteria->components[component].words;
        draft->table.column_count++;
    }
    return draft->table.column_count > 0;
}

static uint64_t read_word(struct recist_compiler *compiler, const struct recist_yaml_node *cell,
                          struct recist_slice text, size_t column,
                          const struct table_draft *draft)
{
    unsigned word = recist_criteria_find_word(compiler->criteria, text);
    uint64_t set = word ? UINT64_C(1) << word : 0;
    if ((set & draft->words[column]) == 0) {
        recist_compiler_report(
            compiler, RECIST_KIND(RULES_UNKNOWN_WORD), cell->place,
            "\"%.*s\" is not a response that %s can have", (int)text.length, text.text,
            compiler->criteria->components[draft->columns[column]].name);
        return 0;
    }
    return set;
}

/* A cell: a word, `not WORD`, `any`, or a list of words. */
static uint64_t read_cell(struct recist_compiler *compiler, const struct recist_yaml_node *cell,
                          size_t column, const struct table_draft *draft)
{
    static const char negation[] = "not ";
    if (cell->kind == RECIST_YAML_SEQUENCE) {
        uint64_t set = 0;
        for (const struct recist_yaml_node *child = cell->first; child; child = child->next) {
            if (recist_yaml_expect(&compiler->yaml, child, RECIST_YAML_SCALAR)) {
                set |= read_word(compiler, child, recist_yaml_slice(child), column, draft);
            }
        }
        return set;
    }
    if (!recist_yaml_expect(&compiler->yaml, cell, RECIST_YAML_SCALAR)) {
        return 0;
    }
    struct recist_slice text = recist_yaml_slice(cell);
    if (recist_yaml_equals(cell, "any")) {
        return draft->words[column];
    }
    if (text.length > sizeof negation - 1 &&
        memcmp(text.text, negation, sizeof negation - 1) == 0) {
        text.text += sizeof negation - 1;
        text.length -= sizeof negation - 1;
        uint64_t set = read_word(compiler, cell, text, column, draft);
        return set ? draft->words[column] & ~set : 0;
    }
    return read_word(compiler, cell, text, column, draft);
}

static void read_row(struct recist_compiler *compiler, struct recist_yaml_node *node,
                     const struct table_draft *draft, struct recist_table_row *row)
{
    size_t columns = draft->table.column_count;
    row->id = node->key->text;
    row->place = node->key->place;
    uint64_t *cells = recist_compiler_take(compiler, columns, sizeof *cells);
    if (!cells || !recist_yaml_expect(&compiler->yaml, node, RECIST_YAML_SEQUENCE)) {
        return;
    }
    row->cells = cells;
    if (node->count != columns + 1) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), node->place,
                               "the row has %zu cells; %zu components and a response are %zu",
                               node->count, columns, columns + 1);
        return;
    }
    const struct recist_yaml_node *cell = node->first;
    for (size_t i = 0; i < columns; i++, cell = cell->next) {
        cells[i] = read_cell(compiler, cell, i, draft);
    }
    row->word = (uint16_t)recist_compiler_word(compiler, cell);
    compiler->criteria->overall_words |= row->word ? UINT64_C(1) << row->word : 0;
}

static void read_rows(struct recist_compiler *compiler, struct recist_yaml_node *node,
                      struct table_draft *draft)
{
    struct recist_table_row *rows = recist_compiler_take(compiler, node->count + 1, sizeof *rows);
    recist_yaml_use_all(node);
    for (struct recist_yaml_node *child = node->first; child && rows; child = child->next) {
        read_row(compiler, child, draft, &rows[draft->table.row_count++]);
    }
    draft->table.rows = rows;
}

/* Numbers the words of each column, so that a combination is a number in mixed radix. */
static bool number_combinations(struct recist_compiler *compiler, struct table_draft *draft,
                                struct recist_place place)
{
    size_t columns = draft->table.column_count;
    uint8_t(*digit)[RECIST_WORD_LIMIT] = recist_compiler_take(compiler, columns, sizeof *digit);
    size_t *radix = recist_compiler_take(compiler, columns, sizeof *radix);
    if (!digit || !radix) {
        return false;
    }
    size_t combinations = 1;
    for (size_t i = 0; i < columns; i++) {
        uint8_t count = 0;
        for (unsigned word = 0; word < RECIST_WORD_LIMIT; word++) {
            if ((draft->words[i] >> word) & 1) {
                digit[i][word] = count++;
            }
        }
        radix[i] = count;
        combinations *= count;
        if (combinations > MOST_COMBINATIONS || combinations == 0) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), place,
                                   "the table has no combinations, or more than %d",
                                   MOST_COMBINATIONS);
            return false;
        }
    }
    draft->table.digit = digit;
    draft->table.radix = radix;
    draft->table.combination_count = combinations;
    return true;
}

/* The words of combination number `number`. */
static void combination(const struct table_draft *draft, size_t number, unsigned *words)
{
    for (size_t i = draft->table.column_count; i-- > 0;) {
        size_t digit = number % draft->table.radix[i];
        number /= draft->table.radix[i];
        unsigned word = 0;
        while (!((draft->words[i] >> word) & 1) || draft->table.digit[i][word] != digit) {
            word++;
        }
        words[i] = word;
    }
}

static bool row_fits(const struct recist_table_row *row, const unsigned *words, size_t columns)
{
    for (size_t i = 0; i < columns; i++) {
        if (!row->cells || !((row->cells[i] >> words[i]) & 1)) {
            return false;
        }
    }
    return true;
}

static void describe(const struct recist_compiler *compiler, const struct table_draft *draft,
                     const unsigned *words, struct recist_text *text)
{
    for (size_t i = 0; i < draft->table.column_count; i++) {
        recist_text_format(text, "%s%s %s", i ? ", " : "",
                           compiler->criteria->components[draft->columns[i]].name,
                           compiler->criteria->words[words[i]]);
    }
}

static void report_combination(struct recist_compiler *compiler, const struct table_draft *draft,
                               const unsigned *words, const struct recist_table_row *first,
                               const struct recist_table_row *second, struct recist_place table)
{
    struct recist_text text;
    recist_text_init(&text);
    describe(compiler, draft, words, &text);
    int length = (int)text.length;
    if (second) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_TABLE_CONTRADICTION), second->place,
                               "the rows %s (%s) and %s (%s) both decide %.*s", first->id,
                               compiler->criteria->words[first->word], second->id,
                               compiler->criteria->words[second->word], length, text.bytes);
    } else {
        recist_compiler_report(compiler, RECIST_KIND(RULES_TABLE_GAP), table,
                               "no row decides %.*s", length, text.bytes);
    }
    recist_text_destroy(&text);
}

struct proof {
    size_t gaps;
    bool *used;     /* rows that decide something */
    bool *reported; /* [first * rows + second] */
};

static void prove_combination(struct recist_compiler *compiler, const struct table_draft *draft,
                              const unsigned *words, struct proof *proof, uint16_t *outcome,
                              struct recist_place table)
{
    size_t rows = draft->table.row_count;
    size_t found = rows;
    for (size_t i = 0; i < rows; i++) {
        if (!row_fits(&draft->table.rows[i], words, draft->table.column_count)) {
            continue;
        }
        proof->used[i] = true;
        if (found == rows) {
            found = i;
        } else if (!proof->reported[found * rows + i]) {
            proof->reported[found * rows + i] = true;
            report_combination(compiler, draft, words, &draft->table.rows[found],
                               &draft->table.rows[i], table);
        }
    }
    *outcome = (uint16_t)found;
    if (found == rows && proof->gaps++ < MOST_GAPS) {
        report_combination(compiler, draft, words, NULL, NULL, table);
    }
}

static void prove(struct recist_compiler *compiler, struct table_draft *draft,
                  struct recist_place place)
{
    size_t rows = draft->table.row_count;
    size_t count = draft->table.combination_count;
    struct proof proof = {.used = recist_compiler_take(compiler, rows + 1, sizeof(bool)),
                          .reported = recist_compiler_take(compiler, rows * rows + 1,
                                                           sizeof(bool))};
    uint16_t *outcome = recist_compiler_take(compiler, count, sizeof *outcome);
    if (!proof.used || !proof.reported || !outcome) {
        return;
    }
    for (size_t number = 0; number < count; number++) {
        unsigned words[MOST_COLUMNS];
        combination(draft, number, words);
        prove_combination(compiler, draft, words, &proof, &outcome[number], place);
    }
    if (proof.gaps > MOST_GAPS) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_TABLE_GAP), place,
                               "%zu more combinations are decided by no row",
                               proof.gaps - MOST_GAPS);
    }
    for (size_t i = 0; i < rows; i++) {
        if (!proof.used[i] && draft->table.rows[i].word) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_UNREACHABLE),
                                   draft->table.rows[i].place, "the row %s is never reached",
                                   draft->table.rows[i].id);
        }
    }
    draft->table.outcome = outcome;
}

void recist_compile_table(struct recist_compiler *compiler, struct recist_yaml_node *node)
{
    struct recist_yaml_reader *yaml = &compiler->yaml;
    struct table_draft draft = {.table = {.cite = recist_compiler_text(compiler, node, "cite")}};
    struct recist_yaml_node *columns = recist_yaml_require(yaml, node, "columns", "a table");
    struct recist_yaml_node *rows = recist_yaml_require(yaml, node, "rows", "a table");
    recist_yaml_refuse_unused(yaml, node, "a table");
    if (!recist_yaml_expect(yaml, columns, RECIST_YAML_SEQUENCE) ||
        !recist_yaml_expect(yaml, rows, RECIST_YAML_MAPPING) ||
        !read_columns(compiler, columns, &draft)) {
        return;
    }
    read_rows(compiler, rows, &draft);
    uint16_t *kept =
        recist_compiler_take(compiler, draft.table.column_count, sizeof *kept);
    if (!kept || !draft.table.rows || !number_combinations(compiler, &draft, node->place)) {
        return;
    }
    memcpy(kept, draft.columns, draft.table.column_count * sizeof *kept);
    draft.table.columns = kept;
    prove(compiler, &draft, rows->place);
    compiler->criteria->table = draft.table;
}
