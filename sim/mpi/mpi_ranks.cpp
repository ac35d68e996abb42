// The home of MPI.
#include <mpi.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <thread>

#include "sim/mpi/ranks.h"

namespace moniac {

namespace {

constexpr int tag = 0;

// Without a launcher MPI_Init would start daemons of its own, which takes longer than many a run.
bool launched() {
  return std::getenv("OMPI_COMM_WORLD_SIZE") != nullptr || std::getenv("PMIX_RANK") != nullptr;
}

// Errors of MPI itself end all ranks, with a message of MPI's.
class MpiRanks final : public Ranks {
 public:
  MpiRanks() {
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &count_);
  }
  MpiRanks(const MpiRanks&) = delete;
  MpiRanks& operator=(const MpiRanks&) = delete;
  ~MpiRanks() override { MPI_Finalize(); }

  int rank() const override { return rank_; }
  int count() const override { return count_; }

  void send(int to, const std::string& bytes) override {
    if (bytes.size() > std::size_t{std::numeric_limits<int>::max()}) throw std::length_error("a message of over 2 GiB");
    MPI_Send(bytes.data(), static_cast<int>(bytes.size()), MPI_BYTE, to, tag, MPI_COMM_WORLD);
  }

  std::optional<Message> receive(const std::atomic<bool>& stop) override {
    MPI_Message message = MPI_MESSAGE_NULL;
    MPI_Status status;
    if (!wait(message, status, stop)) return {};
    int size = 0;
    MPI_Get_count(&status, MPI_BYTE, &size);
    Message received{.from = status.MPI_SOURCE, .bytes = std::string(static_cast<std::size_t>(size), '\0')};
    MPI_Mrecv(received.bytes.data(), size, MPI_BYTE, &message, MPI_STATUS_IGNORE);
    return received;
  }

  void abort(int code) override { MPI_Abort(MPI_COMM_WORLD, code); }

 private:
  // OpenMPI waits with a core at 100 %, which those who simulate need.
  static bool wait(MPI_Message& message, MPI_Status& status, const std::atomic<bool>& stop) {
    constexpr std::chrono::microseconds shortest{10}, longest{500};
    for (auto pause = shortest; !stop; pause = std::min(2 * pause, longest)) {
      int found = 0;
      MPI_Improbe(MPI_ANY_SOURCE, tag, MPI_COMM_WORLD, &found, &message, &status);
      if (found != 0) return true;
      std::this_thread::sleep_for(pause);
    }
    return false;
  }

  int rank_ = 0;
  int count_ = 1;
};

}  // namespace

std::unique_ptr<Ranks> join_ranks() {
  if (!launched()) return nullptr;
  auto ranks = std::make_unique<MpiRanks>();
  if (ranks->count() == 1) return nullptr;
  return ranks;
}

}  // namespace moniac
