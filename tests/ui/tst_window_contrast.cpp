// Every text of the window reads at 4.5 to 1 or better, in both themes and in each state of the window. Measured while
// the widgets paint. Text of what is disabled is left out, as WCAG 2.2 (1.4.3) leaves it out. The stage is a picture
// within the window: tst_stagecontrast.cpp measures it.
#include "measuring.h"
#include "panels/ordercard.h"
#include "timeline/timelineview.h"
#include "windowdriver.h"
#include "workspace/examples.h"

#include <QLineEdit>

using namespace bistro;
using namespace bistro::test;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestWindowContrast : public QObject, protected WindowDriver {
    Q_OBJECT

private slots:
    void everyTextOfTheWindowReads_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addRow("light") << false;
        QTest::addRow("dark") << true;
    }
    void everyTextOfTheWindowReads()
    {
        openInItsScheme();
        look(u"first window"_s);

        // Lines of both streams, and some of them still to come.
        QVERIFY(run(u"const fs = require('node:fs');\nconsole.log('open');\nconsole.error('burnt');\nfor (let i = 0; i "
                    u"< 6; i++) {\n"
                    u"  setTimeout(function egg() { console.log('egg', i); }, 20 + i);\n  setImmediate(function "
                    u"bill() { });\n  fs.stat('.', function dish() { console.warn(`dish ${i}`); });\n  "
                    u"process.nextTick(function tick() { });\n  Promise.resolve().then(function greet() { });\n}\n"_s));
        look(u"finished"_s);
        session().goTo(session().log()->outputs()[1] + 1);
        look(u"at the second line"_s);
        m_window->selectOrder(m_window->stage().orders()->orderAt(2));
        look(u"an order is selected"_s);
        m_window->action(u"loop"_s)->trigger();
        look(u"in the runtime's words"_s);
        m_window->action(u"text-stage"_s)->setChecked(true);
        m_window->selectOrder(m_window->stage().orders()->orderAt(3));
        look(u"the stage as text"_s);
        m_window->action(u"restaurant"_s)->trigger();
        look(u"the stage as text, in the restaurant's words"_s);
        m_window->action(u"text-stage"_s)->setChecked(false);
        m_window->action(u"replace"_s)->trigger();
        look(u"find and replace"_s);
        for (QLineEdit* const line : m_window->findChildren<QLineEdit*>()) {
            if (line->isVisible() && line->isEnabled())
                line->setText(u"nowhere"_s);
        }
        look(u"nothing is found"_s);
        press(Qt::Key_Escape);
        m_window->editor().editor()->selectAll();
        look(u"all is chosen"_s);
        m_window->action(u"presentation"_s)->setChecked(true);
        look(u"presentation"_s);
        m_window->action(u"presentation"_s)->setChecked(false);

        QVERIFY(run(u"console.log('open');\nsetTimeout(() => {\n  console.log('soup');\n  "
                    u"undefined.pepper();\n}, 20);\nsetTimeout(() => console.log('never'), 50);\n"_s));
        look(u"crashed"_s);
        QVERIFY(run(u"setTimeout(function late() { console.log('late'); }, 5);\nconst end = Date.now() + 300;\nwhile "
                    u"(Date.now() < end)\n  ;\n"_s));
        session().goTo(session().log()->head().totals.longestBlockAt);
        look(u"blocked"_s);
        write(u"const = 1;\nconsole.log('never');\n"_s);
        QTest::qWait(0);
        look(u"a program with a fault, not run"_s);
        closeWindow();
        QVERIFY2(
            m_found.isEmpty(), qPrintable(QString::number(m_found.size()) + u'\n' + m_found.mid(0, 60).join(u'\n')));
    }

    // A new parent has the style sheet anew, and that takes the colors that a panel has given itself.
    void whatStandsInAnotherPlaceReads_data() { everyTextOfTheWindowReads_data(); }
    void whatStandsInAnotherPlaceReads()
    {
        openInItsScheme();
        QVERIFY(run(u"console.log('open');\nsetTimeout(function egg() { console.log('egg'); }, 5);\n"_s));
        press(Qt::Key_F8, Qt::ShiftModifier);
        m_window->selectOrder(m_window->stage().orders()->orderAt(0));
        m_window->resize(900, 640);
        look(u"narration below all"_s);
        QAction* const cards = m_window->action(u"show-cards"_s);
        cards->trigger();
        QVERIFY(m_window->card().isVisible());
        look(u"cards in their drawer"_s);
        cards->trigger();
        m_window->resize(1440, 900);
        look(u"all where it was"_s);
        m_window->action(u"presentation"_s)->setChecked(true);
        look(u"presentation"_s);
        cards->trigger();
        QVERIFY(m_window->card().isVisible());
        m_window->action(u"show-console"_s)->trigger();
        look(u"console and cards over the picture"_s);
        m_window->action(u"presentation"_s)->setChecked(false);
        look(u"after the presentation"_s);
        closeWindow();
        QVERIFY2(
            m_found.isEmpty(), qPrintable(QString::number(m_found.size()) + u'\n' + m_found.mid(0, 60).join(u'\n')));
    }

private:
    void openInItsScheme()
    {
        QFETCH(bool, dark);
        openWindow();
        Settings settings = m_window->settings();
        settings.scheme = dark ? SchemeChoice::Dark : SchemeChoice::Light;
        settings.reducedMotion = true;
        m_window->setSettings(settings);
        m_found.clear();
    }

    void look(const QString& where)
    {
        // What is due is drawn.
        QVERIFY(QTest::qWaitFor(
            [&] { return !session().log() || m_window->timeline().playhead() == session().place(); }, kLong));
        for (int i = 0; i < 10; ++i)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 50);
        MeasuringDevice device(m_window->size());
        m_window->render(&device);
        std::vector<MeasuredText> texts;
        for (const MeasuredText& text : device.texts()) {
            QWidget* const widget = m_window->childAt(text.rect.center().toPoint());
            if (!widget || widget->isEnabled())
                texts.push_back(text);
        }
        QVERIFY2(texts.size() > 20, qPrintable(QString::number(texts.size())));
        for (const QString& sentence : unreadable(texts, where)) {
            const QString what = sentence.section(u": "_s, 1);
            if (!m_told.contains(what)) // once, where it was seen first
                m_found << sentence;
            m_told << what;
        }
    }

    QStringList m_found;
    QSet<QString> m_told;
};

QTEST_MAIN(TestWindowContrast)
#include "tst_window_contrast.moc"
