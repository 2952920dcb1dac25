#include "within.h"

#include "sandbox/walls.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/keyctl.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/timex.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <new>
#include <thread>

using namespace bistro::sandbox;
using namespace bistro::tests;
using namespace Qt::StringLiterals;

namespace {

std::atomic<int> g_allocations = 0;

} // namespace

// Counts: between fork and exec nothing may be allocated. Inlined, the compiler would see free() for what new has made.
[[gnu::noinline]] void* operator new(std::size_t bytes)
{
    ++g_allocations;
    void* const memory = std::malloc(bytes);
    if (memory == nullptr)
        throw std::bad_alloc();
    return memory;
}
[[gnu::noinline]] void operator delete(void* memory) noexcept
{
    std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

namespace {

using Body = std::function<int()>;

// What a body says of a call: 0 when it did its work, else the error.
int errorOf(long result)
{
    return result < 0 ? errno : 0;
}

int opened(const QByteArray& path, int flags)
{
    const int file = ::open(path.constData(), flags | O_CLOEXEC, 0600);
    if (file < 0)
        return errno;
    ::close(file);
    return 0;
}

// One that was opened, but from which nothing comes, counts as refused.
int readable(const QByteArray& path)
{
    const int file = ::open(path.constData(), O_RDONLY | O_CLOEXEC);
    char byte = 0;
    return file < 0 ? errno : errorOf(::read(file, &byte, 1));
}

int started(const QByteArray& path)
{
    ::execl(path.constData(), path.constData(), nullptr);
    return errno;
}

int socketMade(int family, int type, int protocol)
{
    return errorOf(::socket(family, type | SOCK_CLOEXEC, protocol));
}

int optionSet(int family, int level, int option, const void* value, socklen_t size)
{
    const int socket = ::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    return socket < 0 ? errno : errorOf(::setsockopt(socket, level, option, value, size));
}

sockaddr_un abstractName(const QByteArray& name, socklen_t& size)
{
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    std::ranges::copy(name, address.sun_path + 1);
    size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + static_cast<std::size_t>(name.size()));
    return address;
}

// Somebody else's process, which has a secret in its memory and in its environment.
class Victim final {
public:
    Victim()
    {
        m_process = ::fork();
        if (m_process == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            ::setpgid(0, 0);
            for (;;)
                ::pause();
        }
    }
    Victim(const Victim&) = delete;
    Victim& operator=(const Victim&) = delete;
    ~Victim()
    {
        ::kill(m_process, SIGKILL);
        ::waitpid(m_process, nullptr, 0);
    }
    pid_t process() const { return m_process; }
    QByteArray in(const char* name) const { return "/proc/" + QByteArray::number(m_process) + '/' + name; }

    std::array<char, 8> secret {'s', 'e', 'c', 'r', 'e', 't', 's', '.'};

private:
    pid_t m_process = -1;
};

} // namespace

class TestWalls : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (thisKernel().landlock == 0 || !thisKernel().asks)
            QSKIP("this kernel lacks Landlock, or filters that ask");
        QVERIFY(m_folder.isValid());
        for (const char* name : {"work", "work/inner", "books", "tools", "outside"})
            QVERIFY(QDir(m_folder.path()).mkdir(QString::fromUtf8(name)));
        for (const char* name : {"work/file", "books/page", "outside/secret"})
            write(name, "secret\n");
        for (const char* name : {"work/program", "tools/program"})
            QVERIFY(QFile::copy(QFileInfo(u"/usr/bin/true"_s).canonicalFilePath(), QString::fromUtf8(path(name))));
    }

    // Each is done first without walls, where it must work: else the second half proves nothing. What this computer
    // refuses anyway is skipped, and only those rows may be.
    void outOfReach_data()
    {
        QTest::addColumn<Body>("body");
        QTest::addColumn<QList<int>>("errors"); // any of these, within
        QTest::addColumn<bool>("everywhere"); // works on each computer without walls
        addFiles();
        addProcesses();
        addPrograms();
        addKernel();
        addNetwork();
    }

    void outOfReach()
    {
        QFETCH(const Body, body);
        QFETCH(const QList<int>, errors);
        QFETCH(const bool, everywhere);
        restore();
        const Outcome without = runWithin(std::nullopt, body);
        restore();
        const Outcome within = runWithin(policy(), body);
        const QByteArray said = "within: " + print(within) + ", without walls: " + print(without);
        QVERIFY2(errors.contains(within.code), said.constData());
        if (without.code != 0 && !everywhere)
            QSKIP(("this computer refuses it without walls, too: " + print(without)).constData());
        QVERIFY2(without.code == 0, said.constData());
    }

    void itsOwnThingsWork_data()
    {
        QTest::addColumn<Body>("body");
        const auto row = [](const char* name, const Body& body) { QTest::newRow(name) << body; };
        row("reads its own file", [this] { return readable(path("work/file")); });
        row("writes its own file", [this] { return opened(path("work/file"), O_RDWR | O_TRUNC); });
        row("makes a file", [this] { return opened(path("work/new"), O_WRONLY | O_CREAT | O_EXCL); });
        row("renames from one folder to another",
            [this] { return errorOf(::rename(path("work/file").constData(), path("work/inner/file").constData())); });
        row("makes a link",
            [this] { return errorOf(::link(path("work/file").constData(), path("work/inner/link").constData())); });
        row("makes a socket", [this] { return errorOf(::mknod(path("work/socket").constData(), S_IFSOCK | 0600, 0)); });
        row("reads a book", [this] { return readable(path("books/page")); });
        row("starts a tool", [this] { return started(path("tools/program")); });
        row("starts the system's programs", [] { return started("/bin/true"); });
        row("throws away", [] { return opened("/dev/null", O_WRONLY); });
        row("reads random bytes", [] { return readable("/dev/urandom"); });
        row("reads names of hosts", [] { return readable("/etc/hosts"); });
        row("reads users", [] { return readable("/etc/passwd"); });
        row("reads its own memory's map", [] { return readable("/proc/self/maps"); });
        row("reads what processor there is", [] { return readable("/sys/devices/system/cpu/online"); });
        row("sends itself a signal", [] { return errorOf(::kill(::getpid(), 0)); });
        row("lowers its own limit", [] {
            const rlimit less {.rlim_cur = 16, .rlim_max = 16};
            return errorOf(::setrlimit(RLIMIT_NOFILE, &less));
        });
        row("ends its own child", [] {
            const pid_t child = ::fork();
            if (child == 0)
                for (;;)
                    ::pause();
            const int error = errorOf(::kill(child, SIGKILL));
            ::waitpid(child, nullptr, 0);
            return error;
        });
    }

    void itsOwnThingsWork()
    {
        QFETCH(const Body, body);
        restore();
        const Outcome outcome = runWithin(policy(), body);
        QVERIFY2(outcome.code == 0, print(outcome).constData());
    }

    void commands_data()
    {
        QTest::addColumn<QString>("command");
        const auto row = [](const char* name, const char* command) {
            QTest::newRow(name) << QString::fromUtf8(command);
        };
        row("a shell's child is within", "cat \"$0\"");
        row("so is one in a session of its own", "setsid -w cat \"$0\"");
        row("so is one that outlives its parent", "(sleep 0.01; cat \"$0\") & wait");
        row("so is one with libraries of its own", "LD_PRELOAD=libm.so.6 cat \"$0\"");
        row("so is one that the linker starts", "/lib64/ld-linux-x86-64.so.2 /bin/cat \"$0\"");
        row("so is one with an environment of its own", "env -i /bin/cat \"$0\"");
    }

    void commands()
    {
        QFETCH(const QString, command);
        const QStringList words {u"/bin/sh"_s, u"-c"_s, command, QString::fromUtf8(path("outside/secret"))};
        restore();
        QVERIFY(runProgramWithin(std::nullopt, words).output.contains("secret\n"));
        const Outcome outcome = runProgramWithin(policy(), words);
        QVERIFY2(!outcome.output.contains("secret\n") && outcome.output.contains("Permission denied"),
            outcome.output.constData());
    }

    // Whoever answers has the last word; what needs no look is not asked about.
    void whatIsAskedIsAnswered_data()
    {
        QTest::addColumn<Body>("body");
        QTest::addColumn<int>("call");
        const auto row = [](long call, const char* name, const Body& body) {
            QTest::newRow(name) << body << static_cast<int>(call);
        };
        const QByteArray file = path("work/file");
        row(SYS_chmod, "chmod", [file] { return errorOf(::syscall(SYS_chmod, file.constData(), 0644)); });
        row(SYS_fchmodat, "fchmodat", [file] { return errorOf(::fchmodat(AT_FDCWD, file.constData(), 0644, 0)); });
        row(SYS_chown, "chown", [file] { return errorOf(::chown(file.constData(), ::getuid(), ::getgid())); });
        row(SYS_utimensat, "utimensat",
            [file] { return errorOf(::utimensat(AT_FDCWD, file.constData(), nullptr, 0)); });
        row(SYS_truncate, "truncate", [file] { return errorOf(::truncate(file.constData(), 3)); });
        row(SYS_setxattr, "setxattr", [file] {
            const int error = errorOf(::setxattr(file.constData(), "user.a", "b", 1, 0));
            return error == ENOTSUP ? 0 : error; // of the file system, which was reached
        });
        row(SYS_fork, "fork", [] {
            const long child = ::syscall(SYS_fork);
            if (child == 0)
                ::_exit(0);
            return errorOf(child);
        });
        row(SYS_clone, "clone", [] {
            const pid_t child = ::fork();
            if (child == 0)
                ::_exit(0);
            return errorOf(child);
        });
        row(SYS_setpriority, "setpriority", [] { return errorOf(::setpriority(PRIO_PROCESS, id_t(::getpid()), 1)); });
        row(SYS_prlimit64, "prlimit64", [] { return errorOf(::prlimit(::getpid(), RLIMIT_NOFILE, nullptr, nullptr)); });
        row(SYS_bind, "bind", [] { return errorOf(bound(SOCK_STREAM)); });
        row(SYS_listen, "listen",
            [] { return errorOf(::listen(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), 1)); });
        row(SYS_connect, "connect", [] {
            const sockaddr_in address = loopback();
            return errorOf(::connect(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0),
                reinterpret_cast<const sockaddr*>(&address), sizeof address));
        });
        row(SYS_sendto, "sendto", [] {
            const sockaddr_in address = loopback();
            return errorOf(::sendto(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "a", 1, 0,
                reinterpret_cast<const sockaddr*>(&address), sizeof address));
        });
        row(SYS_sendmsg, "sendmsg", [] {
            std::array<int, 2> ends {};
            ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data());
            char byte = 0;
            iovec bytes {.iov_base = &byte, .iov_len = 1};
            msghdr message {};
            message.msg_iov = &bytes;
            message.msg_iovlen = 1;
            return errorOf(::sendmsg(ends[0], &message, 0));
        });
    }

    void whatIsAskedIsAnswered()
    {
        QFETCH(const Body, body);
        QFETCH(const int, call);
        restore();
        const Outcome granted = runWithin(policy(), body);
        QVERIFY2(granted.code == 0, print(granted).constData());
        QVERIFY2(granted.asked.contains(call), print(granted).constData());
        const Outcome refused = runWithin(policy(), body, {.error = EDOM});
        QVERIFY2(refused.code == EDOM, print(refused).constData());
    }

    void whatNeedsNoLookIsNotAsked()
    {
        const Outcome outcome = runWithin(policy(), [] {
            std::array<int, 2> ends {};
            ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data());
            ::send(ends[0], "a", 1, 0);
            rlimit now {};
            ::getrlimit(RLIMIT_NOFILE, &now);
            return errorOf(::setpriority(PRIO_PROCESS, 0, 1));
        });
        QVERIFY2(outcome.code == 0 && outcome.asked.isEmpty(), print(outcome).constData());
    }

    void aThreadIsAskedAboutWhereTheKernelAsks()
    {
        const auto starts = [] {
            std::thread([] { }).join();
            return 0;
        };
        const Outcome outcome = runWithin(policy(), starts);
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.asked, QList<int> {SYS_clone});
        Kernel mute = thisKernel();
        mute.asks = false;
        QCOMPARE(runWithin(policy(), starts, {}, mute).code, 0);
    }

    void aKernelThatCannotAskRefuses()
    {
        Kernel kernel = thisKernel();
        kernel.asks = false;
        const auto sends = [] {
            const sockaddr_in address = loopback();
            return errorOf(::sendto(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "a", 1, 0,
                reinterpret_cast<const sockaddr*>(&address), sizeof address));
        };
        QCOMPARE(runWithin(policy(), sends, {}, kernel).code, ENETUNREACH);
        QCOMPARE(runWithin(policy(), [this] { return readable(path("work/file")); }, {}, kernel).code, 0);
    }

    void everyAbiOfLandlockHasItsWalls()
    {
        for (int abi = 1; abi <= thisKernel().landlock; ++abi) {
            Kernel kernel = thisKernel();
            kernel.landlock = abi;
            const auto run = [this, &kernel](const Body& body) { return runWithin(policy(), body, {}, kernel).code; };
            QCOMPARE(run([this] { return readable(path("outside/secret")); }), EACCES);
            QCOMPARE(run([this] { return readable(path("work/file")); }), 0);
            QCOMPARE(run([this] { return opened(path("books/page"), O_RDONLY | O_TRUNC); }), EACCES);
            // Landlock or who is asked: never nobody.
            const Victim victim;
            const Body signaling = [&victim] { return errorOf(::kill(victim.process(), 0)); };
            QCOMPARE(runWithin(policy(), signaling, {.error = EPERM}, kernel).code, EPERM);
        }
    }

    void limitsHold_data()
    {
        QTest::addColumn<Body>("body");
        QTest::addColumn<int>("error");
        const auto row = [](const char* name, int error, const Body& body) { QTest::newRow(name) << body << error; };
        row("memory", ENOMEM, [] {
            return errorOf(
                ::mmap(nullptr, 512u << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
                    ? -1
                    : 0);
        });
        row("the size of a file", EFBIG, [this] {
            ::signal(SIGXFSZ, SIG_IGN);
            const int file = ::open(path("work/file").constData(), O_WRONLY);
            return errorOf(::pwrite(file, "a", 1, 3 << 20));
        });
        row("open files", EMFILE, [] {
            for (int i = 0; i < 100; ++i)
                if (::dup(0) < 0)
                    return errno;
            return 0;
        });
    }

    void limitsHold()
    {
        QFETCH(const Body, body);
        QFETCH(const int, error);
        Policy tight = policy();
        tight.limits = {.memory = 256, .fileSize = 2, .openFiles = 64};
        restore();
        const Outcome without = runWithin(std::nullopt, body);
        QVERIFY2(without.code == 0, print(without).constData());
        const Outcome within = runWithin(tight, body);
        QVERIFY2(within.code == error, print(within).constData());
        tight.limits = {.memory = 0, .fileSize = 0, .openFiles = 0};
        const Outcome unlimited = runWithin(tight, body);
        QVERIFY2(unlimited.code == 0, print(unlimited).constData());
    }

    void aCrashLeavesNoCoreFile()
    {
        const Body crash = [this] {
            const rlimit all {.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
            ::setrlimit(RLIMIT_CORE, &all);
            ::signal(SIGSEGV, SIG_DFL);
            return errorOf(::chdir(path("work").constData())) + ::raise(SIGSEGV);
        };
        const Outcome within = runWithin(policy(), crash);
        QCOMPARE(within.signal, SIGSEGV);
        QVERIFY(!within.dumped);
        if (!runWithin(std::nullopt, crash).dumped)
            QSKIP("this computer writes no core files");
    }

    void callsOfAnotherArchitectureEndTheProgram()
    {
        const Body x32 = [] { return ::syscall(0x4000'0000 + SYS_getpid) < 0 && errno != ENOSYS ? errno : 0; };
        QCOMPARE(runWithin(std::nullopt, x32).code, 0);
        QCOMPARE(runWithin(policy(), x32).signal, SIGSYS);
        const Body i386 = [] {
            int result = 20; // getpid
            asm volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
            return result == ::getpid() ? 0 : 1;
        };
        const Outcome without = runWithin(std::nullopt, i386);
        if (without.code != 0)
            QSKIP("this kernel has no calls of i386");
        QCOMPARE(runWithin(policy(), i386).signal, SIGSYS);
    }

    void foreignProgramsRunWhenAllowed()
    {
        const Body start = [this] { return started(path("work/program")); };
        Policy allowing = policy();
        QCOMPARE(runWithin(allowing, start).code, EACCES);
        allowing.foreignPrograms = true;
        QCOMPARE(runWithin(allowing, start).code, 0);
    }

    void rightsOfOnePlaceAddUp()
    {
        Policy adding = policy();
        adding.places.push_back({.path = path("work").toStdString(), .right = Right::Run});
        QCOMPARE(runWithin(adding, [this] { return started(path("work/program")); }).code, 0);
        restore();
        QCOMPARE(runWithin(adding, [this] { return opened(path("work/file"), O_WRONLY); }).code, 0);
    }

    void aPlaceMayBeAFileALinkOrNotThere()
    {
        QFile::link(QString::fromUtf8(path("outside")), QString::fromUtf8(path("way")));
        Policy odd;
        odd.places = {{.path = path("books/page").toStdString(), .right = Right::Write},
            {.path = path("way").toStdString(), .right = Right::Read},
            {.path = path("nothing/here").toStdString(), .right = Right::Write}};
        restore();
        QCOMPARE(runWithin(odd, [this] { return opened(path("books/page"), O_RDWR | O_TRUNC); }).code, 0);
        QCOMPARE(runWithin(odd, [this] { return opened(path("books/new"), O_WRONLY | O_CREAT); }).code, EACCES);
        QCOMPARE(runWithin(odd, [this] { return readable(path("outside/secret")); }).code, 0);
        QCOMPARE(runWithin(odd, [this] { return readable(path("work/file")); }).code, EACCES);
    }

    void nothingIsAllocatedWhenTheWallsGoUp()
    {
        const auto walls = Walls::prepare(policy(), thisKernel());
        QVERIFY(walls.has_value());
        const pid_t process = ::fork();
        if (process == 0) {
            const int before = g_allocations;
            const bool up = walls->putUp().has_value();
            ::_exit(up ? std::min(g_allocations - before, 100) : 101);
        }
        int status = 0;
        ::waitpid(process, &status, 0);
        QCOMPARE(WEXITSTATUS(status), 0);
        QVERIFY(g_allocations > 0);
    }

    void stockNodeWorksWithin_data()
    {
        QTest::addColumn<QString>("script");
        const auto row = [](const char* name, const char* script) { QTest::newRow(name) << QString::fromUtf8(script); };
        row("memory, the system, time zones and secrets",
            "ok(process.memoryUsage().rss > 0 && os.userInfo().username && os.cpus().length && os.networkInterfaces()"
            " && os.hostname() && os.totalmem() && new Date(0).toLocaleString('en', { timeZone: 'Asia/Tokyo' })"
            ".includes('9:00') && crypto.randomBytes(8).length === 8 && tls.rootCertificates.length)");
        row("files, and a wall",
            "fs.writeFileSync('x', 'y'); fs.appendFileSync('x', 'z'); fs.chmodSync('x', 0o600); fs.utimesSync('x', 1, "
            "1);"
            " fs.copyFileSync('x', 'w'); fs.rmSync('w');"
            " try { fs.readFileSync('../outside/secret') }"
            " catch (e) { ok(e.code === 'EACCES' && fs.readFileSync('x') == 'yz') }");
        row("names of hosts, and programs",
            "dns.lookup('localhost', e => ok(!e && child_process.execSync('ls /usr').includes('bin')))");
        row("a fork",
            "if (process.send) process.send('hello', () => process.disconnect()); else"
            " child_process.fork(process.argv[1]).on('message', m => ok(m === 'hello'))");
        row("a worker, and a signal",
            "process.on('SIGUSR2', () => new worker_threads.Worker('process.exit(3)', { eval: true })"
            ".on('exit', c => ok(c === 3))); process.kill(process.pid, 'SIGUSR2'); setTimeout(() => { }, 50)");
        row("http",
            "const s = http.createServer((q, r) => r.end('hello')).listen(0, () =>"
            " http.get({ port: s.address().port, agent: false }, r => r.on('data', d => ok(d == 'hello'))"
            ".on('end', () => s.close())))");
    }

    void stockNodeWorksWithin()
    {
        QFETCH(const QString, script);
        restore();
        const QString start
            = u"const ok = x => { if (x) process.stdout.write('ok'); }; process.chdir(__dirname);\n"
              "const fs = require('fs'), os = require('os'), dns = require('dns'), child_process ="
              " require('child_process'), http = require('http'), tls = require('tls'), crypto = require('crypto'),"
              " worker_threads = require('worker_threads');\n"_s;
        write("work/lesson.js", (start + script).toUtf8());
        Policy places = policy();
        places.places.push_back({.path = BISTRO_NODE, .right = Right::Run});
        const Outcome outcome = runProgramWithin(
            places, {QStringLiteral(BISTRO_NODE), QString::fromUtf8(path("work/lesson.js"))});
        QVERIFY2(outcome.code == 0 && outcome.output == "ok", print(outcome).constData());
    }

private:
    static QByteArray print(const Outcome& outcome)
    {
        QByteArray text = outcome.signal != 0 ? "signal " + QByteArray::number(outcome.signal)
            : outcome.code == 0               ? QByteArray("done")
                                              : QByteArray(::strerror(outcome.code));
        if (!outcome.output.isEmpty())
            text += " [" + outcome.output + ']';
        for (const int call : outcome.asked)
            text += " ?" + QByteArray::number(call);
        return text;
    }

    static sockaddr_in loopback()
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(9);
        return address;
    }

    static int bound(int type)
    {
        sockaddr_in address = loopback();
        address.sin_port = 0;
        return ::bind(
            ::socket(AF_INET, type | SOCK_CLOEXEC, 0), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    }

    QByteArray path(const char* name) const { return m_folder.path().toLocal8Bit() + '/' + name; }

    void write(const char* name, const QByteArray& text) const
    {
        QFile file(QString::fromUtf8(path(name)));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text);
    }

    // What a body has moved or emptied.
    void restore() const
    {
        for (const char* name :
            {"work/new", "work/inner/file", "work/inner/link", "work/link", "work/way", "work/device", "work/socket",
                "work/page", "work/secret", "outside/new", "outside/file", "outside/folder"})
            ::remove(path(name).constData());
        for (const char* name : {"work/file", "books/page", "outside/secret"})
            write(name, "secret\n");
    }

    Policy policy() const
    {
        Policy policy;
        policy.places = {{.path = path("work").toStdString(), .right = Right::Write},
            {.path = path("books").toStdString(), .right = Right::Read},
            {.path = path("tools").toStdString(), .right = Right::Run}};
        return policy;
    }

    static void row(const char* name, const QList<int>& errors, const Body& body, bool everywhere = true)
    {
        QTest::newRow(name) << body << errors << everywhere;
    }
    static constexpr bool kWhereAllowed = false;

    void addFiles()
    {
        row("reading a file outside", {EACCES}, [this] { return readable(path("outside/secret")); });
        row("listing a folder outside", {EACCES}, [this] { return opened(path("outside"), O_RDONLY | O_DIRECTORY); });
        row("making a file outside", {EACCES}, [this] { return opened(path("outside/new"), O_WRONLY | O_CREAT); });
        row("removing a file outside", {EACCES},
            [this] { return errorOf(::unlink(path("outside/secret").constData())); });
        row("making a folder outside", {EACCES},
            [this] { return errorOf(::mkdir(path("outside/folder").constData(), 0700)); });
        row("making a file in /tmp", {EACCES}, [] {
            QByteArray name = "/tmp/bistro-walls-" + QByteArray::number(::getpid());
            const int error = opened(name, O_WRONLY | O_CREAT | O_EXCL);
            ::unlink(name.constData());
            return error;
        });
        row(
            "shared memory", {EACCES},
            [] {
                const QByteArray name = "/bistro-walls-" + QByteArray::number(::getpid());
                const int error = errorOf(::shm_open(name.constData(), O_RDWR | O_CREAT | O_EXCL, 0600));
                ::shm_unlink(name.constData());
                return error;
            },
            kWhereAllowed);
        row("reading the users' passwords", {EACCES}, [] { return readable("/etc/shadow"); }, kWhereAllowed);
        row("writing what may be read", {EACCES}, [this] { return opened(path("books/page"), O_WRONLY); });
        row("emptying what may be read", {EACCES}, [this] { return opened(path("books/page"), O_RDONLY | O_TRUNC); });
        row("writing what may be run", {EACCES, ETXTBSY}, [this] { return opened(path("tools/program"), O_WRONLY); });
        row("out by two dots", {EACCES}, [this] { return readable(path("work/inner/../../outside/secret")); });
        row("out by two dots from the current folder", {EACCES},
            [this] { return ::chdir(path("work").constData()) != 0 ? errno : readable("../outside/secret"); });
        row("out by a symbolic link", {EACCES}, [this] {
            if (::symlink("../outside/secret", path("work/way").constData()) != 0)
                return 255;
            return readable(path("work/way"));
        });
        row("out by a link of /proc", {EACCES}, [this] {
            const int root = ::open(path("outside").constData(), O_PATH | O_DIRECTORY);
            return readable("/proc/self/fd/" + QByteArray::number(root) + "/secret");
        });
        row("in by a hard link", {EACCES, EXDEV},
            [this] { return errorOf(::link(path("outside/secret").constData(), path("work/link").constData())); });
        row("a hard link to what may be read", {EACCES, EXDEV},
            [this] { return errorOf(::link(path("books/page").constData(), path("work/page").constData())); });
        row("in by another name", {EACCES, EXDEV},
            [this] { return errorOf(::rename(path("outside/secret").constData(), path("work/secret").constData())); });
        row("out by another name", {EACCES, EXDEV},
            [this] { return errorOf(::rename(path("work/file").constData(), path("outside/file").constData())); });
        row(
            "making a device", {EACCES},
            [this] { return errorOf(::mknod(path("work/device").constData(), S_IFCHR | 0600, makedev(1, 3))); },
            kWhereAllowed);
        row(
            "a file by its handle", {EPERM},
            [this] {
                alignas(file_handle) std::array<char, sizeof(file_handle) + MAX_HANDLE_SZ> bytes {};
                const auto handle = reinterpret_cast<file_handle*>(bytes.data());
                handle->handle_bytes = MAX_HANDLE_SZ;
                int mount = 0;
                if (::name_to_handle_at(AT_FDCWD, path("outside/secret").constData(), handle, &mount, 0) != 0)
                    return 255;
                const int folder = ::open(path("work").constData(), O_RDONLY | O_DIRECTORY);
                return errorOf(::open_by_handle_at(folder, handle, O_RDONLY));
            },
            kWhereAllowed);
        row(
            "attributes of a file that may be read", {ENOTTY},
            [this] {
                const int file = ::open(path("books/page").constData(), O_RDONLY);
                int flags = 0;
                if (::ioctl(file, FS_IOC_GETFLAGS, &flags) != 0)
                    return 255;
                return errorOf(::ioctl(file, FS_IOC_SETFLAGS, &flags));
            },
            kWhereAllowed);
        row(
            "what is typed in another terminal", {EACCES},
            [this] { return opened(m_terminal.name, O_RDWR | O_NOCTTY); }, kWhereAllowed);
    }

    void addProcesses()
    {
        const Victim& victim = *m_victim;
        row("another's environment", {EACCES}, [&] { return readable(victim.in("environ")); });
        row("another's memory", {EACCES}, [&] { return opened(victim.in("mem"), O_RDWR); }, kWhereAllowed);
        row("another's map of memory", {EACCES}, [&] { return readable(victim.in("maps")); });
        row("another's open files", {EACCES}, [&] {
            std::array<char, 256> name {};
            return errorOf(::readlink(victim.in("fd/1").constData(), name.data(), name.size()));
        });
        row("another's root folder", {EACCES}, [&] { return opened(victim.in("root"), O_RDONLY | O_DIRECTORY); });
        row(
            "tracing another", {EPERM},
            [&] { return errorOf(::ptrace(PTRACE_SEIZE, victim.process(), nullptr, nullptr)); }, kWhereAllowed);
        row("being traced", {EPERM}, [] { return errorOf(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); });
        row(
            "another's memory, copied", {EPERM},
            [&] {
                std::array<char, 8> here {};
                const iovec to {.iov_base = here.data(), .iov_len = here.size()};
                const iovec from {.iov_base = const_cast<char*>(victim.secret.data()), .iov_len = here.size()};
                return errorOf(::process_vm_readv(victim.process(), &to, 1, &from, 1, 0));
            },
            kWhereAllowed);
        row(
            "another's descriptor", {EPERM},
            [&] {
                const long other = ::syscall(SYS_pidfd_open, victim.process(), 0);
                return errorOf(::syscall(SYS_pidfd_getfd, other, 0, 0));
            },
            kWhereAllowed);
        row(
            "comparing with another", {EPERM},
            [&] { return errorOf(::syscall(SYS_kcmp, ::getpid(), victim.process(), 1 /* KCMP_VM */, 0, 0)); },
            kWhereAllowed);
        row("a signal by a descriptor", {EPERM}, [&] {
            const long other = ::syscall(SYS_pidfd_open, victim.process(), 0);
            return errorOf(::syscall(SYS_pidfd_send_signal, other, 0, nullptr, 0));
        });
        row("a signal by who owns a file", {EPERM}, [&] {
            std::array<int, 2> ends {};
            ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data());
            return errorOf(::fcntl(ends[0], F_SETOWN, victim.process()));
        });
        row("a signal by who owns a socket", {EPERM}, [&] {
            std::array<int, 2> ends {};
            ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data());
            const int owner = victim.process();
            return errorOf(::ioctl(ends[0], FIOSETOWN, &owner));
        });
        if (thisKernel().landlock >= 6) {
            row("a signal to another", {EPERM}, [&] { return errorOf(::kill(victim.process(), 0)); });
            row("a signal to another's group", {EPERM}, [&] { return errorOf(::kill(-victim.process(), 0)); });
            row("a signal to a thread of another", {EPERM},
                [&] { return errorOf(::syscall(SYS_tgkill, victim.process(), victim.process(), 0)); });
            row("another's abstract socket", {EPERM}, [this] {
                socklen_t size = 0;
                const sockaddr_un address = abstractName(m_abstract, size);
                return errorOf(::connect(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0),
                    reinterpret_cast<const sockaddr*>(&address), size));
            });
        }
        row(
            "raising a limit", {EPERM},
            [] {
                const rlimit less {.rlim_cur = 32, .rlim_max = 32};
                const rlimit more {.rlim_cur = 33, .rlim_max = 33};
                return ::setrlimit(RLIMIT_NOFILE, &less) != 0 ? 255 : errorOf(::setrlimit(RLIMIT_NOFILE, &more));
            },
            kWhereAllowed);
        row("a terminal for itself", {EPERM}, [this] {
            const int error = errorOf(::ioctl(m_terminal.user, TIOCEXCL));
            ::ioctl(m_terminal.user, TIOCNXCL);
            return error;
        });
        row("a terminal that stands still", {EPERM},
            [this] { return errorOf(::ioctl(m_terminal.user, TCXONC, 1 /* TCOON */)); });
        row("a file for which others wait", {EPERM}, [this] {
            const int file = ::open(path("work/program").constData(), O_RDONLY | O_CLOEXEC);
            return errorOf(::fcntl(file, F_SETLEASE, F_RDLCK));
        });
        row(
            "typing for the terminal", {EPERM}, [this] { return errorOf(::ioctl(m_terminal.user, TIOCSTI, "x")); },
            kWhereAllowed);
    }

    void addPrograms()
    {
        row("starting a program from a folder to write", {EACCES}, [this] { return started(path("work/program")); });
        row("starting a program without a name", {EACCES}, [] {
            const int file = ::open("/bin/true", O_PATH | O_CLOEXEC);
            std::array<char*, 1> none {nullptr};
            return errorOf(::syscall(SYS_execveat, file, "", none.data(), none.data(), AT_EMPTY_PATH));
        });
        row("a file in memory", {ENOSYS}, [] { return errorOf(::memfd_create("a", MFD_CLOEXEC)); });
        row("a secret file in memory", {ENOSYS}, [] { return errorOf(::syscall(SYS_memfd_secret, 0)); }, kWhereAllowed);
        row("a namespace of its own", {EPERM}, [] { return errorOf(::unshare(CLONE_NEWUSER)); }, kWhereAllowed);
        row("mounts of its own", {EPERM}, [] { return errorOf(::unshare(CLONE_NEWNS)); }, kWhereAllowed);
        row(
            "a child in a namespace of its own", {EPERM},
            [] {
                const long child = ::syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, nullptr, nullptr, nullptr, nullptr);
                if (child == 0)
                    ::_exit(0);
                return errorOf(child);
            },
            kWhereAllowed);
        row("a child that is a sibling", {EPERM}, [] {
            if (::fork() == 0) { // not this process, whose parent waits for it alone
                const long child = ::syscall(SYS_clone, CLONE_PARENT | SIGCHLD, nullptr, nullptr, nullptr, nullptr);
                ::_exit(errorOf(child));
            }
            int status = 0;
            ::wait(&status);
            return WEXITSTATUS(status);
        });
        row("clone3", {ENOSYS}, [] {
            clone_args arguments {};
            arguments.exit_signal = SIGCHLD;
            const long child = ::syscall(SYS_clone3, &arguments, sizeof arguments);
            if (child == 0)
                ::_exit(0);
            return errorOf(child);
        });
        row("answering the questions itself", {EPERM}, [] {
            sock_filter all {.code = BPF_RET | BPF_K, .jt = 0, .jf = 0, .k = SECCOMP_RET_ALLOW};
            const sock_fprog program {.len = 1, .filter = &all};
            ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
            return errorOf(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program));
        });
    }

    void addKernel()
    {
        row(
            "io_uring", {ENOSYS},
            [] {
                std::array<char, 256> parameters {};
                return errorOf(::syscall(SYS_io_uring_setup, 1, parameters.data()));
            },
            kWhereAllowed);
        row(
            "mount", {EPERM},
            [this] {
                const int error = errorOf(::mount("none", path("work/inner").constData(), "tmpfs", 0, nullptr));
                if (error == 0)
                    ::umount(path("work/inner").constData());
                return error;
            },
            kWhereAllowed);
        row("chroot", {EPERM}, [this] { return errorOf(::chroot(path("work").constData())); }, kWhereAllowed);
        row(
            "another's keys", {EPERM},
            [] { return errorOf(::syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 1)); },
            kWhereAllowed);
        row(
            "a key", {EPERM},
            [] { return errorOf(::syscall(SYS_add_key, "user", "bistro", "a", 1, KEY_SPEC_PROCESS_KEYRING)); },
            kWhereAllowed);
        row(
            "System V memory", {ENOSYS},
            [] {
                const int memory = ::shmget(IPC_PRIVATE, 4'096, IPC_CREAT | 0600);
                return memory < 0 ? errno : errorOf(::shmctl(memory, IPC_RMID, nullptr));
            },
            kWhereAllowed);
        row(
            "bpf", {EPERM},
            [] {
                bpf_attr attributes {};
                attributes.map_type = BPF_MAP_TYPE_ARRAY;
                attributes.key_size = attributes.value_size = 4;
                attributes.max_entries = 1;
                return errorOf(::syscall(SYS_bpf, BPF_MAP_CREATE, &attributes, sizeof attributes));
            },
            kWhereAllowed);
        row("userfaultfd", {EPERM}, [] { return errorOf(::syscall(SYS_userfaultfd, O_CLOEXEC)); }, kWhereAllowed);
        row("the kernel's log", {EPERM}, [] { return errorOf(::syscall(SYS_syslog, 10, nullptr, 0)); }, kWhereAllowed);
        row("the clock", {EPERM}, [] {
            timex clock {};
            return errorOf(::adjtimex(&clock));
        });
        row(
            "a call that is newer than this table", {ENOSYS},
            [] {
                constexpr int kFileGetattr = 468;
                const int error = errorOf(::syscall(kFileGetattr, -1, nullptr, nullptr, 0, 0));
                return error == ENOSYS ? error : 0; // whatever else it says, it is there
            },
            kWhereAllowed);
    }

    void addNetwork()
    {
        row("packets as they are", {EAFNOSUPPORT}, [] { return socketMade(AF_PACKET, SOCK_RAW, 0); }, kWhereAllowed);
        row("raw IP", {EAFNOSUPPORT}, [] { return socketMade(AF_INET, SOCK_RAW, IPPROTO_ICMP); }, kWhereAllowed);
        row("ping", {EAFNOSUPPORT}, [] { return socketMade(AF_INET, SOCK_DGRAM, IPPROTO_ICMP); }, kWhereAllowed);
        row("TCP by several ways", {EAFNOSUPPORT}, [] { return socketMade(AF_INET, SOCK_STREAM, 262); }, kWhereAllowed);
        row(
            "virtual machines' sockets", {EAFNOSUPPORT}, [] { return socketMade(AF_VSOCK, SOCK_STREAM, 0); },
            kWhereAllowed);
        row(
            "the kernel's ciphers", {EAFNOSUPPORT}, [] { return socketMade(AF_ALG, SOCK_SEQPACKET, 0); },
            kWhereAllowed);
        row("what devices say", {EAFNOSUPPORT},
            [] { return socketMade(AF_NETLINK, SOCK_RAW, 15 /* NETLINK_KOBJECT_UEVENT */); });
        row("another filter for a socket", {EPERM}, [] {
            sock_filter all {.code = BPF_RET | BPF_K, .jt = 0, .jf = 0, .k = 0xFFFF};
            const sock_fprog program {.len = 1, .filter = &all};
            return optionSet(AF_INET, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
        });
        row(
            "a socket of one interface", {EPERM},
            [] { return optionSet(AF_INET, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3); }, kWhereAllowed);
        row(
            "a group of computers", {ENODEV},
            [] {
                ip_mreqn group {};
                group.imr_multiaddr.s_addr = htonl(0xE000'00FB);
                group.imr_address.s_addr = htonl(INADDR_LOOPBACK);
                return optionSet(AF_INET, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group);
            },
            kWhereAllowed);
        row("a way of its own through the network", {EPERM},
            [] { return optionSet(AF_INET, IPPROTO_IP, IP_OPTIONS, "\1\1\1\1", 4); });
    }

    // A terminal that belongs to somebody else.
    struct Terminal {
        Terminal()
        {
            owner = ::posix_openpt(O_RDWR | O_NOCTTY);
            if (owner < 0 || ::grantpt(owner) != 0 || ::unlockpt(owner) != 0)
                return;
            name = ::ptsname(owner);
            user = ::open(name.constData(), O_RDWR | O_NOCTTY);
        }
        Terminal(const Terminal&) = delete;
        Terminal& operator=(const Terminal&) = delete;
        ~Terminal()
        {
            ::close(owner);
            ::close(user);
        }
        int owner = -1;
        int user = -1;
        QByteArray name;
    };

    // Somebody who listens at an abstract name.
    static int listening(const QByteArray& name)
    {
        const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        socklen_t size = 0;
        const sockaddr_un address = abstractName(name, size);
        if (::bind(socket, reinterpret_cast<const sockaddr*>(&address), size) != 0 || ::listen(socket, 8) != 0)
            qFatal("no abstract socket");
        return socket;
    }

    QTemporaryDir m_folder;
    Terminal m_terminal;
    std::unique_ptr<Victim> m_victim = std::make_unique<Victim>();
    QByteArray m_abstract = "bistro-walls-" + QByteArray::number(::getpid());
    int m_listening = listening(m_abstract);
};

QTEST_APPLESS_MAIN(TestWalls)
#include "tst_walls.moc"
