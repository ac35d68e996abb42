// One model's window on one block of paths at one time.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>

#include "sim/model/calendar.h"
#include "sim/model/variables.h"

namespace moniac {

/// One variable over the paths of a block: 64-byte aligned, a multiple of 64 lanes, so that every lane is computed by
/// the same instructions. Lanes beyond the last path are ghosts that no statistic reads.
using Column = Eigen::Map<Eigen::ArrayXd, Eigen::Aligned64>;
using ConstColumn = Eigen::Map<const Eigen::ArrayXd, Eigen::Aligned64>;

/// The uniforms on (0, 1) that belong to one event.
using EventDraws = std::array<double, 8>;

/// Where the draws of an event shock come from: keyed by stream, path and number of the event, not by the step, so that
/// how many events another path or an earlier step had changes none of them.
struct EventSource {
  std::uint64_t key = 0;
  double* drawn = nullptr;  ///< by path: events drawn since the start
};

/// Where the handles of one placed model point in one block. Filled by the engine; indexed by handle ids.
struct Window {
  double* const* outputs = nullptr;
  const double* const* last_outputs = nullptr;
  double* const* states = nullptr;
  const double* const* last_states = nullptr;
  const double* const* inputs = nullptr;
  const double* const* shocks = nullptr;
  const EventSource* events = nullptr;  ///< by shock id; set for event shocks
  void (*event_uniforms)(std::uint64_t key, std::uint64_t path, std::uint32_t event, double* out) = nullptr;
  std::uint64_t first_path = 0;                   ///< of the block
  const bool* imposed = nullptr;                  ///< by output id: overwritten by the scenario in this step
  const double* const* imposed_values = nullptr;  ///< by output id: the value that will be written, else null
  Eigen::Index lanes = 0;
  const Calendar* time = nullptr;
  int index = 0;
};

/// What both phases can see: this step's inputs and the model's own columns.
class View {
 public:
  explicit View(const Window& window) : window_(window) {}

  ConstColumn operator[](Input x) const { return read(window_.inputs[x.id]); }
  Column operator[](Output x) const { return write(window_.outputs[x.id]); }
  Column operator[](State x) const { return write(window_.states[x.id]); }

  /// Whether the scenario imposes `x` in this step. Its producer still computes; the engine overwrites afterwards.
  bool imposed(Output x) const { return window_.imposed[x.id]; }
  /// The value that the engine will write; only where imposed(x).
  ConstColumn imposed_value(Output x) const { return read(window_.imposed_values[x.id]); }

  double dt() const { return window_.time->dt(); }  ///< years
  int index() const { return window_.index; }       ///< 0 at the start, k in step k
  Date date() const { return window_.time->date(window_.index); }
  const Calendar& time() const { return *window_.time; }
  Eigen::Index lanes() const { return window_.lanes; }

 protected:
  ConstColumn read(const double* column) const { return {column, window_.lanes}; }
  Column write(double* column) const { return {column, window_.lanes}; }
  const Window& window_;
};

/// The state at the start date. No lagged values and no shocks exist yet.
class Start : public View {
 public:
  using View::View;
};

/// Step k. `last` is the value at the end of step k-1.
class Step : public View {
 public:
  using View::View;
  using View::operator[];
  ConstColumn operator[](Shock x) const { return read(window_.shocks[x.id]); }
  /// The uniforms of the next event of one path of the block.
  EventDraws next_event(EventShock x, Eigen::Index path) const {
    const EventSource& source = window_.events[x.id];
    EventDraws uniforms;
    const auto event = static_cast<std::uint32_t>(source.drawn[path]++);
    window_.event_uniforms(source.key, window_.first_path + static_cast<std::uint64_t>(path), event, uniforms.data());
    return uniforms;
  }
  ConstColumn last(Output x) const { return read(window_.last_outputs[x.id]); }
  ConstColumn last(State x) const { return read(window_.last_states[x.id]); }
};

}  // namespace moniac
