/* SPDX-License-Identifier: MIT */
#include "output/table.h"

#include "output/aligned_table.h"
#include "output/table_layout.h"

static void append_csv_header(const struct recist_table *table, struct recist_text *text)
{
    for (size_t i = 0; i < table->column_count; i++) {
        recist_text_append(text, ",", i > 0);
        recist_text_append_string(text, table->columns[i].name);
    }
    recist_text_append_char(text, '\n');
}

static void append_json_opening(const struct recist_table *table, struct recist_text *text)
{
    recist_text_append_string(text, "{\n");
    if (table->provenance) {
        recist_text_append_string(text, "  \"provenance\": ");
        recist_provenance_append_json(text, table->provenance);
        recist_text_append_string(text, ",\n");
    }
    recist_text_append_string(text, "  \"rows\": [");
}

static void append_opening(const struct recist_table *table, struct recist_text *text)
{
    if (table->format == RECIST_FORMAT_JSON) {
        append_json_opening(table, text);
        return;
    }
    if (table->provenance) {
        recist_provenance_append_comments(text, table->provenance);
    }
    if (table->format == RECIST_FORMAT_CSV) {
        append_csv_header(table, text);
    }
}

static void write_text(struct recist_table *table, struct recist_text *text)
{
    table->failed = table->failed || text->failed;
    recist_sink_write(table->sink, text->bytes, text->length);
    recist_text_destroy(text);
}

void recist_table_begin(struct recist_table *table)
{
    recist_table_destroy(table);
    struct recist_text text;
    recist_text_init(&text);
    append_opening(table, &text);
    write_text(table, &text);
}

void recist_table_append(struct recist_table *table, const struct recist_text *rows)
{
    table->failed = table->failed || rows->failed;
    if (rows->length == 0 || table->failed) {
        return;
    }
    if (table->format == RECIST_FORMAT_TABLE) {
        recist_aligned_table_append(table, rows);
        return;
    }
    size_t skipped = table->format == RECIST_FORMAT_JSON && !table->any_rows;
    table->any_rows = true;
    recist_sink_write(table->sink, rows->bytes + skipped, rows->length - skipped);
}

static void write_string(const struct recist_table *table, const char *string)
{
    recist_sink_write(table->sink, string, strlen(string));
}

static void write_after(const struct recist_table *table)
{
    if (table->after) {
        recist_sink_write(table->sink, table->after->bytes, table->after->length);
    }
}

void recist_table_end(struct recist_table *table)
{
    bool more = table->after && table->after->length > 0;
    if (table->format == RECIST_FORMAT_JSON) {
        write_string(table, table->any_rows ? "\n  ]" : "]");
        write_string(table, more ? ",\n  " : "");
        write_after(table);
        write_string(table, "\n}\n");
        return;
    }
    if (table->format == RECIST_FORMAT_TABLE) {
        recist_aligned_table_end(table);
    }
    write_after(table);
}

void recist_table_destroy(struct recist_table *table)
{
    recist_text_destroy(&table->held);
    recist_table_layout_destroy(table->layout);
    table->layout = NULL;
    table->rows_held = 0;
    table->any_rows = false;
    table->failed = false;
}

struct recist_row recist_table_row(const struct recist_table *table, struct recist_text *text)
{
    return (struct recist_row){
        .text = text, .columns = table->columns, .format = table->format};
}
