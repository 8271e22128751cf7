/* SPDX-License-Identifier: MIT
 * Sentences of a criteria file: text with values in braces. */
#include <stddef.h>
#include <string.h>

#include <recist/assessment.h>

#include "base/quoting.h"
#include "criteria/expression_parser.h"

#define MOST_VALUES 31

/* Behind a value: nothing, or `in %` for a change. */
static const struct recist_node *finish_value(struct recist_parser *parser,
                                              struct recist_operand value, bool percent)
{
    if (value.type == RECIST_TYPE_TRUTH || value.type == RECIST_TYPE_ROLE ||
        (value.type == RECIST_TYPE_STATUS && !recist_operand_is_observed(&value)) || value.type == RECIST_TYPE_CHOICE ||
        (percent && value.type != RECIST_TYPE_CHANGE)) {
        recist_parser_report(parser, RECIST_KIND(RULES_WRONG_UNIT), 0,
                             "%s cannot be written into a sentence%s",
                             recist_type_name(parser->compiler->criteria, value.type), percent ? " in percent" : "");
        return NULL;
    }
    struct recist_node node = *value.node;
    node.percent = percent;
    if (value.type == RECIST_TYPE_CHANGE) {
        node.type = (uint8_t)(percent ? RECIST_TYPE_PERCENT : value.unit);
    }
    return recist_node_make(parser, node);
}

static const char in_percent[] = " in %";

/* Whether the value `part` is that of `before`, in its unit and not in percent. */
static bool repeats_change(struct recist_slice before, struct recist_slice part)
{
    size_t suffix = sizeof in_percent - 1;
    return before.length == part.length + suffix && memcmp(before.text, part.text, part.length) == 0 &&
           memcmp(before.text + part.length, in_percent, suffix) == 0;
}

static const struct recist_node *compile_value(struct recist_compiler *compiler,
                                               const struct recist_yaml_node *text,
                                               struct recist_slice part, size_t base,
                                               struct recist_expression_context context)
{
    size_t suffix = sizeof in_percent - 1;
    bool percent = part.length > suffix &&
                   memcmp(part.text + part.length - suffix, in_percent, suffix) == 0;
    part.length -= percent ? suffix : 0;
    struct recist_parser parser;
    recist_parser_start(&parser, compiler, text, part, base, context);
    struct recist_operand value = recist_parse_expression(&parser);
    if (!parser.failed) {
        recist_parser_expect(&parser, RECIST_TOKEN_END, "the end of the value");
    }
    return parser.failed ? NULL : finish_value(&parser, value, percent);
}

/* Where a number of a measure stands among those of a visit. */
static bool stands_at(const struct recist_node *node, uint16_t *at)
{
    size_t number = 0;
    if (node->operation == RECIST_OP_MEASURE) {
        number = node->evaluated ? offsetof(struct recist_measure_result, evaluated)
                                 : offsetof(struct recist_measure_result, complete);
    } else if (node->operation == RECIST_OP_MEASURE_BASELINE) {
        number = offsetof(struct recist_measure_result, baseline);
    } else if (node->operation == RECIST_OP_MEASURE_NADIR) {
        number = offsetof(struct recist_measure_result, nadir);
    } else {
        return false;
    }
    number += node->index * sizeof(struct recist_measure_result);
    *at = (uint16_t)number;
    return number <= UINT16_MAX;
}

static enum recist_said said_by(struct recist_sentence_piece *piece)
{
    const struct recist_node *node = piece->node;
    if (!node) {
        return RECIST_SAID_NOTHING;
    }
    if (node->operation == RECIST_OP_LESIONS) {
        return RECIST_SAID_LESIONS;
    }
    if (node->operation == RECIST_OP_OBSERVED) {
        return RECIST_SAID_OBSERVED;
    }
    if (node->type == RECIST_TYPE_TEXT) {
        return RECIST_SAID_TEXT;
    }
    if (node->type == RECIST_TYPE_WORD) {
        return RECIST_SAID_WORD;
    }
    if (node->operation == RECIST_OP_CHANGE && node->percent) {
        return stands_at(node->left, &piece->value_at) &&
                       stands_at(node->right, &piece->reference_at)
                   ? RECIST_SAID_PERCENT
                   : RECIST_SAID_OTHER_PERCENT;
    }
    if (node->type == RECIST_TYPE_DATE) {
        return RECIST_SAID_DATE;
    }
    return node->type == RECIST_TYPE_LENGTH && !node->mean && stands_at(node, &piece->value_at)
               ? RECIST_SAID_LENGTH
               : RECIST_SAID_QUANTITY;
}

/* Literals are copied to where they are padded. */
static bool keep(struct recist_compiler *compiler, const struct recist_sentence_piece *pieces,
                 size_t count, size_t literal_length, struct recist_sentence *sentence)
{
    struct recist_sentence_piece *kept = recist_compiler_take(compiler, count + 1, sizeof *kept);
    char *at = recist_compiler_take(compiler, literal_length + RECIST_TEXT_PADDING, 1);
    if (!kept || !at) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct recist_slice literal = pieces[i].literal;
        memcpy(at, literal.text, literal.length);
        kept[i] = (struct recist_sentence_piece){.literal = {at, literal.length},
                                                 .node = pieces[i].node,
                                                 .repeats = pieces[i].repeats};
        kept[i].said = said_by(&kept[i]);
        if (kept[i].said == RECIST_SAID_LESIONS) {
            kept[i].list = compiler->criteria->list_count++;
        }
        at += literal.length;
    }
    struct recist_slice literals = {at - literal_length, literal_length};
    *sentence = (struct recist_sentence){.pieces = kept,
                                         .count = count,
                                         .literal_length = literal_length,
                                         .quoting = recist_quoting_look(literals)};
    return true;
}

bool recist_sentence_compile(struct recist_compiler *compiler, const struct recist_yaml_node *text,
                             struct recist_expression_context context,
                             struct recist_sentence *sentence)
{
    *sentence = (struct recist_sentence){0};
    if (!text) {
        return true;
    }
    struct recist_sentence_piece pieces[MOST_VALUES + 1];
    size_t count = 0;
    size_t at = 0;
    size_t literals = 0;
    struct recist_slice before = {"", 0};
    bool sound = true;
    while (at < text->length) {
        const char *open = memchr(text->text + at, '{', text->length - at);
        size_t literal = open ? (size_t)(open - text->text) - at : text->length - at;
        pieces[count] = (struct recist_sentence_piece){.literal = {text->text + at, literal}};
        literals += literal;
        at += literal;
        if (!open) {
            count++;
            break;
        }
        const char *close = memchr(open, '}', text->length - at);
        if (!close || count == MOST_VALUES) {
            recist_compiler_report(compiler, RECIST_KIND(RULES_CONDITION),
                                   recist_yaml_place_within(text, at),
                                   close ? "the sentence has too many values"
                                         : "a { in the sentence is not closed by }");
            return false;
        }
        struct recist_slice part = {open + 1, (size_t)(close - open) - 1};
        pieces[count].node = compile_value(compiler, text, part, at + 1, context);
        pieces[count].repeats = repeats_change(before, part);
        before = part;
        sound = sound && pieces[count].node;
        count++;
        at += part.length + 2;
    }
    return sound && keep(compiler, pieces, count, literals, sentence);
}
