# Turns the fenced blocks of Markdown pages into a bash script. By the word after the fence:
#   sh             commands, run in order in the page's folder
#   LANGUAGE FILE  a file: one of the repository, which must contain the block literally, else one used by the commands
#   console        commands after "$ " and their output: run in order, the same except for numbers
#   text           output or usage of commands; not run
# Any other block fails.
/^```/ && !inside {
  inside = 1
  words = split(substr($0, 4), word, " ")
  place = FILENAME ":" FNR
  if (word[1] == "sh" && words == 1) {
    kind = "sh"
    print "place='" place "'"
  } else if (words == 2 || word[1] == "console") {
    kind = "here"
    print (words == 2 ? "file" : "console") "_block '" place "' '" word[2] "' <<'END_OF_THE_BLOCK'"
  } else {
    kind = "text"
    if (word[1] != "text") print "unknown_block '" place "'"
  }
  next
}
/^```/ {
  inside = 0
  if (kind == "here") print "END_OF_THE_BLOCK"
  next
}
inside && kind != "text"
