# Rows by columns: {rows, columns, p, {counts row by row}}
source("write.R")
lines <- character()
add <- function(table) {
  p <- fisher.test(table, workspace = 2e7)$p.value
  lines <<- c(lines, paste0("{", nrow(table), ", ", ncol(table), ", ", number(p), ", {",
                            paste(t(table), collapse = ", "), "}},"))
}
add(matrix(c(10, 7, 4, 11, 6, 6), 3))                       # three regimens, response or not
add(matrix(c(0, 2, 1, 10, 5, 3, 6, 3, 2, 5, 3, 2), 3))      # CR, PR, SD, PD
add(matrix(c(1, 2, 1, 0, 3, 3, 6, 1, 10, 10, 14, 9, 6, 7, 12, 11), 4)) # help(fisher.test): Job
add(matrix(c(2, 2, 2, 2, 2, 2), 2))                         # nothing but ties
add(matrix(c(3, 0, 1, 0, 0, 0, 2, 0, 5), 3))                # a row without counts
add(matrix(c(5, 0, 0, 5, 0, 0, 0, 0, 4), 3))
add(rbind(rep(3:4, 10), rep(c(2, 5), 10)))                    # twenty sites, response or not
set.seed(3)
for (size in list(c(2, 3), c(3, 2), c(3, 3), c(2, 5), c(5, 2), c(4, 3))) for (again in 1:5)
  add(matrix(rpois(prod(size), 3), size[1]))
write_inc("fisher_table", lines)
