// Variables that a model publishes with other parameters only.
#pragma once

#include <string>
#include <vector>

namespace moniac {

/// For models whose parameters can rule out some of their variables: a second base of theirs, beside Model. Who reads
/// one is told why there is none, and gets no default.
class WithheldOutputs {
 public:
  struct Withheld {
    std::string variable;  ///< its full name
    std::string reason;    ///< "with labour fixed …"
    std::string remedy;    ///< "set labour: sticky …"
  };
  virtual std::vector<Withheld> withheld() const = 0;

 protected:
  ~WithheldOutputs() = default;
};

}  // namespace moniac
