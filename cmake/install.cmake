# The installed package: every layer as moniac::<layer>, its headers, the program, scenarios and documents.
include(CMakePackageConfigHelpers)

get_property(MONIAC_LAYERS GLOBAL PROPERTY MONIAC_LAYERS)
set(MONIAC_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/moniac)

install(TARGETS moniac_settings moniac_hdf5 ${MONIAC_LAYERS} EXPORT moniac
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT moniac NAMESPACE moniac:: FILE moniacTargets.cmake DESTINATION ${MONIAC_PACKAGE_DIR})

configure_package_config_file(cmake/moniacConfig.cmake.in ${PROJECT_BINARY_DIR}/moniacConfig.cmake
                              INSTALL_DESTINATION ${MONIAC_PACKAGE_DIR} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/moniacConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/moniacConfig.cmake ${PROJECT_BINARY_DIR}/moniacConfigVersion.cmake
        DESTINATION ${MONIAC_PACKAGE_DIR})

# Without the program itself, which is no library for others.
install(DIRECTORY sim models DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/moniac
        FILES_MATCHING PATTERN "*.h" PATTERN sim/app EXCLUDE)
install(DIRECTORY scenarios docs DESTINATION ${CMAKE_INSTALL_DATADIR}/moniac)
install(FILES README.md LICENSE CITATION.cff DESTINATION ${CMAKE_INSTALL_DATADIR}/moniac)
install(PROGRAMS scripts/fan_chart.py DESTINATION ${CMAKE_INSTALL_DATADIR}/moniac)
install(TARGETS moniac RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
