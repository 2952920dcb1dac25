// The lesson's panel: what it shows, what its keys and its mouse ask for, what a screen reader hears.
#include "course/checkrow.h"
#include "course/chooserows.h"
#include "course/coursebutton.h"
#include "course/lessonpanel.h"
#include "course/lessontext.h"
#include "course/numberfield.h"
#include "course/orderrows.h"
#include "lessonviews.h"
#include "measuring.h"

#include <QAccessible>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace bistro;
using namespace bistro::test;
using namespace bistro::ui;

class TestLessonPanel : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_panel = std::make_unique<LessonPanel>();
        m_panel->resize(416, 400);
        m_panel->setView(predictView());
        m_panel->show();
        m_panel->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    }
    void cleanup() { m_panel.reset(); }

    void altAndDownAskToMoveTheRowThatHasTheKeyboard()
    {
        QSignalSpy moved(m_panel.get(), &LessonPanel::rowMoved);
        order().setFocus(Qt::TabFocusReason);
        QTest::keyClick(&order(), Qt::Key_Down);
        QTest::keyClick(&order(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(moved.size(), 1);
        QCOMPARE(moved[0], (QVariantList {1, 2}));
    }
    void aDigitSendsTheRowToThatPlace()
    {
        QSignalSpy moved(m_panel.get(), &LessonPanel::rowMoved);
        order().setFocus(Qt::TabFocusReason);
        QTest::keyClick(&order(), Qt::Key_4);
        QTest::keyClick(&order(), Qt::Key_9); // there is no such place
        QCOMPARE(moved.size(), 1);
        QCOMPARE(moved[0], (QVariantList {0, 3}));
    }
    void theKeyboardStaysWithTheRowThatWasMovedAndItsNewPlaceIsSaid()
    {
        answerMoves();
        QSignalSpy said(m_panel.get(), &LessonPanel::said);
        order().setFocus(Qt::TabFocusReason);
        QTest::keyClick(&order(), Qt::Key_Down);
        QTest::keyClick(&order(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(order().current(), 2);
        QCOMPARE(said.size(), 1);
        QCOMPARE(said[0][0].toString(), u"bread, place 3, below book 58000000."_s);
        QTest::keyClick(&order(), Qt::Key_1);
        QCOMPARE(said[1][0].toString(), u"bread, place 1, above open."_s);
        QVERIFY(order().hasFocus());
    }
    void aRowThatIsCarriedAsksForThePlaceWhereItIsDropped()
    {
        QSignalSpy moved(m_panel.get(), &LessonPanel::rowMoved);
        const QPoint from = order().spokenRect(1).center();
        const QPoint to = order().spokenRect(3).center();
        QTest::mousePress(&order(), Qt::LeftButton, {}, from);
        QVERIFY(!order().isCarrying());
        QTest::mouseMove(&order(), (from + to) / 2);
        QTest::mouseMove(&order(), to);
        QVERIFY(order().isCarrying());
        QTest::mouseRelease(&order(), Qt::LeftButton, {}, to);
        QCOMPARE(moved.size(), 1);
        QCOMPARE(moved[0], (QVariantList {1, 3}));
    }
    void escapePutsACarriedRowBack()
    {
        QSignalSpy moved(m_panel.get(), &LessonPanel::rowMoved);
        const QPoint from = order().spokenRect(1).center();
        QTest::mousePress(&order(), Qt::LeftButton, {}, from);
        QTest::mouseMove(&order(), from + QPoint(0, 70));
        QTest::keyClick(&order(), Qt::Key_Escape);
        QTest::mouseRelease(&order(), Qt::LeftButton, {}, from + QPoint(0, 70));
        QCOMPARE(moved.size(), 0);
    }
    void nothingMovesWhileItRunsAndTheButtonStops()
    {
        LessonView view = predictView();
        view.running = true;
        m_panel->setView(view);
        QSignalSpy moved(m_panel.get(), &LessonPanel::rowMoved);
        QSignalSpy asked(m_panel.get(), &LessonPanel::runAsked);
        QTest::keyClick(&order(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(moved.size(), 0);
        QVERIFY(button(u"Stop"_s));
        button(u"Stop"_s)->click();
        QCOMPARE(asked.size(), 1);
    }
    void controlAndEnterRunFromWhereverTheKeyboardIs()
    {
        QSignalSpy asked(m_panel.get(), &LessonPanel::runAsked);
        QTest::keyClick(&order(), Qt::Key_Return, Qt::ControlModifier);
        QTest::keyClick(button(u"Run and compare"_s), Qt::Key_Return, Qt::ControlModifier);
        QTest::keyClick(m_panel->findChild<LessonText*>(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(asked.size(), 3);
    }
    void anUntouchedGuessIsNone()
    {
        LessonView view = predictView();
        view.guess = orderGuess(false);
        m_panel->setView(view);
        QVERIFY(button(u"Run without a guess"_s));
        QVERIFY(!button(u"Run and compare"_s));
    }
    void aRowIsHeardWithItsPlaceKindAndKeys()
    {
        QAccessible::setActive(true);
        QAccessibleInterface* const list = QAccessible::queryAccessibleInterface(&order());
        QCOMPARE(list->childCount(), 5);
        QCOMPARE(
            list->child(1)->text(QAccessible::Name), u"Place 2 of 5: bread, timer, line 5. Alt and arrows move it."_s);
        QCOMPARE(list->child(1)->role(), QAccessible::ListItem);
    }
    void handsAreCountedByClickAndByKey()
    {
        m_panel->setView(chooseView());
        m_panel->setPresentation(true);
        auto* const choose = m_panel->findChild<ChooseRows*>();
        QSignalSpy counted(m_panel.get(), &LessonPanel::handsCounted);
        QSignalSpy chosen(m_panel.get(), &LessonPanel::optionChosen);
        QTest::mouseClick(choose, Qt::LeftButton, {}, choose->handsMore(0).center());
        QTest::keyClick(choose, Qt::Key_Minus); // of the one that is chosen: the last
        QTest::keyClick(choose, Qt::Key_1);
        QCOMPARE(counted.size(), 2);
        QCOMPARE(counted[0], (QVariantList {0, 5}));
        QCOMPARE(counted[1], (QVariantList {2, 11}));
        QCOMPARE(chosen.size(), 1);
    }
    void whatCannotBeMeasuredIsNoNumber()
    {
        for (const QString& text : {u"nan"_s, u"NaN"_s, u"inf"_s, u"-inf"_s, u"three"_s})
            QVERIFY2(!NumberField::isNumber(text), qPrintable(text));
        for (const QString& text : {u""_s, u"3"_s, u" 2.5 "_s, u"-1e3"_s})
            QVERIFY2(NumberField::isNumber(text), qPrintable(text));
    }

    void whatIsNoNumberDoesNotRun()
    {
        m_panel->setView(numberView(u"three"_s));
        QVERIFY(!button(u"Run and compare"_s)->isEnabled());
        m_panel->setView(numberView(u"2.5"_s));
        QVERIFY(button(u"Run and compare"_s)->isEnabled());
        QSignalSpy typed(m_panel.get(), &LessonPanel::numberTyped);
        QTest::keyClicks(m_panel->findChild<QLineEdit*>(), u"0"_s);
        QCOMPARE(typed[0][0].toString(), u"2.50"_s);
    }
    void enterInTheFieldRunsOnceAndStopsNothing()
    {
        m_panel->setView(numberView());
        auto* const field = m_panel->findChild<QLineEdit*>();
        field->setFocus();
        QSignalSpy asked(m_panel.get(), &LessonPanel::runAsked);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QTest::keyClick(field, Qt::Key_Enter, Qt::KeypadModifier);
        QCOMPARE(asked.size(), 2);
        QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(asked.size(), 3);
        LessonView running = numberView();
        running.running = true;
        m_panel->setView(running);
        QTest::keyClick(field, Qt::Key_Return);
        m_panel->setView(numberView(u"three"_s));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(asked.size(), 3);
    }
    // In the window the same keys go from print to print.
    void altAndArrowsAreTheRowsOwnKeys()
    {
        for (const int key : {Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End}) {
            QKeyEvent moves(QEvent::ShortcutOverride, key, Qt::AltModifier);
            moves.ignore();
            QCoreApplication::sendEvent(&order(), &moves);
            QVERIFY(moves.isAccepted());
        }
        QKeyEvent runs(QEvent::ShortcutOverride, Qt::Key_F5, Qt::NoModifier);
        runs.ignore();
        QCoreApplication::sendEvent(&order(), &runs);
        QVERIFY(!runs.isAccepted());
    }
    void aHintStandsBelowTheSentenceThatItIsFor()
    {
        LessonView view = checkedView();
        view.check->rows[1].state = CheckRowView::State::NotYet;
        view.check->hints = {{.text = u"of the second"_s, .row = 1}, {.text = u"of all"_s, .row = -1}};
        m_panel->setView(view);
        const QRect second = place(label(u"of the second"_s));
        QVERIFY(second.top() >= place(row(1)).bottom());
        QVERIFY(second.bottom() <= place(row(2)).top());
        QVERIFY(place(label(u"of all"_s)).top() >= place(row(2)).bottom());
        QCOMPARE(label(u"of all"_s)->font().pixelSize(), 11);
        m_panel->setCompact(true); // the first one is "1 right" now
        QVERIFY(place(label(u"of the second"_s)).bottom() <= place(row(2)).top());
        QVERIFY(place(label(u"of the second"_s)).top() >= place(row(1)).bottom());
    }
    void whatIsBeingCheckedIsSaidInOneWord()
    {
        const auto said = [](const QString& run) {
            return CheckSentence::of({.state = CheckRowView::State::Running, .sentence = run, .strong = {}}).text;
        };
        QCOMPARE(said({}), u"checking…"_s);
        QCOMPARE(said(u"with the argument Ada"_s), u"checking with the argument Ada…"_s);
    }
    void whatOneKnowsNowIsShownAndSaidOnce()
    {
        LessonView view = checkedView();
        m_panel->setView(view);
        QVERIFY(!label(u"You know it now."_s));
        QSignalSpy said(m_panel.get(), &LessonPanel::said);
        view.check->rows[2].state = CheckRowView::State::Right;
        view.check->learned = u"You know it now."_s;
        m_panel->setView(view);
        QVERIFY(label(u"You know it now."_s));
        QVERIFY(place(label(u"You know it now."_s)).top() >= place(row(2)).bottom());
        QCOMPARE(said.size(), 1);
        QVERIFY2(said[0][0].toString().endsWith(u"You know it now."_s), qPrintable(said[0][0].toString()));
        view.check->mayGoOn = true;
        m_panel->setView(view);
        QCOMPARE(said.size(), 1);
    }
    void aServiceAsksQuestions()
    {
        m_panel->setView(serviceView());
        QVERIFY(label(u"question 1 of 5"_s));
        QVERIFY(!label(u"screen 1 of 5"_s));
        m_panel->setView(predictView());
        QVERIFY(label(u"screen 2 of 3"_s));
    }
    void codeIsSetAsCode()
    {
        const auto heard = [this](const QString& words) {
            return std::ranges::any_of(m_panel->findChildren<QLabel*>(), [&](const QLabel* one) {
                return one->isVisible() && one->accessibleName() == words && one->textFormat() == Qt::RichText
                    && !one->text().contains(u'`') && one->text().contains(u"font-family"_s);
            });
        };
        LessonView view = serviceView();
        view.question = u"`a < b` throws. Why?"_s;
        std::get<ChooseGuessView>(view.guess).options = {u"`then` did"_s, u"a ` alone"_s};
        m_panel->setView(view);
        QVERIFY(heard(u"a < b throws. Why?"_s));
        auto* const choose = m_panel->findChild<ChooseRows*>();
        QVERIFY2(choose->spokenName(0).contains(u"then did"_s), qPrintable(choose->spokenName(0)));
        QVERIFY2(choose->spokenName(1).contains(u"a ` alone"_s), qPrintable(choose->spokenName(1)));
        view.question = u"<b>plain</b>"_s;
        view.guess = GuessResultView {.heading = u"Your answer"_s,
            .remark = {},
            .rows = {{.placed = false, .text = u"`then` did"_s, .verdict = u"right"_s, .right = true}},
            .because = u"`catch` is another."_s};
        m_panel->setView(view);
        QVERIFY(heard(u"catch is another."_s));
        QCOMPARE(label(u"<b>plain</b>"_s)->textFormat(), Qt::PlainText);
        LessonView check = checkedView();
        check.check->hints = {{.text = u"Call `then`."_s, .row = -1}};
        check.check->learned = u"You know `then`."_s;
        m_panel->setView(check);
        QVERIFY(heard(u"Hint 1: Call then."_s));
        QVERIFY(heard(u"You know then."_s));
    }
    void withoutAGuessNothingIsCounted()
    {
        LessonView view = predictView();
        GuessResultView order {.heading = u"The order"_s,
            .remark = u"run 1"_s,
            .rows = {{.place = u"1"_s, .text = u"open"_s, .verdict = {}}},
            .because = {},
            .guessed = false};
        view.guess = order;
        m_panel->setCompact(true);
        m_panel->setView(view);
        QVERIFY(label(u"run 1"_s));
        QVERIFY(!label(u"0 of 1"_s));
        order.guessed = true;
        view.guess = order;
        m_panel->setView(view);
        QVERIFY(label(u"0 of 1"_s));
    }
    void theAnswerCanBeShownAgain()
    {
        LessonView view = checkedView();
        view.check->hint = 3;
        view.check->answer = true;
        m_panel->setView(view);
        button(u"Hint 3 of 3"_s)->setFocus(Qt::TabFocusReason);
        QSignalSpy asked(m_panel.get(), &LessonPanel::hintAsked);
        view.check->hint = 0;
        m_panel->setView(view);
        CourseButton* const again = button(u"Show the answer"_s);
        QVERIFY(again && again->isEnabled());
        QVERIFY2(again->hasFocus(), "who took the hint is still there");
        QTest::keyClick(again, Qt::Key_Space);
        QCOMPARE(asked.size(), 1);
        view.check->answer = false;
        m_panel->setView(view);
        QVERIFY(!button(u"Hints are open"_s)->isEnabled());
    }
    void theActionsStayInSightWhileTheRestScrolls_data()
    {
        QTest::addColumn<double>("zoom");
        QTest::addColumn<int>("height");
        QTest::addRow("low") << 1.0 << 190;
        QTest::addRow("large type") << 1.5 << 260;
    }
    void theActionsStayInSightWhileTheRestScrolls()
    {
        QFETCH(double, zoom);
        QFETCH(int, height);
        m_panel->setTheme(Theme(Scheme::Light, zoom));
        m_panel->resize(qRound(416 * zoom), height);
        const auto isWhole = [this](const QString& words) {
            CourseButton* const it = button(words);
            return it && it->visibleRegion().boundingRect() == it->rect() && m_panel->rect().contains(place(it));
        };
        m_panel->setView(predictView());
        QVERIFY(m_panel->sizeHint().height() > height);
        QVERIFY(isWhole(u"Run and compare"_s));
        LessonView checked = checkedView();
        checked.check->hints = {{.text = u"A hint that is open. "_s.repeated(8), .row = 2}};
        m_panel->setView(checked);
        QVERIFY(m_panel->sizeHint().height() > height);
        for (const QString& words : {u"Hint 1 of 3"_s, u"Start over"_s, u"Next lesson"_s})
            QVERIFY2(isWhole(words), qPrintable(words));
        QVERIFY(m_panel->leastHeight() <= height);
    }
    void theResultIsSaidOnceAndTheKeyboardStaysInThePanel()
    {
        LessonView running = predictView();
        running.running = true;
        m_panel->setView(running);
        order().setFocus(Qt::TabFocusReason);
        QSignalSpy said(m_panel.get(), &LessonPanel::said);
        m_panel->setView(checkedView());
        QCOMPARE(said.size(), 1);
        QCOMPARE(said[0][0].toString(),
            u"Guess: 2 of 5 in place. Check: 2 right, 1 not yet: the waiter was blocked for 212 ms by readFileSync in "
            "line 7."_s);
        QVERIFY(QApplication::focusWidget());
        QVERIFY(m_panel->isAncestorOf(QApplication::focusWidget()));
        QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Why? Place 1: open, main script, right"_s);
        LessonView again = checkedView();
        again.check->rows[2].shown = false;
        m_panel->setView(again);
        QCOMPARE(said.size(), 1);
    }
    void whyAndShowMeAskForTheirRow()
    {
        m_panel->setView(checkedView());
        QSignalSpy why(m_panel.get(), &LessonPanel::whyAsked);
        QSignalSpy show(m_panel.get(), &LessonPanel::showMeAsked);
        for (CourseButton* const one : m_panel->findChildren<CourseButton*>()) {
            if (one->isVisible() && one->accessibleName().startsWith("Why? Place 2"_L1))
                QTest::keyClick(one, Qt::Key_Return);
            if (one->isVisible() && one->form() == CourseButton::Form::Pill) {
                QVERIFY(one->isChecked());
                one->click();
                QVERIFY(one->isChecked());
            }
        }
        QCOMPARE(why.size(), 1);
        QCOMPARE(why[0][0].toInt(), 2);
        QCOMPARE(show.size(), 1);
        QCOMPARE(show[0][0].toInt(), 2);
        QVERIFY(!button(u"Next lesson"_s)->isEnabled());
        QCOMPARE(button(u"Next lesson"_s)->toolTip(), u"One sentence is not right yet."_s);
    }
    void linksAreFollowedByKeysAndPicturesComeFromTheFolderOnly()
    {
        QTemporaryDir outside;
        QVERIFY(QDir(outside.path()).mkpath(u"lesson"_s));
        QImage image(8, 8, QImage::Format_RGB32);
        image.fill(Qt::red);
        QVERIFY(image.save(outside.filePath(u"secret.png"_s)));
        QVERIFY(image.save(outside.filePath(u"lesson/own.png"_s)));
        LessonView view = predictView();
        view.folder = outside.filePath(u"lesson"_s);
        view.markdown = u"See [it](moment:line%203). ![own](own.png) ![secret](../secret.png)"_s;
        m_panel->setView(view);
        auto* const text = m_panel->findChild<LessonText*>();
        const auto width = [&](const QString& name) {
            return text->loadResource(2, QUrl(name)).value<QImage>().width();
        };
        QCOMPARE(width(u"own.png"_s), 8);
        QCOMPARE(width(u"../secret.png"_s), 1);
        QCOMPARE(width(u"file://"_s + outside.filePath(u"secret.png"_s)), 1);
        QCOMPARE(width(outside.filePath(u"secret.png"_s)), 1);
        QVERIFY(text->toPlainText().contains(u"secret"_s)); // its words, in its place
        QSignalSpy followed(m_panel.get(), &LessonPanel::linkActivated);
        text->setFocus(Qt::TabFocusReason);
        if (!text->textCursor().hasSelection())
            QTest::keyClick(text, Qt::Key_Tab);
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(followed.size(), 1);
        QCOMPARE(followed[0][0].toString(), u"moment:line 3"_s);
    }
    void nothingOverlapsAtAnyZoomAndWidth_data()
    {
        QTest::addColumn<double>("zoom");
        QTest::addColumn<int>("width");
        for (const double zoom : {1.0, 1.5, 2.0}) {
            for (const int width : {320, 416, 600})
                QTest::addRow("%.1f %d", zoom, width) << zoom << width;
        }
    }
    void nothingOverlapsAtAnyZoomAndWidth()
    {
        QFETCH(double, zoom);
        QFETCH(int, width);
        m_panel->setTheme(Theme(Scheme::Light, zoom));
        for (const LessonView& view : {predictView(), chooseView(), numberView(u"three"_s), checkedView()}) {
            m_panel->setView(view);
            m_panel->resize(width, 900);
            const QList<QWidget*> all = m_panel->findChildren<QWidget*>();
            for (QWidget* const one : all) {
                if (!one->isVisible() || !one->parentWidget() || one->size().isEmpty())
                    continue;
                for (QWidget* const other : all) {
                    if (one < other && other->isVisible() && one->parentWidget() == other->parentWidget()
                        && !one->isWindow())
                        QVERIFY2(!one->geometry().intersects(other->geometry()),
                            qPrintable(u"%1 %2 | %3 %4"_s.arg(QLatin1String(one->metaObject()->className()),
                                one->accessibleName(), QLatin1String(other->metaObject()->className()),
                                other->accessibleName())));
                }
            }
        }
    }
    void everyTextReads_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addRow("light") << false;
        QTest::addRow("dark") << true;
    }
    void everyTextReads()
    {
        QFETCH(bool, dark);
        const Theme theme(dark ? Scheme::Dark : Scheme::Light);
        m_panel->setTheme(theme);
        LessonView right = checkedView();
        right.check->mayGoOn = true;
        for (const LessonView& view : {predictView(), chooseView(), numberView(u"three"_s), right}) {
            m_panel->setView(view);
            m_panel->resize(416, 500);
            MeasuringDevice device(m_panel->size());
            m_panel->render(&device);
            QVERIFY(device.texts().size() > 5);
            std::vector<MeasuredText> texts;
            for (const MeasuredText& text : device.texts()) {
                const QWidget* const widget = m_panel->childAt(text.rect.center().toPoint());
                if (!widget || widget->isEnabled())
                    texts.push_back(text);
            }
            const QStringList found = unreadable(texts, view.question);
            QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
        }
    }

private:
    [[nodiscard]] OrderRows& order() const { return *m_panel->findChild<OrderRows*>(); }
    [[nodiscard]] QWidget* row(int number) const
    {
        const QString sentence = m_panel->view().check->rows[number].sentence;
        for (CheckRow* const one : m_panel->findChildren<CheckRow*>()) {
            if (one->view().sentence == sentence)
                return one;
        }
        return nullptr;
    }
    // Whose words end so.
    [[nodiscard]] QLabel* label(const QString& words) const
    {
        for (QLabel* const one : m_panel->findChildren<QLabel*>()) {
            if (one->isVisible() && one->text().endsWith(words))
                return one;
        }
        return nullptr;
    }
    [[nodiscard]] QRect place(const QWidget* within) const
    {
        return {within->mapTo(m_panel.get(), QPoint(0, 0)), within->size()};
    }
    [[nodiscard]] CourseButton* button(const QString& words) const
    {
        for (CourseButton* const one : m_panel->findChildren<CourseButton*>()) {
            if (one->isVisible() && one->text() == words)
                return one;
        }
        return nullptr;
    }
    // As who owns the order does.
    void answerMoves()
    {
        connect(m_panel.get(), &LessonPanel::rowMoved, this, [this](int from, int to) {
            LessonView view = m_panel->view();
            std::get<OrderGuessView>(view.guess).rows.move(from, to);
            m_panel->setView(view);
        });
    }

    std::unique_ptr<LessonPanel> m_panel;
};

QTEST_MAIN(TestLessonPanel)
#include "tst_lessonpanel.moc"
