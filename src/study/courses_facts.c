/* SPDX-License-Identifier: MIT
 * Scans against what the courses file says of the patient: death and last contact. */
#include "study/series_draft.h"

/* The first death that any course gives, and the latest last contact. */
static int32_t death_of(const struct recist_course *const *courses, size_t count)
{
    int32_t death = RECIST_NO_DATE;
    for (size_t i = 0; i < count; i++) {
        int32_t date = courses[i]->death;
        if (date != RECIST_NO_DATE && (death == RECIST_NO_DATE || date < death)) {
            death = date;
        }
    }
    return death;
}

static int32_t last_contact_of(const struct recist_course *const *courses, size_t count)
{
    int32_t contact = RECIST_NO_DATE;
    for (size_t i = 0; i < count; i++) {
        if (courses[i]->last_contact > contact) {
            contact = courses[i]->last_contact;
        }
    }
    return contact;
}

static const struct recist_reading *last_scan(const struct recist_study_builder *builder,
                                              const struct recist_patient_readings *readings)
{
    const struct recist_reading *last = &readings->readings[0];
    for (size_t i = 1; i < readings->count; i++) {
        const struct recist_reading *row = &readings->readings[i];
        if (recist_scan_date(builder, row) > recist_scan_date(builder, last)) {
            last = row;
        }
    }
    return last;
}

void recist_courses_check_scans(struct recist_study_builder *builder,
                                const struct recist_patient_readings *readings,
                                const struct recist_course *const *courses, size_t count)
{
    const struct recist_reading *last = last_scan(builder, readings);
    int32_t date = recist_scan_date(builder, last);
    int32_t death = death_of(courses, count);
    int32_t contact = last_contact_of(courses, count);
    const char *what = recist_is_of_patient(builder, last) ? "observation" : "scan";
    if (death != RECIST_NO_DATE && date > death) {
        recist_shape_report(builder, RECIST_KIND(SCAN_AFTER_DEATH), last, RECIST_COLUMN_DATE,
                            "the %s of %s lies %d day%s after the death on %s", what,
                            RECIST_DAY(date), (int)(date - death), date - death == 1 ? "" : "s", RECIST_DAY(death));
    } else if (contact != RECIST_NO_DATE && date > contact) {
        recist_shape_report(builder, RECIST_KIND(SCAN_AFTER_LAST_CONTACT), last, RECIST_COLUMN_DATE,
                            "the %s of %s lies %d day%s after the last contact on %s", what,
                            RECIST_DAY(date), (int)(date - contact), date - contact == 1 ? "" : "s",
                            RECIST_DAY(contact));
    }
}
