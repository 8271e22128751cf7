# Intervals of every x out of n <= 60 at level 0.95, and of n <= 12 at other levels.
# {successes, trials, level, four intervals in the order of enum recist_proportion_method}
source("write.R")
bound <- function(x, n, level) {
  z <- qnorm(1 - (1 - level) / 2)
  tail <- (1 - level) / 2
  wilson <- suppressWarnings(prop.test(x, n, conf.level = level, correct = FALSE)$conf.int)
  middle <- (x + z^2 / 2) / (n + z^2)
  agresti <- middle + c(-1, 1) * z * sqrt(middle * (1 - middle) / (n + z^2))
  c(binom.test(x, n, conf.level = level)$conf.int,
    wilson,
    pmin(1, pmax(0, agresti)),
    if (x == 0) 0 else qbeta(tail, x + 0.5, n - x + 0.5),
    if (x == n) 1 else qbeta(1 - tail, x + 0.5, n - x + 0.5))
}
lines <- character()
add <- function(n, level) {
  for (x in 0:n) lines <<- c(lines, row(x, n, level, group(bound(x, n, level))))
}
for (n in 1:60) add(n, 0.95)
for (level in c(0.5, 0.8, 0.9, 0.99, 0.999)) for (n in 1:12) add(n, level)
for (n in c(100, 1000)) lines <- c(lines, row(37, n, 0.95, group(bound(37, n, 0.95))))
write_inc("proportion", lines)
