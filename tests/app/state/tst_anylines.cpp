// Any program, and any events: the answers of the index are those of reading the whole trace, and a damaged one has an
// index as well.
#include "state/linechanges.h"
#include "state/linemoves.h"
#include "support/drawnlines.h"
#include "support/tracefile.h"
#include "trace/views.h"
#include "trace/writer.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <random>
#include <string>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::trace;
using namespace bistro::tests;
using namespace Qt::StringLiterals;

class TestAnyLines : public QObject {
    Q_OBJECT

private slots:
    void eachAnswerIsWhatReadingAllOfTheTraceSays();
    void whatAStopTellsItselfIsAsIfItWereToldBehindIt();
    void anIndexThatGrowsIsTheOneOfTheWholeTrace();
    void aDamagedTraceHasAnIndex();
    void aTraceThatOnlyEntersAndNeverLeavesIsReadQuickly();
};

namespace {

std::size_t below(std::mt19937& random, std::size_t limit)
{
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
}

// A program that does what it likes, drawn: calls, awaits, values, objects, errors, and a pool beside it.
enum class Telling : std::uint8_t { ByStops, Behind };
std::string anyProgram(std::uint32_t seed, int words, Telling telling = Telling::ByStops, bool hasLongCalls = false)
{
    std::mt19937 random(seed);
    std::string drawing;
    std::vector<std::string> open;
    std::vector<std::string> paused;
    int calls = 0;
    for (int i = 0; i < words; ++i) {
        const std::size_t what = below(random, 100);
        if (open.empty() || (what < 12 && open.size() < 8)) {
            if (!paused.empty() && below(random, 2) == 0) {
                const std::size_t who = below(random, paused.size());
                drawing += paused[who] + "~( ";
                open.push_back(paused[who]);
                paused.erase(paused.begin() + static_cast<std::ptrdiff_t>(who));
            } else {
                open.push_back("f" + std::to_string(++calls));
                drawing += open.back() + "( ";
            }
        } else if (what < 22 && (!hasLongCalls || below(random, 8) == 0)) {
            drawing += below(random, 4) == 0 ? "throw ! " : ")=5 ";
            open.pop_back();
        } else if (what >= 22 && what < 28) {
            drawing += "~ ";
            paused.push_back(open.back());
            open.pop_back();
        } else if (what < 34) {
            drawing += what < 30 ? "job " : what < 32 ? "done " : "out ";
        } else {
            const char* const visible[] = {"|a,b", "|1.a,a,b", "|a,b,100.k", ""};
            const char* const told[] = {"a", "b", "b", ""};
            const std::size_t which = below(random, 4);
            drawing += std::to_string(1 + below(random, 9)) + ":" + std::to_string(1 + below(random, 3))
                + visible[which];
            if (telling == Telling::ByStops && which != 3 && below(random, 2) == 0)
                drawing += std::string("+") + told[which] + "=" + std::to_string(below(random, 5));
            drawing += " ";
            for (std::size_t n = below(random, 4); n > 0; --n) {
                const std::string number = std::to_string(below(random, 5));
                switch (below(random, 6)) {
                case 0: drawing += "a=" + number + " "; break;
                case 1: drawing += "1.a=" + number + " "; break;
                case 2: drawing += "100.k=#" + std::to_string(1 + below(random, 3)) + " "; break;
                case 3: drawing += "#" + std::to_string(1 + below(random, 3)) + ":object:Bill/0/" + number + " "; break;
                case 4:
                    drawing += "#" + std::to_string(1 + below(random, 3)) + ".p" + number + "=" + number + " ";
                    break;
                case 5: drawing += "#" + std::to_string(1 + below(random, 3)) + "-p" + number + " job "; break;
                }
            }
        }
    }
    return drawing;
}

// "7|1.a,a a=5" as "7|1.a,a+a=5", wherever the variable is the first of its name.
std::string toldByStops(const std::string& drawing)
{
    QStringList words;
    for (const QString& word : QString::fromStdString(drawing).split(u' ')) {
        const QString stop = words.isEmpty() ? QString() : words.back();
        const QString told = word.section(u'=', 0, 0); // a, or 1.a
        const QStringList visible = stop.section(u'|', 1).split(u',');
        const auto first = std::ranges::find_if(
            visible, [&](const QString& each) { return each.section(u'.', -1) == told.section(u'.', -1); });
        const bool isVariable = word.contains(u'=') && !word.contains(u'#') && !word.startsWith(u')');
        if (isVariable && stop.contains(u'|') && !stop.contains(u'+') && first != visible.end() && *first == told)
            words.back() += u'+' + word.section(u'.', -1);
        else
            words << word;
    }
    return words.join(u' ').toStdString();
}

// All that is known of variables at each stop, without numbers of events.
QStringList variablesOf(const LinesRun& run)
{
    QStringList all;
    for (const Index stop : run.lines.stops()) {
        const Index place = run.lines.endOfStop(stop);
        QStringList words {run.variables(place)};
        for (const LineChange& change : changesAt(run.lines, stop))
            words << u"%1.%2: %3 was %4"_s.arg(change.slot.level)
                         .arg(change.slot.name.value)
                         .arg(print(change.value), print(change.before));
        for (const LineVariable& variable : run.lines.shownAt(run.lines.callOf(stop), place)) {
            words << print(variable);
            for (const Index told : run.lines.history(variable.slot))
                words << u"%1 at stop %2"_s.arg(print(run.lines.valueTold(told))).arg(run.lines.countBefore(told + 1));
            const auto made = madeAt(run.lines, variable.slot, place);
            words << u"made at %1"_s.arg(made ? run.lines.countBefore(*made) : 0);
        }
        all << words.join(u", "_s);
    }
    return all;
}

// The same answers, from all events up to a place, one after the other.
struct Read {
    Read(const TraceLog& log, Index place)
    {
        for (Index at = 0; at < place; ++at)
            read(log, at);
    }

    void read(const TraceLog& log, Index at)
    {
        const Record event = log.event(at);
        if (is<events::CallEntered>(event)) {
            stack.push_back(as<events::CallEntered>(event).call.value);
            std::erase(paused, stack.back());
        } else if (is<events::CallLeft>(event)) {
            if (as<events::CallLeft>(event).end == CallEnd::Awaits)
                paused.push_back(stack.back());
            stack.pop_back();
        } else if (is<events::LineReached>(event)) {
            const auto e = as<events::LineReached>(event);
            before[e.call.value] = values[e.call.value];
            before[e.call.value].insert(around.begin(), around.end());
            stops[e.call.value].push_back(at);
            last = at;
            toldBy = e.call.value;
            if (e.changed)
                set(at, levelOf(log.text(e.visible), log.text(e.changed)), log.text(e.changed));
        } else if (is<events::VariableSet>(event)) {
            const auto e = as<events::VariableSet>(event);
            set(at, e.level, log.text(e.name));
        } else if (is<events::ObjectSeen>(event)) {
            objects[as<events::ObjectSeen>(event).object.value] = at;
        } else if (is<events::PropertySet>(event)) {
            const auto e = as<events::PropertySet>(event);
            std::string name(log.text(e.name));
            if (e.type == PropertyKind::Deleted)
                properties[e.holder.value].erase(name);
            else
                properties[e.holder.value][std::move(name)] = at;
        }
    }

    // What is around functions is one value for all calls.
    void set(Index at, std::uint32_t level, std::string_view name)
    {
        (level >= 100 ? around : values[toldBy])[std::to_string(level) + ' ' + std::string(name)] = at;
    }
    static std::uint32_t levelOf(std::string_view visible, std::string_view name)
    {
        const QStringList lines = QString::fromUtf8(visible).split(u'\n');
        for (const QString& line : lines) {
            if (line.section(u' ', 2) == QString::fromUtf8(name))
                return line.section(u' ', 1, 1).toUInt();
        }
        return 0;
    }

    std::vector<std::uint32_t> stack;
    std::vector<std::uint32_t> paused;
    std::map<std::uint32_t, std::vector<Index>> stops;
    std::map<std::uint32_t, std::map<std::string, Index>> values;
    std::map<std::string, Index> around;
    std::map<std::uint32_t, std::map<std::string, Index>> before; // at its last stop
    std::map<std::uint32_t, Index> objects;
    std::map<std::uint32_t, std::map<std::string, Index>> properties;
    Index last = kNoEvent;
    std::uint32_t toldBy = 0;
};

Index toldIn(const std::map<std::string, Index>& values, const LineVariable& variable)
{
    const auto found = values.find(std::to_string(variable.slot.level) + ' ' + std::string(variable.name));
    return found == values.end() ? kNoEvent : found->second;
}

// What is different at the place; empty when nothing is.
QString difference(const Lines& lines, const TraceLog& log, Index place)
{
    Read read(log, place);
    QStringList wrong;
    const auto check = [&](bool right, const QString& what) {
        if (!right)
            wrong << what;
    };
    check(lines.stopAt(place) == read.last, u"stop"_s);
    std::vector<std::uint32_t> stack;
    for (const LineFrame& frame : lines.stackAt(place)) {
        stack.insert(stack.begin(), frame.call.value);
        const auto stops = read.stops[frame.call.value];
        check(frame.stop == (stops.empty() ? kNoEvent : stops.back()), u"stop of a frame"_s);
    }
    check(stack == read.stack, u"stack"_s);
    std::vector<std::uint32_t> paused;
    for (const LineFrame& frame : lines.pausedAt(place, 1'000)) {
        paused.insert(paused.begin(), frame.call.value);
        check(frame.paused < place, u"pause of a frame"_s);
    }
    check(paused == read.paused, u"paused"_s);
    const auto& own = read.stops[read.toldBy];
    check(lines.doneAt(place) == (own.size() < 2 ? kNoEvent : own[own.size() - 2]), u"done"_s);
    for (auto& [call, values] : read.values) {
        for (const LineVariable& each : lines.variablesAt({call}, place)) {
            const bool isAround = each.slot.level >= 100;
            check(each.value.told == toldIn(isAround ? read.around : values, each), u"value"_s);
            if (each.before.isKnown() && !isAround)
                check(each.before.told == toldIn(read.before[call], each), u"value before"_s);
            check(!each.changed || each.value.told >= read.stops[call].back(), u"changed"_s);
        }
    }
    for (const auto& [object, told] : read.objects)
        check(lines.objectAt({object}, place).told == told, u"object"_s);
    for (const auto& [object, properties] : read.properties) {
        std::map<std::string, Index> found;
        for (const LineProperty& each : lines.propertiesAt({object}, place))
            found[std::string(each.name)] = each.value.told;
        check(found == properties, u"properties"_s);
    }
    return wrong.join(u", "_s);
}

} // namespace

void TestAnyLines::eachAnswerIsWhatReadingAllOfTheTraceSays()
{
    for (std::uint32_t seed = 1; seed <= 10; ++seed) {
        const auto log = drawnLines(anyProgram(seed, 400, Telling::ByStops, seed % 2 == 0));
        Lines lines(*log);
        lines.refresh();
        QVERIFY(lines.stops().size() > 50);
        for (Index place = 0; place <= log->size(); ++place) {
            const QString wrong = difference(lines, *log, place);
            QVERIFY2(wrong.isEmpty(), qPrintable(u"program %1, place %2: %3"_s.arg(seed).arg(place).arg(wrong)));
        }
    }
}

void TestAnyLines::whatAStopTellsItselfIsAsIfItWereToldBehindIt()
{
    std::size_t merged = 0;
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        const std::string apart = anyProgram(seed, 120, Telling::Behind);
        const std::string within = toldByStops(apart);
        merged += static_cast<std::size_t>(std::ranges::count(within, '+'));
        QCOMPARE(variablesOf(LinesRun(within)), variablesOf(LinesRun(apart)));
    }
    QVERIFY(merged > 1'000);
}

void TestAnyLines::anIndexThatGrowsIsTheOneOfTheWholeTrace()
{
    const auto whole = drawnLines(anyProgram(99, 3'000, Telling::ByStops, true));
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"grows.bistro"_s).toStdString();
    const auto writer = Writer::create(path).value();
    for (std::uint32_t id = 1; id <= whole->reader().texts(); ++id)
        QCOMPARE(writer->store(whole->text({id})).id, TextId {id});
    for (std::uint32_t id = 1; id <= whole->reader().frames(); ++id)
        QCOMPARE(writer->add(whole->frame({id})), StackId {id});
    const auto log = TraceLog::open(path).value();
    Lines lines(*log);
    std::mt19937 random(1);
    for (Index at = 0; at < whole->size(); ++at) {
        QVERIFY(writer->append(whole->event(at)));
        if (below(random, 50) != 0)
            continue;
        log->refresh();
        lines.refresh(std::chrono::nanoseconds(0)); // a few at a time
        lines.refresh();
        QVERIFY(lines.caughtUp());
        const QString wrong = difference(lines, *log, log->size());
        QVERIFY2(wrong.isEmpty(), qPrintable(u"after %1: %2"_s.arg(at).arg(wrong)));
        if (!lines.empty())
            QVERIFY(lines.endOfStop(lines.stops().back()) <= log->size());
    }
    Lines atOnce(*log);
    atOnce.refresh();
    QVERIFY(std::ranges::equal(lines.stops(), atOnce.stops()));
    for (const Index stop : lines.stops())
        QCOMPARE(lines.endOfStop(stop), atOnce.endOfStop(stop));
    for (std::uint32_t line = 0; line < 12; ++line)
        QVERIFY(std::ranges::equal(
            lines.visits(lines.scripts().front(), line), atOnce.visits(atOnce.scripts().front(), line)));
}

namespace {

// Of events of lines any, with ids and texts that may be anything that a file can hold.
TraceFile anyEvents(std::uint32_t seed, int count)
{
    std::mt19937 random(seed);
    TraceFile file;
    std::uint32_t texts = 0;
    for (const std::string_view text :
        {"a", "b", "local 0 a\nblock 1 a\nclosure 100 b", "local 99999999999 a\n\n \nlocal 1",
            "block 4294967295 a\nblock -1 b\nlocal 0 a", "a.js", "\n", "'x'", "a", "0", "1"})
        texts = file.text(text).value;
    for (std::uint32_t line : {0u, 1u, 2u, UINT32_MAX})
        file.frame({.script = {6}, .line = line, .column = line, .caller = {}});
    const auto any = [&]() -> std::uint32_t {
        switch (below(random, 8)) {
        case 0: return 0;
        case 1: return UINT32_MAX - static_cast<std::uint32_t>(below(random, 3));
        case 2: return static_cast<std::uint32_t>(random());
        default: return static_cast<std::uint32_t>(1 + below(random, 12));
        }
    };
    const auto word = [&](std::size_t words) { return static_cast<std::uint16_t>(1 + below(random, words)); };
    const auto anyText = [&] { return TextId {static_cast<std::uint32_t>(below(random, texts + 1))}; };
    for (int i = 0; i < count; ++i) {
        const auto put = [&](auto event) {
            event.time = static_cast<std::uint64_t>(i);
            event.stack = {static_cast<std::uint32_t>(below(random, 5))};
            event.flags = static_cast<std::uint8_t>(below(random, 4) == 0 ? FlagInferred : 0);
            file.event(recordOf(event));
        };
        switch (below(random, 11)) {
        case 0:
            put(events::CallEntered {
                .entry = CallEntry {word(2)}, .call = {any()}, .function = anyText(), .caller = {any()}});
            break;
        case 1:
        case 2:
            put(events::LineReached {.point = LinePoint {word(3)},
                .call = {any()},
                .visible = anyText(),
                .changed = anyText(),
                .value = anyText()});
            break;
        case 3:
        case 4:
            put(events::VariableSet {.scope = VariableScope {word(8)},
                .level = any(),
                .name = anyText(),
                .value = anyText(),
                .object = {any()}});
            break;
        case 5:
            put(events::ObjectSeen {.type = ObjectKind {word(18)},
                .object = {any()},
                .text = anyText(),
                .size = any(),
                .properties = any()});
            break;
        case 6:
            put(events::PropertySet {.type = PropertyKind {word(8)},
                .holder = {any()},
                .name = anyText(),
                .value = anyText(),
                .object = {any()}});
            break;
        case 10: put(events::CallGiven {.call = {any()}, .value = anyText(), .object = {any()}}); break;
        case 7:
            put(events::CallLeft {.end = CallEnd {word(4)}, .call = {any()}, .value = anyText(), .object = {any()}});
            break;
        case 8: put(events::ErrorThrown {.fate = ErrorFate {word(3)}, .call = {any()}, .object = {any()}}); break;
        case 9:
            if (below(random, 2) == 0)
                put(events::LinesSkipped {.call = {any()}, .visits = any()});
            else
                put(events::LinesEnded {.reason = LinesEnd {word(3)}});
            break;
        }
    }
    return file;
}

} // namespace

void TestAnyLines::aDamagedTraceHasAnIndex()
{
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        const auto log = logOf(anyEvents(seed, 1'500));
        QVERIFY2(log->size() == 1'500, log->damage().data());
        Lines lines(*log);
        lines.refresh();
        std::mt19937 random(seed);
        for (int i = 0; i < 200; ++i) {
            const auto place = static_cast<Index>(below(random, log->size() + 1));
            const Index stop = lines.stopAt(place);
            QVERIFY(stop == kNoEvent || stop < place);
            QVERIFY(lines.doneAt(place) == kNoEvent || lines.doneAt(place) < stop);
            if (stop != kNoEvent) {
                const Index end = lines.endOfStop(stop);
                QVERIFY(end > stop && end <= log->size());
                if (const CallId call = lines.callOf(stop))
                    QCOMPARE(lines.stackAt(end).front().call, call);
                (void)lines.visits(lines.placeOf(stop).script, lines.placeOf(stop).line);
            }
            for (const LineFrame& frame : lines.stackAt(place)) {
                QCOMPARE(frame.paused, kNoEvent);
                for (const LineVariable& each : lines.variablesAt(frame.call, place)) {
                    QVERIFY(!each.value.isKnown() || each.value.told < place);
                    QVERIFY(textOf(lines.preview(each.value, place, 30)).size() <= 30);
                }
                (void)lines.argumentsOf(frame.call);
                (void)lines.returned(frame.call);
                QVERIFY(lines.callsFrom(frame.call).size() < log->size());
            }
            for (const LineFrame& frame : lines.pausedAt(place))
                QVERIFY(frame.call);
            const ObjectId object {static_cast<std::uint32_t>(below(random, 13))};
            for (const LineProperty& each : lines.propertiesAt(object, place))
                QVERIFY(each.value.told < place && !lines.history(each.slot).empty());
            QVERIFY(lines.callsBetween(place / 2, place).size() <= place);
            const bool back[] = {false, true, false, true, false, true, false, true};
            for (std::size_t move = 0; move < std::size(back); ++move) {
                if (const auto to = moved(lines, place, static_cast<LineMove>(move)))
                    QVERIFY(back[move] ? *to < place : *to > place);
            }
        }
        QVERIFY(lines.scripts().size() <= 1);
    }
}

// What each event costs must not depend on how many came before: 400,000 calls within each other, callers in a ring,
// and ends of calls that never began.
void TestAnyLines::aTraceThatOnlyEntersAndNeverLeavesIsReadQuickly()
{
    constexpr std::uint32_t kCalls = 400'000;
    TraceFile file;
    const StackId place = file.frame({.script = file.text("a.js"), .line = 1, .column = 1});
    std::uint64_t time = 0;
    const auto put = [&](auto event) {
        event.time = ++time;
        event.stack = place;
        file.event(recordOf(event));
    };
    for (std::uint32_t call = 1; call <= kCalls; ++call)
        put(events::CallEntered {.entry = CallEntry::Called, .call = {call}, .caller = {call % kCalls + 1}});
    for (std::uint32_t call = 1; call <= kCalls; ++call)
        put(events::CallLeft {.end = CallEnd::Awaits, .call = {call + kCalls}});
    for (std::uint32_t call = 1; call <= kCalls; ++call)
        put(events::LineReached {.point = LinePoint::Statement, .call = {call}});
    const auto log = logOf(file);
    Lines lines(*log);
    lines.refresh();
    QCOMPARE(lines.stops().size(), kCalls);
    QVERIFY(lines.stackAt(kCalls).size() <= 65'536);
    QVERIFY(!lines.stackAt(kCalls).empty());
    QCOMPARE(lines.callsBetween(0, log->size()).size(), 1u); // all were entered within the first
}

QTEST_GUILESS_MAIN(TestAnyLines)
#include "tst_anylines.moc"
