#include "trace/reader.h"
#include "trace/room.h"
#include "trace/writer.h"

#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <atomic>
#include <barrier>
#include <csignal>
#include <fcntl.h>
#include <random>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace bistro::trace;

class TestWriter : public QObject {
    Q_OBJECT

private slots:
    void whatIsWrittenIsRead()
    {
        const auto file = fresh();
        {
            auto writer = Writer::create(file);
            QVERIFY(writer);
            const auto text = (*writer)->intern("hello");
            QCOMPARE((*writer)->intern("hello").id, text.id);
            const auto stack = (*writer)->add(
                {.function = text.id, .script = text.id, .line = 1, .column = 2, .caller = {}});
            QVERIFY((*writer)->append({.kind = EventKind::RunStarted, .a = 1}));
            QVERIFY((*writer)->append({.kind = EventKind::Warning, .stack = stack.value, .a = text.id.value}));
        }
        const auto reader = Reader::open(file);
        QVERIFY(reader);
        QVERIFY(!reader->damage());
        QCOMPARE(reader->size(), 2u);
        QCOMPARE(reader->text({reader->event({1}).a}), "hello");
        QCOMPARE(reader->frame({reader->event({1}).stack}).column, 2u);
    }

    void aLongTextIsCutAtACharacterAndSaysSo()
    {
        const auto file = fresh();
        auto writer = Writer::create(file);
        const std::string text = std::string(kTextBytes - 1, 'x') + "\u00E9\u00E9";
        const auto stored = (*writer)->store(text);
        QVERIFY(stored.truncated);
        QVERIFY((*writer)->append({.kind = EventKind::Warning, .a = stored.id.value}));
        const auto reader = Reader::open(file);
        QCOMPARE(reader->text(stored.id), std::string(kTextBytes - 1, 'x'));
    }

    void aGrowingFileIsTakenInBitByBit()
    {
        const auto file = fresh();
        auto writer = Writer::create(file);
        auto reader = Reader::open(file);
        QVERIFY(reader);
        QCOMPARE(reader->size(), 0u);
        constexpr std::uint32_t total = 300'000;
        std::jthread recorder([&] {
            for (std::uint32_t i = 0; i < total; ++i) {
                const auto text = (*writer)->store("text " + std::to_string(i));
                const auto stack = (*writer)->add(
                    {.function = text.id, .script = text.id, .line = i, .column = 1, .caller = {i}});
                (*writer)->append({.kind = EventKind::Warning, .stack = stack.value, .a = text.id.value});
            }
        });
        std::string_view first;
        int growths = 0;
        while (reader->size() < total) {
            if (reader->refresh() > 0)
                ++growths;
            QVERIFY2(!reader->damage(), reader->damage() ? reader->damage()->sentence.c_str() : "");
            if (first.empty())
                first = reader->text({1});
        }
        QVERIFY(growths > 1);
        QCOMPARE(first, "text 0"); // a view stays valid however the file grows
        for (std::uint32_t i = 0; i < total; i += 997)
            QCOMPARE(reader->text({reader->event({i}).a}), "text " + std::to_string(i));
    }

    // The JavaScript thread and those of the pool: what each wrote is there, in its order, with its own texts and
    // frames.
    void severalThreadsWriteOneTrace()
    {
        const auto file = fresh();
        constexpr std::uint32_t threads = 4;
        constexpr std::uint32_t each = 20'000; // some segments of each kind
        std::atomic<std::uint32_t> refused = 0;
        {
            auto writer = Writer::create(file);
            QVERIFY(writer);
            std::barrier start(std::ptrdiff_t {threads});
            std::vector<std::jthread> all;
            for (std::uint32_t thread = 0; thread < threads; ++thread) {
                all.emplace_back([&, thread] {
                    start.arrive_and_wait();
                    for (std::uint32_t i = 0; i < each; ++i) {
                        const auto shared = (*writer)->intern("shared " + std::to_string(i % 100));
                        const auto own = (*writer)->store(
                            "thread " + std::to_string(thread) + " text " + std::to_string(i));
                        const auto stack = (*writer)->add(
                            {.function = own.id, .script = shared.id, .line = i, .column = thread + 1, .caller = {}});
                        const Record record {
                            .kind = EventKind::Warning, .stack = stack.value, .a = own.id.value, .b = shared.id.value};
                        if (!(i % 2 == 0 ? (*writer)->append(record) : (*writer)->appendWithLast(record)))
                            ++refused;
                    }
                });
            }
        }
        QCOMPARE(refused.load(), 0u);
        const auto reader = Reader::open(file);
        QVERIFY(reader);
        QVERIFY(!reader->damage());
        QCOMPARE(reader->size(), std::size_t {threads * each});
        std::array<std::uint32_t, threads> next {};
        std::uint64_t time = 0;
        for (std::uint64_t i = 0; i < reader->size(); ++i) {
            const Record record = reader->event({i});
            const Frame frame = reader->frame({record.stack});
            const std::uint32_t thread = frame.column - 1;
            QVERIFY(thread < threads);
            QCOMPARE(frame.line, next[thread]++);
            QCOMPARE(frame.function.value, record.a);
            QCOMPARE(frame.script.value, record.b);
            QCOMPARE(
                reader->text({record.a}), "thread " + std::to_string(thread) + " text " + std::to_string(frame.line));
            QCOMPARE(reader->text({record.b}), "shared " + std::to_string(frame.line % 100));
            QVERIFY(record.time >= time);
            time = record.time;
        }
    }

    // The kernel makes no page while the program waits for its event to be written.
    void segmentsAreInMemoryBeforeTheyAreNeeded()
    {
        const auto file = fresh();
        auto writer = Writer::create(file);
        QVERIFY(writer);
        const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
        const auto closed = qScopeGuard([fd] { close(fd); });
        const void* const mapped = mmap(nullptr, kHeaderBytes, PROT_READ, MAP_SHARED, fd, 0);
        QVERIFY(mapped != MAP_FAILED);
        const auto& header = *static_cast<const Header*>(mapped);
        for (std::uint32_t i = 0; i < 3 * kRecordsPerSegment; ++i)
            QVERIFY((*writer)->append({.kind = EventKind::IterationStarted, .a = 1}));
        QVERIFY(QTest::qWaitFor([&] { return header.room.load() > header.segments.load() + 1; }));
        const std::uint32_t last = header.room.load() - 1; // nobody has written to it yet
        void* const segment = mmap(
            nullptr, kSegmentBytes, PROT_READ, MAP_SHARED, fd, static_cast<off_t>(segmentOffset(last)));
        QVERIFY(segment != MAP_FAILED);
        std::array<unsigned char, kSegmentBytes / 4'096> pages {};
        QCOMPARE(mincore(segment, kSegmentBytes, pages.data()), 0);
        QVERIFY(std::ranges::all_of(pages, [](unsigned char page) { return (page & 1) != 0; }));
        munmap(segment, kSegmentBytes);
        munmap(const_cast<void*>(mapped), kHeaderBytes);
    }

    void aFinishedWriterRefusesTheThreadsThatGoOn()
    {
        const auto file = fresh();
        constexpr int threads = 4;
        std::atomic<std::uint64_t> written = 0;
        auto writer = Writer::create(file);
        QVERIFY(writer);
        {
            std::barrier start(threads + 1);
            std::vector<std::jthread> all;
            for (int thread = 0; thread < threads; ++thread) {
                all.emplace_back([&] {
                    start.arrive_and_wait();
                    while (
                        (*writer)->append({.kind = EventKind::Warning, .a = (*writer)->intern("once more").id.value}))
                        ++written;
                });
            }
            start.arrive_and_wait();
            while (written < 50'000)
                std::this_thread::yield();
            (*writer)->finish();
        }
        const auto reader = Reader::open(file);
        QVERIFY(reader);
        QVERIFY(!reader->damage());
        QCOMPARE(reader->size(), std::size_t {written});
        QCOMPARE(reader->text({reader->event({reader->size() - 1}).a}), "once more");
    }

    void theEventLimitEndsTheRecordingWithAnEvent()
    {
        const auto file = fresh();
        {
            auto writer = Writer::create(file, {.events = 10});
            for (int i = 0; i < 20; ++i)
                (*writer)->append({.kind = EventKind::DrainStarted});
            QVERIFY((*writer)->ended());
        }
        const auto reader = Reader::open(file);
        QCOMPARE(reader->size(), 10u);
        QCOMPARE(reader->event({9}).kind, EventKind::RecordingEnded);
        QCOMPARE(reader->event({9}).small, static_cast<std::uint16_t>(RecordingEnd::EventLimit));
    }

    void theSizeLimitEndsTheRecordingWithAnEvent()
    {
        const auto file = fresh();
        {
            auto writer = Writer::create(file, {.bytes = kHeaderBytes + 3 * kSegmentBytes});
            while ((*writer)->append({.kind = EventKind::DrainStarted})) { }
        }
        const auto reader = Reader::open(file);
        QVERIFY(!reader->damage());
        QCOMPARE(reader->size(), std::size_t {2 * kRecordsPerSegment});
        QCOMPARE(reader->event({reader->size() - 1}).kind, EventKind::RecordingEnded);
    }

    // Where the engine stopped in relation to the segments must not matter.
    void aRunsEndCanBeAppended_data()
    {
        QTest::addColumn<std::uint32_t>("events");
        QTest::addColumn<std::uint32_t>("texts");
        for (const std::uint32_t events : {0u, 1u, 5u, kRecordsPerSegment - 2, kRecordsPerSegment - 1,
                 kRecordsPerSegment, kRecordsPerSegment + 1, 2 * kRecordsPerSegment - 1}) {
            QTest::addRow("%u events", events) << events << 1u;
            QTest::addRow("%u events, then texts", events) << events << 9u; // more than a segment
        }
    }

    void aRunsEndCanBeAppended()
    {
        QFETCH(const std::uint32_t, events);
        QFETCH(const std::uint32_t, texts);
        const auto file = fresh();
        auto room = Room::make(made(file));
        QVERIFY(room);
        const pid_t child = fork();
        if (child == 0) {
            auto writer = Writer::attach(file);
            for (std::uint32_t i = 0; i < events; ++i)
                (*writer)->append({.kind = EventKind::DrainStarted});
            for (std::uint32_t i = 0; i < texts; ++i)
                (void)(*writer)->store(std::string(40'000, 'x'));
            _exit(writer ? 0 : 1);
        }
        int status = 0;
        waitpid(child, &status, 0);
        QCOMPARE(status, 0);
        QCOMPARE((*room)->finish(Record {.kind = EventKind::RunEnded, .flags = FlagInferred, .small = 1, .a = 9}),
            Room::Kept::Whole);
        const auto reader = Reader::open(file);
        QVERIFY(reader);
        QVERIFY2(!reader->damage(), reader->damage() ? reader->damage()->sentence.c_str() : "");
        QCOMPARE(reader->size(), std::size_t {events + 1});
        QCOMPARE(reader->event({events}).kind, EventKind::RunEnded);
        QCOMPARE(reader->texts(), std::size_t {texts});
        const auto last = lastRecord(file);
        QVERIFY(last);
        QCOMPARE(last->kind, EventKind::RunEnded);
        // What was kept ready is given back.
        const std::uint64_t least = kHeaderBytes
            + (events > kRecordsPerSegment - 2 || texts > 6 ? 2 : 1) * std::uint64_t {kSegmentBytes};
        QCOMPARE_LE(std::filesystem::file_size(file), least + 2 * kSegmentBytes);
    }

    void whereNobodyHasBegunNothingIsKept()
    {
        auto room = Room::make(made(fresh()));
        QVERIFY(room);
        QCOMPARE((*room)->finish(Record {.kind = EventKind::RunEnded}), Room::Kept::Nothing);
    }

    void aFileThatNobodyGrowsIsNotWrittenTo()
    {
        const auto file = fresh();
        close(made(file));
        QVERIFY(!Writer::attach(file));
        std::filesystem::resize_file(file, kHeaderBytes + 8 * kSegmentBytes);
        const auto writer = Writer::attach(file);
        QVERIFY(!writer);
        QVERIFY2(writer.error().ends_with("nothing has prepared it. Record with bistro run."), writer.error().c_str());
    }

    // Whatever it may read in the folder of its own descriptors, the program finds no way to the trace there.
    void aWriterKeepsNoDescriptor()
    {
        const auto file = fresh();
        const auto room = Room::make(made(file));
        const auto count = [] {
            return std::distance(
                std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator());
        };
        const auto before = count();
        const auto writer = Writer::attach(file);
        QVERIFY(writer);
        QCOMPARE(count(), before);
        for (std::uint32_t i = 0; i < 3 * kRecordsPerSegment; ++i)
            QVERIFY((*writer)->append({.kind = EventKind::DrainStarted}));
        QCOMPARE(count(), before);
    }

    // By the program, which has found its name, or by a copy over it. The program goes on.
    void aTraceThatOthersCutEndsTheRecordingAndNothingElse_data()
    {
        QTest::addColumn<std::uint64_t>("bytes");
        QTest::newRow("all of it") << std::uint64_t {0};
        QTest::newRow("the header's second half") << std::uint64_t {4096};
        QTest::newRow("the records") << std::uint64_t {kHeaderBytes};
        QTest::newRow("what is ahead") << std::uint64_t {kHeaderBytes + 2 * kSegmentBytes};
    }

    void aTraceThatOthersCutEndsTheRecordingAndNothingElse()
    {
        QFETCH(const std::uint64_t, bytes);
        const auto file = fresh();
        auto room = Room::make(made(file));
        auto writer = Writer::attach(file);
        QVERIFY(writer);
        for (std::uint32_t i = 0; i < 1000; ++i)
            QVERIFY((*writer)->append(
                {.kind = EventKind::Warning, .a = (*writer)->store("text " + std::to_string(i)).id.value}));
        QVERIFY(QTest::qWaitFor(
            [&] { return std::filesystem::file_size(file) > kHeaderBytes + 2 * kSegmentBytes; })); // what is made ahead
        std::filesystem::resize_file(file, bytes);
        std::uint32_t more = 0;
        while ((*writer)->append({.kind = EventKind::Warning, .a = (*writer)->store("more").id.value})
            && more < 100 * kRecordsPerSegment)
            ++more;
        QCOMPARE_LT(more, 100 * kRecordsPerSegment);
        QVERIFY((*writer)->ended());
        writer->reset();
        QCOMPARE((*room)->finish(Record {.kind = EventKind::RunEnded}), Room::Kept::Damaged);
        if (const auto reader = Reader::open(file))
            QVERIFY(reader->damage() || reader->size() <= 1000);
    }

    // Emptied and filled anew it looks like a file that nobody has begun to write, and that would be thrown away
    // without a word.
    void aTraceThatOthersEmptiedIsNotTakenForOneThatNobodyBegan()
    {
        const auto file = fresh();
        auto room = Room::make(made(file));
        auto writer = Writer::attach(file);
        QVERIFY(writer);
        QVERIFY((*writer)->append({.kind = EventKind::DrainStarted}));
        writer->reset();
        std::filesystem::resize_file(file, 0);
        std::filesystem::resize_file(file, kHeaderBytes);
        QCOMPARE((*room)->finish(), Room::Kept::Damaged);
    }

    // The limit of a process stands for the disk's end: what was asked for ahead is not there, and what is there is
    // used.
    void whereThereIsNoMoreRoomTheRecordingEndsWithAnEvent()
    {
        constexpr std::uint64_t segments = 5;
        const auto file = fresh();
        const pid_t child = fork();
        if (child == 0) {
            const rlimit limit {.rlim_cur = kHeaderBytes + segments * kSegmentBytes + 100, .rlim_max = RLIM_INFINITY};
            setrlimit(RLIMIT_FSIZE, &limit);
            auto writer = Writer::create(file);
            while (writer && (*writer)->append({.kind = EventKind::DrainStarted})) { }
            writer->reset();
            _exit(0);
        }
        int status = 0;
        waitpid(child, &status, 0);
        QCOMPARE(status, 0);
        const auto reader = Reader::open(file);
        QVERIFY(reader);
        QVERIFY(!reader->damage());
        QCOMPARE(reader->size(), std::size_t {(segments - 1) * kRecordsPerSegment}); // one has the texts
        const Record last = reader->event({reader->size() - 1});
        QCOMPARE(last.kind, EventKind::RecordingEnded);
        QCOMPARE(last.small, static_cast<std::uint16_t>(RecordingEnd::DiskFull));
        // It was told so, and has not waited in vain.
        QFile bytes(QString::fromStdString(file.string()));
        std::uint32_t told = 0;
        QVERIFY(bytes.open(QIODevice::ReadOnly) && bytes.seek(offsetof(Header, roomEnds)));
        QCOMPARE(bytes.read(reinterpret_cast<char*>(&told), sizeof told), qint64 {sizeof told});
        QCOMPARE(told, static_cast<std::uint32_t>(RecordingEnd::DiskFull));
    }

    void aWriterKilledAtAnyMomentLeavesATraceThatOpens()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 40; ++round) {
            const auto file = fresh();
            const pid_t child = fork();
            if (child == 0) {
                auto writer = Writer::create(file);
                for (std::uint32_t i = 0;; ++i) {
                    const auto text = (*writer)->store(std::string(1 + i % 5000, 'x'));
                    (*writer)->append({.kind = EventKind::Warning, .a = text.id.value});
                }
            }
            std::this_thread::sleep_for(std::chrono::microseconds(random() % 20'000));
            kill(child, SIGKILL);
            waitpid(child, nullptr, 0);
            const auto reader = Reader::open(file);
            if (reader)
                QVERIFY2(!reader->damage(), reader->damage() ? reader->damage()->sentence.c_str() : "");
            else
                QVERIFY2(reader.error().reason <= Refusal::CutHeader,
                    reader.error().sentence.c_str()); // before there was anything
        }
    }

private:
    [[nodiscard]] static int made(const std::filesystem::path& file)
    {
        return open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    }
    std::filesystem::path fresh()
    {
        return m_folder.filePath(QStringLiteral("%1.bistro").arg(++m_files)).toStdString();
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_APPLESS_MAIN(TestWriter)
#include "tst_writer.moc"
