#include "sim/app/failure.h"

#include <string>

#include "sim/app/exit_code.h"
#include "sim/app/text.h"
#include "sim/output/results_file.h"
#include "sim/scenario/problem.h"

namespace moniac {

int reported(Streams& streams, const std::function<int()>& action) {
  const auto fail = [&](int code, const std::string& message) {
    streams.err << message << "\n";
    return code;
  };
  try {
    return action();
  } catch (const ProgramError& error) {
    return fail(error.code(), error.what());
  } catch (const ScenarioError& error) {
    return fail(exit_bad_data, error.what());
  } catch (const FormatError& error) {
    return fail(exit_bad_data, "moniac: " + printable(error.what()));
  } catch (const OutputError& error) {
    return fail(exit_io, "moniac: " + printable(error.what()));
  }
}

}  // namespace moniac
