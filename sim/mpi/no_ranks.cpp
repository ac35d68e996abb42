// A build without MPI.
#include <cstdlib>

#include "sim/mpi/ranks.h"

namespace moniac {

std::unique_ptr<Ranks> join_ranks() {
  const char* count = std::getenv("OMPI_COMM_WORLD_SIZE");
  if (count != nullptr && std::atoi(count) > 1) {
    throw NoMpi("mpirun started several processes, and this moniac was built without MPI");
  }
  return nullptr;
}

}  // namespace moniac
