// Which cases a study runs: points in the open unit cube, one column per uncertain parameter ("axis"). A caller turns
// them into parameters with quantile(), axis by axis. A design is a pure function of its arguments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace moniac {

/// [case][axis], each in the open interval (0, 1).
using Points = std::vector<std::vector<double>>;

/// Every combination of indices 0 … counts[axis] - 1, as [case][axis]; the last axis varies fastest. Without axes the
/// one empty combination.
std::vector<std::vector<std::size_t>> grid(const std::vector<std::size_t>& counts);

/// Latin hypercube (McKay, Beckman & Conover 1979): every axis is cut into `points` strata of equal length, each
/// stratum of each axis holds one point, anywhere inside it. points <= 2^20.
Points latin_hypercube(std::size_t points, std::size_t axes, std::uint64_t seed);

/// The first points of Sobol's sequence with the directions of Joe & Kuo (2008), in the order of Gray's code, from the
/// origin on; raised by 2^-53, half of the last bit, so that none is zero. Even to the power of two: `points` should be
/// one. axes <= 3667, points <= 2^32.
Points sobol_sequence(std::size_t points, std::size_t axes);

/// Sobol's sequence with a random digital shift: in each axis one random word, keyed by `seed`, is exclusive-ored to
/// all coordinates. The points stay as even as they were, each is uniform on the cube, and averages over them are
/// unbiased (Owen 1998).
Points sobol_points(std::size_t points, std::size_t axes, std::uint64_t seed);

/// The design of Saltelli et al. (2010, Computer Physics Communications 181) for sobol_indices(): blocks A, B, AB_1 …
/// AB_k of `points` rows each, points (axes + 2) in all. Row r of block b is row b · points + r. A and B are columns
/// 0 … k-1 and k … 2k-1 of sobol_points(points, 2 axes, seed); AB_i is A with column i taken from B.
Points saltelli_design(std::size_t points, std::size_t axes, std::uint64_t seed);

inline constexpr std::size_t usual_morris_levels = 4;

/// The design of Morris (1991) for morris_effects(): `trajectories` walks of axes + 1 rows, one after the other, that
/// move each axis once, in random order, up or down by half of the levels. Of an even number p of levels in [0, 1] that
/// is Morris' step of p / (2 (p - 1)). Level l = 0 … p-1 stands at (l + 1/2) / p, the middle of the l-th of p equally
/// likely strata, not at l / (p - 1), where the quantiles of 0 and 1 would be infinite; a step is therefore 1/2.
Points morris_design(std::size_t trajectories, std::size_t axes, std::size_t levels, std::uint64_t seed);

}  // namespace moniac
