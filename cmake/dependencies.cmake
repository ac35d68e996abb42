# Libraries, each found once. Imported targets are SYSTEM, so their headers do not warn.

find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(fmt 9 REQUIRED)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)
find_package(ZLIB REQUIRED)

set(HDF5_PREFER_PARALLEL OFF)
find_package(HDF5 1.10 REQUIRED COMPONENTS C HL)
add_library(moniac_hdf5 INTERFACE)
target_include_directories(moniac_hdf5 SYSTEM INTERFACE ${HDF5_INCLUDE_DIRS})
target_link_libraries(moniac_hdf5 INTERFACE ${HDF5_LIBRARIES} ${HDF5_HL_LIBRARIES})

if(MONIAC_MPI)
  find_package(MPI 3.1 REQUIRED COMPONENTS C)
endif()
if(MONIAC_TESTS)
  find_package(Catch2 2.13 REQUIRED)
endif()
