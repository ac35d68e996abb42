// The processes that mpirun or srun started together.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

namespace moniac {

/// What another rank sent.
struct Message {
  int from = 0;
  std::string bytes;
};

/// This process as one of several. Messages from one rank to another arrive whole and in order. Functions may be called
/// from any thread, one at a time.
class Ranks {
 public:
  virtual ~Ranks() = default;

  virtual int rank() const = 0;   ///< from 0
  virtual int count() const = 0;  ///< at least 2
  /// May wait until `to` receives.
  virtual void send(int to, const std::string& bytes) = 0;
  /// The next message from whomever; waits, without taking a core, until there is one or `stop` turns true.
  virtual std::optional<Message> receive(const std::atomic<bool>& stop) = 0;
  /// Ends the processes of all ranks, this one included, with the exit code.
  virtual void abort(int code) = 0;
};

/// mpirun started several processes of a build without MPI, each of which would do the whole work.
class NoMpi : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Joins the other processes; null when this one was started alone. To be called once. Throws NoMpi.
std::unique_ptr<Ranks> join_ranks();

}  // namespace moniac
