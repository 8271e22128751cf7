# Kaplan-Meier of one group each. In survival.inc, by section:
# OBSERVATIONS  {count, {{days, event}, ...}}
# STEPS         {data set, reverse, days, at risk, events, censored, survival, std.err of survfit,
#                standard error of survival, {log low, high, log-log low, high, plain low, high}}
#               (the intervals at level 0.95)
# QUANTILES     {data set, reverse, scale, level, fraction, days, {low, high}}
# RATES         {data set, reverse, scale, level, days, estimable, at risk, survival, standard
#                error, {low, high}}
suppressMessages(library(survival))
source("write.R")
data_sets <- list(
  list(lung$time, lung$status == 2),
  list(lung$time[lung$sex == 2], lung$status[lung$sex == 2] == 2),
  list(aml$time, aml$status == 1),
  list(aml$time[aml$x == "Maintained"], aml$status[aml$x == "Maintained"] == 1),
  list(aml$time[aml$x == "Nonmaintained"], aml$status[aml$x == "Nonmaintained"] == 1),
  list(5, 1),                                                   # one event
  list(5, 0),                                                   # one censored
  list(c(3, 7, 7, 9), c(0, 0, 0, 0)),                           # all censored
  list(c(4, 4, 4), c(1, 1, 1)),                                 # all on one day
  list(c(1, 2, 3, 4), c(1, 1, 1, 1)),                           # flat at every quartile
  list(c(1, 2, 3, 4), c(1, 1, 0, 0)),                           # ends at the median
  list(c(1, 2, 3), c(1, 1, 1)),                                 # ends with 1 - 2/3 - 1/3
  list(c(2, 2, 2, 5, 5, 8), c(1, 0, 1, 0, 1, 0)),               # event and censoring on one day
  list(c(0, 0, 2, 3), c(1, 0, 1, 1)),                           # on day 0
  list(c(0, 4, 6), c(0, 1, 0)),
  list(c(1, 2, 3, 4, 5, 6), c(0, 0, 1, 1, 0, 1)),
  list(c(rep(10, 20), 20, 30, 40), c(rep(0:1, 10), 1, 1, 0)),   # the high limit rises again
  list(c(10, 20, 30, 40, 50, 60, 70, 80, 90, 100), c(1, 1, 1, 1, 1, 0, 0, 0, 0, 0)))
set.seed(11)
for (i in 1:12) {
  n <- sample(2:25, 1)
  data_sets <- c(data_sets, list(list(sample(1:12, n, TRUE), rbinom(n, 1, runif(1)))))
}
scales <- c("log", "log-log", "plain") # in the order of enum recist_survival_scale
observations <- steps <- quantiles <- rates <- character()
for (i in seq_along(data_sets)) {
  days <- data_sets[[i]][[1]]
  event <- as.integer(data_sets[[i]][[2]])
  observations <- c(observations, paste0("{", length(days), ", {", paste0(
    "{", days, ", ", event, "}", collapse = ", "), "}},"))
  for (reverse in 0:1) {
    status <- if (reverse) 1 - event else event
    fits <- lapply(scales, function(scale) survfit(Surv(days, status) ~ 1, conf.type = scale))
    f <- fits[[1]]
    se <- summary(f, censored = TRUE)$std.err
    for (k in seq_along(f$time))
      steps <- c(steps, row(i - 1, reverse, f$time[k], f$n.risk[k], f$n.event[k], f$n.censor[k],
                            number(c(f$surv[k], f$std.err[k], se[k])),
                            group(sapply(fits, function(g) c(g$lower[k], g$upper[k])))))
    for (s in seq_along(scales)) for (level in c(0.95, 0.8)) {
      f <- survfit(Surv(days, status) ~ 1, conf.type = scales[s], conf.int = level)
      fractions <- c(0.1, 0.25, 0.5, 0.75, 0.9, 1)
      # quantile() gives NA for all fractions if the smallest is not reached to the last bit, so
      # that its tolerance works only beside a smaller one; the first is there for that.
      q <- quantile(f, c(1e-6, fractions))
      for (k in seq_along(fractions))
        quantiles <- c(quantiles, row(i - 1, reverse, s - 1, level, fractions[k],
          number(q$quantile[k + 1]),
          group(c(q$lower[k + 1], q$upper[k + 1]))))
      times <- if (i <= 5) c(0, 12, 30.4375, 182.625, 365.25, 730.5, 1022, 1022.5)
               else c(0, 0.5, 1, 4, 6.5, 9, 12, 40, 41)
      inside <- summary(f, times = times)
      all <- summary(f, times = times, extend = TRUE)
      for (k in seq_along(times)) {
        at <- match(times[k], inside$time)
        rates <- c(rates, row(i - 1, reverse, s - 1, level, times[k], as.integer(!is.na(at)),
          all$n.risk[k],
          number(c(inside$surv[at], inside$std.err[at])),
          group(c(inside$lower[at], inside$upper[at]))))
      }
    }
  }
}
write_inc("survival", c("#ifdef OBSERVATIONS", observations, "#endif",
                        "#ifdef STEPS", steps, "#endif",
                        "#ifdef QUANTILES", quantiles, "#endif",
                        "#ifdef RATES", rates, "#endif"))
