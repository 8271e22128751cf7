/* SPDX-License-Identifier: MIT
 * Sets of words in conditions: responses, roles, statuses, values of conventions. */
#include <string.h>

#include "base/nearest_name.h"
#include "criteria/expression_parser.h"

#define MOST_WORDS 64

/* The words an operand can be, as number i of the set they are counted in; NULL: not one. */
static size_t possible_words(const struct recist_parser *parser, const struct recist_operand *of,
                             const char **words)
{
    const struct recist_criteria *criteria = parser->compiler->criteria;
    size_t count = 0;
    switch (of->type) {
    case RECIST_TYPE_ROLE:
        for (; count < criteria->vocabulary.role_count; count++) {
            words[count] = criteria->vocabulary.roles[count].word;
        }
        break;
    case RECIST_TYPE_STATUS:
        for (; count < criteria->vocabulary.status_count; count++) {
            words[count] = !recist_operand_is_observed(of) ||
                                   recist_role_has_status(criteria, of->node->role, count)
                               ? criteria->vocabulary.statuses[count].word
                               : NULL;
        }
        break;
    case RECIST_TYPE_CHOICE:
        for (; count < criteria->conventions[of->index].choice_count; count++) {
            words[count] = criteria->conventions[of->index].choices[count].value;
        }
        break;
    case RECIST_TYPE_WORD: {
        uint64_t set = of->index == RECIST_OVERALL_INDEX ? criteria->overall_words
                                                         : criteria->components[of->index].words;
        for (; count < criteria->word_count; count++) {
            words[count] = (set >> count) & 1 ? criteria->words[count] : NULL;
        }
        break;
    }
    case RECIST_TYPE_NONE:
    case RECIST_TYPE_TRUTH:
    case RECIST_TYPE_LENGTH:
    case RECIST_TYPE_AREA:
    case RECIST_TYPE_NUMBER:
    case RECIST_TYPE_PERCENT:
    case RECIST_TYPE_DAYS:
    case RECIST_TYPE_DATE:
    case RECIST_TYPE_CHANGE:
    case RECIST_TYPE_TEXT:
    case RECIST_TYPE_LESIONS:
    case RECIST_TYPE_COUNT:
    default:
        break;
    }
    return count;
}

/* Whether the word may stand where the file could not be read. */
static bool may_be_declared(const struct recist_parser *parser, const struct recist_operand *of)
{
    const struct recist_compiler *compiler = parser->compiler;
    if (of->type == RECIST_TYPE_WORD) {
        return of->index == RECIST_OVERALL_INDEX ? compiler->overall_responses_incomplete
                                                 : compiler->responses_incomplete;
    }
    return of->type != RECIST_TYPE_CHOICE && compiler->vocabulary_incomplete;
}

static void unknown_word(struct recist_parser *parser, const struct recist_operand *of,
                         const char **words, size_t count)
{
    if (may_be_declared(parser, of)) {
        parser->failed = true;
        return;
    }
    const char *known[MOST_WORDS];
    size_t known_count = 0;
    char list[256] = "";
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        if (words[i] && words[i][0]) {
            known[known_count++] = words[i];
            size_t more = strlen(words[i]) + 2;
            if (length + more < sizeof list) {
                memcpy(list + length, length ? ", " : "", length ? 2 : 0);
                length += length ? 2 : 0;
                memcpy(list + length, words[i], more - 2);
                length += more - 2;
                list[length] = '\0';
            }
        }
    }
    const char *nearest = recist_nearest_name(parser->token.text, known, known_count);
    recist_parser_report(parser, RECIST_KIND(RULES_UNKNOWN_WORD), parser->token.offset,
                         "\"%.*s\" is not %s; %s%s%s%s", (int)parser->token.text.length,
                         parser->token.text.text, recist_type_name(parser->compiler->criteria, of->type),
                         nearest ? "did you mean \"" : "expected one of ",
                         nearest ? nearest : list, nearest ? "\"?" : "", "");
}

static uint64_t parse_word(struct recist_parser *parser, const struct recist_operand *of)
{
    if (parser->token.kind != RECIST_TOKEN_NAME && parser->token.kind != RECIST_TOKEN_STRING) {
        recist_parser_expect(parser, RECIST_TOKEN_NAME, "a word");
        return 0;
    }
    const char *words[MOST_WORDS] = {NULL};
    size_t count = possible_words(parser, of, words);
    for (size_t i = 0; i < count; i++) {
        if (words[i] && strlen(words[i]) == parser->token.text.length &&
            memcmp(words[i], parser->token.text.text, parser->token.text.length) == 0) {
            recist_parser_advance(parser);
            return UINT64_C(1) << i;
        }
    }
    unknown_word(parser, of, words, count);
    return 0;
}

uint64_t recist_parse_word_set(struct recist_parser *parser, const struct recist_operand *of)
{
    if (!recist_parser_accept(parser, RECIST_TOKEN_OPEN_LIST)) {
        return parse_word(parser, of);
    }
    uint64_t set = 0;
    do {
        set |= parse_word(parser, of);
    } while (!parser->failed && recist_parser_accept(parser, RECIST_TOKEN_COMMA));
    recist_parser_expect(parser, RECIST_TOKEN_CLOSE_LIST, "a comma or the end of the list");
    return set;
}
