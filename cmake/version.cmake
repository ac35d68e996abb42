# The commit the build was made from, as MONIAC_COMMIT; "unknown" outside a git checkout.
find_package(Git QUIET)
set(MONIAC_COMMIT unknown)
if(GIT_FOUND AND EXISTS ${PROJECT_SOURCE_DIR}/.git)
  # A checkout that belongs to somebody else, as on a build server, is read all the same.
  execute_process(COMMAND ${GIT_EXECUTABLE} -c safe.directory=${PROJECT_SOURCE_DIR} describe --always --dirty --abbrev=12
                  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
                  RESULT_VARIABLE status OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(status EQUAL 0)
    set(MONIAC_COMMIT ${commit})
  endif()
endif()
