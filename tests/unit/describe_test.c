/* SPDX-License-Identifier: MIT
 * Criteria as text, Markdown and JSON. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <recist/criteria.h>

#include "base/text_buffer.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))

/* Everything of the language once, with what the formats must escape. */
static const char file[] =
    "criteria: tiny\n"
    "title: Tiny <criteria>\n"
    "version: \"1\"\n"
    "status: unconfirmed\n"
    "source: \"a \\\"paper\\\" \\e[1m\"\n"
    "cite_as: Nobody 1999\n"
    "conventions:\n"
    "  partial_date:\n"
    "    question: Which day?\n"
    "    value: first\n"
    "    choices: {first: the first, middle: the 15th, last: the last}\n"
    "    cite: 2.1\n"
    "  strict:\n"
    "    value: \"no\"\n"
    "    choices: {\"yes\": one reading, \"no\": the other}\n"
    "  window: {value: 28 days, also: days_before}\n"
    "visits: {partial_date: partial_date, span: 14 days, baseline_window: window}\n"
    "roles:\n"
    "  target:\n"
    "    recorded: at baseline\n"
    "    reading: required\n"
    "    statuses:\n"
    "      absent: {value: 0 mm, cite: 3.1}\n"
    "      too small: {value: 2.5 mm}\n"
    "      joined: {value: 0 mm, merged: \"yes\"}\n"
    "      not evaluable: {evaluated: \"no\"}\n"
    "      removed: {evaluated: \"no\", lasting: \"yes\"}\n"
    "  new:\n"
    "    recorded: after baseline\n"
    "    blank: unequivocal\n"
    "    statuses: {unequivocal: {prevails: \"yes\"}}\n"
    "  dose:\n"
    "    {of: patient, recorded: any time, own_schedule: \"yes\", unit: mg, statuses: {stopped: {}}}\n"
    "columns:\n"
    "  density_hu: {title: density, unit: HU}\n"
    "  treated: {unit: yes/no}\n"
    "states:\n"
    "  doubtful:\n"
    "    {title: in doubt, enter: overall = PD, leave: overall = CR and dose < 5 mg, cite: 4.7}\n"
    "  lost: {enter: overall = PD, lasting: \"yes\"}\n"
    "organs:\n"
    "  node: {nodal: \"yes\", match: 'node|gland'}\n"
    "lesion_values:\n"
    "  size:\n"
    "    title: diameter\n"
    "    unit: mm\n"
    "    cases:\n"
    "      - {when: strict, value: 'min(short_axis, longest_diameter)'}\n"
    "      - {when: nodal, value: short_axis}\n"
    "      - {value: longest_diameter}\n"
    "measures:\n"
    "  sum: {title: sum of diameters, sum: size, over: role = target}\n"
    "  dense: {count: density_hu >= 30 HU, over: role = target}\n"
    "definitions:\n"
    "  gone: size = 0 mm\n"
    "components:\n"
    "  target:\n"
    "    title: Target lesions\n"
    "    rules:\n"
    "      gone:\n"
    "        response: CR\n"
    "        when: all(role = target, gone)\n"
    "        say: \"all gone (sum {sum})\"\n"
    "        cite: 4.3.1\n"
    "      strictly: {response: NE, when: strict}\n"
    "      grown:\n"
    "        response: PD\n"
    "        when: increase(sum, nadir(sum)) >= 20 %\n"
    "        needs: what was evaluated\n"
    "      rest: {response: SD}\n"
    "  new_lesion:\n"
    "    rules:\n"
    "      new: {response: \"yes\", when: 'any(role = new, status = unequivocal)'}\n"
    "      none: {response: \"no\"}\n"
    "overall:\n"
    "  title: Overall response\n"
    "  table:\n"
    "    columns: [target, new_lesion]\n"
    "    rows:\n"
    "      new: [any, \"yes\", PD]\n"
    "      better: [[CR, SD], \"no\", CR]\n"
    "      worse: [[PD, NE], \"no\", PD]\n"
    "  date:\n"
    "    - value: last_scan()\n"
    "best_response:\n"
    "  window: {until: overall = PD, before: next_therapy}\n"
    "  counts:\n"
    "    response: [CR]\n"
    "    control: [CR]\n"
    "    progression: [PD]\n"
    "    not_evaluable: [NE]\n"
    "  ranking: [CR, PD, NE]\n"
    "  assessed:\n"
    "    history:\n"
    "      relapse:\n"
    "        response: PD\n"
    "        when: overall = CR and ever(overall = PD)\n"
    "        cite: 4.4\n"
    "  unconfirmed:\n"
    "    seen:\n"
    "      response: CR\n"
    "      when: some(overall = CR)\n"
    "      date: first_date(overall = CR)\n"
    "      cite: 4.5\n"
    "      say: \"gone on {first_date(overall = CR)}\"\n"
    "    strictly-none: {response: NE, when: strict}\n"
    "    else: {response: PD}\n"
    "  confirmed:\n"
    "    nothing: {response: NE}\n"
    "checks:\n"
    "  many:\n"
    "    severity: warning\n"
    "    of: series\n"
    "    when: count(role = target) > 5\n"
    "    say: \"{count(role = target)} targets\"\n"
    "    help: choose five\n";

static char path[] = "/tmp/recist-describe-XXXXXX.yaml";
static struct recist_criteria *criteria;
static struct recist_text text;

static bool append(void *to, const char *bytes, size_t length)
{
    recist_text_append(to, bytes, length);
    return !text.failed;
}

static bool refuse(void *to, const char *bytes, size_t length)
{
    return false;
}

static void load(const struct recist_setting *setting)
{
    struct recist_findings *findings = recist_findings_create();
    recist_criteria_destroy(criteria);
    ck_assert_int_eq(
        recist_criteria_load(path, NULL, 0, setting, setting != NULL, findings, &criteria),
        RECIST_DONE);
    recist_findings_destroy(findings);
}

static const char *describe(enum recist_description_format format)
{
    text.length = 0;
    ck_assert(recist_criteria_describe(criteria, format, append, &text));
    recist_text_append_char(&text, '\0');
    return text.bytes;
}

static void set_up(void)
{
    memcpy(path + strlen(path) - strlen("XXXXXX.yaml"), "XXXXXX", 6);
    int descriptor = mkstemps(path, (int)strlen(".yaml"));
    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(write(descriptor, file, strlen(file)), (ssize_t)strlen(file));
    close(descriptor);
    criteria = NULL;
    recist_text_init(&text);
    load(NULL);
}

static void tear_down(void)
{
    recist_criteria_destroy(criteria);
    recist_text_destroy(&text);
    unlink(path);
}

struct part {
    enum recist_description_format format;
    const char *says;
};

#define TEXT RECIST_DESCRIPTION_TEXT
#define MARKDOWN RECIST_DESCRIPTION_MARKDOWN
#define JSON RECIST_DESCRIPTION_JSON

static const struct part parts[] = {
    {TEXT, "Tiny <criteria>\n===============\n"},
    {TEXT, "  sections cited are of Nobody 1999\n"},
    {TEXT, "  source                a \"paper\" \\x1b[1m\n"},
    {TEXT, "  partial_date\n"
           "    question     Which day?\n"
           "    in force     first\n"
           "    choices      first: the first\n"
           "                 middle: the 15th\n"
           "                 last: the last\n"
           "    section      2.1\n"},
    {TEXT, "  baseline              at most 28 days before treatment starts\n"},
    {TEXT, "  treated                  yes/no\n"},
    {TEXT, "  density_hu      density  HU\n"},
    {TEXT, "  dense                      number  density_hu >= 30 HU"},
    {TEXT, "  doubtful  in doubt  overall = PD  overall = CR and dose < 5 mg  4.7\n"},
    {TEXT, "  lost                overall = PD  never\n"},
    {JSON, "{\"role\": \"dose\", \"of\": \"patient\", \"recorded\": \"at any time\", "
           "\"own_schedule\": true, \"scan\": false, \"reading\": \"required\", \"unit\": \"mg\", \"blank\": null}"},
    {JSON, "{\"state\": \"lost\", \"title\": null, \"enter\": \"overall = PD\", \"leave\": null, "
           "\"cite\": null}"},
    {JSON, "\"progression_date\": null"},
    {TEXT, "  role    status         taken as  evaluated  merged  prevails  section\n"},
    {TEXT, "  target  too small      2.5 mm    yes\n"},
    {TEXT, "  target  joined         0 mm      yes        yes\n"},
    {TEXT, "  target  not evaluable            no\n"},
    {TEXT, "  target  removed                  no more\n"},
    {TEXT, "  new     unequivocal              yes                yes\n"},
    {TEXT, "    in force     28 days\n    also called  days_before\n"},
    {TEXT, "  organ  lymph node  pattern\n  -----------------------------\n"
           "  node   yes         node|gland\n"},
    {TEXT, "size: diameter\n"},
    {TEXT, "    when      strict\n    in force  no: switched off by the conventions in force\n"},
    {TEXT, "  min(short_axis, longest_diameter)  strict     no: switched off by the "},
    {TEXT, "  name  stands for\n  -----------------\n  gone  size = 0 mm\n"},
    {TEXT, "Target lesions (target)\n"},
    {TEXT, "  gone\n"
           "    response  CR\n"
           "    in words  all gone (sum …)\n"
           "    when      all(role = target, gone)\n"
           "    section   4.3.1\n"},
    {TEXT, "    needs     what was evaluated\n"},
    {TEXT, "  rest\n    response  SD\n    when      otherwise\n"},
    {TEXT, "8 combinations of target, new_lesion are decided by 3 rows, each by one row only.\n"},
    {TEXT, "  row     Target lesions  new_lesion  Overall response\n"},
    {TEXT, "  new     any             yes         PD\n"},
    {TEXT, "  better  CR, SD          no          CR\n"},
    {TEXT, "  many  warning   … targets  choose five  series         baseline  count("},
    {TEXT, "  up to the first visit with overall = PD\n  and before            next_therapy\n"},
    {TEXT, "  disease control       CR\n"},
    {TEXT, "  from best to worst    CR, PD, NE\n"},
    {TEXT, "  relapse  PD        overall = CR and ever(overall = PD)  4.4\n"},
    {TEXT, "  seen\n"
           "    response  CR\n"
           "    in words  gone on …\n"
           "    when      some(overall = CR)\n"
           "    date      first_date(overall = CR)\n"
           "    section   4.5\n"},
    {TEXT, "  strictly-none\n    response  NE\n    when      strict\n    in force  no: "},
    {TEXT, "With confirmation\n\n"
           "  rule     response  when\n  ----------------------------\n"
           "  nothing  NE        otherwise\n"},
    {MARKDOWN, "# Tiny \\<criteria\\>\n"},
    {MARKDOWN, "- source: a \"paper\" \\\\x1b\\[1m\n"},
    {MARKDOWN, "| convention | question | in force | choices | section | also called |\n"},
    {MARKDOWN, "| `strict` |  | `no` | yes: one reading<br>no: the other |  |  |\n"},
    {MARKDOWN, "| node | yes | `node\\|gland` |\n"},
    {MARKDOWN, "| `gone` | CR | all gone (sum …) | `all(role = target, gone)` |  |  | 4.3.1 |\n"},
    {MARKDOWN, "| `better` | CR, SD | no | CR |\n"},
    {MARKDOWN, "### Target lesions (target)\n"},
    {MARKDOWN, "## Best response of a course\n"},
    {MARKDOWN, "| `nothing` | NE | otherwise |\n"},
    {JSON, "\"title\": \"Tiny <criteria>\""},
    {JSON, "\"source\": \"a \\\"paper\\\" \\u001b[1m\""},
    {JSON, "\"extends\": []"},
    {JSON, "{\"name\": \"strict\", \"question\": null, \"value\": \"no\", \"changed\": false, "
           "\"choices\": {\"yes\": \"one reading\", \"no\": \"the other\"}, \"declared\": \"no\", "
           "\"cite\": null, \"also\": null}"},
    {JSON, "\"span_days\": 14,\n    \"baseline_window_days\": 28,\n"
           "    \"partial_date\": \"partial_date\"\n  },"},
    {JSON, "\"status\": \"not evaluable\", \"stands_for\": null, \"evaluated\": false"},
    {JSON, "\"say\": \"all gone (sum {sum})\""},
    {JSON, "\"needs\": \"every lesion\", \"in_force\": false"},
    {JSON, "{\"row\": \"new\", \"target\": [\"CR\", \"NE\", \"PD\", \"SD\"], "
           "\"new_lesion\": [\"yes\"], \"response\": \"PD\"}"},
    {JSON, "\"history\": [],\n    \"amendments\": [],\n"},
    {JSON, "\"lasting\": true"},
    {JSON, "\"prevails\": true"},
    {JSON, "\"until\": \"overall = PD\",\n      \"before\": \"next_therapy\"\n"},
    {JSON, "\"not_evaluable\": [\"NE\"],\n      \"ranking\": [\"CR\", \"PD\", \"NE\"]\n"},
    {JSON, "{\"rule\": \"seen\", \"response\": \"CR\", "
           "\"say\": \"gone on {first_date(overall = CR)}\", "
           "\"when\": \"some(overall = CR)\", \"date\": \"first_date(overall = CR)\", "
           "\"in_force\": true, \"cite\": \"4.5\"}"},
    {JSON, "{\"value\": \"last_scan()\", \"when\": null}"},
};

START_TEST(says_the_part)
{
    const char *description = describe(parts[_i].format);
    ck_assert_msg(strstr(description, parts[_i].says) != NULL, "\"%s\" is missing in\n%.4000s",
                  parts[_i].says, description);
}
END_TEST

/* Characters of UTF-8 before the end of the line. */
static size_t line_width(const char *line)
{
    size_t width = 0;
    for (; *line && *line != '\n'; line++) {
        width += ((unsigned char)*line & 0xC0) != 0x80;
    }
    return width;
}

START_TEST(wraps_lines_and_leaves_no_spaces_behind)
{
    const char *line = describe(TEXT);
    while (*line) {
        size_t length = strcspn(line, "\n");
        ck_assert_msg(line_width(line) <= 100, "%.*s", (int)length, line);
        ck_assert_msg(length == 0 || line[length - 1] != ' ', "\"%.*s\"", (int)length, line);
        line += length + (line[length] == '\n');
    }
}
END_TEST

static const struct {
    enum recist_description_format format;
    const char *opening;
    const char *closing;
} pairs[] = {{JSON, "{", "}"}, {JSON, "[", "]"}};

/* Brackets outside strings. */
START_TEST(balances_brackets)
{
    const char *at = describe(pairs[_i].format);
    bool quoted = false;
    int depth = 0;
    int deepest = 0;
    for (; *at; at++) {
        if (*at == '\\') {
            at++;
        } else if (*at == '"') {
            quoted = !quoted;
        } else if (!quoted) {
            depth += (*at == *pairs[_i].opening) - (*at == *pairs[_i].closing);
            deepest = depth > deepest ? depth : deepest;
            ck_assert_int_ge(depth, 0);
        }
    }
    ck_assert_int_eq(depth, 0);
    ck_assert_int_gt(deepest, 0);
    ck_assert(!quoted);
}
END_TEST

START_TEST(marks_what_a_setting_changes)
{
    load(&(struct recist_setting){"strict", "yes"});
    const char *description = describe(TEXT);
    ck_assert_ptr_nonnull(strstr(description, "    in force     yes\n"
                                              "    changed      the file that declares it says no\n"));
    ck_assert_ptr_nonnull(
        strstr(description, "    response  NE\n    when      strict\n\n  grown\n"));
    ck_assert_ptr_nonnull(strstr(description, "    when      otherwise\n"
                                              "    in force  no: switched off"));
    ck_assert_ptr_nonnull(strstr(describe(JSON), "\"value\": \"yes\", \"changed\": true"));
}
END_TEST

/* Criteria may say nothing about courses. */
START_TEST(says_nothing_of_what_is_not_declared)
{
    const char *section = strstr(file, "best_response:\n");
    const char *after = strstr(file, "checks:\n");
    ck_assert(section && after);
    FILE *stream = fopen(path, "w");
    ck_assert_ptr_nonnull(stream);
    fwrite(file, 1, (size_t)(section - file), stream);
    fputs(after, stream);
    ck_assert_int_eq(fclose(stream), 0);
    load(NULL);
    ck_assert_ptr_null(strstr(describe(TEXT), "Best response"));
    ck_assert_ptr_nonnull(strstr(describe(JSON), "  \"best_response\": null,\n"));
    ck_assert_uint_eq(recist_criteria_proof(criteria).best_response_rules, 0);
}
END_TEST

START_TEST(stops_when_nobody_listens)
{
    ck_assert(!recist_criteria_describe(criteria, TEXT, refuse, NULL));
}
END_TEST

static const struct recist_combination combinations[] = {
    {.words = {"CR", "yes"}, .row = "new", .response = "PD"},
    {.words = {"CR", "no"}, .row = "better", .response = "CR"},
    {.words = {"NE", "yes"}, .row = "new", .response = "PD"},
    {.words = {"NE", "no"}, .row = "worse", .response = "PD"},
    {.words = {"PD", "yes"}, .row = "new", .response = "PD"},
    {.words = {"PD", "no"}, .row = "worse", .response = "PD"},
    {.words = {"SD", "yes"}, .row = "new", .response = "PD"},
    {.words = {"SD", "no"}, .row = "better", .response = "CR"},
};

START_TEST(lists_every_combination)
{
    struct recist_combination combination;
    ck_assert_uint_eq(recist_criteria_proof(criteria).combinations, COUNT(combinations));
    ck_assert_uint_eq(recist_criteria_proof(criteria).rules, 6);
    ck_assert_uint_eq(recist_criteria_proof(criteria).best_response_rules, 5);
    for (int i = 0; i < COUNT(combinations); i++) {
        ck_assert(recist_criteria_combination(criteria, (size_t)i, &combination));
        ck_assert_str_eq(combination.words[0], combinations[i].words[0]);
        ck_assert_str_eq(combination.words[1], combinations[i].words[1]);
        ck_assert_ptr_null(combination.words[2]);
        ck_assert_str_eq(combination.row, combinations[i].row);
        ck_assert_str_eq(combination.response, combinations[i].response);
    }
    ck_assert(!recist_criteria_combination(criteria, COUNT(combinations), &combination));
}
END_TEST

START_TEST(tells_the_choices)
{
    ck_assert_uint_eq(recist_criteria_choice_count(criteria, 0), 3);
    ck_assert_str_eq(recist_criteria_choice(criteria, 0, 1), "middle");
    ck_assert_str_eq(recist_criteria_choice(criteria, 0, 3), "");
    ck_assert_uint_eq(recist_criteria_choice_count(criteria, 2), 0); /* a quantity */
    ck_assert_uint_eq(recist_criteria_choice_count(criteria, 3), 0); /* there is none */
    ck_assert_uint_eq(recist_criteria_table_column(criteria, 1), 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("describe");
    TCase *tests = tcase_create("describe");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, says_the_part, 0, COUNT(parts));
    tcase_add_test(tests, wraps_lines_and_leaves_no_spaces_behind);
    tcase_add_loop_test(tests, balances_brackets, 0, COUNT(pairs));
    tcase_add_test(tests, marks_what_a_setting_changes);
    tcase_add_test(tests, says_nothing_of_what_is_not_declared);
    tcase_add_test(tests, stops_when_nobody_listens);
    tcase_add_test(tests, lists_every_combination);
    tcase_add_test(tests, tells_the_choices);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
