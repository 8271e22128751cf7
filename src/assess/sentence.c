/* SPDX-License-Identifier: MIT
 * Sentences of the criteria with their values: the only place where numbers are rounded, and only
 * for reading. */
#include "assess/assessor.h"
#include "assess/recorded.h"
#include "base/date.h"
#include "base/decimal.h"

static const char unknown[] = "not known";

static void append_number(struct recist_text *text, recist_wide numerator, recist_wide denominator,
                          int decimals, const char *unit)
{
    recist_decimal_append(text, numerator, denominator, decimals);
    recist_text_append_string(text, unit);
}

/* What is rounded for reading is not rounded onto a limit. */
static void append_rounded(struct recist_text *text, recist_wide numerator,
                           recist_wide denominator, const char *unit)
{
    append_number(text, numerator, denominator,
                  recist_decimal_places_beside_whole(numerator, denominator, 2), unit);
}

static void append_percent(struct recist_evaluation *evaluation, const struct recist_node *node,
                           struct recist_text *text)
{
    recist_wide numerator = 0;
    recist_wide denominator = 0;
    if (!recist_evaluate_percent(evaluation, node, &numerator, &denominator) || denominator < 0) {
        recist_text_append_string(text, unknown);
        return;
    }
    if (node->direction == RECIST_CHANGE && numerator > 0) {
        recist_text_append_char(text, '+');
    }
    if (denominator == 0) {
        recist_text_append_string(text, numerator == 0 ? "0 %" : "\xe2\x88\x9e %"); /* infinity */
        return;
    }
    append_rounded(text, numerator * 100, denominator, " %");
}

/* "T1", "T1 and T2", "T1, T2 and T3": each goes out when it is known whether it is the last. */
static void append_lesions(struct recist_evaluation *evaluation, const struct recist_node *node,
                           struct recist_text *text)
{
    size_t outer = evaluation->lesion;
    const struct recist_slice *held = NULL;
    size_t written = 0;
    size_t next = 0;
    while (recist_next_selected(evaluation, node, &next)) {
        if (!recist_holds(evaluation, node->right)) {
            continue;
        }
        if (held) {
            recist_text_append_string(text, written++ ? ", " : "");
            recist_text_append_slice(text, *held);
        }
        held = &evaluation->series->lesions[evaluation->lesion].id;
    }
    if (held) {
        recist_text_append_string(text, written ? " and " : "");
        recist_text_append_slice(text, *held);
    }
    evaluation->lesion = outer;
}

static void append_lesion_text(const struct recist_evaluation *evaluation,
                               const struct recist_node *node, struct recist_text *text)
{
    const struct recist_lesion *lesion = &evaluation->series->lesions[evaluation->lesion];
    const struct recist_slice columns[] = {
        [RECIST_TEXT_SITE] = lesion->site,     [RECIST_TEXT_ORGAN] = lesion->organ,
        [RECIST_TEXT_METHOD] = lesion->method, [RECIST_TEXT_KIND] = lesion->kind,
        [RECIST_TEXT_LESION] = lesion->id,     [RECIST_TEXT_CHECKED_ORGAN] = evaluation->organ,
    };
    recist_text_append_slice(text, columns[node->index]);
}

/* The number alone, with as many decimals as it has; of a mean as many as can be read. */
static void append_plain(const struct recist_node *node, recist_wide value, const char *unit,
                         struct recist_text *text)
{
    append_number(text, value, node->mean ? (recist_wide)RECIST_ONE * RECIST_MEAN_SCALE : RECIST_ONE,
                  node->mean ? 2 : RECIST_DECIMALS, unit);
}

void recist_say_quantity(const struct recist_criteria *criteria, const struct recist_node *node,
                         recist_wide value, struct recist_text *text)
{
    switch (node->type) {
    case RECIST_TYPE_LENGTH:
        if (node->mean || node->operation != RECIST_OP_CHANGE) {
            append_plain(node, value, " mm", text);
        } else {
            append_rounded(text, value, RECIST_ONE, " mm");
        }
        break;
    case RECIST_TYPE_AREA:
        append_number(text, value, (recist_wide)RECIST_ONE * RECIST_ONE, RECIST_DECIMALS, " mm2");
        break;
    case RECIST_TYPE_DAYS:
        append_number(text, value, 1, 0, value == 1 ? " day" : " days");
        break;
    case RECIST_TYPE_DATE:
        recist_date_append(text, (int32_t)value);
        break;
    case RECIST_TYPE_PERCENT:
        append_rounded(text, value, RECIST_ONE, " %");
        break;
    default:
        append_plain(node, value, node->type >= RECIST_TYPE_OWN_UNIT ? " " : "", text);
        recist_text_append_string(
            text, recist_type_unit(criteria, (enum recist_type)node->type));
        break;
    }
}

static void append_value(struct recist_evaluation *evaluation, const struct recist_node *node,
                         struct recist_text *text)
{
    if (node->operation == RECIST_OP_LESIONS) {
        append_lesions(evaluation, node, text);
    } else if (node->operation == RECIST_OP_OBSERVED) {
        const char *word = recist_observed_word(evaluation, node);
        recist_text_append_string(text, word[0] ? word : unknown);
    } else if (node->type == RECIST_TYPE_TEXT) {
        append_lesion_text(evaluation, node, text);
    } else if (node->type == RECIST_TYPE_WORD) {
        recist_text_append_string(
            text, evaluation->criteria->words[recist_evaluate_word(evaluation, node)]);
    } else if (node->operation == RECIST_OP_CHANGE && node->percent) {
        append_percent(evaluation, node, text);
    } else {
        recist_wide value = 0;
        if (recist_evaluate_value(evaluation, node, &value)) {
            recist_say_quantity(evaluation->criteria, node, value, text);
        } else {
            recist_text_append_string(text, unknown);
        }
    }
}

void recist_say(struct recist_evaluation *evaluation, const struct recist_sentence *sentence,
                struct recist_text *text)
{
    for (size_t i = 0; i < sentence->count; i++) {
        const struct recist_sentence_piece *piece = &sentence->pieces[i];
        if (piece->node) {
            append_value(evaluation, piece->node, text);
        } else {
            recist_text_append_slice(text, piece->literal);
        }
    }
}
