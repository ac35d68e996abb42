#include "sim/app/isolated.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "sim/app/exit_code.h"
#include "sim/app/signals.h"
#include "sim/engine/ensemble.h"
#include "sim/output/results_file.h"

namespace moniac {

namespace {

// How a message of the child begins.
constexpr char done = 'd', bad_format = 'f', bad_output = 'o', bug = 'b';
// Any other: the exit code of a ProgramError.

constexpr rlim_t least_seconds = 6;               // of processor time; info of a common file takes 0.01
constexpr rlim_t slowest = rlim_t{4} << 20;       // bytes of the file per second
constexpr rlim_t least_memory = rlim_t{1} << 30;  // above what the program has already
constexpr rlim_t memory_per_byte = 16;            // of the file

void limit(__rlimit_resource_t resource, rlim_t value) {
  rlimit now{};
  ::getrlimit(resource, &now);
  now.rlim_cur = std::min(value, now.rlim_max);
  ::setrlimit(resource, &now);
}

// Bytes of address space in use; sanitizers reserve many.
rlim_t address_space() {
  rlim_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

// A child that crashes must not say so itself, leave a core, or outlive its parent.
void confine(const std::string& path) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, SIG_DFL);
  std::error_code ignored;
  const auto bytes = std::filesystem::file_size(path, ignored);
  const rlim_t size = ignored ? 0 : bytes;
  limit(RLIMIT_CPU, least_seconds + size / slowest);
  limit(RLIMIT_AS, address_space() + least_memory + memory_per_byte * size);
  limit(RLIMIT_CORE, 0);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
}

std::string answer(const std::function<std::string()>& read) {
  try {
    return done + read();
  } catch (const FormatError& error) {
    return bad_format + std::string(error.what());
  } catch (const OutputError& error) {
    return bad_output + std::string(error.what());
  } catch (const ProgramError& error) {
    return static_cast<char>(error.code()) + std::string(error.what());
  } catch (const std::bad_alloc&) {
    return bad_output + std::string("not enough memory");
  } catch (const std::exception& error) {
    return bug + std::string(error.what());
  }
}

void write_all(int file, const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t written = ::write(file, text.data() + at, text.size() - at);
    if (written < 0 && errno != EINTR) return;  // the parent is gone
    if (written > 0) at += static_cast<std::size_t>(written);
  }
}

// Everything the child writes. Empty when it must stop because the program must.
std::string read_all(int file, pid_t child) {
  std::string text;
  std::array<char, 1 << 16> piece;
  for (;;) {
    if (stop_requested()) {
      ::kill(child, SIGKILL);
      return {};
    }
    pollfd waiting{file, POLLIN, 0};
    if (::poll(&waiting, 1, 100) <= 0) continue;
    const ssize_t length = ::read(file, piece.data(), piece.size());
    if (length == 0) return text;
    if (length > 0) text.append(piece.data(), static_cast<std::size_t>(length));
    if (length < 0 && errno != EINTR) return text;
  }
}

std::string why(int status) {
  if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
    return "HDF5 does not come to an end with it";
  return "HDF5 crashes on it";
}

std::string result_of(const std::string& path, const std::string& message, int status) {
  if (stop_requested()) throw Interrupted{};
  const bool ended = WIFEXITED(status) && WEXITSTATUS(status) == 0 && !message.empty();
  if (!ended) throw FormatError(fmt::format("{} is damaged: {}", path, why(status)));
  std::string text = message.substr(1);
  switch (message.front()) {
    case done:
      return text;
    case bad_format:
      throw FormatError(text);
    case bad_output:
      throw OutputError(text);
    case bug:
      throw std::logic_error(text);
    default:
      throw ProgramError(message.front(), text);
  }
}

}  // namespace

std::string isolated(const std::string& path, const std::function<std::string()>& read) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  const pid_t child = ::fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) {
    confine(path);
    write_all(ends[1], answer(read));
    ::_exit(0);
  }
  ::close(ends[1]);
  const std::string message = read_all(ends[0], child);
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return result_of(path, message, status);
}

}  // namespace moniac
