// How the program ends when it does not succeed. The numbers are those of sysexits.h.
#pragma once

#include <stdexcept>
#include <string>

namespace moniac {

enum ExitCode : int {
  exit_ok = 0,
  exit_usage = 64,      ///< the command line
  exit_bad_data = 65,   ///< the scenario or a file's contents, or too many failed paths
  exit_no_input = 66,   ///< a file to read is missing or unreadable
  exit_bug = 70,        ///< a mistake of the program or of a model: an identity that does not hold
  exit_refused = 73,    ///< the output is there already, or the parts of another run
  exit_io = 74,         ///< the disk, or the machine, refused
  exit_resumable = 75,  ///< interrupted; the same command goes on
  exit_signal = 128,    ///< plus the number of the signal
};

/// Ends the program with a code and one message for stderr.
class ProgramError : public std::runtime_error {
 public:
  ProgramError(int code, const std::string& message) : std::runtime_error(message), code_(code) {}
  int code() const { return code_; }

 private:
  int code_;
};

}  // namespace moniac
