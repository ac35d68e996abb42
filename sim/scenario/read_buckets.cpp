// Buckets: intervals into which a number of each path falls.
#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/conditions.h"
#include "sim/scenario/format.h"
#include "sim/scenario/quantity.h"

namespace moniac {

namespace {

// Whether all of them could be read.
bool read_edges(const Node& node, BucketSpec& buckets, Problems& problems) {
  if (!expect(Node::Kind::sequence, node, "edges", "[3 %/year, 5 %/year]", problems)) return false;
  if (node.items.empty()) problems.add(node.place, "buckets need an edge", "write edges: [3 %/year, 5 %/year]");
  for (const Node& item : node.items) {
    if (const auto edge = read_quantity(item, "edges", problems)) buckets.edges.push_back(*edge);
  }
  return !node.items.empty() && buckets.edges.size() == node.items.size();
}

void read_labels(const Node& node, BucketSpec& buckets, Problems& problems) {
  if (!expect(Node::Kind::sequence, node, "labels", "[low, middle, high]", problems)) return;
  if (node.items.size() != buckets.edges.size() + 1) {
    problems.add(node.place, fmt::format("{} labels for {} buckets", node.items.size(), buckets.edges.size() + 1),
                 "give one label more than edges");
  }
  for (const Node& item : node.items) {
    check_name(item, "a bucket", problems);
    if (std::find(buckets.labels.begin(), buckets.labels.end(), item.text) != buckets.labels.end()) {
      problems.add(item.place, fmt::format("two buckets are named {}", in_quotes(item.text)), "rename one of them");
    }
    buckets.labels.push_back(item.text);
  }
  buckets.labels.resize(buckets.edges.size() + 1);
}

void read_stated(const Node& node, BucketSpec& buckets, Problems& problems) {
  if (!expect(Node::Kind::sequence, node, "stated", "[2 %/year, 4 %/year, 6 %/year]", problems)) return;
  if (node.items.size() != buckets.edges.size() + 1) {
    problems.add(node.place,
                 fmt::format("{} stated numbers for {} buckets", node.items.size(), buckets.edges.size() + 1),
                 "give one for each bucket, one more than edges");
    return;
  }
  for (const Node& item : node.items) {
    if (const auto number = read_quantity(item, "stated", problems)) buckets.stated.push_back(*number);
  }
}

void label_by_edges(BucketSpec& buckets) {
  const std::vector<Quantity>& edges = buckets.edges;
  buckets.labels.push_back("below " + to_text(edges.front()));
  for (std::size_t i = 1; i < edges.size(); ++i) {
    const bool same_unit = edges[i - 1].unit == edges[i].unit;
    const std::string low = same_unit ? to_text(edges[i - 1].number) : to_text(edges[i - 1]);
    buckets.labels.push_back(low + " to " + to_text(edges[i]));
  }
  buckets.labels.push_back(to_text(edges.back()) + " and above");
}

}  // namespace

std::optional<BucketSpec> read_buckets(const Node& body, const Calendar* time, Problems& problems) {
  constexpr const char* like = "{us.y10: {edges: [3 %/year, 5 %/year]}}";
  if (!expect(Node::Kind::mapping, body, "buckets", like, problems)) return {};
  if (body.entries.size() != 1) {
    problems.add(body.place, "buckets are of one variable", fmt::format("write it like {}", like));
    return {};
  }
  const auto& [key, value] = body.entries.front();
  const auto variable = read_variable(key, "buckets", problems);
  Words words = names_of(bucket_keys());
  for (const Key& word : measure_keys()) words.push_back(word.name);
  const Fields fields{value, fmt::format("the distribution of {}", key.text), words, problems};
  if (!variable || !fields.valid()) return {};
  BucketSpec buckets{
      .measure = read_measure(*variable, fields, time, problems), .edges = {}, .labels = {}, .stated = {}};
  const Node* edges = fields.require("edges", "write edges: [3 %/year, 5 %/year]");
  if (!edges || !read_edges(*edges, buckets, problems)) return {};
  const Node* labels = fields.find("labels");
  if (labels) {
    read_labels(*labels, buckets, problems);
  } else {
    label_by_edges(buckets);
  }
  if (const Node* stated = fields.find("stated")) read_stated(*stated, buckets, problems);
  return buckets;
}

}  // namespace moniac
