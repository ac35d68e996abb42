# Language, warnings and floating point: what every target of the project shares.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

# Installed as moniac::settings: a user's own models must be compiled like ours to give the same bits.
add_library(moniac_settings INTERFACE)
add_library(moniac::settings ALIAS moniac_settings)
set_target_properties(moniac_settings PROPERTIES EXPORT_NAME settings)
target_compile_features(moniac_settings INTERFACE cxx_std_20)

# The same source must give the same bits in every build: no contraction of a*b+c (g++ contracts by default), no
# reassociation, and Eigen's approximations off. fma only where it is written.
target_compile_options(moniac_settings INTERFACE -ffp-contract=off -fno-math-errno)
target_compile_definitions(moniac_settings INTERFACE EIGEN_FAST_MATH=0 EIGEN_MAX_ALIGN_BYTES=64 EIGEN_MPL2_ONLY EIGEN_DONT_PARALLELIZE)

# One level for everything; only the kernels are compiled once more per instruction set (sim/math).
if(NOT MONIAC_PORTABLE)
  target_compile_options(moniac_settings INTERFACE -march=x86-64-v3)
endif()
target_include_directories(moniac_settings INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/moniac>)

# Warnings are errors here; they are no business of whoever uses the installed package.
set(MONIAC_WARNINGS
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
  -Woverloaded-virtual -Wdouble-promotion -Wformat=2 -Werror)
# g++ 12 reports overlapping copies in std::string that cannot happen (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  list(APPEND MONIAC_WARNINGS -Wno-restrict)
endif()
target_compile_options(moniac_settings INTERFACE "$<BUILD_INTERFACE:${MONIAC_WARNINGS}>")
