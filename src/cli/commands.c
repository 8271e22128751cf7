/* SPDX-License-Identifier: MIT */
#include "cli/command.h"

const struct recist_command *const recist_commands[] = {
    &recist_command_assess,     &recist_command_validate,   &recist_command_explain,
    &recist_command_best,       &recist_command_summarize,
    &recist_command_survival,   &recist_command_describe,
    &recist_command_rules_list, &recist_command_rules_show, &recist_command_rules_check,
    &recist_command_rules_diff,
};
const size_t recist_command_count = sizeof recist_commands / sizeof *recist_commands;
