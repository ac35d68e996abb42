// A disk that fills up, at many points of the file. Each attempt runs in a process of its own: HDF5 must neither crash
// when the write fails nor when the process ends.
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <iostream>

#include "sim/output/results_file.h"
#include "tests/sim/output/example_results.h"
#include "tests/sim/output/temporary_folder.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {

enum Answer { wrote = 0, refused = 1, other = 2, not_possible = 3 };

// What write_results did; `cause` must be in the message.
Answer attempt(const std::string& path, const Results& results, const std::string& cause) {
  try {
    write_results(path, results);
    return wrote;
  } catch (const OutputError& error) {
    const std::string message = error.what();
    const bool clear =
        message.find("cannot write " + path + ": " + cause) == 0 && message.find('\n') == std::string::npos;
    return clear ? refused : other;
  }
}

// Runs `body` in a child that leaves through exit(), handlers and all; the answer is its exit code.
template <class Body>
int in_child(Body body) {
  std::cout.flush();  // or the child would print it again
  const pid_t child = ::fork();
  if (child == 0) std::exit(body());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int write_limited(const std::string& path, const Results& results, rlim_t bytes) {
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  ::getrlimit(RLIMIT_FSIZE, &limit);
  const rlimit before = limit;
  limit.rlim_cur = bytes;
  ::setrlimit(RLIMIT_FSIZE, &limit);
  const Answer answer = attempt(path, results, "File too large");
  ::setrlimit(RLIMIT_FSIZE, &before);
  // The same process can go on and write elsewhere.
  write_results(path + ".second", example_results());
  const bool whole = read_results(path + ".second") == example_results();
  std::filesystem::remove(path + ".second");
  return whole ? answer : other;
}

int write_to_tiny_disk(const std::string& mount_point) {
  if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
      ::mount("tmpfs", mount_point.c_str(), "tmpfs", 0, "size=32k") != 0)
    return not_possible;
  const Answer answer = attempt(mount_point + "/result.h5", example_results(), "No space left on device");
  return std::filesystem::is_empty(mount_point) ? answer : other;
}

// Tries many sizes short of the whole file.
void stop_at_many_sizes(const Results& results, unsigned attempts) {
  const TemporaryFolder folder;
  write_results(folder / "whole.h5", results);
  const auto size = std::filesystem::file_size(folder / "whole.h5");
  put(folder / "result.h5", "old");
  for (unsigned i = 0; i < attempts; ++i) {
    const rlim_t bytes = size * i / attempts;
    INFO("limit " << bytes << " of " << size << " bytes");
    REQUIRE(in_child([&] { return write_limited(folder / "result.h5", results, bytes); }) == refused);
    REQUIRE(bytes_of(folder / "result.h5") == "old");
    REQUIRE(folder.names().size() == 2);
  }
  CHECK(in_child([&] { return write_limited(folder / "result.h5", results, 2 * size); }) == wrote);
}

}  // namespace

TEST_CASE("At whatever size a write stops, it is one clear error, the old file stays and nothing is left behind") {
  stop_at_many_sizes(example_results(), 83);
}

TEST_CASE("A write that stops within compressed data is one clear error") {
  Results results = example_results();
  RecordedVariable wide = results.variables.front();
  wide.name = "us.wide";
  wide.dimensions = {{"wide", {}}};
  std::uint64_t bits = 1;  // noise, so that it does not compress
  for (std::vector<double>* values :
       {&wide.mean, &wide.sd, &wide.se, &wide.minimum, &wide.maximum, &wide.quantiles, &wide.quantile_se}) {
    values->resize(values->size() * 1000);
    for (double& value : *values)
      value = static_cast<double>(bits = bits * 6364136223846793005ULL + 1442695040888963407ULL);
  }
  for (int l = 0; l < 1000; ++l) wide.dimensions[0].labels.push_back(std::to_string(l));
  results.variables.push_back(wide);
  stop_at_many_sizes(results, 29);
}

TEST_CASE("A full disk is one clear error and nothing is left behind") {
  const TemporaryFolder folder;
  const int answer = in_child([&] { return write_to_tiny_disk(folder.path()); });
  if (answer == not_possible) return;  // mounting needs privileges
  CHECK(answer == refused);
}
