#include "models/catalogue.h"
#include "sim/app/exit_code.h"
#include "sim/app/options.h"
#include "sim/app/reference.h"
#include "tests/cli/command_line.h"
#include "tests/support/catch.h"

namespace moniac::test {

TEST_CASE("describe prints a model with all it declares") {
  CHECK(moniac({"describe", "drift"}).out ==
        "drift: A level that drifts\n"
        "equations and sources: models/examples/README.md; described in scope us\n"
        "\n"
        "parameters\n"
        "  drift = 0.5 %; -10 … 10\n"
        "      Change per step [published: Somebody (2001)]\n"
        "  mode = up; up, down\n"
        "      Direction\n"
        "\n"
        "inputs\n"
        "  push  %  0 %  What is added to each step\n"
        "\n"
        "outputs\n"
        "  x  %  The level\n");
}

TEST_CASE("describe prints one parameter, input, output or shock") {
  CHECK(moniac({"describe", "drift.drift"}).out ==
        "parameter drift of drift: Change per step\n"
        "  default  0.5\n"
        "  unit     %\n"
        "  allowed  -10 … 10\n"
        "  source   published: Somebody (2001)\n"
        "  set it   --set us.drift.drift=…\n");
  CHECK(holds(moniac({"describe", "drift.push"}).out, "without a producer 0 %"));
  CHECK(holds(moniac({"describe", "drift.x"}).out, "output x of drift: The level"));
  CHECK(holds(moniac({"describe", "fragile.draw"}).out, "stream  us.fragile/draw"));
}

TEST_CASE("describe says who produces and reads a variable, in any scope") {
  CHECK(moniac({"describe", "us.x"}).out == "us.x\n  produced by us.drift in %: The level\n");
  CHECK(moniac({"describe", "cn.x"}).out == "cn.x\n  produced by cn.drift in %: The level\n");
  CHECK(moniac({"describe", "us.push"}).out ==
        "us.push\n"
        "  produced by no model: a scenario may set it under levers: and events:\n"
        "  read by us.drift in %: What is added to each step; otherwise 0 %\n");
}

TEST_CASE("describe finds a variable whose scope is named as a model is") {
  Catalogue catalogue;
  for (ModelType& type : model_types()) catalogue.add(std::move(type));
  REQUIRE(catalogue.find("trade"));
  CHECK(holds(describe_text(catalogue, "trade.tariff_add").value_or(""), "  read by trade.tariff_schedule in pp"));
}

TEST_CASE("an unknown name is met with the closest one") {
  const Ended ended = moniac({"describe", "drift.drfit"});
  CHECK(ended.code == exit_usage);
  CHECK(ended.err ==
        "moniac describe: no model, parameter or variable is named 'drift.drfit'; did you mean "
        "'drift.drift'?\n");
  CHECK(moniac({"describe", "."}).code == exit_usage);
  CHECK(moniac({"describe", "zzzzzz"}).err ==
        "moniac describe: no model, parameter or variable is named 'zzzzzz'; moniac list names the models\n");
  CHECK(moniac({"describe", "drft", "--markdown"}).code == exit_usage);
}

TEST_CASE("every parameter of every model of the program is described and in its page") {
  Catalogue catalogue;
  for (ModelType& type : model_types()) catalogue.add(std::move(type));
  for (const ModelType& type : catalogue.types()) {
    const std::string page = model_markdown(type), screen = model_text(type);
    const Declarations declared = describe(type);
    for (const ParamDecl& param : declared.params()) {
      const std::string name = type.name + "." + param.name;
      INFO(name);
      CHECK(holds(page, "| `" + param.name + "` |"));
      CHECK(holds(screen, "\n  " + param.name + " = "));
      CHECK_FALSE(param.doc.empty());
      CHECK(describe_text(catalogue, name).value_or("").rfind("parameter " + param.name, 0) == 0);
    }
  }
}

TEST_CASE("a bar in a text does not break a Markdown table") {
  class Barred final : public Model {
    const double a = param("a", 1, "", any_number(), "left | right", illustrative());

   public:
    explicit Barred(Declarations& d) : Model(d) {}
    void start(Start&) const override {}
    void step(Step&) const override {}
  };
  CHECK(holds(model_markdown(model_type<Barred>("barred", "examples", "us", "Barred")), "left \\| right"));
}

TEST_CASE("help of every command fits a screen and names each of its options") {
  for (const CommandSpec& command : commands()) {
    const Ended help = moniac({"help", std::string(command.name)});
    INFO(help.out);
    CHECK(help.code == exit_ok);
    CHECK(moniac({std::string(command.name), "--help"}).out == help.out);
    for (const std::string_view option : command.options) CHECK(holds(help.out, "--" + std::string(option)));
    std::istringstream lines(help.out);
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) CHECK(line.size() <= 90);
    CHECK(count <= 26);
  }
  CHECK(moniac({"help", "rum"}).err == "moniac help: unknown command 'rum'; did you mean 'run'?\n");
}

}  // namespace moniac::test
