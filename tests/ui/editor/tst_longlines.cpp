#include "codefixture.h"
#include "editor/highlighter.h"
#include "editor/longlines.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTextBlock>

#include <ctime>

using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

// Of this thread's own processor time: what others do on the machine does not count.
double milliseconds()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

} // namespace

class TestLongLines : public QObject, CodeFixture {
    Q_OBJECT

private slots:
    void init() { openEditor(); }
    void cleanup() { m_editor.reset(); }

    void aFileOf200000LinesComesInBetweenEvents()
    {
        const QString text = QString(u"setTimeout(() => console.log('dessert'), 100); // later\n"_s).repeated(200'000);
        QSignalSpy edited(m_editor.get(), &CodeEditor::edited);
        QSignalSpy filled(m_editor.get(), &CodeEditor::filled);
        m_editor->setText(text);
        QVERIFY2(m_editor->blockCount() < 100'000,
            qPrintable(QString::number(m_editor->blockCount()))); // what there was time for
        QVERIFY(m_editor->isReadOnly()); // until it is whole
        QCOMPARE(m_editor->text(), text); // which it is for everybody who asks
        m_editor->setLineNotes(
            {{.line = 150'000, .pending = {Meaning::Timer}, .tint = {}, .badge = {}, .toolTip = {}}});
        m_editor->goTo(150'000, 3);
        type(u"x"_s);
        QVERIFY(filled.wait(60'000));
        QVERIFY(!m_editor->isReadOnly());
        QCOMPARE(m_editor->blockCount(), 200'001);
        QCOMPARE(m_editor->text(), text);
        QCOMPARE(m_editor->currentLine(), 150'000);
        QCOMPARE(m_editor->currentColumn(), 3);
        QCOMPARE(m_editor->lineNotes().first().line, 150'000);
        QVERIFY(!m_editor->document()->isModified());
        QVERIFY(!m_editor->document()->isUndoAvailable());
        QVERIFY(edited.isEmpty());
        double worst = 0;
        for (int i = 0; i < 20; ++i) {
            const double begun = milliseconds();
            QTest::keyClick(m_editor.get(), Qt::Key_X);
            m_editor->viewport()->repaint();
            worst = std::max(worst, milliseconds() - begun);
        }
        qInfo("slowest key %.0f ms", worst);
        QVERIFY(worst < 500);
    }

    void whatIsReplacedOrPastedIsOneStepHoweverLongItTakes()
    {
        m_editor->setText(u"before\nafter\n"_s);
        m_editor->setLineNotes({{.line = 2, .pending = {Meaning::Timer}, .tint = {}, .badge = {}, .toolTip = {}}});
        m_editor->goTo(2);
        const QString lines = QString(u"pasted(1);\n"_s).repeated(100'000);
        QGuiApplication::clipboard()->setText(lines);
        QSignalSpy edited(m_editor.get(), &CodeEditor::edited);
        m_editor->paste();
        QVERIFY(m_editor->isFilling());
        QCOMPARE(m_editor->text(), u"before\n"_s + lines + u"after\n"_s);
        QVERIFY(QTest::qWaitFor([this] { return !m_editor->isFilling(); }, 60'000));
        QCOMPARE(m_editor->text(), u"before\n"_s + lines + u"after\n"_s);
        QCOMPARE(m_editor->lineNotes().first().line, 100'002);
        QCOMPARE(m_editor->currentLine(), 100'002);
        QVERIFY(!edited.isEmpty());
        m_editor->undo();
        QCOMPARE(m_editor->text(), u"before\nafter\n"_s);
        QVERIFY(!m_editor->document()->isUndoAvailable());

        // As a file that was changed elsewhere: loaded again it is not a changed one.
        m_editor->replaceText(lines);
        m_editor->document()->setModified(false);
        QVERIFY(QTest::qWaitFor([this] { return !m_editor->isFilling(); }, 60'000));
        QVERIFY(!m_editor->document()->isModified());
        m_editor->undo();
        QCOMPARE(m_editor->text(), u"before\nafter\n"_s);
    }

    void ofALineOfTenMillionLettersAPartIsShownAndAllIsKept()
    {
        const QString text = u"const a = '"_s + numbers(10'000'000) + u"';\nconst b = 1;\n"_s;
        setAndFill(text);
        QVERIFY(m_editor->document()->firstBlock().length() <= LongLines::kLongest);
        QCOMPARE(m_editor->text(), text);
        QCOMPARE(m_editor->blockCount(), 3);
        QVERIFY(m_editor->lineRect(1).height() > 100);
        m_editor->highlighter().finish();
        QCOMPARE(Highlighter::tokenAt(m_editor->document()->findBlockByNumber(1), 0), Highlighter::Token::Keyword);
        m_editor->goTo(1, 7);
        type(u"z"_s);
        QString changed = text;
        changed.insert(6, u'z');
        QCOMPARE(m_editor->text(), changed);
        m_editor->undo();
        QCOMPARE(m_editor->text(), text);

        // In the middle, where nothing is shown yet: this is no change, and what is typed there is one.
        m_editor->document()->setModified(false);
        QSignalSpy edited(m_editor.get(), &CodeEditor::edited);
        m_editor->goTo(1, 5'000'001);
        QCOMPARE(m_editor->currentColumn(), 5'000'001);
        QCOMPARE(m_editor->document()->characterAt(m_editor->textCursor().position()), text[5'000'000]);
        QVERIFY(m_editor->document()->firstBlock().length() <= LongLines::kLongest);
        QCOMPARE(m_editor->text(), text);
        QVERIFY(edited.isEmpty());
        QVERIFY(!m_editor->document()->isModified());
        type(u"y"_s);
        changed = text;
        changed.insert(5'000'000, u'y');
        QCOMPARE(m_editor->text(), changed);
        m_editor->goTo(1, 9'000'000);
        QCOMPARE(m_editor->text(), changed);
        m_editor->undo();
        m_editor->undo();
        QCOMPARE(m_editor->text(), text);
    }

    void whatIsHiddenIsFound()
    {
        QString text = u"a\n"_s + numbers(400'000) + u"\nb\n"_s;
        text.replace(300'000, 6, u"needle"_s);
        setAndFill(text);
        m_editor->find();
        field(0)->setText(u"needle"_s);
        QVERIFY(m_editor->findBar().isSearching()); // by another thread
        QVERIFY(QTest::qWaitFor([this] { return m_editor->selectedText() == u"needle"_s; }, 60'000));
        QCOMPARE(m_editor->selectionStart(), 300'000);
        QCOMPARE(m_editor->currentLine(), 2);
        QVERIFY(!m_editor->lettersRect(2, m_editor->textCursor().positionInBlock(), 1).isEmpty());
        QCOMPARE(m_editor->text(), text);
        m_editor->findBar().close();
        m_editor->replace();
        field(1)->setText(u"thread"_s);
        m_editor->findBar().replaceAll();
        text.replace(300'000, 6, u"thread"_s);
        QCOMPARE(m_editor->text(), text);
        m_editor->undo();
        QVERIFY(m_editor->text().contains(u"needle"_s));
    }

    void aClickOnTheMarkShowsTheNextPart()
    {
        const QString text = numbers(60'000) + u"\n"_s;
        setAndFill(text);
        QString seen;
        for (int i = 0; i < 10; ++i) {
            const QTextBlock block = m_editor->document()->firstBlock();
            const auto marks = m_editor->longLines().marks();
            QVERIFY(!marks.isEmpty());
            const int first = marks.front().position == 0 ? 1 : 0;
            const bool last = marks.back().position == 0;
            seen += block.text().mid(first, block.length() - 1 - first - (last ? 0 : 1));
            if (last)
                break;
            m_editor->verticalScrollBar()->setValue(m_editor->verticalScrollBar()->maximum());
            const QRectF mark = m_editor->lettersRect(1, marks.back().position + 1, 1);
            QVERIFY(!mark.isEmpty());
            QTest::mouseClick(m_editor->viewport(), Qt::LeftButton, {}, mark.center().toPoint());
        }
        QCOMPARE(seen + u'\n', text);
        QCOMPARE(m_editor->text(), text);
        QVERIFY(!m_editor->document()->isModified());
    }

    void aMarkGoesWithItsLineThroughAllThatOneDoes()
    {
        const QString line = numbers(100'000);
        const QString text = u"first\n"_s + line + u"\nlast"_s;
        setAndFill(text);
        m_editor->goTo(2);
        m_editor->moveLinesUp();
        QCOMPARE(m_editor->text(), line + u"\nfirst\nlast"_s);
        m_editor->goTo(2);
        m_editor->moveLinesUp(); // the long one is the neighbor
        QCOMPARE(m_editor->text(), text);
        m_editor->goTo(1);
        m_editor->moveLinesDown();
        QCOMPARE(m_editor->text(), line + u"\nfirst\nlast"_s);
        m_editor->duplicate();
        m_editor->goTo(1);
        m_editor->duplicate();
        QCOMPARE(m_editor->text(), line + u'\n' + line + u"\nfirst\nfirst\nlast"_s);
        m_editor->toggleComment();
        m_editor->toggleComment();
        QTest::keyClick(m_editor.get(), Qt::Key_A, Qt::ControlModifier);
        type(u"("_s);
        QCOMPARE(m_editor->text(), u'(' + line + u'\n' + line + u"\nfirst\nfirst\nlast)"_s);
        QTest::keyClick(m_editor.get(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(m_editor.get(), Qt::Key_X, Qt::ControlModifier);
        QVERIFY(m_editor->text().isEmpty());
        QTest::keyClick(m_editor.get(), Qt::Key_V, Qt::ControlModifier);
        QVERIFY(QTest::qWaitFor([this] { return !m_editor->isFilling(); }));
        QCOMPARE(m_editor->text(), u'(' + line + u'\n' + line + u"\nfirst\nfirst\nlast)"_s);
        QVERIFY(m_editor->document()->firstBlock().length() <= LongLines::kLongest);
        while (m_editor->document()->isUndoAvailable())
            m_editor->undo();
        QCOMPARE(m_editor->text(), text);
        // Typed behind the mark: a letter, not another mark.
        m_editor->goTo(2, 100'001);
        type(u"e"_s);
        QCOMPARE(m_editor->text(), u"first\n"_s + line + u"e\nlast"_s);
    }

    void linesThatArePutTogetherAreShownInPart()
    {
        const QString half = numbers(LongLines::kLongest - 10);
        setAndFill(half + u'\n' + half);
        QVERIFY(m_editor->longLines().isEmpty());
        m_editor->goTo(2);
        QTest::keyClick(m_editor.get(), Qt::Key_Backspace);
        QCOMPARE(m_editor->text(), half + half);
        QVERIFY(QTest::qWaitFor([this] { return m_editor->document()->firstBlock().length() <= LongLines::kLongest; }));
        QCOMPARE(m_editor->text(), half + half);
        QCOMPARE(m_editor->currentColumn(), half.size() + 1);
        m_editor->undo(); // of what was done, not of what is shown
        QCOMPARE(m_editor->text(), half + u'\n' + half);
    }

    void signsThatLookLikeAMarkAreNone()
    {
        QString text = numbers(60'000) + u"\n\ufffc\n"_s;
        for (const int at : {3, 9'999, 10'000, 30'000, 59'999})
            text[at] = QChar::ObjectReplacementCharacter;
        setAndFill(text);
        QCOMPARE(m_editor->longLines().marks().size(), 1);
        QCOMPARE(m_editor->text(), text);
        m_editor->goTo(1, 30'000);
        QCOMPARE(m_editor->text(), text);
    }

private:
    // Letters of which each place has its own.
    static QString numbers(qsizetype size)
    {
        QString text;
        for (int i = 1'000'000; text.size() < size; ++i)
            text += QString::number(i);
        return text.first(size);
    }

    void setAndFill(const QString& text)
    {
        m_editor->setText(text);
        QVERIFY(QTest::qWaitFor([this] { return !m_editor->isFilling(); }, 60'000));
    }
};

QTEST_MAIN(TestLongLines)
#include "tst_longlines.moc"
