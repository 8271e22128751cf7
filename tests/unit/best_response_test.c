/* SPDX-License-Identifier: MIT
 * Best response from sequences of responses: "CR@56" is a complete response 56 days after the
 * start. Table 3 of the guideline, any number of visits, windows, conventions. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <recist/timeline.h>

#include "criteria/criteria.h"

#define MOST_POINTS 16

struct best_case {
    const char *name;
    const char *setting; /* NAME=VALUE, or NULL */
    const char *responses;
    const char *best;
    const char *confirmed;
    int32_t response;    /* days from the start; -1: none */
    int32_t progression; /* days from the start; -1: none */
    int32_t next_therapy;
    int32_t told_progression; /* of the courses file */
    bool not_evaluable;
};

static const struct best_case cases[] = {
    /* Table 3, rows one by one; 56 days are beyond the minimum of 42, 28 are not. */
    {.name = "CR then CR", .responses = "CR@56 CR@84", .best = "CR", .confirmed = "CR", .response = 56, .progression = -1},
    {.name = "CR then PR is a relapse", .responses = "CR@56 PR@84", .best = "CR", .confirmed = "SD", .response = 56, .progression = 84},
    {.name = "CR too early, then PR", .responses = "CR@28 PR@56", .best = "CR", .confirmed = "PD", .response = 28, .progression = 56},
    {.name = "CR was PR", .setting = "cr_then_disease=recode_pr", .responses = "CR@28 PR@56", .best = "PR", .confirmed = "PR", .response = 28, .progression = -1},
    {.name = "CR and PR kept", .setting = "cr_then_disease=keep", .responses = "CR@28 PR@56", .best = "CR", .confirmed = "SD", .response = 28, .progression = -1},
    {.name = "CR then SD, long enough", .responses = "CR@56 SD@84", .best = "CR", .confirmed = "SD", .response = 56, .progression = 84},
    {.name = "CR then SD, too early", .responses = "CR@28 SD@41", .best = "CR", .confirmed = "PD", .response = 28, .progression = 41},
    {.name = "CR then PD", .responses = "CR@56 PD@84", .best = "CR", .confirmed = "SD", .response = 56, .progression = 84},
    {.name = "CR then PD, too early", .responses = "CR@28 PD@41", .best = "CR", .confirmed = "PD", .response = 28, .progression = 41},
    {.name = "CR then NE", .responses = "CR@56 NE@84", .best = "CR", .confirmed = "SD", .response = 56, .progression = -1},
    {.name = "CR then NE, too early", .responses = "CR@28 NE@56", .best = "CR", .confirmed = "NE", .response = 28, .progression = -1},
    {.name = "PR then CR", .responses = "PR@56 CR@84", .best = "CR", .confirmed = "PR", .response = 56, .progression = -1},
    {.name = "PR then PR", .responses = "PR@56 PR@84", .best = "PR", .confirmed = "PR", .response = 56, .progression = -1},
    {.name = "PR then SD", .responses = "PR@56 SD@84", .best = "PR", .confirmed = "SD", .response = 56, .progression = -1},
    {.name = "PR then PD", .responses = "PR@56 PD@84", .best = "PR", .confirmed = "SD", .response = 56, .progression = 84},
    {.name = "PR then PD, too early", .responses = "PR@28 PD@41", .best = "PR", .confirmed = "PD", .response = 28, .progression = 41},
    {.name = "PR then NE", .responses = "PR@56 NE@84", .best = "PR", .confirmed = "SD", .response = 56, .progression = -1},
    {.name = "PR then NE, too early", .responses = "PR@28 NE@41", .best = "PR", .confirmed = "NE", .response = 28, .progression = -1},
    {.name = "NE then NE", .responses = "NE@56 NE@84", .best = "NE", .confirmed = "NE", .response = -1, .progression = -1},
    /* Confirmation. */
    {.name = "27 days are not enough", .responses = "PR@56 PR@83", .best = "PR", .confirmed = "SD", .response = 56, .progression = -1},
    {.name = "a protocol's 21 days", .setting = "confirmation_interval=21 days", .responses = "PR@56 PR@77", .best = "PR", .confirmed = "PR", .response = 56, .progression = -1},
    {.name = "not the next visit", .responses = "CR@56 CR@70 CR@84", .best = "CR", .confirmed = "CR", .response = 56, .progression = -1},
    {.name = "one NE between", .responses = "PR@56 NE@84 PR@112", .best = "PR", .confirmed = "PR", .response = 56, .progression = -1},
    {.name = "two NE between", .responses = "PR@56 NE@84 NE@112 PR@140", .best = "PR", .confirmed = "SD", .response = 56, .progression = -1},
    {.name = "two NE allowed", .setting = "max_ne_between=2", .responses = "PR@56 NE@84 NE@112 PR@140", .best = "PR", .confirmed = "PR", .response = 56, .progression = -1},
    {.name = "one SD between", .responses = "PR@56 SD@84 PR@112", .best = "PR", .confirmed = "PR", .response = 56, .progression = -1},
    {.name = "no SD allowed", .setting = "max_sd_between=0", .responses = "PR@56 SD@84 PR@112", .best = "PR", .confirmed = "SD", .response = 56, .progression = -1},
    {.name = "two SD between", .responses = "PR@56 SD@84 SD@112 PR@140", .best = "PR", .confirmed = "SD", .response = 56, .progression = -1},
    {.name = "SD does not stand between CR", .setting = "cr_then_disease=keep", .responses = "CR@56 SD@84 CR@112", .best = "CR", .confirmed = "SD", .response = 56, .progression = -1},
    {.name = "CR confirms a PR, then relapse", .responses = "PR@56 CR@84 PD@112", .best = "CR", .confirmed = "PR", .response = 56, .progression = 112},
    /* Stable disease. */
    {.name = "day 41", .responses = "SD@41", .best = "NE", .confirmed = "NE", .response = -1, .progression = -1},
    {.name = "day 42", .responses = "SD@42", .best = "SD", .confirmed = "SD", .response = -1, .progression = -1},
    {.name = "too early, then PD", .responses = "SD@41 PD@60", .best = "PD", .confirmed = "PD", .response = -1, .progression = 60},
    {.name = "PR at exactly day 42, then PD", .responses = "PR@42 PD@70", .best = "PR", .confirmed = "SD", .response = 42, .progression = 70},
    {.name = "no visit on time", .responses = "PR@35 PD@70", .best = "PR", .confirmed = "PD", .response = 35, .progression = 70},
    {.name = "time to progression counts", .setting = "sd_duration=time_to_pd", .responses = "PR@35 PD@70", .best = "PR", .confirmed = "SD", .response = 35, .progression = 70},
    {.name = "time to progression, stable disease", .setting = "sd_duration=time_to_pd", .responses = "SD@35 PD@70", .best = "SD", .confirmed = "SD", .response = -1, .progression = 70},
    {.name = "PR then SD, both early", .responses = "PR@28 SD@36", .best = "PR", .confirmed = "NE", .response = 28, .progression = -1},
    {.name = "PR then SD as Table 3 is printed", .setting = "pr_then_sd_requires_min=no", .responses = "PR@28 SD@36", .best = "PR", .confirmed = "SD", .response = 28, .progression = -1},
    {.name = "a minimum of eight weeks", .setting = "minimum_stable_disease=8 weeks", .responses = "SD@55", .best = "NE", .confirmed = "NE", .response = -1, .progression = -1},
    /* Window. */
    {.name = "PD first", .responses = "PD@56 CR@84 CR@112", .best = "PD", .confirmed = "PD", .response = -1, .progression = 56},
    {.name = "after PD nothing counts", .responses = "SD@56 PD@84 PR@112 PR@140", .best = "SD", .confirmed = "SD", .response = -1, .progression = 84},
    {.name = "new therapy", .responses = "SD@56 PR@84 PR@112", .next_therapy = 70, .best = "SD", .confirmed = "SD", .response = -1, .progression = -1},
    {.name = "on the day of the new therapy", .responses = "SD@56 PR@84", .next_therapy = 84, .best = "SD", .confirmed = "SD", .response = -1, .progression = -1},
    {.name = "new therapy before the first visit", .responses = "PR@56", .next_therapy = 40, .best = "NE", .confirmed = "NE", .response = -1, .progression = -1},
    {.name = "progression of the courses file", .responses = "SD@30", .told_progression = 50, .best = "PD", .confirmed = "PD", .response = -1, .progression = 50},
    {.name = "progression seen before it is told", .responses = "SD@56 PD@84", .told_progression = 90, .best = "SD", .confirmed = "SD", .response = -1, .progression = 84},
    /* Disease without targets, and no disease. */
    {.name = "non-target only", .responses = "NON-CR/NON-PD@56", .best = "NON-CR/NON-PD", .confirmed = "NON-CR/NON-PD", .response = -1, .progression = -1},
    {.name = "non-target only, too early", .responses = "NON-CR/NON-PD@35", .best = "NE", .confirmed = "NE", .response = -1, .progression = -1},
    {.name = "non-target only, no minimum", .setting = "noncrnonpd_requires_min=no", .responses = "NON-CR/NON-PD@35", .best = "NON-CR/NON-PD", .confirmed = "NON-CR/NON-PD", .response = -1, .progression = -1},
    {.name = "non-target only, CR not confirmed", .responses = "NON-CR/NON-PD@28 CR@56", .best = "CR", .confirmed = "NON-CR/NON-PD", .response = 56, .progression = -1},
    {.name = "the same as Table 3 is printed", .setting = "nontarget_only_fallback=SD", .responses = "NON-CR/NON-PD@28 CR@56", .best = "CR", .confirmed = "SD", .response = 56, .progression = -1},
    {.name = "no disease", .responses = "NED@56 NED@84", .best = "NED", .confirmed = "NED", .response = -1, .progression = -1},
    {.name = "no disease, then new", .responses = "NED@56 PD@84", .best = "PD", .confirmed = "PD", .response = -1, .progression = 84},
    {.name = "nothing", .responses = "", .best = "NE", .confirmed = "NE", .response = -1, .progression = -1},
    {.name = "the courses file says no", .responses = "PR@56 PR@84", .not_evaluable = true, .best = "NE", .confirmed = "NE", .response = -1, .progression = -1},
};

static struct recist_criteria *load(const char *setting)
{
    static char name[64];
    struct recist_setting set = {.name = name, .value = ""};
    if (setting) {
        size_t length = strcspn(setting, "=");
        memcpy(name, setting, length);
        name[length] = '\0';
        set.value = setting + length + 1;
    }
    struct recist_findings *findings = recist_findings_create();
    struct recist_criteria *criteria = NULL;
    enum recist_outcome outcome = recist_criteria_load(getenv("RECIST_TEST_RULES"), NULL, 0, &set,
                                                       setting ? 1 : 0, findings, &criteria);
    ck_assert_msg(outcome == RECIST_DONE, "%s: %s", setting ? setting : "",
                  recist_findings_count(findings) ? recist_findings_at(findings, 0)->message.text
                                                  : "");
    recist_findings_destroy(findings);
    return criteria;
}

static size_t read_points(const struct recist_criteria *criteria, const char *text,
                          struct recist_response_point *points)
{
    size_t count = 0;
    while (*text) {
        size_t length = strcspn(text, "@");
        unsigned word = recist_criteria_find_word(criteria, (struct recist_slice){text, length});
        ck_assert_msg(word != 0, "no word: %s", text);
        char *end = NULL;
        int32_t day = (int32_t)strtol(text + length + 1, &end, 10);
        points[count++] = (struct recist_response_point){
            .date = day, .last_scan = day, .word = (uint16_t)word, .sum = RECIST_WIDE_MISSING};
        text = end + strspn(end, " ");
    }
    return count;
}

START_TEST(resolves)
{
    const struct best_case *expected = &cases[_i];
    struct recist_criteria *criteria = load(expected->setting);
    struct recist_response_point points[MOST_POINTS];
    struct recist_course facts = {
        .start = 0,
        .end = RECIST_NO_DATE,
        .next_therapy = expected->next_therapy ? expected->next_therapy : RECIST_NO_DATE,
        .progression = expected->told_progression ? expected->told_progression : RECIST_NO_DATE,
        .death = RECIST_NO_DATE,
        .last_contact = RECIST_NO_DATE,
        .evaluable = expected->not_evaluable ? RECIST_NO : RECIST_UNSAID,
    };
    struct recist_timeline timeline = {.facts = &facts,
                                       .has_baseline = true,
                                       .baseline_sum = RECIST_WIDE_MISSING,
                                       .points = points};
    timeline.point_count = read_points(criteria, expected->responses, points);
    struct recist_best_resolver *resolver = recist_best_resolver_create(criteria);
    struct recist_best best;
    ck_assert_int_eq(recist_best_resolve(resolver, &timeline, &best), RECIST_DONE);
    ck_assert_msg(strcmp(recist_criteria_word(criteria, best.word), expected->best) == 0,
                  "%s: best %s", expected->name, recist_criteria_word(criteria, best.word));
    ck_assert_msg(
        strcmp(recist_criteria_word(criteria, best.confirmed_word), expected->confirmed) == 0,
        "%s: confirmed %s", expected->name, recist_criteria_word(criteria, best.confirmed_word));
    ck_assert_msg(best.response_date ==
                      (expected->response < 0 ? RECIST_NO_DATE : expected->response),
                  "%s: response on %d", expected->name, best.response_date);
    ck_assert_msg(best.progression_date ==
                      (expected->progression < 0 ? RECIST_NO_DATE : expected->progression),
                  "%s: progression on %d", expected->name, best.progression_date);
    recist_best_resolver_destroy(resolver);
    recist_criteria_destroy(criteria);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("best response");
    TCase *all = tcase_create("courses");
    tcase_add_loop_test(all, resolves, 0, (int)(sizeof cases / sizeof *cases));
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
