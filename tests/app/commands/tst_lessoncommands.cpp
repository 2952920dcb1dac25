#include "commands/lessoncommands.h"
#include "lesson/lessonreader.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace bistro::app;

class TestLessonCommands : public QObject {
    Q_OBJECT

private slots:
    void newMakesALessonThatIsReadAndTouchesNothingThatIsThere()
    {
        QTemporaryDir root;
        const QString folder = root.filePath(u"01-first-steps"_s);
        const LessonNewCommand command {.folder = folder.toStdString()};
        QCOMPARE(lessonNew(command), 0);
        const auto lesson = readLesson(folder);
        QVERIFY2(lesson, lesson ? "" : qPrintable(faultText(lesson.error().first())));
        QCOMPARE(lesson->title, u"First steps"_s);
        QCOMPARE(lesson->wrong.size(), 2);
        QFile text(folder + u"/lesson.md"_s);
        QVERIFY(text.open(QIODevice::WriteOnly) && text.write("mine") == 4);
        text.close();
        QCOMPARE(lessonNew(command), 1);
        QVERIFY(text.open(QIODevice::ReadOnly));
        QCOMPARE(text.readAll(), QByteArray("mine"));
    }

    void newRefusesNamesThatAreNoneAndPlacesThatAreNone()
    {
        QTemporaryDir root;
        QCOMPARE(lessonNew({.folder = root.filePath(u"a b"_s).toStdString()}), 2);
        QCOMPARE(lessonNew({.folder = root.filePath(u"a:b"_s).toStdString()}), 2);
        QCOMPARE(lessonNew({.folder = ".."}), 2);
        QCOMPARE(lessonNew({.folder = "/proc/none/lesson"}), 1);
        QVERIFY(QFile::link(u"/nowhere"_s, root.filePath(u"dangling"_s)));
        QCOMPARE(lessonNew({.folder = root.filePath(u"dangling"_s).toStdString()}), 1);
    }

    void listSaysWhetherAllCanBeRead()
    {
        QTemporaryDir root;
        QCOMPARE(lessonList({.folder = root.path().toStdString()}), 1); // no lesson
        QCOMPARE(lessonNew({.folder = root.filePath(u"01-a"_s).toStdString()}), 0);
        QCOMPARE(lessonList({.folder = root.path().toStdString()}), 0);
        QVERIFY(QFile::remove(root.filePath(u"01-a/check.yaml"_s)));
        QCOMPARE(lessonList({.folder = root.path().toStdString()}), 1);
        QCOMPARE(lessonList({.folder = root.filePath(u"none"_s).toStdString()}), 1);
    }
};

QTEST_GUILESS_MAIN(TestLessonCommands)
#include "tst_lessoncommands.moc"
