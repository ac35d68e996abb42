// Correlation matrices, as every section writes them.
#include <fmt/format.h>

#include <cmath>

#include "sim/scenario/fields.h"
#include "sim/scenario/number.h"
#include "sim/scenario/sections.h"

namespace moniac {

namespace {

// `of` says what has a row each: "shocks".
bool read_rows(const Node& node, std::size_t size, const std::string& of, Matrix& matrix, Problems& problems) {
  if (!expect(Node::Kind::sequence, node, "matrix", "[[1, 0.3], [0.3, 1]]", problems)) return false;
  bool good = node.items.size() == size;
  if (!good) problems.add(node.place, fmt::format("rows of the matrix: {}; {}: {}", node.items.size(), of, size));
  for (const Node& row : node.items) {
    if (!expect(Node::Kind::sequence, row, "a row of the matrix", "[1, 0.3]", problems)) return false;
    if (row.items.size() != size) {
      problems.add(row.place, fmt::format("entries in this row: {}; {}: {}", row.items.size(), of, size));
      good = false;
    }
    std::vector<double> numbers;
    for (const Node& item : row.items) {
      const auto number = read_plain_number(item, "a correlation", problems);
      good = good && number;
      numbers.push_back(number.value_or(0));
    }
    matrix.push_back(std::move(numbers));
  }
  return good;
}

// Symmetric with ones on the diagonal; whether it is a correlation matrix at all is decided by its eigenvalues.
void check_matrix(const Node& node, const Matrix& matrix, Problems& problems) {
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    const std::vector<Node>& row = node.items[i].items;
    if (matrix[i][i] != 1) problems.add(row[i].place, fmt::format("the diagonal entry {} must be 1", row[i].text));
    for (std::size_t j = 0; j < i; ++j) {
      const Node& mirror = node.items[j].items[i];
      if (std::abs(matrix[i][j]) > 1) {
        problems.add(row[j].place, fmt::format("a correlation of {} is outside -1 … 1", row[j].text));
      } else if (matrix[i][j] != matrix[j][i]) {
        problems.add(row[j].place,
                     fmt::format("the matrix is not symmetric: {} here, {} there", row[j].text, mirror.text),
                     "write the same number in both places", mirror.place);
      }
    }
  }
}

}  // namespace

std::optional<Matrix> read_correlation_matrix(const Node& node, std::size_t size, const std::string& of,
                                              Problems& problems) {
  Matrix matrix;
  if (!read_rows(node, size, of, matrix, problems)) return {};
  const std::size_t before = problems.list().size();
  check_matrix(node, matrix, problems);
  return problems.list().size() == before ? std::optional(matrix) : std::nullopt;
}

}  // namespace moniac
