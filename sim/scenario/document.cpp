#include "sim/scenario/document.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>

#include "sim/scenario/locator.h"
#include "sim/scenario/syntax_report.h"
#include "sim/scenario/utf8.h"

namespace moniac {

namespace {

constexpr std::size_t max_depth = 64;

// Thrown once a problem is recorded after which reading cannot go on.
struct Stop {};

std::size_t offset_of(const YAML::Mark& mark) {
  return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
}

// Builds the tree from the events of one document.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(Locator& locator, Problems& problems) : locator_(locator), problems_(problems) {}

  Node take_root() { return std::move(root_); }
  /// Offset behind what the last event stood for.
  std::size_t reached() const { return reached_; }
  /// Where the innermost open `[…]` or `{…}` starts.
  std::optional<Place> open_flow() const {
    const bool open = !frames_.empty() && frames_.back().flow;
    return open ? std::optional<Place>{frames_.back().node.place} : std::nullopt;
  }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::size_t offset = offset_of(mark);
    const std::string_view rest = locator_.rest_of_line(offset);
    const bool written = !rest.empty() && (rest[0] == '~' || rest[0] == 'n' || rest[0] == 'N');
    Node node;
    node.place = !written && has_key() ? frames_.back().key->place : locator_.place(offset);
    check_properties(mark, "", anchor);
    add(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    problems_.add(locator_.place(offset_of(mark)), "aliases (*name) are not supported", "write the value out");
    add(Node{});
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check_properties(mark, tag, anchor);
    const std::size_t offset = offset_of(mark);
    const std::string_view line = locator_.rest_of_line(offset);
    std::size_t bytes = line.substr(0, value.size()) == value ? value.size() : line.size();
    if (!line.empty() && (line[0] == '"' || line[0] == '\'')) bytes = quoted_length(line);
    Node node;
    node.kind = Node::Kind::scalar;
    node.text = value;
    node.quoted = tag == "!" || value.find('\n') != std::string::npos;
    node.place = locator_.place(offset, std::max(character_count(line.substr(0, bytes)), 1));
    reached_ = offset + bytes;
    add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(Node::Kind::sequence, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(Node::Kind::mapping, mark, tag, anchor, style);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    Node node;
    bool flow = false;
    std::optional<Node> key;
    std::unordered_map<std::string, Place> keys;
  };

  bool has_key() const { return !frames_.empty() && frames_.back().key.has_value(); }

  void check_properties(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    const std::size_t offset = offset_of(mark);
    const std::string_view line = locator_.rest_of_line(offset);
    const std::string_view word = line.substr(0, line.find(' '));
    if (anchor != 0) {
      problems_.add(locator_.place(offset, character_count(word)), "anchors (&name) are not supported",
                    "write the value out where it is used");
    } else if ((!line.empty() && line[0] == '!') || (!tag.empty() && tag != "?" && tag != "!")) {
      problems_.add(locator_.place(offset, character_count(word)), "tags (!name) are not supported", "remove the tag");
    }
  }

  void count_value(const Place& place) {
    if (++values_ <= max_document_values) return;
    problems_.add(place, fmt::format("more than {} values", max_document_values),
                  "put long series into a CSV file: {csv: file, column: name}");
    throw Stop{};
  }

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YAML::EmitterStyle::value style) {
    check_properties(mark, tag, anchor);
    Frame frame;
    frame.node.kind = kind;
    frame.node.place = locator_.place(offset_of(mark));
    frame.flow = style == YAML::EmitterStyle::Flow;
    reached_ = offset_of(mark) + (frame.flow ? 1 : 0);
    if (frames_.size() >= max_depth) {
      problems_.add(frame.node.place, fmt::format("nested deeper than {} levels", max_depth));
      throw Stop{};
    }
    frames_.push_back(std::move(frame));
  }

  void close() {
    Node node = std::move(frames_.back().node);
    frames_.pop_back();
    add(std::move(node));
  }

  void add(Node node) {
    if (frames_.empty()) {
      count_value(node.place);
      root_ = std::move(node);
      return;
    }
    Frame& frame = frames_.back();
    if (frame.node.kind == Node::Kind::sequence) {
      count_value(node.place);
      frame.node.items.push_back(std::move(node));
    } else if (!frame.key) {
      add_key(frame, std::move(node));
    } else {
      count_value(node.place);
      frame.node.add(std::move(*frame.key), std::move(node));
      frame.key.reset();
    }
  }

  void add_key(Frame& frame, Node key) {
    if (key.kind != Node::Kind::scalar) {
      problems_.add(key.place, "a key must be a word", "write 'key: value'");
      key.kind = Node::Kind::scalar;
    } else if (const auto [first, fresh] = frame.keys.emplace(key.text, key.place); !fresh) {
      problems_.add(key.place, fmt::format("key {} stands twice in one mapping", in_quotes(key.text)),
                    "keep one of the two", first->second);
    }
    frame.key = std::move(key);
  }

  Locator& locator_;
  Problems& problems_;
  std::vector<Frame> frames_;
  Node root_;
  std::size_t values_ = 0;
  std::size_t reached_ = 0;
};

// Stops at the first event: there must be no second document.
class NoDocument final : public YAML::EventHandler {
 public:
  NoDocument(Locator& locator, Problems& problems) : locator_(locator), problems_(problems) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    const std::string_view line = locator_.rest_of_line(offset_of(mark));
    const Place place = locator_.place(offset_of(mark), std::max(character_count(line), 1));
    if (line.substr(0, 3) == "---") {
      problems_.add(place, "a second document starts here", "put each scenario into a file of its own");
    } else {
      problems_.add(place, "this is not expected here",
                    "a scenario is one mapping: 'key: value' lines that start in the same column");
    }
    throw Stop{};
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}

 private:
  Locator& locator_;
  Problems& problems_;
};

}  // namespace

Node read_document(const std::shared_ptr<const SourceText>& source, Problems& problems, std::size_t from) {
  // An option has no byte order mark, and `from` counts from its first byte.
  const std::string_view text = from == 0 ? without_byte_order_mark(source->text) : std::string_view{source->text};
  if (!check_bytes(source, text, problems)) return {};

  const std::size_t found_before = problems.list().size();
  // The end mark keeps an unclosed quote from swallowing the end of the file unnoticed.
  std::istringstream stream{std::string(from, ' ') + std::string{text.substr(from)} + "\n...\n"};
  Locator locator{source, text};
  TreeBuilder builder{locator, problems};
  try {
    YAML::Parser parser{stream};
    if (parser.HandleNextDocument(builder)) {
      // Asked once more only: on some input (a lone comma) yaml-cpp 0.7 reports documents for ever.
      NoDocument rest{locator, problems};
      parser.HandleNextDocument(rest);
    }
  } catch (const YAML::Exception& error) {
    report_syntax(error.msg, offset_of(error.mark), {builder.reached(), builder.open_flow()}, locator, problems);
  } catch (const Stop&) {
    // already recorded
  }
  return problems.list().size() > found_before ? Node{} : builder.take_root();
}

}  // namespace moniac
