// A scenario with the files that it names: the text up to a line "%%% NAME", which starts the file NAME, and so on.
#include "models/catalogue.h"
#include "tests/fuzz/properties.h"

namespace {

// Takes the files off the end of `text`.
moniac::FilesInMemory split_off_files(std::string& text) {
  constexpr std::string_view mark = "\n%%% ";
  moniac::FilesInMemory files;
  for (std::size_t at = text.rfind(mark); at != std::string::npos; at = text.rfind(mark)) {
    const std::string file = text.substr(at + mark.size());
    const std::size_t name_end = file.find('\n');
    files[file.substr(0, name_end)] = name_end == std::string::npos ? "" : file.substr(name_end + 1);
    text.resize(at + 1);
  }
  return files;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const moniac::Catalogue catalogue(moniac::model_types());
  std::string text(data, data + size);
  moniac::put_files(split_off_files(text));
  moniac::check_reading(text, {}, catalogue);
  return 0;
}
