# Samples {count, {values}}, {sample, mean, sd, lowest, median, highest}, and quantiles {sample,
# type, fraction, quantile}.
source("write.R")
set.seed(7)
samples <- list(42, c(3, 1), c(2.5, -1, 7), 1:4, 1:5, 1:8, c(5, 5, 5, 1, 5),
                round(rnorm(37, 50, 20), 1),
                survival::lung$age, 1e9 + (1:11) / 7)
lines <- "#ifdef SAMPLES"
for (x in samples)
  lines <- c(lines, paste0("{", length(x), ", {", paste(number(x), collapse = ", "), "}},"))
lines <- c(lines, "#endif", "#ifdef DESCRIPTIONS")
for (i in seq_along(samples)) {
  x <- as.numeric(number(samples[[i]])) # what the test reads
  lines <- c(lines, row(i - 1, number(c(mean(x), sd(x), min(x), median(x), max(x)))))
}
lines <- c(lines, "#endif", "#ifdef QUANTILES")
fractions <- c(0, 0.05, 0.1, 0.25, 1 / 3, 0.5, 0.7, 0.75, 0.975, 1)
for (i in seq_along(samples)) for (type in 1:9) for (p in fractions) {
  x <- as.numeric(number(samples[[i]]))
  lines <- c(lines, row(i - 1, type, formatC(p, digits = 17, format = "g"),
                        number(quantile(x, p, type = type, names = FALSE))))
}
write_inc("sample", c(lines, "#endif"))
