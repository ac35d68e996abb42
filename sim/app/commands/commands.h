// The commands. Each returns an exit code and throws what it cannot do; program.cpp turns that into a message.
#pragma once

#include "sim/app/options.h"
#include "sim/app/streams.h"
#include "sim/engine/catalogue.h"
#include "sim/mpi/foreman.h"

namespace moniac {

/// With a foreman the workers simulate that wait for it.
int run_command(const Options& options, const Catalogue& catalogue, Streams& streams, Foreman* foreman);
int sweep_command(const Options& options, const Catalogue& catalogue, Streams& streams, Foreman* foreman);
int merge_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int compare_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int attribute_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int claims_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int hindcast_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int score_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int reweight_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int mix_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int validate_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int plan_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int list_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int describe_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int schema_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int info_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int verify_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int rerun_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int export_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int version_command(const Options& options, const Catalogue& catalogue, Streams& streams);
int help_command(const Options& options, const Catalogue& catalogue, Streams& streams);

}  // namespace moniac
