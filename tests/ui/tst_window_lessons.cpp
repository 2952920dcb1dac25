// The course in the window, with Bistro's own lessons and the real engine: begun, guessed, changed, checked.
#include "course/coursebutton.h"
#include "course/courselist.h"
#include "course/lessonpanel.h"
#include "course/orderrows.h"
#include "guess/momentplace.h"
#include "learning/copies.h"
#include "lesson/lessonreader.h"
#include "panels/beforecard.h"
#include "panels/narrationbar.h"
#include "panels/ordercard.h"
#include "window/greeting.h"
#include "window/lessondesk.h"
#include "windowdriver.h"
#include "workspace/examples.h"

#include <QPushButton>
#include <QTabBar>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestWindowLessons : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init()
    {
        m_greets = true;
        openWindow();
    }
    void cleanup() { closeWindow(); }

    void theFirstStartGreetsAndLeavesTheEditorUsable()
    {
        QVERIFY(desk().place().isVisible() && desk().place().isGreeting());
        QVERIFY2(m_window->editor().editor(), "one can type at once");
        QTest::keyClicks(m_window->editor().editor(), u"console.log('mine')"_s);
        click(u"run"_s);
        QVERIFY(ended());
        QVERIFY(lines().contains(u"mine"_s));
        QVERIFY(!desk().place().isVisible());
    }

    void theGreetingBeginsTheCourseAndGoesOnAtTheVeryScreen()
    {
        QTest::mouseClick(desk().place().greeting().courseButton(), Qt::LeftButton);
        QVERIFY(lesson());
        QCOMPARE(lesson()->id, app::course().lessons.first().id);
        QVERIFY(desk().panel().isVisible() && desk().list().isVisible());
        QVERIFY2(m_window->editor().currentPath().startsWith(desk().book().copy()), "the learner's own copy");
        emit desk().panel().screenAsked(1);
        QCOMPARE(desk().panel().view().screen, 1);
        openAgain();
        QVERIFY(lesson());
        QCOMPARE(lesson()->id, app::course().lessons.first().id);
        QCOMPARE(desk().panel().view().screen, 1);
    }

    void theMenuHasEachLessonAndExamplesNameTheirs()
    {
        for (const app::Lesson& each : app::course().lessons) {
            auto* const entry = m_window->menuBar()->findChild<QAction*>(each.id);
            QVERIFY2(entry || actionOf(each.id), qPrintable(each.id));
        }
        for (const app::Example& example : app::examples())
            QVERIFY2(app::course().lesson(example.lesson), qPrintable(example.slug + u": "_s + example.lesson));
    }

    void aGuessIsHeldAgainstTheLessonsOwnProgramAndAnsweredWhy()
    {
        const int screen = openOrderQuestion();
        QVERIFY(screen >= 0);
        write(u"console.log('edited')\n"_s);
        emit desk().panel().rowMoved(0, 1);
        QVERIFY(std::get<OrderGuessView>(desk().panel().view().guess).touched);
        emit desk().panel().runAsked();
        QVERIFY(QTest::qWaitFor([&] { return result() != nullptr; }, kLong));
        QVERIFY2(!lines().contains(u"edited"_s), "not the edited one");
        QVERIFY(desk().book().here().guessed.contains(screen));
        QVERIFY(!desk().book().here().guessed.value(screen));
        const auto wrong = std::ranges::find_if(
            result()->rows, [](const ResultRowView& row) { return !row.right && row.why; });
        QVERIFY(wrong != result()->rows.end());
        const int asked = wrong->row;

        // Another run; Why? still shows the first one.
        m_window->editor().open(desk().book().mainFile());
        press(Qt::Key_F5);
        QVERIFY(ended());
        QVERIFY(lines().contains(u"edited"_s));
        QVERIFY2(m_window->statusText().startsWith(u"run 2 of this lesson"_s), qPrintable(m_window->statusText()));
        emit desk().panel().screenAsked(screen);
        emit desk().panel().whyAsked(asked);
        QVERIFY(QTest::qWaitFor([&] { return m_window->statusText().startsWith(u"run 1 of this lesson"_s); }, kLong));
        QVERIFY(QTest::qWaitFor([&] { return m_window->beforeCard().isVisible(); }, kLong));
    }

    void theUnchangedProgramIsNotRightYetAndShowMeLeadsToTheMoment()
    {
        QVERIFY(openBlocking());
        toLastScreen();
        press(Qt::Key_F5);
        QVERIFY(checked());
        const CheckView& check = *desk().panel().view().check;
        const auto blocked = std::ranges::find_if(check.rows, [](const CheckRowView& row) {
            return row.state == CheckRowView::State::NotYet && row.show && row.sentence.contains(u"blocked"_s);
        });
        QVERIFY(blocked != check.rows.end());
        QVERIFY(!check.mayGoOn);
        const auto number = static_cast<int>(blocked - check.rows.begin());
        emit desk().panel().showMeAsked(number);
        QVERIFY(desk().panel().view().check->rows[number].shown);
        QVERIFY2(QTest::qWaitFor([&] { return m_window->toolBar().badgesAsText().contains(u"blocked"_s); }, kLong),
            qPrintable(m_window->toolBar().badgesAsText()));
        QVERIFY2(m_window->statusText().contains(u"just before step"_s), qPrintable(m_window->statusText()));
        press(Qt::Key_F8);
        QVERIFY(!desk().panel().view().check->rows[number].shown);
    }

    // Shorter than what the settings call blocked, longer than the lesson asks for.
    void whatTheCheckCallsBlockedIsShownSo()
    {
        Settings settings = m_window->settings();
        settings.blockedAfter = 600'000; // also on a slow machine
        m_window->setSettings(settings);
        QVERIFY(openBlocking());
        toLastScreen();
        write(u"setTimeout(() => console.log('coffee'), 20);\nconst begin = performance.now();\n"
              "while (performance.now() - begin < 90);\nconsole.log('open');\n"_s);
        press(Qt::Key_F5);
        QVERIFY(checked());
        const auto& rows = desk().panel().view().check->rows;
        const auto blocked = std::ranges::find_if(
            rows, [](const CheckRowView& row) { return row.blocked && row.show; });
        QVERIFY(blocked != rows.end());
        emit desk().panel().showMeAsked(static_cast<int>(blocked - rows.begin()));
        const auto alarm = [&] { return m_window->toolBar().badgesAsText().contains(u"blocked"_s); };
        QVERIFY2(QTest::qWaitFor(alarm, kLong), qPrintable(m_window->toolBar().badgesAsText()));
        desk().close();
        QVERIFY2(QTest::qWaitFor([&] { return !alarm(); }, kLong), "as the settings say");
    }

    void theAnswerIsRightAndOpensTheNextLesson()
    {
        QVERIFY(openBlocking());
        toLastScreen();
        write(answerText());
        press(Qt::Key_F5);
        QVERIFY(checked());
        for (const CheckRowView& row : desk().panel().view().check->rows)
            QVERIFY2(row.state == CheckRowView::State::Right, qPrintable(row.sentence));
        QVERIFY(desk().panel().view().check->mayGoOn);
        QVERIFY(desk().book().here().done);
        QCOMPARE(desk().panel().view().check->learned, lesson()->learned);
        const QString before = lesson()->id;
        emit desk().panel().goOnAsked();
        QVERIFY(lesson() && lesson()->id != before);
        QVERIFY2(!session().log(), "what ran before belongs to another lesson");
        openAgain();
        QVERIFY(desk().book().progress().lesson(before).done);
    }

    void hintsComeInThreeSteps()
    {
        QVERIFY(openBlocking());
        toLastScreen();
        for (int hint = 1; hint <= 3; ++hint) {
            QCOMPARE(desk().panel().view().check->hint, hint);
            press(Qt::Key_H, Qt::ControlModifier | Qt::AltModifier);
            QCOMPARE(desk().panel().view().check->hints.size(), hint);
            QCOMPARE(desk().panel().view().check->hints.last().row, -1); // nothing has run yet
        }
        QVERIFY2(m_window->editor().isCurrentReadOnly(), "the answer, to be read");
        QCOMPARE(m_window->editor().currentText(), answerText());
        press(Qt::Key_F5); // the learner's own runs, whatever is read
        QVERIFY(checked());
        QVERIFY(m_window->editor().currentPath().startsWith(desk().book().copy()));
        // The answer stays beside it; closed, it is shown again.
        emit desk().panel().hintAsked();
        QCOMPARE(m_window->editor().tabBar().count(), 2);
        QCOMPARE(m_window->editor().currentText(), answerText());
        m_window->editor().closeTab();
        QCOMPARE(m_window->editor().tabBar().count(), 1);
        emit desk().panel().hintAsked();
        QCOMPARE(m_window->editor().currentText(), answerText());
        QVERIFY(desk().panel().view().check->answer);
        QVERIFY(desk().open(u"06-around-the-ring"_s));
        QVERIFY2(!m_window->editor().isCurrentReadOnly() && m_window->editor().tabBar().count() == 1,
            "it went with its lesson");
    }

    void whoTakesHintsByKeyStaysAtTheirButton()
    {
        QVERIFY(openBlocking());
        toLastScreen();
        CourseButton* taken = nullptr;
        for (CourseButton* const each : desk().panel().findChildren<CourseButton*>()) {
            if (each->isVisible() && each->text() == u"Hint 1 of 3"_s)
                taken = each;
        }
        QVERIFY(taken);
        taken->setFocus(Qt::TabFocusReason);
        for (int hint = 1; hint <= 3; ++hint) {
            QTest::keyClick(taken, Qt::Key_Space);
            QCOMPARE(desk().panel().view().check->hints.size(), hint);
            QVERIFY2(taken->hasFocus(), qPrintable(QString::number(hint)));
        }
        QCOMPARE(m_window->editor().currentText(), answerText());
        QCOMPARE(taken->text(), u"Show the answer"_s);
    }

    void hintsStayInTheOrderInWhichTheyWereTaken()
    {
        QVERIFY(openBlocking());
        toLastScreen();
        emit desk().panel().hintAsked(); // nothing has run: it is for none of the sentences
        press(Qt::Key_F5);
        QVERIFY(checked());
        const int open = firstNotRight();
        QVERIFY(open >= 0);
        emit desk().panel().hintAsked();
        write(answerText());
        press(Qt::Key_F5);
        QVERIFY(checked());
        QCOMPARE(firstNotRight(), -1);
        const auto& hints = desk().panel().view().check->hints;
        QCOMPARE(hints.size(), 2);
        QCOMPARE(hints[0].row, open); // not below all, where the second one would be above it
        QCOMPARE(hints[1].row, open);
    }

    void whyAnotherOneWasNextNamesBoth()
    {
        QVERIFY(desk().open(u"06-around-the-ring"_s));
        int screen = -1;
        for (int i = 0; i < lesson()->screens.size(); ++i) {
            const auto& question = lesson()->screens[i].question;
            if (question && std::holds_alternative<app::PredictNext>(question->what))
                screen = i;
        }
        QVERIFY(screen >= 0);
        emit desk().panel().screenAsked(screen);
        emit desk().panel().runAsked();
        QVERIFY(ended());
        const auto water = app::orderTitled(*session().log(), u"water"_s);
        QVERIFY(water);
        QVERIFY(QTest::qWaitFor([&] { return !m_window->stage().rectOf(water).isEmpty(); }, kLong));
        QTest::mouseClick(stagePane(), Qt::LeftButton, {}, m_window->stage().rectOf(water).center().toPoint());
        QVERIFY(QTest::qWaitFor([&] { return result() != nullptr; }, kLong));
        QVERIFY(!result()->rows.first().right);
        emit desk().panel().whyAsked(0);
        QVERIFY(QTest::qWaitFor([&] { return m_window->beforeCard().isVisible(); }, kLong));
        QVERIFY2(m_window->beforeCard().asText().startsWith(u"Why “menu” before “water”"_s),
            qPrintable(m_window->beforeCard().asText()));
    }

    void aHintStaysBelowTheSentenceForWhichItWasOpened()
    {
        QVERIFY(openBlocking());
        toLastScreen();
        press(Qt::Key_F5);
        QVERIFY(checked());
        const int open = firstNotRight();
        QVERIFY(open >= 0);
        press(Qt::Key_H, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(desk().panel().view().check->hints.first().row, open);
        write(answerText());
        press(Qt::Key_F5);
        QVERIFY(checked());
        QCOMPARE(firstNotRight(), -1);
        QCOMPARE(desk().panel().view().check->hints.first().row, open);
    }

    void aProgramOfOnesOwnHasNoLessonAboveIt()
    {
        QVERIFY(openBlocking());
        toLastScreen();
        press(Qt::Key_F5);
        QVERIFY(checked());
        const CheckView check = *desk().panel().view().check;
        m_window->editor().openExample(app::examples().first());
        QVERIFY(!desk().place().isVisible());
        QVERIFY(desk().askedFor().isEmpty());
        press(Qt::Key_F5);
        QVERIFY(ended());
        QVERIFY(!desk().place().isVisible());
        QVERIFY(desk().runs().nameOfShown().isEmpty());
        QVERIFY(desk().open(lesson()->id)); // by the list
        QVERIFY(desk().place().isVisible());
        QCOMPARE(m_window->editor().currentPath(), desk().book().mainFile());
        QCOMPARE(*desk().panel().view().check, check);
        m_window->editor().newUntitled();
        QVERIFY(!desk().place().isVisible());
        m_window->editor().open(desk().book().mainFile()); // by its tab
        QVERIFY(desk().place().isVisible());
    }

    void linesThatDifferFromTheLessonsProgramHaveABar()
    {
        QVERIFY(openBlocking());
        CodeEditor* const editor = m_window->editor().editor();
        QVERIFY(editor->marks().changed.isEmpty());
        editor->goTo(3);
        QTest::keyClicks(editor, u"x"_s);
        QCOMPARE(editor->marks().changed, QList<int> {3});
        openAgain();
        QVERIFY(openBlocking());
        QCOMPARE(m_window->editor().editor()->marks().changed, QList<int> {3});
    }

    void whatHelpsIsFoldedOnlyWhereTheLessonAsksForIt()
    {
        QVERIFY(openBlocking());
        toLastScreen();
        press(Qt::Key_F5);
        QVERIFY(checked());
        const auto& rows = desk().panel().view().check->rows;
        const auto blocked = std::ranges::find_if(
            rows, [](const CheckRowView& row) { return row.blocked && row.show; });
        QVERIFY(blocked != rows.end());
        emit desk().panel().showMeAsked(static_cast<int>(blocked - rows.begin()));
        const QString folded = u"The lesson asks you for this"_s;
        QVERIFY(QTest::qWaitFor([&] { return m_window->card().asText().contains(folded); }, kLong));
        write(u"throw new Error('soup')\n"_s);
        press(Qt::Key_F5);
        QVERIFY(checked());
        QVERIFY(
            QTest::qWaitFor([&] { return m_window->card().asText().contains(u"Catch it where it happens"_s); }, kLong));
        QVERIFY2(!m_window->card().asText().contains(folded), qPrintable(m_window->card().asText()));
    }

    void altAndArrowsMoveARowThoughTheyGoFromPrintToPrintElsewhere()
    {
        const int screen = openOrderQuestion();
        emit desk().panel().screenAsked(static_cast<int>(lesson() -> screens.size()) - 1);
        press(Qt::Key_F5);
        QVERIFY(ended());
        emit desk().panel().screenAsked(screen);
        QVERIFY2(m_window->action(u"previous-print"_s)->isEnabled(), "a run is there to go back in");
        auto* const rows = desk().panel().findChild<OrderRows*>();
        QVERIFY(rows && rows->isVisible());
        m_window->activateWindow();
        rows->setFocus(Qt::TabFocusReason);
        const int first = rows->rows().first().row;
        QTest::keyClick(m_window->windowHandle(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(rows->rows().at(1).row, first);
    }

    void aFloodThatIsStoppedIsCheckedAndDoesNotGoOnInWords()
    {
        QVERIFY(openBlocking());
        toLastScreen();
        write(u"for (;;) console.log('soup for everybody, '.repeat(1000));\n"_s);
        press(Qt::Key_F5);
        const auto saysItRuns = [&] {
            return desk().panel().view().check->rows.value(0).sentence.contains(u"still runs"_s);
        };
        QVERIFY(QTest::qWaitFor(saysItRuns, kLong));
        press(Qt::Key_F5, Qt::ShiftModifier);
        QVERIFY(QTest::qWaitFor([&] { return !session().isRunning(); }, kLong));
        QVERIFY(!saysItRuns());
        QVERIFY(checked());
        QVERIFY2(desk().panel().view().check->rows.first().sentence.contains(u"prints without end"_s),
            qPrintable(desk().panel().view().check->rows.first().sentence));
    }

    void aServerWhoseRequestsAreAnsweredIsClosedByTheLesson()
    {
        QTemporaryDir folder;
        const QString server = folder.filePath(u"01-server"_s);
        put(server + u"/lesson.md"_s,
            "---\nformat: 1\ntitle: Server\nshort: Server\nsentence: A server of mine.\nlearned: What I say.\n"
            "minutes: 1\nmain: a.js\nneeds: [requests]\n---\nHello.\n");
        put(server + u"/start/a.js"_s,
            "require('node:http').createServer((request, response) => response.end('soup')).listen(0);\n");
        put(server + u"/check.yaml"_s,
            "format: 1\ntask: Does it answer?\nrun: {send: [{count: 3, gap: 2 ms, path: /}], stop-afterwards: true}\n"
            "expect:\n  - answers: {status: 200, contains: soup}\n    right: it answers.\n"
            "    not-yet: it does not answer.\nhints:\n  - Look at line 1.\n  - Answer.\n");
        put(server + u"/answer/a.js"_s, "console.log('b')\n");
        QVERIFY2(desk().openFolder(folder.path()), qPrintable(m_window->notice()));
        press(Qt::Key_F5);
        QVERIFY(checked());
        QCOMPARE(firstNotRight(), -1);
        QCOMPARE(session().stoppedBy(), app::Session::StoppedBy::Lesson);
        QCOMPARE(session().ending(), u"Every request has its answer, so the lesson closed the server."_s);
        // Its guests had left before: nobody is cut off.
        const app::TraceLog& log = *session().log();
        QVERIFY(log.head().end);
        QVERIFY(log.stateAt(log.head().end->at).connections.empty());
        QVERIFY(
            QTest::qWaitFor([&] { return m_window->narration().asText().contains(u"The lesson closes"_s); }, kLong));
        QVERIFY2(
            !m_window->console().view().remark().contains(u"You"_s), qPrintable(m_window->console().view().remark()));
    }

    void startingOverAsksOnceAndKeepsTheOldOne()
    {
        QVERIFY(openBlocking());
        toLastScreen();
        const QString before = m_window->editor().currentText();
        write(u"console.log('mine')\n"_s);
        emit desk().panel().startOverAsked();
        QVERIFY(desk().place().question().isVisible());
        QVERIFY2(desk().place().question().geometry().bottom() >= desk().place().panel().geometry().bottom(),
            "where its button is, not over the heading");
        auto* const yes = desk().place().question().findChildren<QPushButton*>().value(0);
        QVERIFY(yes);
        QTest::mouseClick(yes, Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return m_window->editor().currentText() == before; }, kLong));
        QFile kept(desk().book().copy() + u" (2)/"_s + lesson()->mainFile);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), "console.log('mine')\n");
        QVERIFY2(m_window->notice().isEmpty(), "nothing lies over the code");
        QVERIFY(!desk().place().question().isVisible());
        emit desk().panel().startOverAsked();
        QVERIFY2(!desk().place().question().isVisible(), "it is the lesson's program: there is nothing to lose");
        QVERIFY(!QFileInfo::exists(desk().book().copy() + u" (3)"_s));
    }

    void aProgramThatDoesNotEndCrashesOrHasASyntaxErrorGetsASentence()
    {
        QVERIFY(openBlocking());
        toLastScreen();
        for (const QString& code : {u"throw new Error('soup')\n"_s, u"const = 1\n"_s}) {
            m_window->editor().open(desk().book().mainFile());
            write(code);
            press(Qt::Key_F5);
            QVERIFY(checked());
            const CheckRowView& first = desk().panel().view().check->rows.first();
            QVERIFY2(first.state != CheckRowView::State::Right && !first.sentence.isEmpty(), qPrintable(code));
        }
        m_window->editor().open(desk().book().mainFile());
        write(u"setInterval(() => {}, 1000)\n"_s);
        press(Qt::Key_F5);
        QVERIFY(QTest::qWaitFor(
            [&] { return desk().panel().view().check->rows.value(0).sentence.contains(u"still runs"_s); }, kLong));
        QVERIFY(session().isRunning());
        press(Qt::Key_F5, Qt::ShiftModifier);
        QVERIFY(checked());
        QVERIFY(!desk().panel().view().check->rows.first().sentence.isEmpty());
    }

    void theListIsShownAndHiddenByKeyAndGivesTheStageItsCompactWidth()
    {
        QVERIFY(openBlocking());
        QVERIFY(desk().list().isVisible());
        QCOMPARE(desk().list().width(), CourseList::kWidth);
        // Compact columns, normal rows: no band is left above and below the drawing.
        QTRY_COMPARE(m_window->stage().picture().stageSize, StageSize::Narrow);
        press(Qt::Key_7, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!desk().list().isVisible());
        QTRY_COMPARE(m_window->stage().picture().stageSize, StageSize::Normal);
        press(Qt::Key_7, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(desk().list().isVisible());
        emit desk().list().closeAsked();
        QVERIFY(!desk().list().isVisible());
        m_window->resize(1280, 720);
        press(Qt::Key_7, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(QTest::qWaitFor([&] { return desk().list().isVisible(); }, kLong));
    }

    void aTeachersFolderOpensAndRunsNothing()
    {
        QTemporaryDir folder;
        const QString lesson = folder.filePath(u"01-mine"_s);
        put(lesson + u"/lesson.md"_s,
            "---\nformat: 1\ntitle: Mine\nshort: Mine\nsentence: A lesson of mine.\nlearned: What I say.\nminutes: 1\n"
            "main: a.js\n---\nHello.\n");
        put(lesson + u"/start/a.js"_s, "console.log('a')\n");
        put(lesson + u"/check.yaml"_s,
            "format: 1\ntask: Does it print b?\nexpect:\n  - output: {contains: b}\n    right: it prints b.\n"
            "    not-yet: it does not print b.\nhints:\n  - Look at line 1.\n  - Print b.\n");
        put(lesson + u"/answer/a.js"_s, "console.log('b')\n");
        QVERIFY2(desk().openFolder(folder.path()), qPrintable(m_window->notice()));
        QCOMPARE(desk().panel().view().title, u"Mine"_s);
        QVERIFY(!session().isRunning());
        QVERIFY(!session().log());
    }

    void aServiceIsAnsweredAndWhatIsMissedComesBack()
    {
        QVERIFY(desk().open(serviceId(app::course().parts.first())));
        QCOMPARE(desk().panel().view().screens, 5);
        const auto* const options = std::get_if<ChooseGuessView>(&desk().panel().view().guess);
        QVERIFY(options && options->options.size() >= 2);
        const auto read = app::readService(app::course(), app::course().parts.first());
        QVERIFY(read);
        const int right = std::get<app::PredictChoose>(read->first().question.what).answer;
        emit desk().panel().optionChosen(right == 0 ? 1 : 0);
        emit desk().panel().runAsked();
        QVERIFY(std::get_if<GuessResultView>(&desk().panel().view().guess));
        const QString id = read->first().id;
        QCOMPARE(desk().book().progress().due(QDate::currentDate().addDays(1)), QStringList {id});
        QVERIFY(desk().book().progress().due(QDate::currentDate()).isEmpty());
    }

    void aServiceEndsWithAResultAndSaysLaterWhatWasAnswered()
    {
        const app::CoursePart& part = app::course().parts.first();
        const QString service = serviceId(part);
        const auto questions = app::readService(app::course(), part);
        QVERIFY(questions && questions->size() == 5);
        QVERIFY(desk().open(service));
        for (int i = 0; i < 5; ++i) {
            const int right = std::get<app::PredictChoose>((*questions)[i].question.what).answer;
            QCOMPARE(desk().panel().view().screen, i);
            emit desk().panel().optionChosen(i == 2 ? (right + 1) % 2 : right);
            emit desk().panel().runAsked();
            QCOMPARE(desk().panel().view().run, i < 4 ? u"Next question"_s : u"See the result"_s);
            emit desk().panel().runAsked();
        }
        const auto shown = [&] {
            const LessonView& view = desk().panel().view();
            return view.question == u"4 of 5 right. One comes back tomorrow."_s && result()
                && result()->rows.size() == 5 && !result()->rows[2].right && result()->rows[4].right;
        };
        QVERIFY2(shown(), qPrintable(desk().panel().view().question));
        QCOMPARE(desk().panel().view().run, u"Next lesson"_s);
        const auto state = [&] {
            const auto& rows = desk().list().view().rows;
            return std::ranges::find(rows, service, &CourseRow::id)->state;
        };
        QCOMPARE(state(), CourseRow::State::Here);
        emit desk().panel().runAsked();
        QVERIFY(lesson());
        QCOMPARE(lesson()->id, app::course().parts[1].lessons.first()); // those before it were not done, but it goes on
        QCOMPARE(state(), CourseRow::State::Done);
        QVERIFY(desk().open(service));
        QVERIFY2(shown(), "opened again");
        emit desk().panel().screenAsked(2);
        QVERIFY(result());
        QCOMPARE(result()->remark, u"It comes back tomorrow."_s);
        openAgain();
        QVERIFY2(shown(), "in another window");
    }

    void aServiceAsksOnAnEmptyStage()
    {
        QVERIFY(openBlocking());
        toLastScreen();
        press(Qt::Key_F5);
        QVERIFY(checked());
        QVERIFY(session().log());
        QVERIFY(desk().open(serviceId(app::course().parts.first())));
        QVERIFY2(!session().log(), "what ran before is none of its questions");
        QVERIFY(desk().panel().view().service);
        QVERIFY(QTest::qWaitFor([&] { return m_window->stage().picture().mood == Mood::Empty; }, kLong));
        QVERIFY(
            m_window->toolBar().badgesAsText().isEmpty() || !m_window->toolBar().badgesAsText().contains(u"blocked"_s));
    }

    void linksLeadToMomentsWordsAndVariants()
    {
        QVERIFY(openBlocking());
        emit desk().panel().linkActivated(u"moment:line 1"_s);
        QVERIFY2(m_window->notice().contains(u"first"_s), qPrintable(m_window->notice()));
        emit desk().panel().linkActivated(u"run:pool=2"_s);
        QVERIFY(ended());
        QVERIFY2(m_window->statusText().contains(u"2 cooks"_s), qPrintable(m_window->statusText()));
        emit desk().panel().linkActivated(u"moment:line 1"_s);
        QVERIFY(QTest::qWaitFor([&] { return !session().playhead().isLive(); }, kLong));
        emit desk().panel().linkActivated(u"scene:loop"_s);
        QCOMPARE(m_window->settings().skin, Skin::Loop);
        emit desk().panel().linkActivated(u"scene:waiter-per-table"_s);
        QVERIFY(m_window->action(u"houses"_s)->isChecked());
        emit desk().panel().linkActivated(u"https://example.org/"_s);
        QVERIFY2(m_window->notice().contains(u"https://example.org/"_s), qPrintable(m_window->notice()));
    }

private:
    // Over what is there, as somebody who types.
    void write(const QString& text)
    {
        m_window->editor().editor()->selectAll();
        m_window->editor().editor()->insertPlainText(text);
    }

    [[nodiscard]] LessonDesk& desk() { return m_window->lessons(); }
    [[nodiscard]] const app::Lesson* lesson() { return desk().book().lesson(); }
    [[nodiscard]] const GuessResultView* result() { return std::get_if<GuessResultView>(&desk().panel().view().guess); }
    [[nodiscard]] bool openBlocking() { return desk().open(u"04-what-blocks-the-waiter"_s); }
    void toLastScreen() { emit desk().panel().screenAsked(static_cast<int>(lesson() -> screens.size()) - 1); }
    // A row of the check; -1: all are right.
    [[nodiscard]] int firstNotRight()
    {
        const auto& rows = desk().panel().view().check->rows;
        const auto found = std::ranges::find_if(
            rows, [](const CheckRowView& row) { return row.state != CheckRowView::State::Right; });
        return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
    }
    [[nodiscard]] bool checked()
    {
        return QTest::qWaitFor(
            [&] {
                const auto& check = desk().panel().view().check;
                return check && !session().isRunning() && !check->rows.isEmpty()
                    && std::ranges::none_of(check->rows, [](const CheckRowView& row) {
                           return row.state == CheckRowView::State::Running || row.sentence.contains(u"still runs"_s);
                       });
            },
            kLong);
    }
    [[nodiscard]] QString answerText()
    {
        QFile file(lesson()->answers.first() + u'/' + lesson()->mainFile);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    // The first lesson with lines to put in order, at that screen; -1: there is none.
    [[nodiscard]] int openOrderQuestion()
    {
        for (const app::Lesson& each : app::course().lessons) {
            for (int screen = 0; screen < each.screens.size(); ++screen) {
                const auto& question = each.screens[screen].question;
                if (!question || !std::holds_alternative<app::PredictOrder>(question->what))
                    continue;
                if (!desk().open(each.id))
                    return -1;
                emit desk().panel().screenAsked(screen);
                return screen;
            }
        }
        return -1;
    }
    [[nodiscard]] QAction* actionOf(const QString& name)
    {
        for (QMenu* const menu : m_window->findChildren<QMenu*>()) {
            for (QAction* const action : menu->actions()) {
                if (action->objectName() == name)
                    return action;
            }
        }
        return nullptr;
    }
    static void put(const QString& path, const QByteArray& bytes)
    {
        QDir().mkpath(QFileInfo(path).absolutePath());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
};

QTEST_MAIN(TestWindowLessons)
#include "tst_window_lessons.moc"
