/* SPDX-License-Identifier: MIT */
#include "cli/rules_diff_findings.h"

#include <stdlib.h>

#include "base/excerpt.h"
#include "cli/grouping.h"

static bool is_same_place(const struct recist_place *one, const struct recist_place *other)
{
    const char *file = one->file ? one->file : "";
    const char *other_file = other->file ? other->file : "";
    return one->line == other->line && one->column == other->column &&
           strcmp(file, other_file) == 0;
}

static bool is_same_finding(const struct recist_finding *one, const struct recist_finding *other)
{
    return one->kind == other->kind && is_same_place(&one->place, &other->place) &&
           recist_values_equal(one->message, other->message) &&
           recist_values_equal(one->patient, other->patient) &&
           recist_values_equal(one->visit, other->visit) &&
           recist_values_equal(one->lesion, other->lesion);
}

static bool shows(const struct recist_finding_log *log, const struct recist_finding *finding)
{
    for (size_t i = 0; i < recist_findings_count(log->shown); i++) {
        if (is_same_finding(recist_findings_at(log->shown, i), finding)) {
            return true;
        }
    }
    return false;
}

static void add_shown(struct recist_finding_log *both, const struct recist_finding *finding,
                      const char *name)
{
    struct recist_subject subject = {finding->patient, finding->visit, finding->lesion};
    both->counts[finding->kind->severity]++;
    both->rows_lost = both->rows_lost || recist_finding_loses_rows(finding);
    bool added = name ? recist_findings_report(both->shown, finding->kind, finding->place, subject,
                                               "by %s: %.*s", RECIST_SHOWN_STRING(name),
                                               (int)finding->message.length, finding->message.text)
                      : recist_finding_copy(both->shown, finding);
    both->failed = both->failed || !added;
}

static struct recist_finding_tally *tally_of(struct recist_finding_log *both,
                                             const struct recist_finding_kind *kind)
{
    for (size_t i = 0; i < both->tally_count; i++) {
        if (both->tallies[i].kind == kind) {
            return &both->tallies[i];
        }
    }
    struct recist_finding_tally *tally = &both->tallies[both->tally_count++];
    *tally = (struct recist_finding_tally){.kind = kind, .count = 1};
    return tally;
}

/* Those of a kind that are not shown: as many as the criteria with more of them have. */
static void add_tallies(struct recist_finding_log *both, const struct recist_finding_log *log)
{
    for (size_t i = 0; i < log->tally_count; i++) {
        struct recist_finding_tally *tally = tally_of(both, log->tallies[i].kind);
        if (log->tallies[i].count > tally->count) {
            both->counts[tally->kind->severity] += log->tallies[i].count - tally->count;
            tally->count = log->tallies[i].count;
        }
    }
}

void recist_finding_logs_unite(struct recist_finding_log *both,
                               const struct recist_finding_log logs[2], const char *const names[2])
{
    both->tallies = calloc(logs[0].tally_count + logs[1].tally_count + 1, sizeof *both->tallies);
    both->failed = both->failed || !both->tallies || logs[0].failed || logs[1].failed;
    if (!both->tallies) {
        return;
    }
    for (size_t which = 0; which < 2; which++) {
        const struct recist_finding_log *log = &logs[which];
        for (size_t i = 0; i < recist_findings_count(log->shown); i++) {
            const struct recist_finding *finding = recist_findings_at(log->shown, i);
            bool in_both = shows(&logs[!which], finding);
            if (!in_both || which == 0) {
                add_shown(both, finding, in_both ? NULL : names[which]);
            }
        }
        add_tallies(both, log);
    }
}
