#include "trace/mapping.h"

#include <QTemporaryFile>
#include <QTest>

#include <csignal>
#include <sys/mman.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace bistro::trace;

namespace {

constexpr std::size_t kBytes = 1 << 20;

// What a child process that does this ends with.
template <typename Function>
int statusOf(Function function)
{
    const pid_t child = fork();
    if (child == 0) {
        function();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

} // namespace

class TestMapping : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_file = std::make_unique<QTemporaryFile>();
        QVERIFY(m_file->open());
        QVERIFY(m_file->write(QByteArray(kBytes, 'x')) == kBytes);
        QVERIFY(m_file->flush());
    }

    void whatIsNoLongerInTheFileReadsAsZeros()
    {
        const auto mapping = Mapping::of(m_file->handle(), kBytes, Mapping::Access::Read);
        QVERIFY(mapping);
        QVERIFY(!mapping->lost());
        QVERIFY(m_file->resize(kBytes / 2));
        QCOMPARE(mapping->data()[kBytes / 2 - 1], std::byte {'x'});
        QVERIFY(!mapping->lost());
        QCOMPARE(mapping->data()[kBytes - 1], std::byte {0});
        QVERIFY(mapping->lost());
        QCOMPARE(mapping->data()[kBytes / 2 - 1], std::byte {'x'}); // what is there stays
    }

    void whatIsWrittenThereIsLost()
    {
        const auto mapping = Mapping::of(m_file->handle(), kBytes, Mapping::Access::ReadWrite);
        QVERIFY(mapping);
        QVERIFY(m_file->resize(0));
        mapping->data()[5] = std::byte {'y'};
        QVERIFY(mapping->lost());
        QVERIFY(m_file->resize(kBytes));
        QVERIFY(m_file->seek(0));
        QCOMPARE(m_file->readAll(), QByteArray(kBytes, '\0'));
    }

    void eachMappingKnowsOfItsOwn()
    {
        QTemporaryFile other;
        QVERIFY(other.open() && other.resize(kBytes));
        const auto first = Mapping::of(m_file->handle(), kBytes, Mapping::Access::Read);
        auto second = Mapping::of(other.handle(), kBytes, Mapping::Access::Read);
        Mapping moved = std::move(*second);
        QVERIFY(other.resize(0));
        std::thread([&] { QCOMPARE(moved.data()[0], std::byte {0}); }).join(); // whichever thread comes upon it
        QVERIFY(moved.lost());
        QVERIFY(!first->lost());
        moved = {};
        const auto again = Mapping::of(m_file->handle(), kBytes, Mapping::Access::Read);
        QVERIFY(!again->lost());
    }

    void aFaultElsewhereIsStillAFault()
    {
        const auto mapping = Mapping::of(m_file->handle(), kBytes, Mapping::Access::Read);
        QVERIFY(mapping);
        const struct sigaction none {};
        struct sigaction qts {};
        QVERIFY(exchangeBusAction(&none, &qts)); // which tells of the fault, at length
        const auto back = qScopeGuard([&] { QVERIFY(exchangeBusAction(&qts, nullptr)); });
        const int fd = m_file->handle();
        QCOMPARE(WTERMSIG(statusOf([fd] {
            const auto* const plain = static_cast<const volatile char*>(
                mmap(nullptr, kBytes, PROT_READ, MAP_SHARED, fd, 0));
            if (ftruncate(fd, 0) == 0)
                (void)plain[0];
        })),
            SIGBUS);
        QCOMPARE(WTERMSIG(statusOf([] { raise(SIGBUS); })), SIGBUS);
    }

    void whoSetsTheSignalLaterIsToldOfWhatIsNotOurs()
    {
        const auto mapping = Mapping::of(m_file->handle(), kBytes, Mapping::Access::Read);
        QVERIFY(mapping);
        struct sigaction theirs {};
        theirs.sa_handler = [](int) { _exit(7); };
        struct sigaction before {};
        QVERIFY(exchangeBusAction(&theirs, &before));
        QVERIFY(m_file->resize(0));
        const std::byte* const data = mapping->data();
        const auto status = [data] {
            return statusOf([data] {
                if (data[0] == std::byte {0})
                    raise(SIGBUS);
            });
        };
        QCOMPARE(WEXITSTATUS(status()), 7);
        theirs.sa_handler = SIG_IGN;
        QVERIFY(exchangeBusAction(&theirs, nullptr));
        QCOMPARE(status(), 0);
        struct sigaction now {};
        QVERIFY(exchangeBusAction(&before, &now));
        QVERIFY(now.sa_handler == SIG_IGN);
    }

private:
    std::unique_ptr<QTemporaryFile> m_file;
};

QTEST_GUILESS_MAIN(TestMapping)
#include "tst_mapping.moc"
