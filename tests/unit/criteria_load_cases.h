/* SPDX-License-Identifier: MIT
 * For criteria_load_test.c: a sound criteria file, and what makes it unsound. */
#ifndef CRITERIA_LOAD_CASES_H
#define CRITERIA_LOAD_CASES_H

static const char sound[] =
    "criteria: tiny\n"
    "title: Tiny\n"
    "version: \"1\"\n"
    "status: unconfirmed\n"
    "source: nowhere\n"
    "conventions:\n"
    "  partial_date:\n"
    "    value: first\n"
    "    choices: {first: the first, middle: the middle, last: the last}\n"
    "  strict:\n"
    "    value: \"no\"\n"
    "    choices: {\"yes\": one reading, \"no\": the other}\n"
    "  reading:\n"
    "    value: plain\n"
    "    choices: {plain: one, other: two}\n"
    "  window:\n"
    "    value: 28 days\n"
    "visits:\n"
    "  partial_date: partial_date\n"
    "  span: 14 days\n"
    "  baseline_window: window\n"
    "roles:\n"
    "  target:\n"
    "    recorded: at baseline\n"
    "    reading: required\n"
    "    statuses:\n"
    "      absent: {value: 0 mm}\n"
    "      not evaluable: {evaluated: \"no\"}\n"
    "  new:\n"
    "    recorded: after baseline\n"
    "    blank: unequivocal\n"
    "    statuses:\n"
    "      unequivocal: {}\n"
    "organs:\n"
    "  node: {nodal: \"yes\", match: 'node'}\n"
    "lesion_values:\n"
    "  size:\n"
    "    title: diameter\n"
    "    unit: mm\n"
    "    cases:\n"
    "      - {when: nodal, value: short_axis}\n"
    "      - {value: longest_diameter}\n"
    "measures:\n"
    "  sum:\n"
    "    sum: size\n"
    "    over: role = target\n"
    "definitions:\n"
    "  gone: size = 0 mm\n"
    "components:\n"
    "  target:\n"
    "    rules:\n"
    "      gone:\n"
    "        response: CR\n"
    "        when: all(role = target, gone) and not strict\n"
    "      grown:\n"
    "        response: PD\n"
    "        when: increase(sum, nadir(sum)) >= 20 % or reading = other\n"
    "        say: \"sum {sum}\"\n"
    "      rest:\n"
    "        response: SD\n"
    "  new_lesion:\n"
    "    rules:\n"
    "      new: {response: \"yes\", when: 'any(role = new, status = unequivocal)'}\n"
    "      none: {response: \"no\"}\n"
    "overall:\n"
    "  table:\n"
    "    columns: [target, new_lesion]\n"
    "    rows:\n"
    "      a: [any, \"yes\", PD]\n"
    "      b: [CR, \"no\", CR]\n"
    "      c: [PD, \"no\", PD]\n"
    "      d: [SD, \"no\", SD]\n"
    "  history:\n"
    "    stays: {response: PD, when: 'ever(overall = PD)'}\n"
    "  amendments:\n"
    "    back: {response: SD, when: 'later(overall = PD)'}\n"
    "  date:\n"
    "    - value: last_scan()\n"
    "checks:\n"
    "  many: {severity: warning, of: series, when: count(role = target) > 5, say: too many}\n";

/* What the tables of conditions replace. */
static const char condition[] = "increase(sum, nadir(sum)) >= 20 % or reading = other";
static const char definition[] = "gone: size = 0 mm";

struct alteration {
    const char *old;
    const char *with;
    const char *old_too;
    const char *with_too;
    const char *code;
};

static const struct alteration alterations[] = {
    {.old = "title: Tiny\n", .with = "title: Tiny\n@titel: x\n", .code = "rules-unknown-key"},
    {.old = "title: Tiny\n", .with = "title: Tiny\n@title: x\n", .code = "rules-duplicate-key"},
    {.old = "criteria: tiny\ntitle: Tiny\n",
     .with = "@criteria: tiny\n",
     .code = "rules-missing-key"},
    {.old = "criteria",
     .with = "@criteria",
     .old_too =
         "visits:\n  partial_date: partial_date\n  span: 14 days\n  baseline_window: window\n",
     .with_too = "",
     .code = "rules-missing-key"},
    {.old = "unconfirmed", .with = "@unconfirmd", .code = "rules-unknown-word"},
    {.old = "title: Tiny", .with = "title: @[Tiny]", .code = "rules-wrong-kind"},
    {.old = "  window:\n    value: 28 days\n",
     .with = "  window: @28 days\n",
     .code = "rules-wrong-kind"},
    {.old = "  reading:\n    value: plain\n", .with = "  @reading:\n", .code = "rules-missing-key"},
    {.old = "value: plain", .with = "value: @plane", .code = "rules-unknown-word"},
    {.old = "{plain: one, other: two}", .with = "@{plain: one}", .code = "rules-wrong-kind"},
    {.old = "28 days", .with = "28 @dais", .code = "rules-wrong-unit"},
    {.old = "28 days", .with = "@soon", .code = "rules-unknown-name"},
    {.old = "28 days", .with = "2.5 @days", .code = "rules-wrong-unit"},
    {.old = "span: 14 days", .with = "span: @14 mm", .code = "rules-wrong-unit"},
    {.old = "baseline_window: window",
     .with = "baseline_window: @windw",
     .code = "rules-unknown-name"},
    {.old = "partial_date: partial_date",
     .with = "partial_date: @partial_data",
     .code = "rules-unknown-name"},
    {.old = "middle: the middle",
     .with = "mid: the middle",
     .old_too = "partial_date: partial_date",
     .with_too = "partial_date: @partial_date",
     .code = "rules-wrong-kind"},
    {.old = "recorded: at baseline", .with = "recorded: @at basline", .code = "rules-unknown-word"},
    {.old = "  target:\n    recorded: at baseline\n",
     .with = "  @target:\n",
     .code = "rules-missing-key"},
    {.old = "reading: required", .with = "reading: @yes", .code = "rules-unknown-word"},
    {.old = "blank: unequivocal", .with = "blank: @unequivocl", .code = "rules-unknown-word"},
    {.old = "value: 0 mm", .with = "value: @0 %", .code = "rules-wrong-unit"},
    {.old = "evaluated: \"no\"", .with = "evaluated: @maybe", .code = "rules-wrong-kind"},
    {.old = "absent: {value: 0 mm}",
     .with = "absent: {value: 0 mm, @valu: 1}",
     .code = "rules-unknown-key"},
    {.old = "unequivocal: {}", .with = "unequivocal: @yes", .code = "rules-wrong-kind"},
    {.old = "unequivocal: {}",
     .with = "unequivocal: {}\n      absent: @{value: 1 mm}",
     .code = "rules-wrong-kind"},
    {.old = "'node'", .with = "'node[@'", .code = "rules-bad-pattern"},
    {.old = "node: {nodal: \"yes\", match: 'node'}",
     .with = "@node: {nodal: \"yes\"}",
     .code = "rules-missing-key"},
    {.old = "unit: mm\n", .with = "unit: @cm\n", .code = "rules-unknown-word"},
    {.old = "    unit: mm\n",
     .with = "",
     .old_too = "  size:",
     .with_too = "  @size:",
     .code = "rules-missing-key"},
    {.old = "value: longest_diameter", .with = "value: @3 %", .code = "rules-wrong-unit"},
    {.old = "{value: longest_diameter}",
     .with = "{value: longest_diameter, @whn: nodal}",
     .code = "rules-unknown-key"},
    {.old = "  size:",
     .with = "  @size:",
     .old_too = "    cases:\n      - {when: nodal, value: short_axis}\n      - {value: "
                "longest_diameter}\n",
     .with_too = "",
     .code = "rules-missing-key"},
    {.old = "value: longest_diameter", .with = "value: @size", .code = "rules-condition"},
    {.old = "value: longest_diameter", .with = "value: @sum", .code = "rules-condition"},
    {.old = "sum: size", .with = "sum: @siz", .code = "rules-unknown-name"},
    {.old = "sum: size",
     .with = "sum: size\n    maximum: size",
     .old_too = "  sum:\n    sum",
     .with_too = "  @sum:\n    sum",
     .code = "rules-missing-key"},
    {.old = "    sum: size\n",
     .with = "",
     .old_too = "  sum:\n",
     .with_too = "  @sum:\n",
     .code = "rules-missing-key"},
    {.old = "    over: role = target\n",
     .with = "",
     .old_too = "  sum:\n",
     .with_too = "  @sum:\n",
     .code = "rules-missing-key"},
    {.old = "over: role = target",
     .with = "over: role = target and size > @sum",
     .code = "rules-condition"},
    {.old = "definitions:\n",
     .with = "definitions:\n  @role: nodal\n",
     .code = "rules-duplicate-key"},
    {.old = "definitions:\n",
     .with = "definitions:\n  @sum: nodal\n",
     .code = "rules-duplicate-key"},
    {.old = "gone: size = 0 mm", .with = "gone: @[size]", .code = "rules-wrong-kind"},
    {.old = "gone: size = 0 mm", .with = "gone: size @= 0 %", .code = "rules-wrong-unit"},
    {.old = "gone: size = 0 mm", .with = "gone: nodal and @gone", .code = "rules-condition"},
    {.old = "        response: SD\n",
     .with = "        response: SD\n        @weight: 3\n",
     .code = "rules-unknown-key"},
    {.old = "      rest:\n        response: SD\n",
     .with = "      @rest:\n        cite: x\n",
     .code = "rules-missing-key"},
    {.old = "        say: \"sum",
     .with = "        needs: @every\n        say: \"sum",
     .code = "rules-unknown-word"},
    {.old = "      rest:\n        response: SD\n",
     .with = "      @rest:\n        response: SD\n        when: strict\n",
     .code = "rules-undecided"},
    {.old = "        response: SD\n",
     .with = "        response: SD\n      @never:\n        response: SD\n",
     .code = "rules-unreachable"},
    {.old = "columns: [target", .with = "columns: [@targt", .code = "rules-unknown-name"},
    {.old = "columns: [target, new_lesion]",
     .with = "columns: @target",
     .code = "rules-wrong-kind"},
    {.old = "d: [SD, \"no\", SD]", .with = "d: @[SD, SD]", .code = "rules-wrong-kind"},
    {.old = "d: [SD,", .with = "d: [@SX,", .code = "rules-unknown-word"},
    {.old = "d: [SD,", .with = "d: [not @SX,", .code = "rules-unknown-word"},
    {.old = "d: [SD,", .with = "d: [[@SX, SD],", .code = "rules-unknown-word"},
    {.old = "d: [SD,", .with = "d: [not CR or @SX,", .code = "rules-unknown-word"},
    {.old = "      d: [SD,", .with = "      @d: [not CR,", .code = "rules-table-contradiction"},
    {.old = "d: [SD,", .with = "d: [@{a: b},", .code = "rules-wrong-kind"},
    {.old = "d: [SD, \"no\", SD]", .with = "d: @none", .code = "rules-wrong-kind"},
    {.old = "      d: [SD",
     .with = "      @e: [[], \"no\", PD]\n      d: [SD",
     .code = "rules-unreachable"},
    {.old = "    rows:\n      a: [any, \"yes\", PD]\n      b: [CR, \"no\", CR]\n      c: [PD, "
            "\"no\", PD]\n      d: [SD, \"no\", SD]\n",
     .with = "",
     .old_too = "  table:\n",
     .with_too = "  @table:\n",
     .code = "rules-missing-key"},
    {.old = "stays: {response: PD, when: 'ever(overall = PD)'}",
     .with = "@stays: {response: PD}",
     .code = "rules-missing-key"},
    {.old = "'ever(overall = PD)'", .with = "'ever(overall = @PX)'", .code = "rules-unknown-word"},
    {.old = "'ever(overall = PD)'", .with = "'later(@overall = PD)'", .code = "rules-condition"},
    {.old = "- value: last_scan()", .with = "- value: @28 days", .code = "rules-wrong-unit"},
    {.old = "  date:\n    - value: last_scan()",
     .with = "  date: @last",
     .code = "rules-wrong-kind"},
    {.old = "- value: last_scan()", .with = "- @when: overall = PD", .code = "rules-missing-key"},
    {.old = "  many: {", .with = "  @bad-number: {", .code = "rules-duplicate-key"},
    {.old = "severity: warning", .with = "severity: @warn", .code = "rules-unknown-word"},
    {.old = "of: series", .with = "of: @patient", .code = "rules-unknown-word"},
    {.old =
         "  many: {severity: warning, of: series, when: count(role = target) > 5, say: too many}",
     .with = "  @many: {severity: warning, of: series, say: too many}",
     .code = "rules-missing-key"},
    {.old = ", say: too many",
     .with = "",
     .old_too = "  many",
     .with_too = "  @many",
     .code = "rules-missing-key"},
    {.old = "say: too many", .with = "say: too many, at: @noon", .code = "rules-unknown-word"},
    {.old = "say: \"sum {sum}\"", .with = "say: \"sum @{sum\"", .code = "rules-condition"},
    {.old = "say: \"sum {sum}\"", .with = "say: \"sum {@summ}\"", .code = "rules-unknown-name"},
    {.old = "say: \"sum {sum}\"",
     .with = "say: \"sum {@role = target}\"",
     .code = "rules-unknown-name"},
    {.old = "say: \"sum {sum}\"",
     .with = "say: \"sum {@any(role = target, nodal)}\"",
     .code = "rules-wrong-unit"},
    {.old = "say: \"sum {sum}\"", .with = "say: \"sum {@sum in %}\"", .code = "rules-wrong-unit"},
    {.old = "say: \"sum {sum}\"", .with = "say: \"sum {sum @mm}\"", .code = "rules-condition"},
    {.old = "say: \"sum {sum}\"", .with = "say: \"sum {@}\"", .code = "rules-condition"},
    {.old = "or reading = other",
     .with = "",
     .old_too = "  reading:",
     .with_too = "  @reading:",
     .code = "rules-unused"},
    {.old = "definitions:\n", .with = "definitions:\n  @idle: nodal\n", .code = "rules-unused"},
    {.old = "definitions:\n",
     .with = "  @idle:\n    sum: size\n    over: role = new\ndefinitions:\n",
     .code = "rules-unused"},
    {.old = "title: Tiny\n", .with = "title: Tiny\n@---\n", .code = "rules-unsafe"},
    {.old = "  reading:\n",
     .with = "  @nodal: {value: a, choices: {a: a, b: b}}\n  reading:\n",
     .code = "rules-duplicate-key"},
    {.old = "components:\n",
     .with = "components:\n  @sum:\n    rules: {x: {response: A}}\n",
     .code = "rules-duplicate-key"},
    {.old = "components:\n",
     .with = "components:\n  @strict:\n    rules: {x: {response: A}}\n",
     .code = "rules-duplicate-key"},
    {.old = "rest:\n        response: SD",
     .with = "rest:\n        response: @any",
     .code = "rules-wrong-kind"},
    {.old = "components:\n",
     .with = "states:\n  @late: {enter: overall = PD}\ncomponents:\n",
     .old_too = "not strict",
     .with_too = "not late",
     .code = "rules-state"},
    {.old = "components:\n",
     .with = "states:\n  late: {enter: overall = PD, leave: @overall = SD, lasting: \"yes\"}\n"
             "components:\n",
     .old_too = "not strict",
     .with_too = "not late",
     .code = "rules-state"},
    {.old = "components:\n",
     .with = "states:\n  late: {enter: overall = PD, leave: @'strict and not strict'}\n"
             "components:\n",
     .old_too = "not strict",
     .with_too = "not late",
     .code = "rules-state"},
    {.old = "components:\n",
     .with = "states:\n  late: {enter: overall = @XX, leave: overall = SD}\ncomponents:\n",
     .old_too = "not strict",
     .with_too = "not late",
     .code = "rules-unknown-word"},
    {.old = "components:\n",
     .with = "states:\n  @late: {enter: overall = PD, leave: overall = SD}\ncomponents:\n",
     .code = "rules-unused"},
    {.old = "components:\n",
     .with = "states:\n  @size: {enter: overall = PD, leave: overall = SD}\ncomponents:\n",
     .code = "rules-duplicate-key"},
    {.old = "lesion_values:\n",
     .with = "columns:\n  @density: {unit: HU}\nlesion_values:\n",
     .code = "rules-unused"},
    {.old = "lesion_values:\n",
     .with = "columns:\n  @density: {title: density}\nlesion_values:\n",
     .code = "rules-missing-key"},
    {.old = "lesion_values:\n",
     .with = "columns:\n  density: {unit: @5 HU}\nlesion_values:\n",
     .code = "rules-unknown-word"},
    {.old = "lesion_values:\n",
     .with = "columns:\n  density: {unit: HU}\nlesion_values:\n",
     .old_too = "all(role = target, gone)",
     .with_too = "all(role = target, density @>= 5 mm)",
     .code = "rules-wrong-unit"},
    {.old = "lesion_values:\n",
     .with = "columns:\n  density: {unit: HU}\nlesion_values:\n",
     .old_too = "all(role = target, gone)",
     .with_too = "@density >= 5 HU",
     .code = "rules-unknown-name"},
    {.old = "organs:\n",
     .with = "  dose: {of: patient, recorded: any time, statuses: {up: {}, down: {}}}\norgans:\n",
     .old_too = "all(role = target, gone)",
     .with_too = "dose = @absent",
     .code = "rules-unknown-word"},
    {.old = "organs:\n",
     .with = "  dose: {of: lesion, recorded: any time, unit: @mg}\norgans:\n",
     .code = "rules-wrong-kind"},
    {.old = "organs:\n",
     .with = "  marker: {of: patient, recorded: any time, unit: U/ml}\norgans:\n",
     .old_too = "all(role = target, gone)",
     .with_too = "marker @>= 35 mm",
     .code = "rules-wrong-unit"},
    {.old = "    sum: size\n    over: role = target\n",
     .with = "    sum: size\n    mean: size\n    over: role = target\n",
     .old_too = "  sum:\n",
     .with_too = "  @sum:\n",
     .code = "rules-missing-key"},
    {.old = "    sum: size\n    over: role = target\n",
     .with = "    sum: size\n    over: role = target and @target = CR\n",
     .code = "rules-condition"},
    {.old = "  sum:\n    sum: size\n    over: role = target\n",
     .with = "  sum: @size\n",
     .code = "rules-wrong-kind"},
    {.old = "  size:\n    title: diameter\n    unit: mm\n    cases:\n      - {when: nodal, value: "
            "short_axis}\n      - {value: longest_diameter}\n",
     .with = "  size: @longest_diameter\n",
     .code = "rules-wrong-kind"},
    {.old = "  new_lesion:\n    rules:\n      new: {response: \"yes\", when: 'any(role = new, "
            "status = unequivocal)'}\n      none: {response: \"no\"}\n",
     .with = "  new_lesion: @none\n",
     .code = "rules-wrong-kind"},
    {.old = "      none: {response: \"no\"}\n",
     .with = "      none: @no\n",
     .code = "rules-wrong-kind"},
    {.old = "response: CR", .with = "response: @[CR]", .code = "rules-wrong-kind"},
    {.old = "stays: {response: PD, when: 'ever(overall = PD)'}",
     .with = "stays: @PD",
     .code = "rules-wrong-kind"},
    {.old =
         "  many: {severity: warning, of: series, when: count(role = target) > 5, say: too many}",
     .with = "  many: @x",
     .code = "rules-wrong-kind"},
    {.old = "checks:\n  many: {severity: warning, of: series, when: count(role = target) > 5, say: "
            "too many}",
     .with = "checks: @[]",
     .code = "rules-wrong-kind"},
    {.old = "count(role = target) > 5",
     .with = "count(role = target and @same_organ) > 5",
     .code = "rules-unknown-name"},
    {.old = "say: too many", .with = "say: \"{@organ}\"", .code = "rules-unknown-name"},
    {.old = "title: Tiny", .with = "title:@ ", .code = "rules-wrong-kind"},
    {.old = "'node'", .with = "'node(@'", .code = "rules-bad-pattern"},
    {.old = "    rows:\n      a:",
     .with = "    rows:\n      @a:",
     .old_too = "      d: [SD, \"no\", SD]\n",
     .with_too = "",
     .code = "rules-table-gap"},
    {.old = "      d: [SD",
     .with = "      e: [SD, \"no\", PD]\n      @d: [SD",
     .code = "rules-table-contradiction"},
    {.old = "  new_lesion:\n    rules:\n      new: {response: \"yes\", when: 'any(role = new, "
            "status = unequivocal)'}\n      none: {response: \"no\"}\n",
     .with = "  new_lesion:\n    rules: @{}\n",
     .code = "rules-undecided"},
    {.old = "  size:\n    title: diameter",
     .with = "  first:\n    unit: mm\n    cases: [{value: @size}]\n  size:\n    title: diameter",
     .code = "rules-condition"},
    {.old = "  size:\n    title: diameter",
     .with = "  first:\n    unit: mm\n    cases: [{when: strict, value: @size}, {value: "
             "short_axis}]\n  size:\n    title: diameter",
     .code = "rules-condition"},
    {.old = "  size:",
     .with = "  @size:",
     .old_too = "      - {when: nodal, value: short_axis}\n      - {value: longest_diameter}\n",
     .with_too = "      - {when: strict, value: longest_diameter}\n",
     .code = "rules-unreachable"},
    {.old = "title: Tiny", .with = "title: @&t Tiny", .code = "rules-unsafe"},
    {.old = "title: Tiny", .with = "title: @!x Tiny", .code = "rules-unsafe"},
    {.old = "title: Tiny\nversion:", .with = "title: [Tiny\nversion@:", .code = "rules-syntax"},
    {.old = "title: Tiny\n", .with = "title: Tiny\n@---\n", .code = "rules-unsafe"},
    {.old = "title: Tiny",
     .with = "extends: @nowhere-at-all\ntitle: Tiny",
     .code = "rules-extends"},
    {.old = "columns: [target, new_lesion]", .with = "columns: @[]", .code = "rules-wrong-kind"},
    {.old = "columns: [target, new_lesion]",
     .with = "columns: [target, new_lesion, @target]",
     .code = "rules-duplicate-key"},
    {.old = "components:\n",
     .with = "components:\n  @idle:\n    rules: {x: {response: A}}\n",
     .code = "rules-unused"},
    {.old = "choices: {plain: one, other: two}",
     .with = "choices: @[plain, other]",
     .code = "rules-wrong-kind"},
    {.old = "  new:\n    recorded: after baseline\n    blank: unequivocal\n    statuses:\n      "
            "unequivocal: {}\n",
     .with = "  new: @yes\n",
     .code = "rules-wrong-kind"},
    {.old = "    statuses:\n      unequivocal: {}\n",
     .with = "    statuses: @[unequivocal]\n",
     .code = "rules-wrong-kind"},
    {.old = "overall:\n  table:\n    columns: [target, new_lesion]\n    rows:\n      a: [any, "
            "\"yes\", PD]\n      b: [CR, \"no\", CR]\n      c: [PD, \"no\", PD]\n      d: [SD, "
            "\"no\", SD]\n",
     .with = "@overall:\n",
     .code = "rules-missing-key"},
    {.old = "rest:\n        response: SD",
     .with = "rest:\n        response: @not CR",
     .code = "rules-wrong-kind"},
    {.old = "  new:\n    recorded: after baseline\n    blank: unequivocal\n    statuses:\n      "
            "unequivocal: {}\n",
     .with = "  new: @yes\n",
     .code = "rules-wrong-kind"},
};

struct wrong_condition {
    const char *text;
    const char *code;
};

/* Where a visit is looked at. */
static const struct wrong_condition conditions[] = {
    {"sum @> 20 %", "rules-wrong-unit"},
    {"sum @> 20", "rules-wrong-unit"},
    {"sum > 20 @cm", "rules-wrong-unit"},
    {"sum @>= 5 days", "rules-wrong-unit"},
    {"increase(sum@) >= 20 %", "rules-condition"},
    {"increase(@sum, 20 %) >= 5 mm", "rules-wrong-unit"},
    {"increase(sum, nadir(sum)) @= 20 %", "rules-condition"},
    {"increase(sum, nadir(sum)) @>= 20", "rules-wrong-unit"},
    {"change(sum, nadir(sum)) @>= 20 %", "rules-condition"},
    {"@summ > 5 mm", "rules-unknown-name"},
    {"@increse(sum, nadir(sum)) >= 20 %", "rules-unknown-name"},
    {"sum >@", "rules-condition"},
    {"sum > 5 mm and@", "rules-condition"},
    {"sum > 5 mm @? strict", "rules-condition"},
    {"sum > 5 mm @strict", "rules-condition"},
    {"(sum > 5 mm@", "rules-condition"},
    {"sum > 5 mm@)", "rules-condition"},
    {"@sum", "rules-condition"},
    {"strict and @sum", "rules-condition"},
    {"strict or @5 mm", "rules-condition"},
    {"not @sum", "rules-condition"},
    {"sum @+ 20 % > 5 mm", "rules-wrong-unit"},
    {"1.5 @* sum > 5 mm", "rules-wrong-unit"},
    {"sum @* 2 > 5 mm", "rules-wrong-unit"},
    {"2 @* strict", "rules-wrong-unit"},
    {"@size > 5 mm", "rules-unknown-name"},
    {"@nodal", "rules-unknown-name"},
    {"@role = target", "rules-unknown-name"},
    {"becomes(@unequivocal)", "rules-unknown-name"},
    {"merged_into(@nodal)", "rules-unknown-name"},
    {"@new_lesion = yes", "rules-condition"},
    {"@overall = PD", "rules-condition"},
    {"@target = CR", "rules-condition"},
    {"ever(target = @CX)", "rules-unknown-word"},
    {"any(role = @targt, nodal)", "rules-unknown-word"},
    {"any(role = target, status = @gon)", "rules-unknown-word"},
    {"reading = @othr", "rules-unknown-word"},
    {"reading @< other", "rules-wrong-unit"},
    {"reading in [plain, other@", "rules-condition"},
    {"reading in @plain", "rules-condition"},
    {"reading in [plain, @]", "rules-condition"},
    {"any(role = target@)", "rules-condition"},
    {"any(@sum, nodal)", "rules-condition"},
    {"any(role = target, @size)", "rules-condition"},
    {"count(role = target) @> 5 mm", "rules-wrong-unit"},
    {"count(role = target @> 5", "rules-condition"},
    {"baseline(@5 mm) > 5 mm", "rules-condition"},
    {"nadir(@target) = CR", "rules-condition"},
    {"nadir(@) > 5 mm", "rules-condition"},
    {"last(target@) = CR", "rules-condition"},
    {"last(target, [CR, @CX]) = CR", "rules-unknown-word"},
    {"at_nadir(sum, @sum) = CR", "rules-condition"},
    {"at_nadir(@target, sum) = CR", "rules-condition"},
    {"at_nadir(@size, target) = CR", "rules-unknown-name"},
    {"nadir_date(@target) = baseline_date", "rules-condition"},
    {"nadir_date(sum) @= 5 days", "rules-wrong-unit"},
    {"min(sum@) > 5 mm", "rules-condition"},
    {"min(sum, @5 %) > 5 mm", "rules-wrong-unit"},
    {"if(@sum, sum) > 5 mm", "rules-condition"},
    {"if(strict@) > 5 mm", "rules-condition"},
    {"known(@strict)", "rules-wrong-unit"},
    {"any(role = target, known(@role))", "rules-wrong-unit"},
    {"ever(@sum)", "rules-condition"},
    {"later(@target = CR)", "rules-condition"},
    {"later(sum > 5 mm, @overall = PD)", "rules-condition"},
    {"at(@now, sum) > 5 mm", "rules-condition"},
    {"at(@never, sum) > 5 mm", "rules-unknown-name"},
    {"at(baseline, @target = CR)", "rules-condition"},
    {"ever(date @- 5 days > 5 days)", "rules-wrong-unit"},
    {"date - baseline_date @> 5 mm", "rules-wrong-unit"},
    {"otherwise(sum, @5 %) > 5 mm", "rules-wrong-unit"},
    {"any(role = target, product @> 5 mm)", "rules-wrong-unit"},
    {"@seen", "rules-unknown-name"},
    {"any(role = new, becomes(@gon))", "rules-unknown-word"},
    {"any(role = new, becomes(unequivocal, @target = CR))", "rules-condition"},
    {"any(role = new, merged_into(@unequivocal))", "rules-unknown-name"},
    {"sum matches @\"a\"", "rules-wrong-unit"},
    {"any(role = target, site matches @liver)", "rules-condition"},
    {"any(role = target, site @= \"liver\")", "rules-wrong-unit"},
    {"any(role = target, site matches @\"liver)", "rules-condition"},
    {"sum > @1.1234567 mm", "rules-condition"},
    {"@~", "rules-condition"},
    {"@[a]", "rules-wrong-kind"},
    {"smallest(role = target, @nodal) > 5 mm", "rules-wrong-unit"},
    {"unbroken_since(@unequivocal) = baseline_date", "rules-unknown-name"},
    {"@lesions(role = target)", "rules-condition"},
    {"lesions(role = target) @= 5", "rules-wrong-unit"},
    {"20 % @<= sum", "rules-wrong-unit"},
    {"baseline_date @> sum", "rules-wrong-unit"},
    {"first_scan(@sum) = baseline_date", "rules-condition"},
    {"days_before_start @> 28", "rules-wrong-unit"},
    {"any(role = target, site @in [liver])", "rules-wrong-unit"},
    {"ever(target = @[CR, PD])", "rules-condition"},
    {"sum matches @\"a\"", "rules-wrong-unit"},
    {"any(role = target, site matches \"(@\")", "rules-bad-pattern"},
    {"sum > 1.2@.3 mm", "rules-condition"},
    {"min(strict, @strict) > 5 mm", "rules-wrong-unit"},
    {"ever(overall = PD) and @sum", "rules-condition"},
    {"smallest(role = target@) > 5 mm", "rules-condition"},
    {"largest(role = target, size) @> 5 %", "rules-wrong-unit"},
    {"largest(@size, size) > 5 mm", "rules-condition"},
    {"window @> 5 mm", "rules-wrong-unit"},
    {"last(target, [@\"C R\"]) = CR", "rules-unknown-word"},
    {"if(strict, @strict) > 5 mm", "rules-wrong-unit"},
    {"any(role = target, nadir_date(@size) = baseline_date)", "rules-condition"},
    {"any(role = target, at_nadir(@size, target) = CR)", "rules-condition"},
    {"max(reading, @reading) = other", "rules-wrong-unit"},
    {"min(increase(sum, nadir(sum)), @increase(sum, nadir(sum))) > 5 mm", "rules-wrong-unit"},
};

/* Where a lesion is looked at. */
static const struct wrong_condition lesion_conditions[] = {
    {"size @= 0 %", "rules-wrong-unit"},
    {"increase(size, nadir(size)) @= 5 %", "rules-condition"},
    {"organ @= x", "rules-wrong-unit"},
    {"@siz", "rules-unknown-name"},
    {"size = 0 mm and @gone", "rules-condition"},
    {"size = 0 @inch", "rules-wrong-unit"},
};

#endif
