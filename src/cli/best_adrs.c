/* SPDX-License-Identifier: MIT */
#include "cli/best_adrs.h"

#include "output/adam.h"

struct writer {
    struct recist_row *row;
    const struct recist_criteria *criteria;
    const struct recist_course_job *job;
    bool has_study;
};

static bool is_in(const struct writer *writer, enum recist_word_set set, uint16_t word)
{
    return word < 64 && (recist_criteria_word_set(writer->criteria, set) >> word & 1) != 0;
}

static int rank_of(const struct writer *writer, uint16_t word)
{
    unsigned rank = recist_criteria_word_rank(writer->criteria, word);
    return rank > 0 ? (int)rank : -1;
}

static struct recist_adrs start_record(const struct writer *writer, const char *code,
                                       const char *title)
{
    const struct recist_timeline *timeline = writer->job->timeline;
    return (struct recist_adrs){.study = timeline->study,
                                .patient = timeline->patient,
                                .course = recist_course_number(timeline),
                                .reader = timeline->reader,
                                .visit = {"", 0},
                                .code = code,
                                .title = title,
                                .date = RECIST_ADAM_NO_DATE,
                                .value = -1,
                                .analysed = true};
}

/* ADaM's codes are capitals and digits, and no longer. */
#define CODE_SIZE 8

/* The criteria's word for progression, made a code for the parameter; empty without such a word. */
static void make_progression_code(const struct writer *writer, char code[static CODE_SIZE + 1])
{
    const char *word =
        recist_criteria_word(writer->criteria, recist_criteria_progression_word(writer->criteria));
    size_t length = 0;
    for (; *word && length < CODE_SIZE; word++) {
        bool small = *word >= 'a' && *word <= 'z';
        if (small || (*word >= 'A' && *word <= 'Z') || (*word >= '0' && *word <= '9')) {
            code[length++] = small ? (char)(*word - 'a' + 'A') : *word;
        }
    }
    code[length] = '\0';
}

/* The progression of the courses file stands among the points, and is no visit. */
static bool is_visit(const struct writer *writer, const struct recist_response_point *point,
                     size_t count)
{
    const struct recist_timeline *timeline = writer->job->timeline;
    return count == timeline->point_count || point->visit.length > 0 || !timeline->facts ||
           point->date != timeline->facts->progression;
}

static void append_visits(const struct writer *writer)
{
    size_t count = 0;
    const struct recist_response_point *points = recist_best_points(writer->job->resolver, &count);
    for (size_t i = 0; i < count; i++) {
        if (!is_visit(writer, &points[i], count)) {
            continue;
        }
        struct recist_adrs record =
            start_record(writer, "OVR", "Overall Response at the Visit");
        record.visit = points[i].visit;
        record.date = points[i].date;
        record.word = recist_criteria_word(writer->criteria, points[i].word);
        record.value = rank_of(writer, points[i].word);
        record.analysed = i < writer->job->best->window;
        recist_adrs_append(writer->row, &record, writer->has_study);
    }
}

static void append_answer(const struct writer *writer, const char *code, const char *title,
                          bool holds, int32_t date)
{
    struct recist_adrs record = start_record(writer, code, title);
    record.date = holds ? date : RECIST_ADAM_NO_DATE;
    record.word = holds ? "Y" : "N";
    record.value = holds;
    recist_adrs_append(writer->row, &record, writer->has_study);
}

/* The day of a response or progression; else of the first visit that counts and has this word, or
 * of the last evaluable one. */
static int32_t date_of(const struct writer *writer, uint16_t word, int32_t response_date)
{
    size_t count = 0;
    const struct recist_best *best = writer->job->best;
    const struct recist_response_point *points = recist_best_points(writer->job->resolver, &count);
    if (response_date != RECIST_NO_DATE) {
        return response_date;
    }
    if (is_in(writer, RECIST_WORDS_PROGRESSION, word) &&
        best->progression_date != RECIST_NO_DATE) {
        return best->progression_date;
    }
    for (size_t i = 0; i < count && i < best->window; i++) {
        if (points[i].word == word) {
            return points[i].date;
        }
    }
    return best->last_evaluated;
}

static void append_best(const struct writer *writer, const char *code, const char *title,
                        uint16_t word, int32_t response_date)
{
    struct recist_adrs record = start_record(writer, code, title);
    record.date = date_of(writer, word, response_date);
    record.word = recist_criteria_word(writer->criteria, word);
    record.value = rank_of(writer, word);
    recist_adrs_append(writer->row, &record, writer->has_study);
}

void recist_best_append_adrs(struct recist_row *row, const struct recist_criteria *criteria,
                             const struct recist_course_job *job, bool has_study)
{
    const struct recist_best *best = job->best;
    const struct writer writer = {
        .row = row, .criteria = criteria, .job = job, .has_study = has_study};
    char progression[CODE_SIZE + 1];
    make_progression_code(&writer, progression);
    append_visits(&writer);
    if (*progression) {
        append_answer(&writer, progression, "Disease Progression",
                      best->progression_date != RECIST_NO_DATE, best->progression_date);
    }
    append_answer(&writer, "RSP", "Response", is_in(&writer, RECIST_WORDS_RESPONSE, best->word),
                  best->response_date);
    append_answer(&writer, "CRSP", "Confirmed Response",
                  is_in(&writer, RECIST_WORDS_RESPONSE, best->confirmed_word),
                  best->confirmed_response_date);
    append_best(&writer, "BOR", "Best Overall Response", best->word, best->response_date);
    append_best(&writer, "CBOR", "Best Confirmed Overall Response", best->confirmed_word,
                best->confirmed_response_date);
}
