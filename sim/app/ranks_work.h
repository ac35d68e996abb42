// A run or sweep that several ranks work on: rank 0 does all that one process does, but for the simulating.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/app/options.h"
#include "sim/app/streams.h"
#include "sim/engine/catalogue.h"
#include "sim/mpi/foreman.h"

namespace moniac {

/// The other processes of this run; null when there are none. Throws ProgramError (64) when there are and this build
/// cannot speak with them.
std::unique_ptr<Ranks> join_ranks(const Options& options);

/// Throws ProgramError (73) that names every rank that is another build, or was asked for something else, than rank 0.
void require_equal_ranks(Foreman& foreman, const Options& options);

/// Hands the work out and calls `take` with each part of it; `flush` is to secure them, when all is done, or when it
/// ends early: by a signal (throws Interrupted), or because another rank failed (throws RankFailed).
void hand_out(Foreman& foreman, const Assignment& assignment, const std::function<void(std::string_view)>& take,
              const std::function<void()>& flush, const std::function<void(std::int64_t)>& progress);

/// "3 workers: 489 units in 30 shares, 8.4 kB for each unit; 2.1 % idle, rank 0 at work 1.2 % of the
/// time".
std::string effort_text(const Effort& effort, const std::string& noun);

/// What a rank other than 0 does: simulates what rank 0 hands it. Returns when rank 0 lets it go.
void work_for_rank_0(Ranks& ranks, const Options& options, const Catalogue& catalogue, Streams& streams);

}  // namespace moniac
