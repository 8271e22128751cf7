# Two by two: {x1, n1, x2, n2, p}
source("write.R")
lines <- character()
p_value <- function(x1, n1, x2, n2) fisher.test(matrix(c(x1, n1 - x1, x2, n2 - x2), 2))$p.value
add <- function(x1, n1, x2, n2) {
  lines <<- c(lines, row(x1, n1, x2, n2, number(p_value(x1, n1, x2, n2))))
}
for (n1 in c(1, 4, 7, 13)) for (n2 in c(1, 7, 21)) for (x1 in 0:n1) for (x2 in 0:n2)
  add(x1, n1, x2, n2)
add(300, 1000, 350, 1100)
add(10, 1000, 900, 1100)
add(20000, 40000, 20500, 40000)
write_inc("fisher", lines)
