// A case that asserts nothing fails, and so does a run that finds no case.
#define CATCH_CONFIG_RUNNER
#include "tests/support/catch.h"

int main(int count, char** words) {
  Catch::Session session;
  if (const int code = session.applyCommandLine(count, words); code != 0) return code;
  session.configData().warnings =
      static_cast<Catch::WarnAbout::What>(Catch::WarnAbout::NoTests | Catch::WarnAbout::NoAssertions);
  return session.run();
}
