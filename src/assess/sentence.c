/* SPDX-License-Identifier: MIT
 * Sentences of the criteria with their values: the only place where numbers are rounded, and only
 * for reading. Room is made once for all of a sentence that has a limited length, and written into by
 * a bare pointer; what has none, such as names of lesions, makes room for itself. */
#include "assess/assessor.h"
#include "assess/program.h"
#include "assess/recorded.h"
#include "base/quoting.h"

/* Of a number or a date with what stands around it: a sign, a unit of ours, " and ". */
#define ROOM_OF_A_VALUE (RECIST_DECIMAL_TEXT_SIZE + 16)

/* Functions that write take where they write, and return where they ended; NULL: memory is out. */

/* A text of any length; behind it is as much room as a whole sentence needs. */
static char *write_slice(struct recist_saying *saying, char *at, struct recist_slice slice)
{
    struct recist_text *text = saying->text;
    if ((size_t)(text->bytes + text->capacity - at) < slice.length + saying->room) {
        recist_text_end_at(text, at);
        at = recist_text_room(text, slice.length + saying->room);
        if (!at) {
            return NULL;
        }
    }
    saying->quoting |= recist_quoting_of(slice);
    recist_text_copy_short(at, slice.text, slice.length);
    return at + slice.length;
}

static char *write_string(struct recist_saying *saying, char *at, const char *string)
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

RECIST_OUTLINED char *write_unknown(char *at)
{
    return write_short(at, "not known");
}

/* What is rounded for reading is not rounded onto a whole number, as limits are: then it takes more
 * decimals than the two it was written with up to `end`. */
static inline char *beside_whole(char *at, char *end, recist_wide numerator,
                                 recist_wide denominator)
{
    bool has_decimals = (end - at > 2 && end[-3] == '.') || (end - at > 1 && end[-2] == '.');
    if (has_decimals || numerator % denominator == 0) {
        return end;
    }
    return recist_decimal_write(at, numerator, denominator,
                                recist_decimal_places_beside_whole(numerator, denominator, 2));
}

static char *write_ratio(struct recist_recent_texts *recent, char *at, recist_wide numerator,
                         recist_wide denominator)
{
    return beside_whole(at, recist_recent_ratio(recent, at, numerator, denominator), numerator,
                        denominator);
}

static inline recist_wide number_at(const struct recist_measure_result *measures, uint16_t at)
{
    recist_wide number;
    memcpy(&number, (const char *)measures + at, sizeof number);
    return number;
}

static inline char *say_length(struct recist_recent_texts *recent, char *at, recist_wide value)
{
    return value != RECIST_WIDE_MISSING
               ? write_short(recist_recent_length(recent, at, value), " mm")
               : write_unknown(at);
}

RECIST_OUTLINED char *say_any_percent(struct recist_recent_texts *recent, char *at,
                                      const struct recist_node *node, recist_wide value,
                                      recist_wide reference)
{
    if (value == RECIST_WIDE_MISSING || reference == RECIST_WIDE_MISSING) {
        return write_unknown(at);
    }
    recist_wide difference =
        node->direction == RECIST_DECREASE ? reference - value : value - reference;
    *at = '+';
    at += node->direction == RECIST_CHANGE && difference > 0 && reference >= 0;
    if (reference == 0 && difference == 0) {
        return write_short(at, "0 %");
    }
    return reference > 0 ? write_short(write_ratio(recent, at, difference * 100, reference), " %")
                         : write_unknown(at);
}

/* The same in 64 bits, for nearly all. */
static inline char *say_percent(struct recist_recent_texts *recent, char *at,
                                const struct recist_node *node, recist_wide value,
                                recist_wide reference)
{
    if (!recist_are_small(value, reference) || reference == 0) {
        return say_any_percent(recent, at, node, value, reference);
    }
    int64_t increase = (int64_t)value - (int64_t)reference;
    *at = '+';
    at += node->direction == RECIST_CHANGE && increase > 0;
    increase = node->direction == RECIST_DECREASE ? -increase : increase;
    char *end = recist_recent_narrow_ratio(recent, at, 100 * increase, (int64_t)reference);
    return write_short(beside_whole(at, end, 100 * increase, reference), " %");
}

static char *say_date(struct recist_saying *saying, char *at, const struct recist_node *node)
{
    recist_wide date = 0;
    return recist_evaluate_value(saying->evaluation, node, &date)
               ? recist_recent_date(saying->recent, at, (int32_t)date)
               : write_unknown(at);
}

/* The program of a list, which is compiled when it is said for the first time. */
static inline const struct recist_step *program_of(struct recist_saying *saying,
                                                   const struct recist_sentence_piece *piece)
{
    struct recist_said_list *list = &saying->assessor->lists[piece->list];
    if (!list->compiled) {
        list->steps = recist_program_of_lesions(saying->criteria, piece->node,
                                                &saying->assessor->lasting);
        list->compiled = true;
    }
    return list->steps;
}

static inline uint64_t lesions_in(struct recist_saying *saying,
                                  const struct recist_sentence_piece *piece, size_t block)
{
    const struct recist_step *steps = program_of(saying, piece);
    return recist_program_fits(saying->evaluation, steps)
               ? recist_program_run(saying->evaluation, steps, NULL)
               : recist_fulfilling_lesions(saying->evaluation, piece->node, block);
}

/* "T1", "T1 and T2", "T1, T2 and T3": each goes out when it is known whether it is the last. */
static inline char *say_lesions(struct recist_saying *saying, char *at,
                                const struct recist_sentence_piece *piece)
{
    const struct recist_lesion *lesions = saying->evaluation->series->lesions;
    const struct recist_slice *held = NULL;
    size_t written = 0;
    for (size_t block = 0; block < saying->evaluation->sets.blocks; block++) {
        uint64_t left = lesions_in(saying, piece, block);
        for (; left && at; left &= left - 1) {
            if (held && written++) {
                saying->quoting |= RECIST_HAS_SEPARATOR;
                at = write_short(at, ", ");
            }
            at = held ? write_slice(saying, at, *held) : at;
            held = &lesions[recist_first_lesion(block, left)].id;
        }
    }
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
static char *write_plain(struct recist_saying *saying, char *at,
                         const struct recist_node *node, recist_wide value)
{
    return node->mean ? recist_recent_ratio(saying->recent, at, value,
                                            (recist_wide)RECIST_ONE * RECIST_MEAN_SCALE)
                      : recist_recent_length(saying->recent, at, value);
}

static char *say_in_other_unit(struct recist_saying *saying, char *at,
                               const struct recist_node *node, recist_wide value)
{
    at = write_plain(saying, at, node, value);
    if (node->type >= RECIST_TYPE_OWN_UNIT) {
        *at++ = ' ';
    }
    return write_string(saying, at,
                        recist_type_unit(saying->criteria, (enum recist_type)node->type));
}

static char *say_quantity(struct recist_saying *saying, char *at,
                          const struct recist_node *node, recist_wide value)
{
    switch (node->type) {
    case RECIST_TYPE_LENGTH:
        at = node->mean || node->operation != RECIST_OP_CHANGE
                 ? write_plain(saying, at, node, value)
                 : write_ratio(saying->recent, at, value, RECIST_ONE);
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
        return write_short(write_ratio(saying->recent, at, value, RECIST_ONE), " %");
    default:
        return say_in_other_unit(saying, at, node, value);
    }
}

static void find_sides(struct recist_saying *saying, const struct recist_sentence_piece *piece,
                       recist_wide *value, recist_wide *reference)
{
    *value = *reference = RECIST_WIDE_MISSING;
    if (piece->said == RECIST_SAID_PERCENT) {
        *value = number_at(saying->measures, piece->value_at);
        *reference = number_at(saying->measures, piece->reference_at);
    } else {
        recist_evaluate_value(saying->evaluation, piece->node->left, value);
        recist_evaluate_value(saying->evaluation, piece->node->right, reference);
    }
}

/* There is no change in percent from nothing: it is said in its unit. */
static bool is_from_zero(struct recist_saying *saying, const struct recist_sentence_piece *piece,
                         recist_wide *value)
{
    recist_wide reference;
    find_sides(saying, piece, value, &reference);
    return reference == 0 && *value != 0 && *value != RECIST_WIDE_MISSING;
}

static char *say_change_from_zero(struct recist_saying *saying, char *at,
                                  const struct recist_sentence_piece *piece, recist_wide value)
{
    struct recist_node amount = *piece->node;
    amount.percent = false;
    amount.type = amount.left->type;
    *at = '+';
    at += amount.direction == RECIST_CHANGE && value > 0;
    return say_quantity(saying, at, &amount,
                        amount.direction == RECIST_DECREASE ? -value : value);
}

RECIST_OUTLINED char *say_other_percent(struct recist_saying *saying, char *at,
                                        const struct recist_sentence_piece *piece)
{
    recist_wide value;
    recist_wide reference;
    if (is_from_zero(saying, piece, &value)) {
        return say_change_from_zero(saying, at, piece, value);
    }
    find_sides(saying, piece, &value, &reference);
    return say_any_percent(saying->recent, at, piece->node, value, reference);
}

/* Whether the change that this piece says in its unit was said so already. */
static inline bool is_said_already(struct recist_saying *saying,
                                   const struct recist_sentence_piece *piece)
{
    const struct recist_sentence_piece *percent = piece - 1;
    recist_wide value;
    return piece->repeats &&
           (percent->said != RECIST_SAID_PERCENT ||
            number_at(saying->measures, percent->reference_at) == 0) &&
           is_from_zero(saying, percent, &value);
}

/* How much of the literal after a value that is left out closes what its own literal opens. */
static size_t closing_length(const struct recist_sentence_piece *piece,
                             const struct recist_sentence_piece *end)
{
    struct recist_slice opening = piece->literal;
    return opening.length > 0 && opening.text[opening.length - 1] == '(' && piece + 1 < end &&
           piece[1].literal.length > 0 && piece[1].literal.text[0] == ')';
}

RECIST_OUTLINED char *say_word(struct recist_saying *saying, char *at, const char *word)
{
    return word[0] ? write_string(saying, at, word) : write_unknown(at);
}

RECIST_OUTLINED char *say_other(struct recist_saying *saying, char *at,
                                const struct recist_sentence_piece *piece)
{
    struct recist_evaluation *evaluation = saying->evaluation;
    recist_wide value = 0;
    switch (piece->said) {
    case RECIST_SAID_OBSERVED:
        return say_word(saying, at, recist_observed_word(evaluation, piece->node));
    case RECIST_SAID_TEXT:
        return write_slice(saying, at, text_of_lesion(evaluation, piece->node));
    case RECIST_SAID_WORD:
        return write_string(saying, at,
                            saying->criteria->words[recist_evaluate_word(evaluation, piece->node)]);
    case RECIST_SAID_PERCENT:
    case RECIST_SAID_OTHER_PERCENT:
        return say_other_percent(saying, at, piece);
    case RECIST_SAID_NOTHING:
    case RECIST_SAID_LENGTH:
    case RECIST_SAID_DATE:
    case RECIST_SAID_LESIONS:
    case RECIST_SAID_QUANTITY:
    default:
        return recist_evaluate_value(evaluation, piece->node, &value)
                   ? say_quantity(saying, at, piece->node, value)
                   : write_unknown(at);
    }
}

static char *make_room(struct recist_saying *saying, size_t room)
{
    saying->room = room;
    return recist_text_room(saying->text, room);
}

/* What a sentence takes, but for texts of any length, and "; " before it. */
static size_t room_of(const struct recist_sentence *sentence)
{
    return sentence->literal_length + RECIST_TEXT_PADDING + 2 + sentence->count * ROOM_OF_A_VALUE;
}

static void end_at(const struct recist_saying *saying, const char *end)
{
    if (end) {
        recist_text_end_at(saying->text, end);
    }
}

void recist_say_quantity(struct recist_saying *saying, const struct recist_node *node,
                         recist_wide value)
{
    char *at = make_room(saying, ROOM_OF_A_VALUE);
    end_at(saying, at ? say_quantity(saying, at, node, value) : NULL);
}

/* Values of the frequent kinds in place. */
static char *say_sentence(struct recist_saying *saying, char *at,
                          const struct recist_sentence *sentence)
{
    const struct recist_sentence_piece *end = sentence->pieces + sentence->count;
    const struct recist_measure_result *measures = saying->measures;
    struct recist_recent_texts *recent = saying->recent;
    size_t closing = 0;
    saying->quoting |= sentence->quoting;
    for (const struct recist_sentence_piece *piece = sentence->pieces; piece < end; piece++) {
        if (is_said_already(saying, piece)) {
            closing = closing_length(piece, end);
            continue;
        }
        at = recist_text_copy_padded(at, (struct recist_slice){piece->literal.text + closing,
                                                               piece->literal.length - closing});
        closing = 0;
        if (piece->said == RECIST_SAID_LENGTH) {
            at = say_length(recent, at, number_at(measures, piece->value_at));
        } else if (piece->said == RECIST_SAID_PERCENT &&
                   number_at(measures, piece->reference_at) != 0) {
            at = say_percent(recent, at, piece->node, number_at(measures, piece->value_at),
                             number_at(measures, piece->reference_at));
        } else if (piece->said == RECIST_SAID_DATE) {
            at = say_date(saying, at, piece->node);
        } else if (piece->said != RECIST_SAID_NOTHING) {
            at = piece->said == RECIST_SAID_LESIONS ? say_lesions(saying, at, piece)
                                                    : say_other(saying, at, piece);
            if (!at) {
                break;
            }
        }
    }
    return at;
}

void recist_say(struct recist_saying *saying, const struct recist_sentence *sentence)
{
    saying->measures = recist_measure_at(saying->evaluation, saying->evaluation->visit, 0);
    char *at = make_room(saying, room_of(sentence));
    end_at(saying, at ? say_sentence(saying, at, sentence) : NULL);
}

static size_t longest(size_t one, size_t other)
{
    return one > other ? one : other;
}

static size_t longest_room(const struct recist_rule *rules, size_t count)
{
    size_t room = 0;
    for (size_t i = 0; i < count; i++) {
        room = longest(room, room_of(&rules[i].say));
    }
    return room;
}

size_t recist_reason_room(const struct recist_criteria *criteria)
{
    size_t room = longest(longest_room(criteria->history, criteria->history_count),
                          longest_room(criteria->amendments, criteria->amendment_count));
    for (size_t i = 0; i < criteria->component_count; i++) {
        const struct recist_component *component = &criteria->components[i];
        room += longest_room(component->rules, component->rule_count);
    }
    return room + RECIST_TEXT_PADDING;
}

/* After what was said before, with a semicolon between them. */
static inline char *say_next(struct recist_saying *saying, char *at,
                             const struct recist_sentence *sentence, bool *first)
{
    if (sentence->count == 0 || !at) {
        return at;
    }
    at = *first ? at : write_short(at, "; ");
    *first = false;
    return say_sentence(saying, at, sentence);
}

/* Changes by history or a later visit first, as they decide over the components. */
void recist_say_reason(struct recist_saying *saying, const struct recist_visit_result *result,
                       size_t room)
{
    const struct recist_criteria *criteria = saying->criteria;
    const struct recist_component *component = criteria->components;
    const struct recist_component_result *decided = result->components;
    char *at = make_room(saying, room);
    bool first = true;
    saying->measures = result->measures;
    const struct recist_rule *overall =
        recist_criteria_overall_rule(criteria, result->overall_rule);
    if (overall) {
        at = say_next(saying, at, &overall->say, &first);
    }
    for (size_t i = criteria->component_count; i > 0; i--, component++, decided++) {
        at = say_next(saying, at, &component->rules[decided->rule].say, &first);
    }
    end_at(saying, at);
}
