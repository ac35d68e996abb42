# cmake -DNM=… -DARCHIVE=… -P no_weak_symbols.cmake
#
# The kernels are compiled once per instruction set. Were one of their functions weak, the linker could keep the copy
# made for AVX-512 and let a CPU without it run into it.
execute_process(COMMAND ${NM} --defined-only -A ${ARCHIVE} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]*kernels_[a-z0-9]+\\.cpp[^\n]*" symbols "${symbols}")
if(NOT symbols)
  message(FATAL_ERROR "no kernel objects in ${ARCHIVE}")
endif()
foreach(symbol IN LISTS symbols)
  if(symbol MATCHES " [WwVvu] ")
    message(SEND_ERROR "weak: ${symbol}")
  elseif(symbol MATCHES " [TDRB] " AND NOT symbol MATCHES "kernels_(v3|v4|portable)E?$")
    message(SEND_ERROR "visible besides the table: ${symbol}")
  endif()
endforeach()
