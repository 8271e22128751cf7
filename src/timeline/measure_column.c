/* SPDX-License-Identifier: MIT */
#include "timeline/measure_column.h"

/* Small letters and digits; whatever else stands in a unit (the slash of U/ml) is an underscore. */
static char plain(char byte)
{
    if (byte >= 'A' && byte <= 'Z') {
        return (char)(byte - 'A' + 'a');
    }
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ? byte : '_';
}

void recist_measure_column_append_unit(struct recist_text *text,
                                       const struct recist_criteria *criteria, size_t measure)
{
    const char *unit = recist_criteria_measure_unit(criteria, measure);
    recist_text_append(text, "_", *unit != '\0');
    for (; *unit; unit++) {
        recist_text_append_char(text, plain(*unit));
    }
}

void recist_measure_column_append(struct recist_text *text, const struct recist_criteria *criteria,
                                  size_t measure)
{
    recist_text_append_string(text, recist_criteria_measure_name(criteria, measure));
    recist_measure_column_append_unit(text, criteria, measure);
}
