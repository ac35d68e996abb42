// The program below main: everything that may use the instructions main has checked for.
#pragma once

namespace moniac {

/// Runs the command line and returns the exit code. Throws nothing.
int program(int argc, char** argv);

}  // namespace moniac
