/* SPDX-License-Identifier: MIT */
#include "input/header.h"

#include <string.h>

#include "base/excerpt.h"
#include "base/finding_kinds.h"
#include "base/nearest_name.h"
#include "input/words.h"

static const char *const names[RECIST_COLUMN_COUNT] = {
    [RECIST_COLUMN_PATIENT] = "patient",
    [RECIST_COLUMN_DATE] = "date",
    [RECIST_COLUMN_LESION] = "lesion",
    [RECIST_COLUMN_ROLE] = "role",
    [RECIST_COLUMN_DIAMETER] = "diameter_mm",
    [RECIST_COLUMN_LONG_AXIS] = "long_axis_mm",
    [RECIST_COLUMN_SHORT_AXIS] = "short_axis_mm",
    [RECIST_COLUMN_STATUS] = "status",
    [RECIST_COLUMN_SITE] = "site",
    [RECIST_COLUMN_NODAL] = "nodal",
    [RECIST_COLUMN_VISIT] = "visit",
    [RECIST_COLUMN_STUDY] = "study",
    [RECIST_COLUMN_COURSE] = "course",
    [RECIST_COLUMN_READER] = "reader",
    [RECIST_COLUMN_METHOD] = "method",
    [RECIST_COLUMN_SLICE] = "slice_mm",
    [RECIST_COLUMN_PRIOR_THERAPY] = "prior_therapy",
    [RECIST_COLUMN_KIND] = "kind",
    [RECIST_COLUMN_COMMENT] = "comment",
};

static const enum recist_column required[] = {RECIST_COLUMN_PATIENT, RECIST_COLUMN_DATE,
                                              RECIST_COLUMN_LESION, RECIST_COLUMN_ROLE};

/* A row must say something of its lesion by one of these; the axes in their order first. */
static const enum recist_column readings[] = {RECIST_COLUMN_DIAMETER, RECIST_COLUMN_LONG_AXIS,
                                              RECIST_COLUMN_SHORT_AXIS, RECIST_COLUMN_STATUS};

const char *recist_column_name(enum recist_column column)
{
    return (size_t)column < RECIST_COLUMN_COUNT ? names[column] : "";
}

/* All column names: those above, and the criteria's further ones. */
struct column_names {
    const char *list[RECIST_ALL_COLUMNS];
    size_t count;
};

static struct column_names all_names(const struct recist_vocabulary *vocabulary)
{
    struct column_names all = {.count = RECIST_COLUMN_COUNT};
    memcpy(all.list, names, sizeof names);
    for (size_t i = 0; i < vocabulary->column_count && i < RECIST_MOST_COLUMNS; i++) {
        all.list[all.count++] = vocabulary->columns[i].name;
    }
    return all;
}

static int find_column(const struct column_names *all, struct recist_slice name)
{
    for (size_t i = 0; i < all->count; i++) {
        if (recist_words_equal(name, (struct recist_slice){all->list[i], strlen(all->list[i])})) {
            return (int)i;
        }
    }
    return -1;
}

/* How many known columns there are when the header is cut at this byte. */
static size_t count_known(const struct column_names *all, const struct recist_csv_row *row,
                          char separator)
{
    size_t known = 0;
    const char *at = row->begin;
    while (at <= row->end) {
        const char *end = memchr(at, separator, (size_t)(row->end - at));
        end = end ? end : row->end;
        struct recist_slice name = {at, (size_t)(end - at)};
        if (name.length > 1 && name.text[0] == '"' && end[-1] == '"') {
            name = (struct recist_slice){at + 1, name.length - 2};
        }
        known += find_column(all, name) >= 0;
        at = end + 1;
    }
    return known;
}

static bool check_separator(const struct column_names *all, const struct recist_header_row *header,
                            struct recist_findings *findings)
{
    size_t by_comma = count_known(all, header->csv, ',');
    const char *other = NULL;
    if (count_known(all, header->csv, ';') > by_comma) {
        other = "semicolons";
    } else if (count_known(all, header->csv, '\t') > by_comma) {
        other = "tabs";
    }
    if (other) {
        struct recist_place place = {header->file, header->line, 1};
        recist_findings_report(findings, RECIST_KIND(NOT_COMMA), place, (struct recist_subject){0},
                               "the columns are separated by %s; save the file with commas, and "
                               "numbers with a point",
                               other);
    }
    return !other;
}

struct header_reading {
    const struct recist_header_row *header;
    const struct column_names *all;
    struct recist_columns *columns;
    struct recist_findings *findings;
    bool nameless; /* a column without a name was reported */
};

static void report_unknown(struct header_reading *reading, struct recist_slice name, size_t number,
                           struct recist_place place)
{
    const struct recist_finding_kind *kind = RECIST_KIND(COLUMN_UNKNOWN);
    struct recist_subject nobody = {0};
    if (name.length == 0) {
        if (!reading->nameless) {
            recist_findings_report(reading->findings, kind, place, nobody,
                                   "column %zu has no name and is not used", number);
        }
        reading->nameless = true;
        return;
    }
    const char *near = recist_nearest_name(name, reading->all->list, reading->all->count);
    if (near && reading->columns->field_of[find_column(
                    reading->all, (struct recist_slice){near, strlen(near)})] != RECIST_NO_FIELD) {
        near = NULL; /* the file has that column already, so this is another */
    }
    recist_findings_report(reading->findings, kind, place, nobody,
                           near ? "column \"%s\" is not known and is not used; was %s meant?"
                                : "column \"%s\" is not known and is not used",
                           RECIST_SHOWN(name), near);
}

static bool field_name(const struct recist_header_row *header, size_t field,
                       struct recist_arena *texts, struct recist_slice *name,
                       struct recist_place *place)
{
    struct recist_slice bytes = recist_csv_field(header->csv, field);
    const char *begin = bytes.text;
    const char *end = bytes.text + bytes.length;
    if (!recist_field_text(begin, end, texts, name)) {
        return false;
    }
    while (begin < end && (*begin == ' ' || *begin == '\t')) {
        begin++;
    }
    *place = recist_row_place_of(header->file, header->line, header->csv->begin, begin);
    return true;
}

static bool take_known(struct header_reading *reading, struct recist_arena *texts)
{
    struct recist_columns *columns = reading->columns;
    for (size_t i = 0; i < reading->header->csv->field_count; i++) {
        struct recist_slice name;
        struct recist_place place;
        if (!field_name(reading->header, i, texts, &name, &place)) {
            return false;
        }
        int column = find_column(reading->all, name);
        if (column >= 0 && columns->field_of[column] == RECIST_NO_FIELD) {
            columns->field_of[column] = (uint32_t)i;
            columns->used[columns->used_count++] =
                (struct recist_used_column){(uint32_t)i, (uint32_t)column};
        } else if (column >= 0) {
            recist_findings_report(reading->findings, RECIST_KIND(COLUMN_REPEATED), place,
                                   (struct recist_subject){0},
                                   "column \"%s\" stands twice, as column %zu and column %zu",
                                   RECIST_SHOWN(name), (size_t)columns->field_of[column] + 1,
                                   i + 1);
        }
    }
    return true;
}

static bool is_text(uint32_t column)
{
    switch (column) {
    case RECIST_COLUMN_LESION:
    case RECIST_COLUMN_VISIT:
    case RECIST_COLUMN_READER:
    case RECIST_COLUMN_COURSE:
    case RECIST_COLUMN_SITE:
    case RECIST_COLUMN_METHOD:
    case RECIST_COLUMN_KIND:
    case RECIST_COLUMN_PRIOR_THERAPY:
    case RECIST_COLUMN_COMMENT:
        return true;
    default:
        return false;
    }
}

static bool is_of_lesion(uint32_t column)
{
    switch (column) {
    case RECIST_COLUMN_LESION:
    case RECIST_COLUMN_ROLE:
    case RECIST_COLUMN_DIAMETER:
    case RECIST_COLUMN_LONG_AXIS:
    case RECIST_COLUMN_SHORT_AXIS:
    case RECIST_COLUMN_STATUS:
    case RECIST_COLUMN_NODAL:
    case RECIST_COLUMN_SLICE:
        return true;
    default:
        return column >= RECIST_COLUMN_COUNT;
    }
}

static bool is_of_visit(uint32_t column)
{
    return column == RECIST_COLUMN_PATIENT || column == RECIST_COLUMN_STUDY ||
           column == RECIST_COLUMN_VISIT || column == RECIST_COLUMN_DATE;
}

/* Makes out the head of the rows. */
static void find_head(struct recist_columns *columns)
{
    bool lesion_before = false;
    for (size_t i = 0; i < columns->used_count; i++) {
        uint32_t column = columns->used[i].column;
        lesion_before |= is_of_lesion(column);
        if (is_of_visit(column)) {
            columns->head_count = lesion_before ? 0 : columns->used[i].field + 1;
        }
    }
    while (columns->head_text_count < columns->text_count &&
           columns->field_of[columns->texts[columns->head_text_count]] < columns->head_count) {
        columns->head_text_count++;
    }
}

static bool changes(uint32_t column)
{
    return column == RECIST_COLUMN_DIAMETER || column == RECIST_COLUMN_LONG_AXIS ||
           column == RECIST_COLUMN_SHORT_AXIS || column == RECIST_COLUMN_STATUS;
}

/* What the fields are, one by one. */
static struct recist_field_step step_of(uint32_t column)
{
    uint8_t which = (uint8_t)column;
    switch (column) {
    case RECIST_COLUMN_PATIENT:
        return (struct recist_field_step){.use = RECIST_FIELD_PATIENT};
    case RECIST_COLUMN_STUDY:
        return (struct recist_field_step){.use = RECIST_FIELD_STUDY};
    case RECIST_COLUMN_DATE:
        return (struct recist_field_step){.use = RECIST_FIELD_DATE};
    case RECIST_COLUMN_ROLE:
        return (struct recist_field_step){.use = RECIST_FIELD_ROLE};
    case RECIST_COLUMN_STATUS:
        return (struct recist_field_step){.use = RECIST_FIELD_STATUS};
    case RECIST_COLUMN_DIAMETER:
        return (struct recist_field_step){RECIST_FIELD_AXIS, RECIST_DIAMETER};
    case RECIST_COLUMN_LONG_AXIS:
        return (struct recist_field_step){RECIST_FIELD_AXIS, RECIST_LONG_AXIS};
    case RECIST_COLUMN_SHORT_AXIS:
        return (struct recist_field_step){RECIST_FIELD_AXIS, RECIST_SHORT_AXIS};
    case RECIST_COLUMN_LESION:
    case RECIST_COLUMN_VISIT:
    case RECIST_COLUMN_READER:
    case RECIST_COLUMN_COURSE:
    case RECIST_COLUMN_COMMENT:
        return (struct recist_field_step){RECIST_FIELD_TEXT, which};
    default:
        return (struct recist_field_step){
            is_text(column) ? RECIST_FIELD_KEPT : RECIST_FIELD_OTHER, which};
    }
}

/* Whether few files have such a text (struct recist_reading_more). */
static bool is_beside(uint32_t text)
{
    return text != RECIST_COLUMN_LESION && text != RECIST_COLUMN_VISIT &&
           text != RECIST_COLUMN_SITE;
}

static void list_steps(struct recist_columns *columns)
{
    for (size_t i = 0; i < columns->used_count; i++) {
        columns->steps[columns->used[i].field] = step_of(columns->used[i].column);
    }
    const struct recist_field_step *changing = &columns->steps[columns->kept_count];
    columns->own_more = columns->field_of[RECIST_COLUMN_SLICE] != RECIST_NO_FIELD;
    for (size_t i = columns->head_text_count; i < columns->text_count; i++) {
        columns->own_more |= is_beside(columns->texts[i]);
    }
    columns->usual = columns->kept_count + 2 == columns->field_count && !columns->own_more &&
                     changing[0].use == RECIST_FIELD_AXIS && changing[1].use == RECIST_FIELD_STATUS;
    for (size_t i = 0; i < columns->head_count; i++) {
        columns->usual &= columns->steps[i].use != RECIST_FIELD_KEPT;
    }
}

/* Makes out how far the fields go that a lesion keeps. Beyond them only what changes, and texts,
 * may stand. */
static void find_kept(struct recist_columns *columns)
{
    uint32_t end = (uint32_t)columns->field_count;
    for (size_t i = columns->used_count; i > 0; i--) {
        end = changes(columns->used[i - 1].column) ? columns->used[i - 1].field : end;
    }
    bool whole = columns->head_count > 0 && columns->further_count == 0 &&
                 columns->field_count <= RECIST_MOST_STEPS && columns->head_count < end &&
                 columns->field_of[RECIST_COLUMN_ROLE] < end;
    for (size_t i = 0; i < columns->used_count && whole; i++) {
        uint32_t column = columns->used[i].column;
        whole = columns->used[i].field < end || changes(column) ||
                (is_text(column) && column != RECIST_COLUMN_LESION);
    }
    columns->kept_count = whole ? end : 0;
    if (whole) {
        list_steps(columns);
    }
}

/* Which of the columns for lengths there are, which of those for texts, and which further ones. */
static void list_columns(struct recist_columns *columns)
{
    for (size_t i = 0; i < columns->used_count; i++) {
        if (is_text(columns->used[i].column)) {
            columns->texts[columns->text_count++] = (uint8_t)columns->used[i].column;
        } else if (columns->used[i].column >= RECIST_COLUMN_COUNT) {
            columns->further[columns->further_count++] =
                (uint8_t)(columns->used[i].column - RECIST_COLUMN_COUNT);
        }
    }
    columns->has_more = columns->field_of[RECIST_COLUMN_SLICE] != RECIST_NO_FIELD;
    for (size_t i = 0; i < columns->text_count; i++) {
        columns->has_more |= is_beside(columns->texts[i]);
    }
    for (size_t i = 0; i < RECIST_AXIS_COUNT; i++) {
        if (columns->field_of[readings[i]] != RECIST_NO_FIELD) {
            columns->axes[columns->axis_count++] = (uint8_t)i;
        }
    }
}

static bool name_unknown(struct header_reading *reading, struct recist_arena *texts)
{
    for (size_t i = 0; i < reading->header->csv->field_count; i++) {
        struct recist_slice name;
        struct recist_place place;
        if (!field_name(reading->header, i, texts, &name, &place)) {
            return false;
        }
        if (find_column(reading->all, name) < 0) {
            report_unknown(reading, name, i + 1, place);
        }
    }
    return true;
}

static void check_required(const struct header_reading *reading)
{
    struct recist_place place = {reading->header->file, reading->header->line, 1};
    const struct recist_finding_kind *kind = RECIST_KIND(COLUMN_MISSING);
    const uint32_t *field_of = reading->columns->field_of;
    struct recist_subject nobody = {0};
    for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
        if (field_of[required[i]] == RECIST_NO_FIELD) {
            recist_findings_report(reading->findings, kind, place, nobody,
                                   "the header has no column %s", names[required[i]]);
        }
    }
    bool any = reading->columns->further_count > 0;
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        any |= field_of[readings[i]] != RECIST_NO_FIELD;
    }
    if (!any) {
        recist_findings_report(reading->findings, kind, place, nobody,
                               "the header has no column for readings: diameter_mm, long_axis_mm, "
                               "short_axis_mm or status");
    }
}

enum recist_outcome recist_header_read(const struct recist_header_row *header,
                                       const struct recist_vocabulary *vocabulary,
                                       struct recist_columns *columns,
                                       struct recist_findings *findings)
{
    size_t errors = recist_findings_count_of(findings, RECIST_ERROR);
    const struct column_names all = all_names(vocabulary);
    struct header_reading reading = {
        .header = header, .all = &all, .columns = columns, .findings = findings};
    *columns = (struct recist_columns){.field_count = header->csv->field_count};
    memset(columns->field_of, 0xFF, sizeof columns->field_of);
    if (!check_separator(&all, header, findings)) {
        return RECIST_INVALID;
    }
    struct recist_arena texts;
    recist_arena_init(&texts, 0);
    bool done = take_known(&reading, &texts) && name_unknown(&reading, &texts);
    list_columns(columns);
    find_head(columns);
    find_kept(columns);
    check_required(&reading);
    recist_arena_destroy(&texts);
    if (!done || recist_findings_lost(findings)) {
        return RECIST_NO_MEMORY;
    }
    return recist_findings_count_of(findings, RECIST_ERROR) > errors ? RECIST_INVALID
                                                                     : RECIST_DONE;
}
