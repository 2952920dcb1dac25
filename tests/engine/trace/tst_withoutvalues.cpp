#include "trace/withoutvalues.h"

#include "support/billtrace.h"
#include "trace/text.h"
#include "trace/views.h"

#include <QFile>
#include <QTemporaryFile>
#include <QTest>

#include <cerrno>
#include <cstring>

using namespace bistro;
using namespace bistro::trace;
using namespace bistro::tests;

namespace {

// The bytes of the copy.
QByteArray copyOf(std::span<const std::byte> trace)
{
    const auto reader = Reader::openBytes(trace);
    QTemporaryFile file;
    if (!reader || !file.open() || !writeWithoutValues(*reader, file.handle()))
        return {};
    return file.readAll();
}

std::vector<std::byte> aligned(const QByteArray& bytes)
{
    const auto all = std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    return {all.begin(), all.end()};
}

// A line for people, as it would be without the number, which a copy has, too.
std::string lineOf(const Reader& reader, std::uint64_t index)
{
    std::string line;
    appendLine(line, reader, {index}, reader.event({index}));
    return line;
}

bool tellsValues(const Record& record)
{
    return is<events::VariableSet>(record) || is<events::PropertySet>(record) || is<events::ObjectSeen>(record)
        || is<events::CallLeft>(record) || is<events::CallGiven>(record) || is<events::ErrorThrown>(record)
        || is<events::VariableCaptured>(record)
        || (is<events::LineReached>(record) && as<events::LineReached>(record).changed);
}

} // namespace

class TestWithoutValues : public QObject {
    Q_OBJECT

private slots:
    void noSecretIsInTheCopy()
    {
        const TraceFile bill = billTrace();
        const QByteArray before = QByteArray::fromRawData(
            reinterpret_cast<const char*>(bill.bytes().data()), static_cast<qsizetype>(bill.bytes().size()));
        const QByteArray copy = copyOf(bill.bytes());
        QVERIFY(!copy.isEmpty());
        for (const std::string_view secret : kSecrets) {
            const QByteArray bytes(secret.data(), static_cast<qsizetype>(secret.size()));
            QVERIFY2(before.contains(bytes), secret.data());
            QVERIFY2(!copy.contains(bytes), secret.data());
        }
        QVERIFY(copy.contains("printed by the program"));
        QVERIFY(copy.size() <= before.size());
    }

    void allElseStaysWhereItIs()
    {
        const TraceFile bill = billTrace();
        const auto bytes = aligned(copyOf(bill.bytes()));
        const auto before = Reader::openBytes(bill.bytes());
        const auto after = Reader::openBytes(bytes);
        QVERIFY(after && !after->damage());
        QCOMPARE(after->size(), before->size());
        QCOMPARE(after->wallStart(), before->wallStart());
        QCOMPARE(after->eventLimit(), before->eventLimit());
        QCOMPARE(after->byteLimit(), before->byteLimit());
        int emptied = 0;
        for (std::uint64_t i = 0; i < before->size(); ++i) {
            const Record record = before->event({i});
            QCOMPARE(after->event({i}).kind, record.kind);
            QCOMPARE(after->event({i}).time, record.time);
            if (tellsValues(record))
                ++emptied;
            else
                QCOMPARE(lineOf(*after, i), lineOf(*before, i));
        }
        QCOMPARE(emptied, 31);
    }

    void whatIsEmptyIsToldAsCut()
    {
        const auto withValue = withoutValues(
            recordOf(events::VariableSet {.scope = VariableScope::Local, .level = 2, .name = {7}, .value = {9}}));
        const auto set = as<events::VariableSet>(withValue);
        QCOMPARE(set.name.value, 7u);
        QCOMPARE(set.level, 2u);
        QVERIFY(!set.value && set.has(FlagTruncated));
        // The time before its let: there was nothing to leave out.
        QVERIFY(
            !as<events::VariableSet>(withoutValues(recordOf(events::VariableSet {.name = {7}}))).has(FlagTruncated));
        // Two names for one object are told apart all the same.
        QCOMPARE(as<events::VariableSet>(withoutValues(recordOf(events::VariableSet {.name = {7}, .object = {3}})))
                     .object.value,
            3u);
        const auto property = as<events::PropertySet>(withoutValues(
            recordOf(events::PropertySet {.type = PropertyKind::Data, .holder = {3}, .name = {7}, .object = {9}})));
        QVERIFY(!property.holder && !property.name && !property.object && property.has(FlagTruncated));
        const auto left = as<events::CallLeft>(
            withoutValues(recordOf(events::CallLeft {.end = CallEnd::Returned, .call = {3}, .value = {9}})));
        QVERIFY(!left.value && left.has(FlagTruncated));
        const auto thrown = as<events::ErrorThrown>(
            withoutValues(recordOf(events::ErrorThrown {.fate = ErrorFate::Caught, .call = {3}, .value = {9}})));
        QVERIFY(!thrown.value && thrown.has(FlagTruncated) && thrown.call.value == 3);
        const auto seen = as<events::ObjectSeen>(withoutValues(
            recordOf(events::ObjectSeen {.type = ObjectKind::Map, .object = {3}, .text = {9}, .size = 2})));
        QVERIFY(!seen.text && seen.has(FlagTruncated) && seen.size == 2 && seen.type == ObjectKind::Map);
        const auto reached = as<events::LineReached>(
            withoutValues(recordOf(events::LineReached {.call = {3}, .visible = {7}, .changed = {8}, .value = {9}})));
        QVERIFY(!reached.value && reached.has(FlagTruncated) && reached.changed.value == 8);
        QVERIFY(reached.call.value == 3 && reached.visible.value == 7);
    }

    // Each kind that has a text is as it was, or among those that tell values.
    void noOtherKindLosesAText()
    {
        for (const KindSchema& kind : schema()) {
            Record record {.kind = kind.kind};
            record.a = record.b = record.c = record.d = 1;
            const Record copy = withoutValues(record);
            if (kind.kind != EventKind::None && !tellsValues(record))
                QVERIFY2(std::memcmp(&record, &copy, sizeof record) == 0, kind.name.data());
        }
    }

    // Definitions and records of several segments, and frames that have callers.
    void aLongTraceIsWholeAgain()
    {
        TraceFile file;
        const TextId script = file.text("/home/lea/long.js");
        StackId caller;
        std::string longText(50'000, 'x');
        constexpr std::uint32_t kMany = 30'000;
        for (std::uint32_t i = 0; i < kMany; ++i) {
            const bool isSecret = i % 3 == 0;
            TextId text;
            if (i % 300 == 0) {
                longText.replace(0, 6, std::to_string(100'000 + i));
                text = file.text(longText);
            } else {
                text = file.text((isSecret ? "secret " : "known ") + std::to_string(i));
            }
            caller = file.frame(
                {.script = script, .line = i + 1, .column = 1, .caller = i % 10 == 0 ? StackId {} : caller});
            Record record = isSecret
                ? recordOf(events::VariableSet {.scope = VariableScope::Local, .name = script, .value = text})
                : recordOf(events::Output {.stream = Stream::Output, .text = text, .bytes = 1});
            record.stack = caller.value;
            record.time = i;
            file.event(record);
        }
        const auto bytes = aligned(copyOf(file.bytes()));
        const auto before = Reader::openBytes(file.bytes());
        const auto after = Reader::openBytes(bytes);
        QVERIFY(before && after);
        QVERIFY(before->texts() > after->texts() && before->frames() == after->frames());
        QVERIFY2(!after->damage(), after->damage() ? after->damage()->sentence.c_str() : "");
        QCOMPARE(after->size(), std::size_t {kMany});
        for (std::uint32_t i = 0; i < kMany; ++i) {
            const Record was = before->event({i});
            const Record is = after->event({i});
            if (i % 3 != 0)
                QCOMPARE(after->text(as<events::Output>(is).text), before->text(as<events::Output>(was).text));
            StackId one {was.stack};
            StackId other {is.stack};
            for (; one; one = before->frame(one).caller, other = after->frame(other).caller) {
                QCOMPARE(after->frame(other).line, before->frame(one).line);
                QCOMPARE(after->text(after->frame(other).script), "/home/lea/long.js");
            }
            QVERIFY(!other);
        }
        QVERIFY(!QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()))
                .contains("secret "));
    }

    void anEmptyTraceIsATraceAgain()
    {
        const auto bytes = aligned(copyOf(TraceFile().bytes()));
        QCOMPARE(bytes.size(), std::size_t {kHeaderBytes});
        const auto reader = Reader::openBytes(bytes);
        QVERIFY(reader && reader->size() == 0);
    }

    void aDiskThatTakesNothingIsAnError()
    {
        const TraceFile bill = billTrace();
        QFile full(QStringLiteral("/dev/full"));
        QVERIFY(full.open(QIODevice::WriteOnly));
        const auto written = writeWithoutValues(*Reader::openBytes(bill.bytes()), full.handle());
        QVERIFY(!written);
        QCOMPARE(written.error(), ENOSPC);
    }
};

QTEST_APPLESS_MAIN(TestWithoutValues)
#include "tst_withoutvalues.moc"
