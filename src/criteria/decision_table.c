/* SPDX-License-Identifier: MIT
 * The decision table: every combination of the components' words is decided by exactly one row.
 * The loader proves it by going through all combinations. */
#include <string.h>

#include "base/excerpt.h"
#include "base/nearest_name.h"
#include "criteria/compiler.h"

#define MOST_COLUMNS RECIST_TABLE_COLUMNS
#define MOST_COMBINATIONS 100000
#define MOST_NAMES 64
#define MOST_GAPS 8 /* named one by one; more of them are counted */

struct table_draft {
    struct recist_decision_table table;
    uint16_t columns[MOST_COLUMNS];
    uint64_t words[MOST_COLUMNS];
    bool broken;       /* the cell that is being read */
    bool *broken_rows; /* nothing is concluded from them: that would be an echo */
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

static bool is_column(const struct table_draft *draft, uint16_t component)
{
    for (size_t i = 0; i < draft->table.column_count; i++) {
        if (draft->columns[i] == component) {
            return true;
        }
    }
    return false;
}

static void report_column(struct recist_compiler *compiler, const struct recist_yaml_node *name)
{
    const char *names[MOST_NAMES];
    size_t count = 0;
    for (; count < compiler->criteria->component_count && count < MOST_NAMES; count++) {
        names[count] = compiler->criteria->components[count].name;
    }
    const char *nearest = recist_nearest_name(recist_yaml_slice(name), names, count);
    if (!compiler->names_incomplete) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_UNKNOWN_NAME), name->place,
                               nearest ? "\"%s\" is not a component; did you mean \"%s\"?"
                                       : "\"%s\" is not a component%s",
                               RECIST_SHOWN(recist_yaml_slice(name)), nearest ? nearest : "");
    }
}

static bool read_column(struct recist_compiler *compiler, const struct recist_yaml_node *name,
                        struct table_draft *draft)
{
    uint16_t component = 0;
    if (!recist_yaml_expect(&compiler->yaml, name, RECIST_YAML_SCALAR)) {
        return false;
    }
    if (!find_component(compiler->criteria, name, &component)) {
        report_column(compiler, name);
        return false;
    }
    compiler->criteria->components[component].used = true;
    if (compiler->criteria->components[component].beside) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), name->place,
                               "%s decides nothing, as its entry says, and stands in a column of "
                               "the table", name->text);
    }
    if (is_column(draft, component)) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_DUPLICATE_KEY), name->place,
                               "the table has the column %s twice", name->text);
        return false;
    }
    if (draft->table.column_count == MOST_COLUMNS) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), name->place,
                               "the table has more than %d columns", MOST_COLUMNS);
        return false;
    }
    draft->columns[draft->table.column_count] = component;
    draft->words[draft->table.column_count++] = compiler->criteria->components[component].words;
    return true;
}

static bool read_columns(struct recist_compiler *compiler, const struct recist_yaml_node *node,
                         struct table_draft *draft)
{
    bool readable = true;
    for (const struct recist_yaml_node *child = node->first; child; child = child->next) {
        readable = read_column(compiler, child, draft) && readable;
    }
    if (node->count == 0) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), node->place,
                               "the table has no columns; expected names of components");
    }
    return readable && node->count > 0;
}

static void append_words(const struct recist_criteria *criteria, uint64_t words,
                         struct recist_text *text)
{
    const char *separator = "";
    for (size_t word = 1; word < criteria->word_count; word++) {
        if ((words >> word) & 1) {
            recist_text_format(text, "%s%s", separator,
                               RECIST_SHOWN_STRING(criteria->words[word]));
            separator = ", ";
        }
    }
    recist_text_append_char(text, '\0');
}

static void report_word(struct recist_compiler *compiler, const struct recist_yaml_node *cell,
                        struct recist_slice text, size_t column, const struct table_draft *draft)
{
    const struct recist_criteria *criteria = compiler->criteria;
    struct recist_text words;
    if (compiler->responses_incomplete) {
        return; /* it may be declared in what could not be read */
    }
    recist_text_init(&words);
    append_words(criteria, draft->words[column], &words);
    recist_compiler_report(compiler, RECIST_KIND(RULES_UNKNOWN_WORD),
                           recist_yaml_place_within(cell, (size_t)(text.text - cell->text)),
                           "\"%s\" is not a response that %s can have; expected one of %s",
                           RECIST_SHOWN(text),
                           criteria->components[draft->columns[column]].name,
                           words.failed ? "" : words.bytes);
    recist_text_destroy(&words);
}

static uint64_t read_word(struct recist_compiler *compiler, const struct recist_yaml_node *cell,
                          struct recist_slice text, size_t column,
                          struct table_draft *draft)
{
    unsigned word = recist_criteria_find_word(compiler->criteria, text);
    uint64_t set = word ? UINT64_C(1) << word : 0;
    if ((set & draft->words[column]) == 0) {
        report_word(compiler, cell, text, column, draft);
        draft->broken = true;
        return 0;
    }
    return set;
}

/* What `not WORD or WORD` leaves; `text` is what stands after the `not`. */
static uint64_t read_others(struct recist_compiler *compiler, const struct recist_yaml_node *cell,
                            struct recist_slice text, size_t column, struct table_draft *draft)
{
    static const char separator[] = " or ";
    uint64_t set = 0;
    for (;;) {
        const char *end = memmem(text.text, text.length, separator, sizeof separator - 1);
        size_t length = end ? (size_t)(end - text.text) : text.length;
        uint64_t word = read_word(compiler, cell, (struct recist_slice){text.text, length}, column,
                                  draft);
        if (!word) {
            return 0;
        }
        set |= word;
        if (!end) {
            return draft->words[column] & ~set;
        }
        text.text += length + sizeof separator - 1;
        text.length -= length + sizeof separator - 1;
    }
}

/* A cell: a word, `not WORD`, `not WORD or WORD`, `any`, or a list of words. */
static uint64_t read_cell(struct recist_compiler *compiler, const struct recist_yaml_node *cell,
                          size_t column, struct table_draft *draft)
{
    static const char negation[] = "not ";
    if (cell->kind == RECIST_YAML_SEQUENCE) {
        uint64_t set = 0;
        for (const struct recist_yaml_node *child = cell->first; child; child = child->next) {
            if (recist_yaml_expect(&compiler->yaml, child, RECIST_YAML_SCALAR)) {
                set |= read_word(compiler, child, recist_yaml_slice(child), column, draft);
            } else {
                draft->broken = true;
            }
        }
        return set;
    }
    if (!recist_yaml_expect(&compiler->yaml, cell, RECIST_YAML_SCALAR)) {
        draft->broken = true;
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
        return read_others(compiler, cell, text, column, draft);
    }
    return read_word(compiler, cell, text, column, draft);
}

/* The cells of a row; one that cannot be read may mean anything. */
static void read_cells(struct recist_compiler *compiler, const struct recist_yaml_node *node,
                       struct table_draft *draft, uint64_t *cells, bool *broken)
{
    const struct recist_yaml_node *cell = node->first;
    for (size_t i = 0; i < draft->table.column_count; i++, cell = cell->next) {
        draft->broken = false;
        cells[i] = read_cell(compiler, cell, i, draft);
        if (draft->broken) {
            *broken = true;
            cells[i] = draft->words[i];
        }
    }
}

static void read_row(struct recist_compiler *compiler, struct recist_yaml_node *node,
                     struct table_draft *draft, struct recist_table_row *row, bool *broken)
{
    size_t columns = draft->table.column_count;
    row->id = node->key->text;
    row->place = node->key->place;
    uint64_t *cells = recist_compiler_take(compiler, columns, sizeof *cells);
    if (!cells) {
        return;
    }
    memcpy(cells, draft->words, columns * sizeof *cells);
    row->cells = cells;
    *broken = true;
    if (!recist_yaml_expect(&compiler->yaml, node, RECIST_YAML_SEQUENCE)) {
        return;
    }
    if (node->count != columns + 1) {
        recist_compiler_report(compiler, RECIST_KIND(RULES_WRONG_KIND), node->place,
                               "the row has %zu cells; %zu components and a response are %zu",
                               node->count, columns, columns + 1);
        return;
    }
    *broken = false;
    read_cells(compiler, node, draft, cells, broken);
    const struct recist_yaml_node *last = node->first;
    while (last->next) {
        last = last->next;
    }
    row->word = (uint16_t)recist_compiler_word(compiler, last);
    compiler->criteria->overall_words |= row->word ? UINT64_C(1) << row->word : 0;
}

static void read_rows(struct recist_compiler *compiler, struct recist_yaml_node *node,
                      struct table_draft *draft)
{
    struct recist_table_row *rows = recist_compiler_take(compiler, node->count + 1, sizeof *rows);
    draft->broken_rows = recist_compiler_take(compiler, node->count + 1, sizeof(bool));
    recist_yaml_use_all(node);
    for (struct recist_yaml_node *child = node->first; child && rows && draft->broken_rows;
         child = child->next) {
        size_t number = draft->table.row_count++;
        read_row(compiler, child, draft, &rows[number], &draft->broken_rows[number]);
        compiler->overall_responses_incomplete |= !rows[number].word;
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

static const struct recist_yaml_node *entry(const struct recist_yaml_node *mapping, const char *key)
{
    const struct recist_yaml_node *found =
        mapping && mapping->kind == RECIST_YAML_MAPPING ? mapping->first : NULL;
    while (found && !recist_yaml_equals(found->key, key)) {
        found = found->next;
    }
    return found;
}

/* Where the last of a component's rules says a word, when none says it in another file; or NULL. */
static const struct recist_yaml_node *response_of_file(const struct recist_criteria *criteria,
                                                       size_t component, const char *word)
{
    const struct recist_yaml_node *root = criteria->file->root;
    const struct recist_yaml_node *rules =
        entry(entry(entry(root, "components"), criteria->components[component].name), "rules");
    const struct recist_yaml_node *found = NULL;
    for (const struct recist_yaml_node *rule = rules ? rules->first : NULL; rule; rule = rule->next) {
        const struct recist_yaml_node *response = entry(rule, "response");
        if (response && recist_yaml_equals(response, word)) {
            if (!response->place.file || strcmp(response->place.file, root->place.file) != 0) {
                return NULL;
            }
            found = response;
        }
    }
    return found;
}

/* Where a word comes from that no row decides: a charter that says a new one is wrong, and not the table
 * of the file that it extends. */
static struct recist_place place_of_gap(const struct recist_compiler *compiler,
                                        const struct table_draft *draft, const unsigned *words,
                                        struct recist_place table)
{
    const struct recist_criteria *criteria = compiler->criteria;
    const char *file = criteria->file->root->place.file;
    if (!file || !table.file || strcmp(table.file, file) == 0) {
        return table;
    }
    for (size_t i = 0; i < draft->table.column_count; i++) {
        const struct recist_yaml_node *response =
            response_of_file(criteria, draft->columns[i], criteria->words[words[i]]);
        if (response) {
            return response->place;
        }
    }
    return table;
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
        if (found == rows || draft->broken_rows[found]) {
            found = i;
        } else if (!draft->broken_rows[i] && !proof->reported[found * rows + i]) {
            proof->reported[found * rows + i] = true;
            report_combination(compiler, draft, words, &draft->table.rows[found],
                               &draft->table.rows[i], table);
        }
    }
    *outcome = (uint16_t)found;
    if (found == rows && proof->gaps++ < MOST_GAPS) {
        report_combination(compiler, draft, words, NULL, NULL,
                           place_of_gap(compiler, draft, words, table));
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
        if (!proof.used[i] && !draft->broken_rows[i]) {
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
    if (!kept || !draft.table.rows || !draft.broken_rows || compiler->responses_incomplete ||
        !number_combinations(compiler, &draft, node->place)) {
        return;
    }
    memcpy(kept, draft.columns, draft.table.column_count * sizeof *kept);
    draft.table.columns = kept;
    prove(compiler, &draft, rows->place);
    compiler->criteria->table = draft.table;
}
