# In log_rank.inc, by section:
# OBSERVATIONS {count, groups, {{days, event, group, stratum}, ...}}
# RESULTS      {degrees, chi-square, p, {observed}, {expected}, {variance, row by row}}
suppressMessages(library(survival))
source("write.R")
data_sets <- list(
  with(lung, list(time, status == 2, sex, 1)),
  with(subset(lung, !is.na(ph.ecog)), list(time, status == 2, ph.ecog + 1, 1)),
  with(subset(lung, !is.na(ph.ecog)), list(time, status == 2, ph.ecog + 1, sex)),
  with(subset(lung, !is.na(inst)), list(time, status == 2, sex, inst)),
  with(aml, list(time, status == 1, as.integer(x), 1)),
  list(c(2, 2, 2, 5, 5, 8), c(1, 0, 1, 0, 1, 0), c(1, 1, 2, 2, 1, 2), 1),
  # group 3 leaves before the first event
  list(c(1, 5, 6, 7, 8), c(0, 1, 1, 0, 1), c(3, 1, 2, 1, 2), 1),
  list(c(4, 5, 6, 7), c(1, 1, 1, 1), c(1, 2, 1, 2), 1))
set.seed(5)
for (i in 1:20) {
  n <- sample(8:40, 1)
  groups <- sample(2:5, 1)
  data_sets <- c(data_sets, list(list(sample(1:15, n, TRUE), rbinom(n, 1, 0.7),
                                      c(1:groups, sample(groups, n - groups, TRUE)),
                                      sample(1:sample(3, 1), n, TRUE))))
}
observations <- results <- character()
for (set in data_sets) {
  d <- data.frame(days = set[[1]], event = as.integer(set[[2]]), group = set[[3]],
                  stratum = set[[4]])
  fit <- survdiff(Surv(days, event) ~ group + strata(stratum), d)
  groups <- length(fit$n)
  sums <- function(x) if (is.matrix(x)) rowSums(x) else x
  observations <- c(observations, paste0("{", nrow(d), ", ", groups, ", {", paste0(
    "{", d$days, ", ", d$event, ", ", d$group - 1, ", ", d$stratum, "}", collapse = ", "), "}},"))
  results <- c(results, row(sum(sums(fit$exp) > 0) - 1, number(c(fit$chisq, fit$pvalue)),
                            group(sums(fit$obs)), group(sums(fit$exp)), group(t(fit$var))))
}
write_inc("log_rank", c("#ifdef OBSERVATIONS", observations, "#endif",
                        "#ifdef RESULTS", results, "#endif"))
