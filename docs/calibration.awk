# The means of one quantity as a Markdown table with a row per case and a column per estimator; "-" for a missing value.
# usage: awk -v quantity='I(X;T)' -f docs/calibration.awk docs/calibration.csv
BEGIN { FS = "," }
NR > 1 && !($3 in known) { known[$3] = 1; names[++m] = $3 }
NR > 1 && $2 == quantity && !($1 in truth) { cases[++n] = $1; truth[$1] = $4 }
NR > 1 && $2 == quantity && $5 != "" { mean[$1, $3] = sprintf("%.3g", $5); estimated[$3] = 1 }
END {
  head = "| case | truth |"
  rule = "| --- | --- |"
  for (e = 1; e <= m; ++e) if (names[e] in estimated) { head = head " " names[e] " |"; rule = rule " --- |" }
  print head "\n" rule
  for (c = 1; c <= n; ++c) {
    row = sprintf("| %s | %.3g |", cases[c], truth[cases[c]])
    for (e = 1; e <= m; ++e) if (names[e] in estimated) row = row " " ((cases[c], names[e]) in mean ? mean[cases[c], names[e]] : "-") " |"
    print row
  }
}
