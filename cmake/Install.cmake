# `cmake --install` gives find_package(infoplane) with infoplane::framework, infoplane::estimators and
# infoplane::experiments, the tool, and the configs. The folder it makes may be moved.
include(CMakePackageConfigHelpers)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/infoplane)
install(TARGETS infoplane_framework infoplane_estimators infoplane_experiments EXPORT infoplane
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY framework/include/ estimators/include/ experiments/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT infoplane NAMESPACE infoplane:: FILE infoplaneTargets.cmake DESTINATION ${package})

configure_package_config_file(cmake/infoplaneConfig.cmake.in ${PROJECT_BINARY_DIR}/infoplaneConfig.cmake
  INSTALL_DESTINATION ${package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/infoplaneConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/infoplaneConfig.cmake ${PROJECT_BINARY_DIR}/infoplaneConfigVersion.cmake
  DESTINATION ${package})

# A LibTorch that lies elsewhere than where the loader looks is found again.
set_target_properties(infoplane PROPERTIES INSTALL_RPATH_USE_LINK_PATH ON)
install(TARGETS infoplane RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY configs DESTINATION ${CMAKE_INSTALL_DATADIR}/infoplane)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN *.md PATTERN *.png)
