// Lessons as nobody writes them: the reader answers each with a lesson or with faults, at once.
#include "app/lesson/lessonfolder.h"

#include "lesson/markdown.h"
#include "lesson/yamltree.h"

#include <QTest>

#include <ctime>
#include <random>

using namespace Qt::StringLiterals;
using bistro::tests::LessonFolder;

namespace {

using Random = std::mt19937;

int upTo(Random& random, qsizetype count)
{
    return count <= 0 ? 0 : std::uniform_int_distribution<int>(0, static_cast<int>(count) - 1)(random);
}

// Bytes changed, taken out, put in and repeated; what YAML and Markdown are made of more often than others.
QByteArray brokenBytes(QByteArray text, Random& random)
{
    static const QByteArray special("-:{}[]\"'`|>&*!%#@\n \t,?~<\\\xff\x80");
    for (int i = 1 + upTo(random, 8); i > 0 && !text.isEmpty(); --i) {
        const int at = upTo(random, text.size());
        switch (upTo(random, 4)) {
        case 0: text[at] = special[upTo(random, special.size())]; break;
        case 1: text.remove(at, 1 + upTo(random, 20)); break;
        case 2: text.insert(at, special[upTo(random, special.size())]); break;
        default: text.insert(at, text.mid(upTo(random, text.size()), upTo(random, 60))); break;
        }
    }
    return text;
}

// Lines exchanged, moved in and out, repeated.
QByteArray brokenLines(const QByteArray& text, Random& random)
{
    QList<QByteArray> lines = text.split('\n');
    for (int i = 1 + upTo(random, 6); i > 0; --i) {
        const int at = upTo(random, lines.size());
        switch (upTo(random, 5)) {
        case 0: lines.swapItemsAt(at, upTo(random, lines.size())); break;
        case 1: lines[at].prepend(QByteArray(1 + upTo(random, 6), ' ')); break;
        case 2: lines[at] = lines[at].trimmed(); break;
        case 3: lines.insert(at, lines[upTo(random, lines.size())]); break;
        default: lines[at] = lines[at].left(lines[at].indexOf(':') + 1); break;
        }
    }
    return lines.join('\n');
}

} // namespace

class TestLessonMutation : public QObject {
    Q_OBJECT

private slots:
    void aBrokenLessonIsAlwaysALessonOrFaults()
    {
        LessonFolder folder;
        const QStringList names {u"lesson.md"_s, u"check.yaml"_s, u"wrong/too-early/expect.yaml"_s};
        QList<QByteArray> good;
        for (const QString& name : names)
            good += folder.read(name);
        const std::clock_t begin = std::clock();
        int read = 0;
        int refused = 0;
        for (std::uint32_t seed = 0; seed < 2000; ++seed) {
            Random random(seed);
            const int which = upTo(random, names.size());
            folder.write(names[which], seed % 2 ? brokenBytes(good[which], random) : brokenLines(good[which], random));
            const auto lesson = bistro::app::readLesson(folder.path());
            if (lesson) {
                ++read;
                QVERIFY(!lesson->title.isEmpty() && !lesson->screens.isEmpty());
            } else {
                ++refused;
                QVERIFY(!lesson.error().isEmpty());
                for (const auto& fault : lesson.error()) {
                    QVERIFY(!fault.sentence.isEmpty());
                    QVERIFY2(fault.line >= 0 && fault.line < 400, qPrintable(bistro::app::faultText(fault)));
                }
            }
            folder.write(names[which], good[which]);
        }
        const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        qInfo("%d read, %d refused, %.1f s of computing", read, refused, seconds);
        QVERIFY(read > 50); // else the mutations are too coarse to reach what is read last
        QVERIFY(refused > 500);
    }

    void whatGrowsIsAnsweredAtOnce_data()
    {
        QTest::addColumn<QByteArray>("text");
        constexpr int kMany = 60'000;
        QTest::newRow("brackets") << QByteArray(kMany, '[');
        QTest::newRow("braces") << QByteArray(kMany, '{');
        QTest::newRow("braces with keys") << QByteArray("{a: ").repeated(kMany / 4);
        QTest::newRow("dashes") << QByteArray("- ").repeated(kMany / 2);
        QTest::newRow("questions") << QByteArray("? ").repeated(kMany / 2);
        QTest::newRow("keys deeper") << [] {
            QByteArray text;
            for (int i = 0; i < 300; ++i)
                text += QByteArray(i, ' ') + "a:\n";
            return text;
        }();
        QTest::newRow("keys") << [] {
            QByteArray text;
            for (int i = 0; i < 9000; ++i)
                text += "k" + QByteArray::number(i) + ": 1\n";
            return text;
        }();
        QTest::newRow("quotes") << QByteArray("\"a\" ").repeated(kMany / 4);
        QTest::newRow("anchors") << QByteArray("&a ").repeated(kMany / 3);
        QTest::newRow("a laugh") << QByteArray("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n");
        QTest::newRow("stars") << QByteArray("*a ").repeated(kMany / 3);
        QTest::newRow("comments") << QByteArray("#\n").repeated(kMany / 2);
        QTest::newRow("quotes of Markdown") << QByteArray("> ").repeated(8000);
        QTest::newRow("links in links") << QByteArray("[a](").repeated(4000);
        QTest::newRow("backquotes") << QByteArray("`a``").repeated(4000);
        QTest::newRow("blanks") << QByteArray(kMany, ' ') + "a";
        QTest::newRow("tabs") << QByteArray(kMany, '\t') + "a: b";
    }
    void whatGrowsIsAnsweredAtOnce()
    {
        QFETCH(QByteArray, text);
        const std::clock_t begin = std::clock(); // of this process: other programs may be busy
        const auto tree = bistro::app::readYaml(text);
        QVERIFY(tree || !tree.error().sentence.isEmpty());
        (void)bistro::app::readMarkdown(text.first(std::min<qsizetype>(text.size(), 16 << 10)));
        const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        QVERIFY2(seconds < 1, qPrintable(QString::number(seconds)));
    }
};

QTEST_GUILESS_MAIN(TestLessonMutation)
#include "tst_lessonmutation.moc"
