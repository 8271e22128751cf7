# How every number of this folder is written: 13 digits, of which the tests compare nine.
number <- function(x) {
  ifelse(is.na(x), "NAN",
         ifelse(is.infinite(x), ifelse(x > 0, "INFINITY", "-INFINITY"),
                trimws(formatC(x, digits = 13, format = "g"))))
}
group <- function(x) paste0("{", paste(number(x), collapse = ", "), "}")
row <- function(...) paste0("{", paste(c(...), collapse = ", "), "},")
# The script names itself in what it writes, and is run in this folder: Rscript proportion.R
write_inc <- function(name, lines) {
  writeLines(c(sprintf("/* Made by %s.R with R %s.%s; do not edit. */", name, R.version$major,
                       R.version$minor), lines), paste0(name, ".inc"))
}
