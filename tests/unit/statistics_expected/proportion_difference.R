# {x1, n1, x2, n2, level, Newcombe low, high, Miettinen-Nurminen low, high}
# Base R has neither interval; Newcombe's is put together from prop.test(), and Miettinen and
# Nurminen's is found with uniroot() and optimize() (the C code halves in on the slope instead).
source("write.R")
wilson <- function(x, n, level) {
  suppressWarnings(prop.test(x, n, conf.level = level, correct = FALSE)$conf.int)
}
newcombe <- function(x1, n1, x2, n2, level) {
  p1 <- x1 / n1
  p2 <- x2 / n2
  w1 <- wilson(x1, n1, level)
  w2 <- wilson(x2, n2, level)
  p1 - p2 + c(-sqrt((p1 - w1[1])^2 + (w2[2] - p2)^2), sqrt((w1[2] - p1)^2 + (p2 - w2[1])^2))
}
# The closed form of Miettinen and Nurminen's appendix: the root of a cubic.
restricted <- function(x1, n1, x2, n2, d) {
  N <- n1 + n2
  l3 <- N
  l2 <- (n1 + 2 * n2) * d - N - (x1 + x2)
  l1 <- (n2 * d - N - 2 * x2) * d + (x1 + x2)
  l0 <- x2 * d * (1 - d)
  v <- l2^3 / (27 * l3^3) - l1 * l2 / (6 * l3^2) + l0 / (2 * l3)
  u <- sign(v) * sqrt(max(0, l2^2 / (9 * l3^2) - l1 / (3 * l3)))
  w <- (pi + acos(pmax(-1, pmin(1, v / u^3)))) / 3
  p2 <- 2 * u * cos(w) - l2 / (3 * l3)
  p2 <- min(max(p2, 0, -d), 1, 1 - d)
  c(p2 + d, p2)
}
score <- function(x1, n1, x2, n2, d) {
  p <- restricted(x1, n1, x2, n2, d)
  v <- (p[1] * (1 - p[1]) / n1 + p[2] * (1 - p[2]) / n2) * (n1 + n2) / (n1 + n2 - 1)
  (x1 / n1 - x2 / n2 - d) / sqrt(v)
}
miettinen_nurminen <- function(x1, n1, x2, n2, level) {
  z <- qnorm(1 - (1 - level) / 2)
  seen <- x1 / n1 - x2 / n2
  limit <- function(end, sign) {
    if (seen == end) return(end)
    # next to the end the variance can round to 0, the score to infinity: rejected, too
    f <- function(d) if (d == seen) -sign * z else score(x1, n1, x2, n2, d) - sign * z
    suppressWarnings(uniroot(f, sort(c(seen, end * (1 - 1e-12))), tol = 1e-15,
                             maxiter = 10000)$root)
  }
  c(limit(-1, 1), limit(1, -1))
}
lines <- character()
add <- function(x1, n1, x2, n2, level) {
  lines <<- c(lines, row(x1, n1, x2, n2, level, number(newcombe(x1, n1, x2, n2, level)),
                         number(miettinen_nurminen(x1, n1, x2, n2, level))))
}
for (x1 in 0:5) for (x2 in 0:7) add(x1, 5, x2, 7, 0.95)
for (x1 in c(0, 1, 10, 20, 21)) for (x2 in c(0, 1, 7, 12, 13)) add(x1, 21, x2, 13, 0.95)
for (level in c(0.8, 0.9, 0.99)) {
  add(10, 21, 7, 13, level)
  add(56, 70, 48, 80, level)
}
add(56, 70, 48, 80, 0.95)
add(0, 1, 0, 1, 0.95)
add(300, 1000, 350, 1100, 0.95)
write_inc("proportion_difference", lines)
