/* SPDX-License-Identifier: MIT
 * The endpoint that --endpoint names in the definitions of --endpoints, with its schedule. */
#ifndef RECIST_CLI_ENDPOINT_CHOICE_H
#define RECIST_CLI_ENDPOINT_CHOICE_H

#include "cli/options.h"
#include "endpoints/endpoints.h"

#define RECIST_DEFAULT_ENDPOINTS "paper"

struct recist_endpoint_choice {
    struct recist_endpoints *set;
    const struct recist_endpoint *endpoint;
    struct recist_visit_schedule schedule;
};

/* RECIST_EXIT_DONE, or another status after a message. Destroy in any case. */
enum recist_exit recist_endpoint_choose(struct recist_endpoint_choice *choice,
                                        const struct recist_options *options,
                                        const char *default_name);
void recist_endpoint_choice_destroy(struct recist_endpoint_choice *choice);

#endif
