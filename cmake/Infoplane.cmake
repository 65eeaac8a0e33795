# infoplane_library(NAME sources...): a layer of the project, with its public headers in include/ and the others in src/.
function(infoplane_library name)
  add_library(infoplane_${name} STATIC ${ARGN})
  add_library(infoplane::${name} ALIAS infoplane_${name})
  target_include_directories(infoplane_${name} PUBLIC
    $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  infoplane_see_internals(infoplane_${name} ${name})
  set_target_properties(infoplane_${name} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  infoplane_compile_options(infoplane_${name})
endfunction()

# infoplane_see_internals(TARGET LAYERS...): the target may include the headers of these layers that are not installed.
function(infoplane_see_internals target)
  foreach(layer ${ARGN})
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/${layer}/src)
  endforeach()
endfunction()

# Our own code: C++17 without extensions, with warnings.
function(infoplane_compile_options target)
  target_compile_features(${target} PUBLIC cxx_std_17)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  # GCC 12 and 13 see uninitialized strings in moved temporaries at -O3 where there are none, GCC 14 copies beyond
  # the ends of strings and of vectors of bool.
  set(gcc $<CXX_COMPILER_ID:GNU>)
  set(gcc_14 $<VERSION_GREATER_EQUAL:$<CXX_COMPILER_VERSION>,14>)
  target_compile_options(${target} PRIVATE -Wall -Wextra $<${gcc}:-Wno-maybe-uninitialized>
    "$<$<AND:${gcc},${gcc_14}>:-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread>" $<$<BOOL:${INFOPLANE_WARNINGS_AS_ERRORS}>:-Werror>)
  target_compile_definitions(${target} PRIVATE _GLIBCXX_ASSERTIONS)
endfunction()

# Gives the target a header git_commit.hpp with the commit that is built, renewed at every build.
function(infoplane_git_commit target)
  set(header ${CMAKE_CURRENT_BINARY_DIR}/generated/git_commit.hpp)
  add_custom_target(${target}_git_commit
    COMMAND ${CMAKE_COMMAND} -D SOURCE=${PROJECT_SOURCE_DIR} -D HEADER=${header}
            -P ${PROJECT_SOURCE_DIR}/cmake/GitCommit.cmake
    BYPRODUCTS ${header} COMMENT "")
  add_dependencies(${target} ${target}_git_commit)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/generated)
endfunction()
