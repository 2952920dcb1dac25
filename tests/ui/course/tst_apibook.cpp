#include "course/apibook.h"
#include "lesson/nodedocs.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>

using namespace Qt::StringLiterals;
using namespace bistro::ui;

namespace {

QTextBrowser& pageOf(const ApiBook& book)
{
    return *book.findChild<QTextBrowser*>(u"apipage"_s);
}

QString titleOf(const ApiBook& book)
{
    return book.findChild<QLabel*>(u"apititle"_s)->text();
}

QPushButton& backOf(const ApiBook& book)
{
    return *book.findChild<QPushButton*>(u"apiback"_s);
}

} // namespace

class TestApiBook : public QObject {
    Q_OBJECT

private slots:
    void aSectionIsShownByItsName()
    {
        if (!bistro::app::hasNodeDocs())
            QSKIP("nodejs-doc is not installed");
        ApiBook book;
        QVERIFY(book.open(u"fs.readFile"_s));
        QVERIFY(book.isVisible());
        QCOMPARE(titleOf(book), u"fs.readFile(path[, options], callback)"_s);
        QVERIFY(pageOf(book).toPlainText().contains(u"Asynchronously reads the entire contents of a file."_s));
        QVERIFY(!backOf(book).isEnabled());
    }

    void linksLeadOnAndKeysLeadBack()
    {
        if (!bistro::app::hasNodeDocs())
            QSKIP("nodejs-doc is not installed");
        ApiBook book;
        QVERIFY(book.open(u"fs.readFile"_s));
        book.resize(500, 240);
        QTRY_VERIFY(pageOf(book).verticalScrollBar()->maximum() > 100);
        pageOf(book).verticalScrollBar()->setValue(90);
        emit pageOf(book).anchorClicked(QUrl(u"api:fs.html#file-system-flags"_s));
        QCOMPARE(titleOf(book), u"File system flags"_s);
        QVERIFY(backOf(book).isEnabled());
        QTRY_VERIFY(book.isActiveWindow());
        QTest::keyClick(&pageOf(book), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(titleOf(book), u"fs.readFile(path[, options], callback)"_s);
        QCOMPARE(pageOf(book).verticalScrollBar()->value(), 90);
        QTest::keyClick(&pageOf(book), Qt::Key_Backspace); // nothing is before it
        QCOMPARE(titleOf(book), u"fs.readFile(path[, options], callback)"_s);
        QTest::keyClick(&pageOf(book), Qt::Key_Escape);
        QVERIFY(!book.isVisible());
        QVERIFY(book.open(u"process"_s));
        QVERIFY(book.isVisible());
    }

    void tabReachesEachLinkAndEnterFollowsIt()
    {
        if (!bistro::app::hasNodeDocs())
            QSKIP("nodejs-doc is not installed");
        ApiBook book;
        QVERIFY(book.open(u"fs.readFile"_s));
        QTRY_VERIFY(book.isActiveWindow());
        QTRY_VERIFY(pageOf(book).hasFocus());
        QTest::keyClick(&pageOf(book), Qt::Key_Tab);
        QTest::keyClick(&pageOf(book), Qt::Key_Return);
        QVERIFY2(titleOf(book) != u"fs.readFile(path[, options], callback)"_s, qPrintable(titleOf(book)));
    }

    void whatIsNotThereIsSaid()
    {
        ApiBook book;
        QVERIFY(!book.open(u"fs.readBooks"_s));
        QVERIFY(book.isVisible());
        QCOMPARE(titleOf(book), u"fs.readBooks"_s);
        const QString said = pageOf(book).toPlainText();
        QVERIFY2(said.contains(bistro::app::hasNodeDocs() ? u"has no section “fs.readBooks”"_s : u"nodejs-doc"_s),
            qPrintable(said));
        emit pageOf(book).anchorClicked(QUrl(u"https://nodejs.org"_s));
        QCOMPARE(titleOf(book), u"fs.readBooks"_s);
    }

    void itsColorsAreThoseOfTheTheme()
    {
        ApiBook book;
        (void)book.open(u"fs.readFile"_s);
        for (const Scheme scheme : {Scheme::Dark, Scheme::Light}) {
            const Theme theme(scheme);
            book.setTheme(theme);
            QCOMPARE(pageOf(book).palette().color(QPalette::Base), theme.window());
            const QTextCursor cursor(pageOf(book).document()->findBlockByNumber(1));
            QTextCursor inside = cursor;
            inside.movePosition(QTextCursor::NextCharacter);
            QVERIFY(contrastOf(inside.charFormat().foreground().color(), theme.window()) >= 4.5
                || inside.charFormat().foreground().style() == Qt::NoBrush);
        }
    }
};

QTEST_MAIN(TestApiBook)
#include "tst_apibook.moc"
