# infoplane_install_for_shells(TARGET): installs the program's man page, made by help2man, and its completions for bash and zsh.
# Where help2man is missing, and where the program cannot run on this machine, nothing of this is installed.
function(infoplane_install_for_shells target)
  find_program(HELP2MAN help2man)
  if(NOT HELP2MAN OR CMAKE_CROSSCOMPILING)
    message(STATUS "No man page and completions: help2man is missing")
    return()
  endif()
  include(GNUInstallDirs)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/shell)
  set(files ${folder}/infoplane.1 ${folder}/infoplane ${folder}/_infoplane)
  add_custom_command(OUTPUT ${files}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND ${PROJECT_SOURCE_DIR}/scripts/man-page $<TARGET_FILE:${target}> > ${folder}/infoplane.1
    COMMAND ${target} completion bash > ${folder}/infoplane
    COMMAND ${target} completion zsh > ${folder}/_infoplane
    DEPENDS ${target} ${PROJECT_SOURCE_DIR}/scripts/man-page COMMENT "Making man page and completions")
  add_custom_target(infoplane_shell ALL DEPENDS ${files})
  install(FILES ${folder}/infoplane.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${folder}/infoplane DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES ${folder}/_infoplane DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
endfunction()
