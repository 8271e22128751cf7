/* SPDX-License-Identifier: MIT
 * Rows of which there are very many. In CSV a number, a date or an encoded cell is a comma and a few
 * bytes, so room is made once for all cells of limited length, and they are written by a bare pointer;
 * the other formats, and cells of any length, take the way of recist_row_*(), with the same result.
 *
 * Relied on: cells before the quick ones are written by recist_row_*(), at least one; between
 * recist_quick_row_pause() and recist_quick_row_resume() the row goes on in that way. */
#ifndef RECIST_OUTPUT_QUICK_ROW_H
#define RECIST_OUTPUT_QUICK_ROW_H

#include "base/quoting.h"
#include "base/recent_texts.h"
#include "output/row.h"

/* A number or a date, and its comma. */
#define RECIST_QUICK_CELL_ROOM (RECIST_DECIMAL_TEXT_SIZE + 1)

struct recist_quick_row {
    struct recist_row *row;
    struct recist_recent_texts *recent;
    size_t room; /* for all quick cells of a row */
    char *at;    /* of the next quick cell; NULL: the cells go the other way */
};

static inline void recist_quick_row_resume(struct recist_quick_row *quick)
{
    quick->at = quick->row->format == RECIST_FORMAT_CSV
                    ? recist_text_room(quick->row->text, quick->room)
                    : NULL;
}

static inline void recist_quick_row_pause(struct recist_quick_row *quick)
{
    if (quick->at) {
        recist_text_end_at(quick->row->text, quick->at);
        quick->at = NULL;
    }
}

static inline void recist_quick_row_empty(struct recist_quick_row *quick)
{
    if (quick->at) {
        *quick->at++ = ',';
    } else {
        recist_row_empty(quick->row);
    }
}

/* A cell that recist_cell_encode() made, padded (recist_text_copy_padded()); in CSV behind its comma. */
static inline void recist_quick_row_encoded(struct recist_quick_row *quick,
                                            struct recist_slice padded)
{
    if (quick->at) {
        quick->at = recist_text_copy_padded(quick->at, padded);
    } else {
        recist_row_encoded(quick->row, padded);
    }
}

static inline void recist_quick_row_slice(struct recist_quick_row *quick,
                                          struct recist_slice slice)
{
    if (quick->at && slice.length < RECIST_QUICK_CELL_ROOM && recist_quoting_of(slice) == 0) {
        *quick->at++ = ',';
        recist_text_copy_short(quick->at, slice.text, slice.length);
        quick->at += slice.length;
    } else {
        recist_quick_row_pause(quick);
        recist_row_slice(quick->row, slice);
        recist_quick_row_resume(quick);
    }
}

static inline void recist_quick_row_date(struct recist_quick_row *quick, int32_t date)
{
    if (quick->at) {
        *quick->at = ',';
        quick->at = recist_recent_date(quick->recent, quick->at + 1, date);
    } else {
        recist_row_date(quick->row, date);
    }
}

static inline void recist_quick_row_integer(struct recist_quick_row *quick, int64_t value)
{
    if (quick->at) {
        *quick->at = ',';
        quick->at = recist_decimal_write_whole(quick->at + 1, value);
    } else {
        recist_row_integer(quick->row, value);
    }
}

static inline void recist_quick_row_decimal(struct recist_quick_row *quick, recist_wide numerator,
                                            recist_wide denominator)
{
    if (!quick->at) {
        recist_row_decimal(quick->row, numerator, denominator);
        return;
    }
    *quick->at++ = ',';
    quick->at = denominator == RECIST_ONE
                    ? recist_recent_length(quick->recent, quick->at, numerator)
                    : recist_decimal_write(quick->at, numerator, denominator, RECIST_DECIMALS);
}

static inline void recist_quick_row_ratio(struct recist_quick_row *quick, recist_wide numerator,
                                          recist_wide denominator)
{
    if (!quick->at) {
        recist_row_ratio(quick->row, numerator, denominator);
        return;
    }
    *quick->at++ = ',';
    quick->at = recist_recent_ratio(quick->recent, quick->at, numerator, denominator);
}

/* As recist_row_open_sentence(); in between the row is paused. */
static inline void recist_quick_row_open_sentence(struct recist_quick_row *quick)
{
    if (!quick->at) {
        recist_row_open_sentence(quick->row);
        return;
    }
    quick->at[0] = ',';
    quick->at[1] = '"';
    quick->at += 2;
    recist_quick_row_pause(quick);
    quick->row->cell_start = quick->row->text->length - 1;
}

static inline void recist_quick_row_close_sentence(struct recist_quick_row *quick,
                                                   unsigned quoting)
{
    recist_row_close_sentence(quick->row, quoting);
    recist_quick_row_resume(quick);
}

static inline void recist_quick_row_end(struct recist_quick_row *quick)
{
    if (quick->at) {
        *quick->at++ = '\n';
        recist_quick_row_pause(quick);
    } else {
        recist_row_end(quick->row);
    }
}

#endif
