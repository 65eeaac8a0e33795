# Turns the fenced blocks of Markdown pages into a bash script. By the word after the fence:
#   sh             commands, run in order in the page's folder
#   LANGUAGE FILE  a file: one of the repository, which must contain the block literally, else one used by the commands
#   console        commands after "$ " and their output: run in order, the same except for rounding and durations (see output.py)
#   text           output or usage of commands; not run
# Any other block fails. A comment below a paragraph checks a number in it: <!-- NUMBER = COMMAND that prints it -->
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
!inside && /^<!-- [^ ]+ = .* -->$/ {
  text = substr($0, 6, length($0) - 9)
  number = substr(text, 1, index(text, " = ") - 1)
  place = FILENAME ":" FNR
  if (index(paragraph, " " number " ") == 0) print "unchecked_number '" place "' '" number "'"
  print "number_check '" place "' '" number "' <<'END_OF_THE_BLOCK'\n" substr(text, length(number) + 4) "\nEND_OF_THE_BLOCK"
  next
}
!inside && /^$/ { is_over = 1 }
!inside && !/^$/ {
  if (is_over) paragraph = ""
  is_over = 0
  words = $0
  gsub(/[^0-9A-Za-z.]+|[.]( |$)/, " ", words)
  paragraph = paragraph " " words " "
}
