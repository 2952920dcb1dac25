// lessons/FORMAT.md says what the reader reads: neither has a word that the other lacks.
#include "app/lesson/lessonfolder.h"

#include "lesson/lessonfiles.h"
#include "lesson/lessonlink.h"
#include "lesson/vocabulary.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bistro::app;

namespace {

struct Row {
    QString word; // in backquotes in the first cell
    QStringList cells; // after it
};

QString page()
{
    QFile file(QStringLiteral(BISTRO_SOURCE_DIR "/lessons/FORMAT.md"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// The tables below a heading that reads so, until the next heading: of those whose first title is this.
QList<Row> rowsBelow(const QString& heading, const QString& firstTitle)
{
    QList<Row> rows;
    bool inside = false;
    bool inTable = false;
    for (const QString& line : page().split(u'\n')) {
        if (line.startsWith(u'#'))
            inside = line == heading;
        if (!inside || !line.startsWith(u'|')) {
            inTable = false;
            continue;
        }
        QStringList cells = line.split(u'|').mid(1);
        for (QString& cell : cells)
            cell = cell.trimmed();
        inTable = inTable || cells[0] == firstTitle;
        if (inTable && cells[0].startsWith(u'`'))
            rows += {cells[0].section(u'`', 1, 1), cells.mid(1)};
    }
    return rows;
}

QStringList wordsOf(const QList<Row>& rows)
{
    QStringList words;
    for (const Row& row : rows)
        words += row.word;
    words.sort();
    return words;
}

QStringList sorted(std::span<const std::string_view> words)
{
    QStringList all;
    for (const std::string_view word : words)
        all += QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
    all.sort();
    return all;
}

} // namespace

class TestLessonFormat : public QObject {
    Q_OBJECT

private slots:
    void everyKeyIsDescribedAndEveryDescribedKeyIsRead_data()
    {
        QTest::addColumn<int>("at");
        for (std::size_t i = 0; i < formatVocabulary().size(); ++i)
            QTest::newRow(std::string(formatVocabulary()[i]->place).c_str()) << static_cast<int>(i);
    }
    void everyKeyIsDescribedAndEveryDescribedKeyIsRead()
    {
        QFETCH(int, at);
        const FormatKeys& keys = *formatVocabulary()[static_cast<std::size_t>(at)];
        const QString place = QString::fromUtf8(keys.place.data(), static_cast<qsizetype>(keys.place.size()));
        QStringList read;
        for (const FormatKey& key : keys.keys)
            read += QString::fromUtf8(key.name.data(), static_cast<qsizetype>(key.name.size()))
                + (key.required ? u" yes"_s : u" no"_s);
        QStringList described;
        for (const Row& row : rowsBelow(u"### `"_s + place + u'`', u"Key"_s))
            described += row.word + u' ' + row.cells.value(0);
        read.sort();
        described.sort();
        QCOMPARE(described, read);
    }

    void noPlaceIsDescribedThatIsNotRead()
    {
        QStringList read;
        for (const FormatKeys* const keys : formatVocabulary())
            read += QString::fromUtf8(keys->place.data(), static_cast<qsizetype>(keys->place.size()));
        static const QRegularExpression heading(u"^### `([^`]+)`$"_s, QRegularExpression::MultilineOption);
        QStringList described;
        const QString text = page();
        for (auto it = heading.globalMatch(text); it.hasNext();)
            described += it.next().captured(1);
        read.sort();
        described.sort();
        QCOMPARE(described, read);
    }

    void everyWordIsDescribed()
    {
        QCOMPARE(wordsOf(rowsBelow(u"### Expectations"_s, u"Word"_s)), sorted(expectationWords()));
        QCOMPARE(wordsOf(rowsBelow(u"### `predict number`"_s, u"Measure"_s)), sorted(measureWords()));
        QStringList links;
        for (const QString& link : wordsOf(rowsBelow(u"### Links"_s, u"Link"_s))) {
            QVERIFY2(parseLink(link), qPrintable(link));
            links += link.section(u':', 0, 0);
        }
        links.removeDuplicates();
        links.sort();
        QCOMPARE(links, sorted(linkWords()));
        const QString text = page();
        for (const QString& kind : orderKindNames())
            QVERIFY2(text.contains(u'`' + kind + u'`'), qPrintable(kind));
        for (const QString& scene : sorted(sceneWords()))
            QVERIFY2(text.contains(scene), qPrintable(scene));
        for (const char* const need : kKnownNeeds)
            QVERIFY2(text.contains(u"must have: `"_s + QString::fromLatin1(need)), need);
    }

    void everyMomentIsDescribedAsItIsRead()
    {
        QList<MomentLink::Kind> kinds;
        for (const QString& text : wordsOf(rowsBelow(u"### Moments"_s, u"Moment"_s))) {
            const auto moment = parseMoment(text);
            QVERIFY2(moment, qPrintable(text));
            kinds += moment->kind;
        }
        for (int kind = static_cast<int>(MomentLink::Kind::Begin); kind <= static_cast<int>(MomentLink::Kind::Blocked);
            ++kind)
            QVERIFY2(kinds.contains(static_cast<MomentLink::Kind>(kind)), qPrintable(QString::number(kind)));
    }

    void theWholeLessonInItIsTheOneThatNewWrites()
    {
        const QString text = page();
        for (const NewLessonFile& file : newLesson(titleOfFolder(u"01-first-steps"_s)))
            QVERIFY2(
                text.contains(u'`' + file.path + u"`\n\n````\n"_s + file.text + u"````\n"_s), qPrintable(file.path));
    }

    void noSentenceIsLong()
    {
        static const QRegularExpression end(u"[.:;!?](?: |\\n|$)|\\n\\n|\\|"_s);
        static const QRegularExpression code(
            u"````.*?````|```.*?```|`[^`\\n]*`"_s, QRegularExpression::DotMatchesEverythingOption);
        for (const QString& sentence : page().replace(code, u"x"_s).split(end)) {
            const auto words = sentence.simplified().split(u' ', Qt::SkipEmptyParts);
            QVERIFY2(words.size() <= 20, qPrintable(sentence.simplified()));
        }
    }

    void aNewLessonHasATitleOfItsFoldersName()
    {
        QCOMPARE(titleOfFolder(u"01-my-first_lesson"_s), u"My first lesson"_s);
        QCOMPARE(titleOfFolder(u"12"_s), u"New lesson"_s);
        for (const QString& name : {u"null"_s, u"01-a-title-that-has-many-more-than-eighteen-letters"_s, u"7-é"_s}) {
            QTemporaryDir root;
            const QString folder = root.filePath(name);
            for (const NewLessonFile& file : newLesson(titleOfFolder(name))) {
                QVERIFY(QDir().mkpath(QFileInfo(folder + u'/' + file.path).path()));
                QFile out(folder + u'/' + file.path);
                QVERIFY(out.open(QIODevice::WriteOnly) && out.write(file.text.toUtf8()) > 0);
            }
            const auto lesson = readLesson(folder);
            QVERIFY2(lesson, lesson ? "" : qPrintable(faultText(lesson.error().first())));
            QCOMPARE(lesson->title, titleOfFolder(name));
        }
    }
};

QTEST_GUILESS_MAIN(TestLessonFormat)
#include "tst_lessonformat.moc"
