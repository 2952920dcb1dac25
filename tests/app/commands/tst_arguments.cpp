#include "commands/arguments.h"
#include "commands/entry.h"
#include "commands/help.h"
#include "confine/permission.h"

#include <QTest>

using namespace bistro::app;

namespace {

using Words = std::vector<std::string>;

template <typename Expected>
void compareCommand(const Words& arguments, const Expected& expected)
{
    const auto command = parse(arguments);
    QVERIFY2(command, command ? "" : command.error().c_str());
    QVERIFY(*command == Command {expected});
}

std::string complaint(const Words& arguments)
{
    const auto command = parse(arguments);
    return command ? "no complaint" : command.error();
}

} // namespace

class TestArguments : public QObject {
    Q_OBJECT

private slots:
    void runTakesItsOwnOptionsAndPassesOnTheRest()
    {
        compareCommand({"run", "a.js"}, RunCommand {.trace = {}, .detail = {}, .node = {"a.js"}});
        compareCommand({"run", "--trace", "t", "a.js", "--trace", "x"},
            RunCommand {.trace = "t", .detail = {}, .node = {"a.js", "--trace", "x"}});
        compareCommand({"run", "--trace=t", "--expose-gc", "a.js"},
            RunCommand {.trace = "t", .detail = {}, .node = {"--expose-gc", "a.js"}});
        compareCommand({"run", "--no-record", "-e", "1", "--no-record"},
            RunCommand {.trace = {}, .detail = RunDetail::Off, .node = {"-e", "1", "--no-record"}});
        compareCommand({"run", "--trace-warnings", "--no-record", "a.js"},
            RunCommand {.trace = {}, .detail = {}, .node = {"--trace-warnings", "--no-record", "a.js"}});
        compareCommand({"run"}, RunCommand {});
    }

    void runTakesHowMuchIsRecorded()
    {
        compareCommand({"run", "--detail", "events", "a.js", "--detail", "off"},
            RunCommand {.trace = {}, .detail = RunDetail::Events, .node = {"a.js", "--detail", "off"}});
        compareCommand({"run", "--detail=lines", "--trace", "t", "a.js"},
            RunCommand {.trace = "t", .detail = RunDetail::Lines, .node = {"a.js"}});
        compareCommand({"run", "--detail", "packages", "a.js"},
            RunCommand {.trace = {}, .detail = RunDetail::Packages, .node = {"a.js"}});
        compareCommand(
            {"run", "--detail", "off", "a.js"}, RunCommand {.trace = {}, .detail = RunDetail::Off, .node = {"a.js"}});
        QCOMPARE(complaint({"run", "--detail", "values", "a.js"}),
            "--detail has no \"values\", but packages, lines, events and off. See: bistro help run");
        compareCommand({"run", "--counts", "a.js", "--counts"},
            RunCommand {.trace = {}, .counts = true, .detail = {}, .node = {"a.js", "--counts"}});
        compareCommand({"run", "--visits", "20", "a.js", "--visits", "0"},
            RunCommand {.trace = {}, .visits = 20, .detail = {}, .node = {"a.js", "--visits", "0"}});
        for (const char* const wrong : {"0", "-1", "1.5", "many", "99999999999999999999"})
            QCOMPARE(complaint({"run", "--visits", wrong, "a.js"}),
                std::string("--visits needs a whole number from 1 on, and not \"") + wrong + "\".");
        QCOMPARE(complaint({"run", "--visits", "5", "--detail", "off", "a.js"}),
            "--visits limits lines, and this run records none.");
        QCOMPARE(complaint({"run", "--counts", "--detail", "events", "a.js"}),
            "--counts counts lines, and this run records none.");
        QCOMPARE(
            complaint({"run", "--no-record", "--counts", "a.js"}), "--counts counts lines, and this run records none.");
        QCOMPARE(complaint({"run", "--detail"}), "The option --detail needs a value after it.");
        QCOMPARE(complaint({"run", "--detail", "off", "--trace", "t", "a.js"}),
            "--trace and --detail off exclude each other. Leave one of them out.");
        QCOMPARE(complaint({"run", "--no-record", "--detail", "lines", "a.js"}),
            "--detail and --no-record exclude each other. Leave one of them out.");
    }

    void linesTakesAPlaceAndNames()
    {
        compareCommand({"lines", "t"}, LinesCommand {.trace = "t"});
        compareCommand({"lines", "t", "greet.js"}, LinesCommand {.trace = "t", .file = "greet.js"});
        compareCommand({"lines", "--json", "t", "src/greet.js:9"},
            LinesCommand {.trace = "t", .file = "src/greet.js", .line = 9, .json = true});
        compareCommand({"lines", "t", "greet.js:9:5", "--values", "price,bill.total"},
            LinesCommand {.trace = "t", .file = "greet.js", .line = 9, .names = {"price", "bill.total"}});
        compareCommand({"lines", "--values=a", "--", "--t", "-x:1"},
            LinesCommand {.trace = "--t", .file = "-x", .line = 1, .names = {"a"}});
        QCOMPARE(complaint({"lines"}), "lines needs the name of a trace. See: bistro help lines");
        QCOMPARE(complaint({"lines", "t", "a.js:0"}), "There is no line 0. The first line is 1.");
        QCOMPARE(complaint({"lines", "t", "a.js:99999999999"}), "There is no line 99999999999. The first line is 1.");
        QCOMPARE(complaint({"lines", "t", ":9"}), "\":9\" names no file. Write the file and the line: greet.js:9");
        QCOMPARE(
            complaint({"lines", "t", "a.js", "b.js"}), "lines takes one place, and \"b.js\" would be a second one.");
        QCOMPARE(complaint({"lines", "t", "--values", "a,,b"}),
            "The option --values needs names with a comma between them, not \"a,,b\".");
        QCOMPARE(complaint({"lines", "t", "--values"}), "The option --values needs a value after it.");
        QCOMPARE(complaint({"lines", "t", "--all"}), "There is no option \"--all\". See: bistro help lines");
    }

    void saveTakesATraceAndANewName()
    {
        compareCommand({"save", "t", "copy"}, SaveCommand {.trace = "t", .file = "copy"});
        compareCommand({"save", "--without-values", "t", "copy"},
            SaveCommand {.trace = "t", .file = "copy", .withoutValues = true});
        QCOMPARE(complaint({"save"}), "save needs the name of a trace. See: bistro help save");
        QCOMPARE(complaint({"save", "t"}), "save needs the name of the copy, too. See: bistro help save");
        QCOMPARE(
            complaint({"save", "a", "b", "c"}), "save takes a trace and a new name, and \"c\" would be a third one.");
        QCOMPARE(complaint({"save", "a", "b", "--json"}), "There is no option \"--json\". See: bistro help save");
    }

    void showTakesItsOptionsAnywhere()
    {
        compareCommand({"show", "t"}, ShowCommand {.trace = "t"});
        compareCommand({"show", "--json", "t", "--from", "3", "--to=9"},
            ShowCommand {.trace = "t", .json = true, .from = 3, .to = 9});
        compareCommand({"check", "--json", "t"}, CheckCommand {.trace = "t", .json = true});
        compareCommand({"show", "t", "--internals"}, ShowCommand {.trace = "t", .internals = true});
        compareCommand({"state", "--internals", "t"}, StateCommand {.trace = "t", .internals = true});
        compareCommand({"show", "--", "--json"}, ShowCommand {.trace = "--json"});
    }

    void whyTakesOneQuestion()
    {
        compareCommand({"why", "t", "--now", "7"}, WhyCommand {.trace = "t", .question = WhyCommand::Now {7}});
        compareCommand({"why", "--pending=async 5", "t", "--runtime"},
            WhyCommand {.trace = "t",
                .question = WhyCommand::Pending {.promise = false, .order = 5, .at = {}},
                .runtime = true});
        compareCommand({"why", "t", "--pending", "promise 5", "--at", "9"},
            WhyCommand {.trace = "t", .question = WhyCommand::Pending {.promise = true, .order = 5, .at = 9}});
        compareCommand({"why", "--before", "2", "1", "t", "--json"},
            WhyCommand {.trace = "t", .question = WhyCommand::Before {.one = 2, .other = 1}, .json = true});
        compareCommand(
            {"findings", "--runtime", "--json", "t"}, FindingsCommand {.trace = "t", .runtime = true, .json = true});
        QCOMPARE(complaint({"why", "t"}),
            "why needs one question: --now N, --pending ORDER or --before LINE LINE. See: bistro help why");
        QCOMPARE(complaint({"why", "t", "--now", "1", "--before", "1", "2"}),
            "why needs one question: --now N, --pending ORDER or --before LINE LINE. See: bistro help why");
        QCOMPARE(complaint({"why", "t", "--now", "1", "--at", "2"}),
            "--at belongs to --pending: --now has its event already, and --before needs none.");
        QCOMPARE(complaint({"why", "t", "--pending", "dish"}),
            "The option --pending needs an order as bistro state prints it, \"5\" or \"promise 5\", not \"dish\".");
        QCOMPARE(complaint({"why", "t", "--before", "1"}),
            "The option --before needs the numbers of two lines of output after it.");
        QCOMPARE(complaint({"why", "t", "--before", "0", "1"}),
            "The option --before needs the numbers of two lines of output, counted from 1, not \"0\" and \"1\".");
        QCOMPARE(complaint({"findings"}), "findings needs the name of a trace. See: bistro help findings");
        QCOMPARE(complaint({"findings", "t", "--at"}), "There is no option \"--at\". See: bistro help findings");
    }

    void withoutACommandTheWindowOpens()
    {
        compareCommand({}, WindowCommand {});
        compareCommand({"lesson.js"}, WindowCommand {.path = "lesson.js"});
        compareCommand({"/tmp"}, WindowCommand {.path = "/tmp"});
        compareCommand({"run.bistro"}, WindowCommand {.path = "run.bistro"});
    }

    void verifyVersionAndHelpAreTaken()
    {
        compareCommand({"verify", "a.js", "b"}, VerifyCommand {.stock = "node", .node = {"a.js", "b"}});
        compareCommand({"verify", "--node", "/n", "--no-warnings", "a.js"},
            VerifyCommand {.stock = "/n", .node = {"--no-warnings", "a.js"}});
        compareCommand({"--version"}, VersionCommand {});
        compareCommand({"help"}, HelpCommand {});
        compareCommand({"glossary"}, GlossaryCommand {});
        compareCommand(
            {"glossary", "call", "stack", "--runtime"}, GlossaryCommand {.word = "call stack", .runtime = true});
        compareCommand({"help", "run"}, HelpCommand {.topic = "run"});
        compareCommand({"run", "--help"}, HelpCommand {.topic = "run"});
        compareCommand({"sandbox", "allow", "--help"}, HelpCommand {.topic = "sandbox"});
        compareCommand({"lesson", "check", "-h"}, HelpCommand {.topic = "lesson"});
    }

    void eachMistakeHasItsSentence()
    {
        QCOMPARE(complaint({"walk"}), "There is no command and no file \"walk\". See: bistro help");
        QCOMPARE(complaint({"lesson.js", "one"}),
            "The window opens one file. To run a program with arguments, write: bistro run lesson.js one");
        QCOMPARE(complaint({"--fast"}), "There is no option \"--fast\". See: bistro help");
        QCOMPARE(complaint({"run", "--trace"}), "The option --trace needs a value after it.");
        QCOMPARE(complaint({"run", "--trace", "t", "--no-record", "a.js"}),
            "--trace and --no-record exclude each other. Leave one of them out.");
        QCOMPARE(complaint({"show"}), "show needs the name of a trace. See: bistro help show");
        QCOMPARE(complaint({"show", "a", "b"}), "show takes one trace, and \"b\" would be a second one.");
        QCOMPARE(complaint({"check"}), "check needs the name of a trace. See: bistro help check");
        QCOMPARE(complaint({"check", "a", "b"}), "check takes one trace, and \"b\" would be a second one.");
        QCOMPARE(complaint({"show", "a", "--xml"}), "There is no option \"--xml\". See: bistro help show");
        QCOMPARE(
            complaint({"show", "a", "--from", "-1"}), "The option --from needs the number of an event, not \"-1\".");
        QCOMPARE(complaint({"show", "a", "--to", "9999999999999999999999"}),
            "The option --to needs the number of an event, not \"9999999999999999999999\".");
        QCOMPARE(complaint({"show", "a", "--from", "5", "--to", "4"}),
            "--from comes after --to, so there is nothing between. Swap them.");
        QCOMPARE(complaint({"verify"}), "verify needs a program. See: bistro help verify");
        QCOMPARE(complaint({"glossary", "--json"}), "There is no option \"--json\". See: bistro help glossary");
        QCOMPARE(complaint({"help", "dance"}), "There is no command \"dance\" to help with. See: bistro help");
        QCOMPARE(complaint({"--version", "run"}), "--version takes nothing after it.");
    }

    void theProgramIsFoundBehindNodesOptions_data()
    {
        QTest::addColumn<Words>("arguments");
        QTest::addColumn<int>("kind");
        QTest::addColumn<std::string>("file");
        QTest::addColumn<bool>("certain");
        using enum Entry::Kind;
        const auto row = [](const char* name, Words arguments, Entry::Kind kind, const char* file = "",
                             bool certain = true) {
            QTest::newRow(name) << std::move(arguments) << static_cast<int>(kind) << std::string(file) << certain;
        };
        row("file", {"a.js", "-e"}, File, "a.js");
        row("require", {"-r", "./x.js", "a.js"}, File, "a.js");
        row("long with =", {"--require=./x.js", "a.js"}, File, "a.js");
        row("conditions", {"-C", "dev", "--import", "y", "a.js"}, File, "a.js");
        row("code", {"-p", "1+1"}, Code);
        row("nothing", {}, Input);
        row("dash", {"-", "x"}, Input);
        row("only flags", {"--no-warnings"}, Input);
        row("end of options", {"--", "-a.js"}, File, "-a.js");
        row("question", {"--version"}, Other);
        row("inspect", {"inspect", "a.js"}, Other, "inspect");
        row("unknown option", {"--brand-new", "a.js"}, File, "a.js", false);
    }

    void theProgramIsFoundBehindNodesOptions()
    {
        QFETCH(Words, arguments);
        QFETCH(int, kind);
        QFETCH(std::string, file);
        QFETCH(bool, certain);
        const Entry entry = entryOf(arguments);
        QCOMPARE(static_cast<int>(entry.kind), kind);
        QCOMPARE(entry.file, file);
        QCOMPARE(entry.certain, certain);
    }

    void whatMeasuresIsKnownByNodesOwnFlagsOnly()
    {
        const auto measures = [](const Words& arguments) { return entryOf(arguments).measures; };
        QVERIFY(measures({"--cpu-prof", "a.js"}));
        QVERIFY(measures({"--no-warnings", "--heap-prof", "a.js"}));
        QVERIFY(!measures({"a.js", "--cpu-prof"}));
        QVERIFY(!measures({"--no-warnings", "a.js"}));
        QVERIFY(!measures({"-r", "--cpu-prof", "a.js"}));
    }

    void lessonTakesWhatToDoAndNames()
    {
        compareCommand({"lesson", "list"}, LessonListCommand {});
        compareCommand({"lesson", "list", "mine"}, LessonListCommand {.folder = "mine"});
        compareCommand({"lesson", "check"}, LessonCheckCommand {});
        compareCommand({"lesson", "check", "a", "b"}, LessonCheckCommand {.folders = {"a", "b"}});
        compareCommand({"lesson", "new", "--", "--mine"}, LessonNewCommand {.folder = "--mine"});
        compareCommand({"lesson", "run", "4"}, LessonRunCommand {.lesson = "4"});
        QCOMPARE(complaint({"lesson"}), "lesson needs list, check, new or run. See: bistro help lesson");
        QCOMPARE(complaint({"lesson", "eat"}),
            "lesson has no \"eat\", but list, check, new and run. See: bistro help lesson");
        QCOMPARE(complaint({"lesson", "new"}), "lesson new needs a name. See: bistro help lesson");
        QCOMPARE(complaint({"lesson", "new", ""}), "A name after lesson is empty. Leave it out.");
        QCOMPARE(complaint({"lesson", "run", "1", "2"}), "lesson run takes one name, and \"2\" would be a second one.");
        QCOMPARE(complaint({"lesson", "check", "--all"}), "There is no option \"--all\". See: bistro help lesson");
    }

    void runTakesThatThereAreNoWalls()
    {
        compareCommand({"run", "--unconfined", "a.js", "--unconfined"},
            RunCommand {.trace = {}, .detail = {}, .unconfined = true, .node = {"a.js", "--unconfined"}});
        compareCommand({"run", "--no-record", "--unconfined", "a.js"},
            RunCommand {.trace = {}, .detail = RunDetail::Off, .unconfined = true, .node = {"a.js"}});
    }

    void sandboxTakesWhatIsAllowed()
    {
        using enum SandboxCommand::Act;
        using enum PermissionKind;
        compareCommand({"sandbox"}, SandboxCommand {});
        compareCommand({"sandbox", "allow", "host", "a.example:80"},
            SandboxCommand {.act = Allow, .kind = Host, .subject = "a.example:80", .folder = {}});
        compareCommand({"sandbox", "allow", "--for", "shop", "write", "--", "--notes"},
            SandboxCommand {.act = Allow, .kind = Write, .subject = "--notes", .folder = "shop"});
        compareCommand({"sandbox", "allow", "read", "data", "--for=shop"},
            SandboxCommand {.act = Allow, .kind = Read, .subject = "data", .folder = "shop"});
        for (const auto& [word, kind] :
            {std::pair {"internet", Internet}, {"programs", Programs}, {"addons", Addons}, {"npm", Npm}}) {
            compareCommand(
                {"sandbox", "forget", word}, SandboxCommand {.act = Forget, .kind = kind, .subject = {}, .folder = {}});
        }
        compareCommand(
            {"sandbox", "forget", "all"}, SandboxCommand {.act = Forget, .kind = {}, .subject = {}, .folder = {}});
        compareCommand({"sandbox", "list", "--all", "--json"},
            SandboxCommand {.act = List, .kind = {}, .subject = {}, .folder = {}, .all = true, .json = true});
        compareCommand({"add"}, AddCommand {});
        compareCommand({"add", "express@4", "--for", "shop", "--json", "--", "-odd"},
            AddCommand {.packages = {"express@4", "-odd"}, .folder = "shop", .json = true});
        QCOMPARE(complaint({"add", "--global", "x"}), "There is no option \"--global\". See: bistro help add");
        QCOMPARE(complaint({"add", ""}), "A name after add is empty. Leave it out.");
        QCOMPARE(complaint({"sandbox", "open"}),
            "sandbox has no \"open\", but allow, forget and list. See: bistro help sandbox");
        QCOMPARE(complaint({"sandbox", "--json"}), "There is no option \"--json\". See: bistro help sandbox");
        QCOMPARE(complaint({"sandbox", "allow"}), "sandbox allow needs to know what. See: bistro help sandbox");
        QCOMPARE(complaint({"sandbox", "allow", "all"}),
            "sandbox allow has no \"all\", but host, internet, read, write, programs, addons, npm, "
            "memory, processes, file-size, written, "
            "open-files and seconds.");
        QCOMPARE(
            complaint({"sandbox", "allow", "memory"}), "sandbox allow memory needs a number after it, such as 4096.");
        QCOMPARE(complaint({"sandbox", "forget", "memory", "4096"}),
            "sandbox forget memory ends before \"4096\". Leave that out.");
        QCOMPARE(complaint({"sandbox", "allow", "host"}),
            "sandbox allow host needs a host after it, such as example.org:443.");
        QCOMPARE(complaint({"sandbox", "forget", "read"}), "sandbox forget read needs a folder after it.");
        QCOMPARE(complaint({"sandbox", "allow", "internet", "now"}),
            "sandbox allow internet ends before \"now\". Leave that out.");
        QCOMPARE(
            complaint({"sandbox", "allow", "host", "a", "b"}), "sandbox allow host ends before \"b\". Leave that out.");
        QCOMPARE(complaint({"sandbox", "allow", "npm", "--json"}),
            "There is no option \"--json\". See: bistro help sandbox");
        QCOMPARE(
            complaint({"sandbox", "list", "shop"}), "sandbox list takes no name. To name a folder, write: --for shop");
        QCOMPARE(complaint({"sandbox", "list", "--all", "--for", "shop"}),
            "--all and --for exclude each other. Leave one of them out.");
        QCOMPARE(complaint({"sandbox", "list", "--for"}), "The option --for needs a value after it.");
    }

    void predictPassesEverythingOn()
    {
        compareCommand({"predict", "--expose-gc", "a.js", "x"}, PredictCommand {.node = {"--expose-gc", "a.js", "x"}});
        QCOMPARE(complaint({"predict"}), "predict needs a program. See: bistro help predict");
    }

    void everyPageOfHelpFitsATerminal()
    {
        for (const char* const topic : {"", "run", "show", "state", "lines", "check", "why", "findings", "glossary",
                 "save", "verify", "predict", "lesson", "sandbox", "help", "--version"}) {
            const auto lines = QByteArray::fromStdString(helpPage(topic)).split('\n');
            for (const QByteArray& line : lines)
                QVERIFY2(line.size() <= 90, line.constData());
        }
    }
};

QTEST_APPLESS_MAIN(TestArguments)
#include "tst_arguments.moc"
