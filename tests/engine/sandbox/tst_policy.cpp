#include "sandbox/policy.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace bistro::sandbox;
using namespace Qt::StringLiterals;
using namespace std::string_literals;

namespace {

Policy everything()
{
    return {.places = {{.path = "/home/a/my program", .right = Right::Write},
                {.path = "/home/a/my program", .right = Right::Run},
                {.path = "/books\nand \\papers\\", .right = Right::Read},
                {.path = "/bad \xFF utf-8", .right = Right::Read}},
        .hosts = {{.name = "example.org", .port = 443}, {.name = "localhost", .port = 0}, {.name = "2001:db8::1"}},
        .internet = true,
        .foreignPrograms = true,
        .limits = {.memory = 1,
            .processes = 2,
            .fileSize = 18'446'744'073'709'551'615u,
            .written = 4,
            .openFiles = 0,
            .seconds = 4'294'967'295u}};
}

QString problemOf(const QByteArray& text)
{
    const auto policy = policyFrom({text.data(), static_cast<std::size_t>(text.size())});
    return policy ? u"none"_s : QString::fromStdString(policy.error());
}

} // namespace

class TestPolicy : public QObject {
    Q_OBJECT

private slots:
    void textSaysAllThatAPolicyHas()
    {
        const auto again = policyFrom(textOf(everything()));
        QVERIFY2(again.has_value(), again ? "" : again.error().c_str());
        QVERIFY(*again == everything());
        QVERIFY(policyFrom(textOf({})) == Policy {});
    }

    void textIsOneThingALine()
    {
        QCOMPARE(textOf(everything()),
            "write /home/a/my program\n"
            "run /home/a/my program\n"
            "read /books\\nand \\\\papers\\\\\n"
            "read /bad \xFF utf-8\n"
            "host example.org 443\n"
            "host localhost 0\n"
            "host 2001:db8::1 0\n"
            "internet\n"
            "foreign-programs\n"
            "limit memory 1\n"
            "limit processes 2\n"
            "limit file-size 18446744073709551615\n"
            "limit written 4\n"
            "limit open-files 0\n"
            "limit seconds 4294967295\n"s);
    }

    void nothingSaidIsNothingAllowed()
    {
        const auto policy = policyFrom("");
        QVERIFY(policy == Policy {});
        QVERIFY(policy->places.empty() && policy->hosts.empty() && !policy->internet && !policy->foreignPrograms);
        QVERIFY(policy->limits.memory != 0 && policy->limits.processes != 0);
    }

    void aDamagedTextIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* name, const QByteArray& text, const char* problem) {
            QTest::newRow(name) << text << QString::fromUtf8(problem);
        };
        row("cut within a path", "read /usr/sha", "Line 1 of the sandbox's policy has no end.");
        row("cut within a later line", "internet\nread /usr\nread /us", "Line 3 of the sandbox's policy has no end.");
        row("an empty line", "\n", "begins with an unknown word");
        row("an unknown word", "read /a\nerase /b\n", "Line 2 of the sandbox's policy begins with an unknown word.");
        row("a word with an ending", "reader /a\n", "unknown word");
        row("a word in capitals", "READ /a\n", "unknown word");
        row("a right without a path", "read\n", "doesn't begin with /");
        row("a right without a path after its space", "write \n", "doesn't begin with /");
        row("a path that depends on where one is", "read usr\n", "doesn't begin with /");
        row("two spaces before the path", "read  /usr\n", "doesn't begin with /");
        row("a zero byte", QByteArray("read /a\0b\n", 10), "zero byte");
        row("a path longer than the kernel's", "read /" + QByteArray(4'095, 'a') + "\n", "too long");
        row("a backslash at the end", "read /a\\\n", "backslash");
        row("a backslash before another letter", "read /a\\tb\n", "backslash");
        row("places without end", QByteArray("read /a\n").repeated(1'025), "Line 1025 of the sandbox's policy has one");
        row("hosts without end", QByteArray("host a 1\n").repeated(1'025), "Line 1025 of the sandbox's policy has one");
        row("a host without a port", "host example.org\n", "no port");
        row("a port that is too large", "host a 65536\n", "no port");
        row("a port below zero", "host a -1\n", "no port");
        row("a port with a sign", "host a +1\n", "no port");
        row("a port with something after it", "host a 80x\n", "no port");
        row("a port with a space after it", "host a 80 \n", "no port");
        row("a port with a zero before it", "host a 080\n", "no port");
        row("a host in capitals", "host Example.org 1\n", "no host's name");
        row("a host with a last dot", "host example.org. 1\n", "no host's name");
        row("a host with two dots", "host example..org 1\n", "no host's name");
        row("a host without a name", "host  1\n", "no host's name");
        row("a host with a star", "host *.org 1\n", "no host's name");
        row("a host that is too long", "host " + QByteArray(254, 'a') + " 1\n", "no host's name");
        row("an unknown limit", "limit patience 3\n", "unknown limit");
        row("a limit without a number", "limit memory\n", "no number");
        row("a limit of a word", "limit memory much\n", "no number");
        row("a limit below zero", "limit memory -1\n", "no number");
        row("a limit beyond its number", "limit memory 18446744073709551616\n", "too large");
        row("a limit beyond its smaller number", "limit processes 4294967296\n", "too large");
        row("a limit said twice", "limit memory 1\nlimit memory 2\n", "Line 2 of the sandbox's policy says something");
        row("internet said twice", "internet\ninternet\n", "a second time");
        row("internet with something after it", "internet yes\n", "unknown word");
        row("lines that end as on Windows", "internet\r\n", "unknown word");
        row("bytes that are no text", QByteArray("\x00\xFF\xFE\n", 4), "unknown word");
    }

    void aDamagedTextIsRefused()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, problem);
        const QString found = problemOf(text);
        QVERIFY2(found.contains(problem), qPrintable(found));
    }

    void whateverIsReadIsReadAgainTheSame()
    {
        // A policy's text with a few bytes changed, cut or doubled: refused, or a policy with one text.
        std::mt19937 random(20'26);
        const auto below = [&random](std::size_t end) {
            return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
        };
        const std::string whole = textOf(everything());
        int accepted = 0;
        for (int i = 0; i < 20'000; ++i) {
            std::string text = whole;
            for (std::size_t change = 0; change <= below(4); ++change) {
                const std::size_t at = below(text.size());
                switch (below(4)) {
                case 0: text[at] = static_cast<char>(below(256)); break;
                case 1: text.erase(at, below(40)); break;
                case 2: text.insert(at, whole, below(whole.size()), below(40)); break;
                default: text[at] = whole[below(whole.size())]; break;
                }
                if (text.empty())
                    text = "\n";
            }
            const auto policy = policyFrom(text);
            if (!policy) {
                QVERIFY(policy.error().starts_with("Line "));
                continue;
            }
            ++accepted;
            QVERIFY(policyFrom(textOf(*policy)) == *policy);
            QVERIFY(
                std::ranges::all_of(policy->places, [](const Place& place) { return place.path.starts_with('/'); }));
        }
        QVERIFY2(accepted > 1'000 && accepted < 19'000, QByteArray::number(accepted).constData());
    }

    void theSystemsPlacesHaveNoSecretsAndNoRoomToWrite()
    {
        const std::vector<Place> places = systemPlaces();
        for (const Place& place : places) {
            QVERIFY(place.path.starts_with('/'));
            const std::string below = place.path + '/';
            for (const std::string secret : {"/etc/shadow", "/etc/ssh/", "/etc/ssl/private/", "/home/", "/root/",
                     "/tmp/", "/var/", "/opt/", "/dev/shm/", "/dev/pts/", "/dev/mem", "/run/user/", "/run/dbus/"})
                QVERIFY2(!secret.starts_with(below) && place.path != secret, secret.c_str());
            if (place.right == Right::Write)
                QVERIFY2(place.path.starts_with("/dev/"), place.path.c_str());
        }
        QVERIFY(std::ranges::contains(places, Place {.path = "/usr", .right = Right::Run}));
    }
};

QTEST_APPLESS_MAIN(TestPolicy)
#include "tst_policy.moc"
