/* SPDX-License-Identifier: MIT */
#include "cli/finding_log.h"

#include <stdlib.h>
#include <string.h>

#include "cli/message.h"

bool recist_finding_log_init(struct recist_finding_log *log)
{
    *log = (struct recist_finding_log){.shown = recist_findings_create()};
    return log->shown != NULL;
}

void recist_finding_log_destroy(struct recist_finding_log *log)
{
    recist_findings_destroy(log->shown);
    free(log->tallies);
    *log = (struct recist_finding_log){0};
}

void recist_finding_log_clear(struct recist_finding_log *log)
{
    recist_findings_truncate(log->shown, 0);
    log->tally_count = 0;
    log->opening_taken = 0;
    log->rows_lost = false;
    for (size_t i = 0; i < 3; i++) {
        log->counts[i] = 0;
    }
}

bool recist_finding_copy(struct recist_findings *findings, const struct recist_finding *finding)
{
    struct recist_subject subject = {finding->patient, finding->visit, finding->lesion};
    return recist_findings_report(findings, finding->kind, finding->place, subject, "%.*s",
                                  (int)finding->message.length, finding->message.text);
}

/* The tally of a kind; NULL when memory is out. */
static struct recist_finding_tally *tally_of(struct recist_finding_log *log,
                                             const struct recist_finding_kind *kind)
{
    for (size_t i = 0; i < log->tally_count; i++) {
        if (log->tallies[i].kind == kind) {
            return &log->tallies[i];
        }
    }
    struct recist_finding_tally *tallies =
        realloc(log->tallies, (log->tally_count + 1) * sizeof *tallies);
    if (!tallies) {
        return NULL;
    }
    log->tallies = tallies;
    tallies[log->tally_count] = (struct recist_finding_tally){.kind = kind};
    return &tallies[log->tally_count++];
}

static bool is_one_of(const char *code, const char *const *codes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(code, codes[i]) == 0) {
            return true;
        }
    }
    return false;
}

bool recist_finding_loses_rows(const struct recist_finding *finding)
{
    static const char *const codes[] = {"unclosed-quote", "file-changed", "file-unreadable"};
    /* Of a row, which may be anybody's where they name nobody. */
    static const char *const of_rows[] = {"missing-patient", "row-too-short", "row-too-long",
                                          "field-too-long",  "stray-quote",   "nul-byte",
                                          "invalid-utf8"};
    return is_one_of(finding->kind->code, codes, sizeof codes / sizeof *codes) ||
           (finding->patient.length == 0 &&
            is_one_of(finding->kind->code, of_rows, sizeof of_rows / sizeof *of_rows));
}

void recist_finding_log_add(struct recist_finding_log *log, const struct recist_finding *finding)
{
    log->counts[finding->kind->severity]++;
    log->rows_lost = log->rows_lost || recist_finding_loses_rows(finding);
    if (finding->kind->severity != RECIST_ERROR) {
        struct recist_finding_tally *tally = tally_of(log, finding->kind);
        log->failed = log->failed || !tally;
        if (!tally || tally->count++ > 0) {
            return;
        }
    }
    if (!recist_finding_copy(log->shown, finding)) {
        log->failed = true;
    }
}

void recist_finding_log_add_all(struct recist_finding_log *log,
                                const struct recist_findings *findings)
{
    size_t count = recist_findings_count(findings);
    for (size_t i = 0; i < count; i++) {
        recist_finding_log_add(log, recist_findings_at(findings, i));
    }
    log->failed = log->failed || recist_findings_lost(findings);
}

void recist_finding_log_add_opening(struct recist_finding_log *log,
                                    const struct recist_findings *opening)
{
    size_t count = recist_findings_count(opening);
    for (; log->opening_taken < count; log->opening_taken++) {
        recist_finding_log_add(log, recist_findings_at(opening, log->opening_taken));
    }
    log->failed = log->failed || recist_findings_lost(opening);
}

static void append_remaining(struct recist_text *text, const struct recist_finding_tally *tally)
{
    if (tally->count > 1) {
        recist_text_format(text, "%s[%s]: and %zu more; recist validate lists them\n",
                           recist_severity_word(tally->kind->severity), tally->kind->code,
                           tally->count - 1);
    }
}

static void append_findings(struct recist_text *text, struct recist_findings *findings, bool quiet)
{
    recist_findings_sort(findings);
    size_t count = recist_findings_count(findings);
    for (size_t i = 0; i < count; i++) {
        const struct recist_finding *finding = recist_findings_at(findings, i);
        if (!quiet || finding->kind->severity == RECIST_ERROR) {
            recist_finding_append_line(text, finding);
        }
    }
}

static void print_and_free(struct recist_text *text)
{
    if (text->failed) {
        recist_message_no_memory();
    }
    recist_message_text(text);
    recist_text_destroy(text);
}

void recist_finding_log_print(struct recist_finding_log *log, const struct recist_text *left_out,
                              bool quiet)
{
    struct recist_text text;
    recist_text_init(&text);
    append_findings(&text, log->shown, quiet);
    for (size_t i = 0; i < log->tally_count && !quiet; i++) {
        append_remaining(&text, &log->tallies[i]);
    }
    if (left_out && log->rows_lost) {
        recist_text_append_string(&text, "left out: all patients, as a row may be missing of any\n");
    } else if (left_out) {
        recist_text_append(&text, left_out->bytes, left_out->length);
    }
    size_t counts[3] = {log->counts[0], quiet ? 0 : log->counts[1], quiet ? 0 : log->counts[2]};
    if (recist_finding_append_counts(&text, counts)) {
        recist_text_append_char(&text, '\n');
    }
    print_and_free(&text);
}

void recist_findings_print(struct recist_findings *findings)
{
    struct recist_text text;
    recist_text_init(&text);
    append_findings(&text, findings, false);
    print_and_free(&text);
}
