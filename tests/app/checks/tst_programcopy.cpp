// What a further run of a check runs: the program as it was, and what the lesson generates beside it.
#include "checks/programcopy.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace bistro::app;
using namespace Qt::StringLiterals;

class TestProgramCopy : public QObject {
    Q_OBJECT

private slots:
    void whatIsGeneratedLiesInTheCopy()
    {
        QVERIFY(QDir().mkpath(in(u"mine"_s)));
        QVERIFY(
            copyProgram(in(u"mine"_s), in(u"copy"_s), {{.name = u"data/menu.txt"_s, .size = 100, .line = u"soup"_s}}));
        QVERIFY(QFileInfo(in(u"copy/data/menu.txt"_s)).size() >= 100);
    }

    // The learner's program, or that of a lesson, has made it where the lesson generates a file.
    void aLinkInItLeadsNobodyElsewhere_data()
    {
        QTest::addColumn<QString>("link");
        QTest::addColumn<QString>("target");
        QTest::newRow("the file") << u"mine/menu.txt"_s << u"home/menu.txt"_s;
        QTest::newRow("its folder") << u"mine/data"_s << u"home"_s;
    }
    void aLinkInItLeadsNobodyElsewhere()
    {
        QFETCH(QString, link);
        QFETCH(QString, target);
        QVERIFY(QDir().mkpath(in(u"home"_s)) && QDir().mkpath(in(u"mine"_s)));
        QVERIFY(QFile::link(in(target), in(link)));
        QVERIFY(copyProgram(in(u"mine"_s), in(u"copy"_s),
            {{.name = u"menu.txt"_s, .size = 100, .line = u"soup"_s},
                {.name = u"data/menu.txt"_s, .size = 100, .line = u"soup"_s}}));
        QVERIFY(!QFileInfo::exists(in(u"home/menu.txt"_s)));
    }

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

private:
    [[nodiscard]] QString in(const QString& name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestProgramCopy)
#include "tst_programcopy.moc"
