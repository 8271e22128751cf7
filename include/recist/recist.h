/* SPDX-License-Identifier: MIT
 * All of the library: a study and criteria in, assessments out. */
#ifndef RECIST_RECIST_H
#define RECIST_RECIST_H

#include <recist/assessment.h>
#include <recist/courses.h>
#include <recist/criteria.h>
#include <recist/finding.h>
#include <recist/measurements.h>
#include <recist/reading.h>
#include <recist/study.h>
#include <recist/timeline.h>
#include <recist/version.h>

#endif
