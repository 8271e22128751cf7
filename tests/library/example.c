/* SPDX-License-Identifier: MIT
 * The overall response of every patient at every visit: example MEASUREMENTS [RULES_DIRECTORY] */
#include <recist/recist.h>
#include <stdio.h>

static void print_findings(const struct recist_findings *findings)
{
    for (size_t i = 0; i < recist_findings_count(findings); i++) {
        const struct recist_finding *finding = recist_findings_at(findings, i);
        fprintf(stderr, "line %llu: %s[%s]: %.*s\n", (unsigned long long)finding->place.line,
                recist_severity_word(finding->kind->severity), finding->kind->code,
                (int)finding->message.length, finding->message.text);
    }
}

static bool append(void *to, const char *text, size_t length)
{
    return fwrite(text, 1, length, to) == length;
}

static bool print_responses(const struct recist_criteria *criteria, struct recist_assessor *assessor,
                            const struct recist_patient *patient)
{
    for (size_t i = 0; i < patient->series_count; i++) { /* one for each reader and course */
        const struct recist_series_result *result;
        if (recist_assess(assessor, &patient->series[i], &result) != RECIST_DONE) {
            return false;
        }
        for (size_t visit = 1; visit < result->visit_count; visit++) { /* 0 is the baseline */
            const char *word = recist_criteria_word(criteria, result->visits[visit].overall);
            printf("%.*s, visit %zu: %s, ", (int)patient->id.length, patient->id.text, visit, word);
            recist_reason(assessor, visit, append, stdout);
            putchar('\n');
        }
    }
    return true;
}

/* Patients with errors are left out; their findings say why. */
static void print_batch(const struct recist_criteria *criteria, struct recist_study_builder *builder,
                        struct recist_assessor *assessor, const struct recist_measurements *reader,
                        const struct recist_batch *batch)
{
    for (size_t i = 0; i < recist_batch_patient_count(batch); i++) {
        const struct recist_patient_readings *readings = recist_batch_patient(batch, i);
        const struct recist_patient *patient;
        if (recist_study_build(builder, readings, reader, recist_batch_findings(batch), &patient) ==
                RECIST_DONE &&
            readings->errors == 0) {
            print_responses(criteria, assessor, patient);
        }
    }
    print_findings(recist_batch_findings(batch));
}

int main(int count, char **arguments)
{
    const char *paths[] = {count > 1 ? arguments[1] : "-"};
    const char *directories[] = {count > 2 ? arguments[2] : "."}; /* then the installed ones */
    struct recist_findings *findings = recist_findings_create();
    struct recist_criteria *criteria = NULL;
    struct recist_measurements *reader = NULL;
    bool sound = recist_criteria_load("recist-1.1", directories, 1, NULL, 0, findings, &criteria) ==
                     RECIST_DONE &&
                 recist_measurements_open(paths, 1, recist_criteria_vocabulary(criteria),
                                          RECIST_INDEXED, findings, &reader) == RECIST_DONE;
    print_findings(findings);
    if (sound) {
        struct recist_study_builder *builder = recist_study_builder_create(criteria);
        struct recist_assessor *assessor = recist_assessor_create(criteria);
        struct recist_batch *batch = recist_batch_create();
        while (recist_measurements_next(reader, batch) == RECIST_DONE) {
            print_batch(criteria, builder, assessor, reader, batch);
        }
        recist_batch_destroy(batch);
        recist_assessor_destroy(assessor);
        recist_study_builder_destroy(builder);
    }
    recist_measurements_close(reader);
    recist_criteria_destroy(criteria);
    recist_findings_destroy(findings);
    return sound ? 0 : 1;
}
