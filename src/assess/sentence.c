/* SPDX-License-Identifier: MIT
 * Sentences of the criteria with their values: the only place where numbers are rounded, and only
 * for reading. Room is made once for all of a sentence that has a limited length, and written into by
 * a bare pointer; what has none, such as names of lesions, makes room for itself. */
#include "assess/assessor.h"
#include "assess/recorded.h"

/* Of a number or a date with what stands around it: a sign, a unit of ours, " and ". */
#define ROOM_OF_A_VALUE (RECIST_DECIMAL_TEXT_SIZE + 16)

/* Functions that write take where they write, and return where they ended; NULL: memory is out. */
struct saying {
    struct recist_recent_texts *recent;
    struct recist_text *text;
    size_t room; /* of all that has a limited length */
};

static const struct recist_slice unknown = {"not known", 9};

/* A text of any length; behind it is as much room as a whole sentence needs. */
static char *write_slice(const struct saying *saying, char *at, struct recist_slice slice)
{
    struct recist_text *text = saying->text;
    if ((size_t)(text->bytes + text->capacity - at) < slice.length + saying->room) {
        recist_text_end_at(text, at);
        at = recist_text_room(text, slice.length + saying->room);
        if (!at) {
            return NULL;
        }
    }
    recist_text_copy_short(at, slice.text, slice.length);
    return at + slice.length;
}

static char *write_string(const struct saying *saying, char *at, const char *string)
{
    return write_slice(saying, at, (struct recist_slice){string, strlen(string)});
}

/* What is short, and known when this is compiled. */
static inline char *write_short(char *at, const char *string)
{
    size_t length = strlen(string);
    memcpy(at, string, length);
    return at + length;
}

static char *say_percent(const struct saying *saying, char *at,
                         struct recist_evaluation *evaluation, const struct recist_node *node)
{
    recist_wide numerator = 0;
    recist_wide denominator = 0;
    if (!recist_evaluate_percent(evaluation, node, &numerator, &denominator) || denominator < 0) {
        return write_slice(saying, at, unknown);
    }
    if (node->direction == RECIST_CHANGE && numerator > 0) {
        *at++ = '+';
    }
    if (denominator == 0) {
        return write_short(at, numerator == 0 ? "0 %" : "\xe2\x88\x9e %"); /* infinity */
    }
    return write_short(recist_recent_ratio(saying->recent, at, numerator * 100, denominator), " %");
}

/* "T1", "T1 and T2", "T1, T2 and T3": each goes out when it is known whether it is the last. */
static char *say_lesions(const struct saying *saying, char *at,
                         struct recist_evaluation *evaluation, const struct recist_node *node)
{
    size_t outer = evaluation->lesion;
    const struct recist_slice *held = NULL;
    size_t written = 0;
    size_t next = 0;
    while (at && recist_next_selected(evaluation, node, &next)) {
        if (!recist_holds(evaluation, node->right)) {
            continue;
        }
        if (held) {
            at = write_slice(saying, written++ ? write_short(at, ", ") : at, *held);
        }
        held = &evaluation->series->lesions[evaluation->lesion].id;
    }
    evaluation->lesion = outer;
    return held && at ? write_slice(saying, written ? write_short(at, " and ") : at, *held) : at;
}

static struct recist_slice text_of_lesion(const struct recist_evaluation *evaluation,
                                          const struct recist_node *node)
{
    const struct recist_lesion *lesion = &evaluation->series->lesions[evaluation->lesion];
    const struct recist_slice columns[] = {
        [RECIST_TEXT_SITE] = lesion->site,     [RECIST_TEXT_ORGAN] = lesion->organ,
        [RECIST_TEXT_METHOD] = lesion->method, [RECIST_TEXT_KIND] = lesion->kind,
        [RECIST_TEXT_LESION] = lesion->id,     [RECIST_TEXT_CHECKED_ORGAN] = evaluation->organ,
    };
    return columns[node->index];
}

/* The number alone, with as many decimals as it has; of a mean as many as can be read. */
static char *write_plain(const struct saying *saying, char *at, const struct recist_node *node,
                         recist_wide value)
{
    return node->mean ? recist_recent_ratio(saying->recent, at, value,
                                            (recist_wide)RECIST_ONE * RECIST_MEAN_SCALE)
                      : recist_recent_length(saying->recent, at, value);
}

static char *say_in_other_unit(const struct saying *saying, char *at,
                               const struct recist_criteria *criteria,
                               const struct recist_node *node, recist_wide value)
{
    at = write_plain(saying, at, node, value);
    if (node->type >= RECIST_TYPE_OWN_UNIT) {
        *at++ = ' ';
    }
    return write_string(saying, at, recist_type_unit(criteria, (enum recist_type)node->type));
}

static char *say_quantity(const struct saying *saying, char *at,
                          const struct recist_criteria *criteria, const struct recist_node *node,
                          recist_wide value)
{
    switch (node->type) {
    case RECIST_TYPE_LENGTH:
        at = node->mean || node->operation != RECIST_OP_CHANGE
                 ? write_plain(saying, at, node, value)
                 : recist_recent_ratio(saying->recent, at, value, RECIST_ONE);
        return write_short(at, " mm");
    case RECIST_TYPE_AREA:
        at = recist_decimal_write(at, value, (recist_wide)RECIST_ONE * RECIST_ONE, RECIST_DECIMALS);
        return write_short(at, " mm2");
    case RECIST_TYPE_DAYS:
        at = recist_decimal_write(at, value, 1, 0);
        return write_short(at, value == 1 ? " day" : " days");
    case RECIST_TYPE_DATE:
        return recist_recent_date(saying->recent, at, (int32_t)value);
    case RECIST_TYPE_PERCENT:
        return write_short(recist_recent_ratio(saying->recent, at, value, RECIST_ONE), " %");
    default:
        return say_in_other_unit(saying, at, criteria, node, value);
    }
}

static void end_at(struct recist_text *text, const char *end)
{
    if (end) {
        recist_text_end_at(text, end);
    }
}

void recist_say_quantity(const struct recist_criteria *criteria, const struct recist_node *node,
                         recist_wide value, struct recist_recent_texts *recent,
                         struct recist_text *text)
{
    const struct saying saying = {.recent = recent, .text = text, .room = ROOM_OF_A_VALUE};
    char *at = recist_text_room(text, saying.room);
    end_at(text, at ? say_quantity(&saying, at, criteria, node, value) : NULL);
}

static char *say_value(const struct saying *saying, char *at, struct recist_evaluation *evaluation,
                       const struct recist_sentence_piece *piece)
{
    const struct recist_criteria *criteria = evaluation->criteria;
    const struct recist_node *node = piece->node;
    recist_wide value = 0;
    const char *word = NULL;
    switch (piece->said) {
    case RECIST_SAID_QUANTITY:
        return recist_evaluate_value(evaluation, node, &value)
                   ? say_quantity(saying, at, criteria, node, value)
                   : write_slice(saying, at, unknown);
    case RECIST_SAID_PERCENT:
        return say_percent(saying, at, evaluation, node);
    case RECIST_SAID_LESIONS:
        return say_lesions(saying, at, evaluation, node);
    case RECIST_SAID_OBSERVED:
        word = recist_observed_word(evaluation, node);
        return word[0] ? write_string(saying, at, word) : write_slice(saying, at, unknown);
    case RECIST_SAID_TEXT:
        return write_slice(saying, at, text_of_lesion(evaluation, node));
    case RECIST_SAID_WORD:
        return write_string(saying, at, criteria->words[recist_evaluate_word(evaluation, node)]);
    case RECIST_SAID_NOTHING:
    default:
        return at;
    }
}

void recist_say(struct recist_evaluation *evaluation, const struct recist_sentence *sentence,
                struct recist_recent_texts *recent, struct recist_text *text)
{
    const struct saying saying = {
        .recent = recent,
        .text = text,
        .room = sentence->literal_length + RECIST_TEXT_PADDING + sentence->count * ROOM_OF_A_VALUE,
    };
    char *at = recist_text_room(text, saying.room);
    for (size_t i = 0; i < sentence->count && at; i++) {
        at = recist_text_copy_padded(at, sentence->pieces[i].literal);
        at = say_value(&saying, at, evaluation, &sentence->pieces[i]);
    }
    end_at(text, at);
}
