# Steps of the install test; see CMakeLists.txt. Each must succeed.
function(must_run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY OUTPUT_VARIABLE output ECHO_ERROR_VARIABLE)
  set(output ${output} PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK})
must_run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
must_run(${WORK}/prefix/bin/moniac version)
must_run(${CMAKE_COMMAND} -S ${EXAMPLE} -B ${WORK}/build -G Ninja -D CMAKE_BUILD_TYPE=Release
         -D CMAKE_PREFIX_PATH=${WORK}/prefix -D CMAKE_CXX_COMPILER=${CXX} -D "CMAKE_CXX_FLAGS=${CXX_FLAGS}")
must_run(${CMAKE_COMMAND} --build ${WORK}/build)
must_run(${WORK}/build/vasicek ${EXAMPLE}/vasicek.yaml)
# Mean of the Euler scheme after 24 months: 3 + (5 - 3) (1 - 0.25/12)^24 = 4.207; standard error about 0.011.
if(NOT output MATCHES "^us.short_rate on 2027-12-01: 4\\.(1[789]|2[0-4])")
  message(FATAL_ERROR "The example printed:\n${output}")
endif()
