# moniac_layer(<name> SOURCES … [LINKS …] [LIBRARIES …])
#
# One static library per folder, installed as moniac::<name>. LINKS are the layers below that its headers use, LIBRARIES
# the third-party targets that only its own sources see. What is not linked cannot be included: dependencies point one
# way. (All layers share one include folder; scripts/layers.py checks what that leaves open.)
function(moniac_layer name)
  cmake_parse_arguments(LAYER "" "" "SOURCES;LINKS;LIBRARIES" ${ARGN})
  add_library(moniac_${name} STATIC ${LAYER_SOURCES})
  add_library(moniac::${name} ALIAS moniac_${name})
  set_target_properties(moniac_${name} PROPERTIES EXPORT_NAME ${name})
  list(TRANSFORM LAYER_LINKS PREPEND moniac_)
  target_link_libraries(moniac_${name} PUBLIC moniac_settings ${LAYER_LINKS} PRIVATE ${LAYER_LIBRARIES})
  set_property(GLOBAL APPEND PROPERTY MONIAC_LAYERS moniac_${name})
endfunction()
