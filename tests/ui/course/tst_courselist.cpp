// The course list: its rows, keys, and what a screen reader hears.
#include "course/courselist.h"
#include "course/courserows.h"
#include "lessonviews.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace bistro;
using namespace bistro::test;
using namespace bistro::ui;

class TestCourseList : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_list = std::make_unique<CourseList>();
        m_list->resize(CourseList::kWidth, 868);
        m_list->setView(courseView(true));
        m_list->show();
        m_list->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_list.get()));
        rows().setFocus(Qt::TabFocusReason);
    }
    void cleanup() { m_list.reset(); }

    void theWholeCourseFitsTheWindow() { QCOMPARE(m_list->sizeHint(), QSize(152, 868)); }
    void arrowsSkipPartsAndEnterChooses()
    {
        QSignalSpy chosen(m_list.get(), &CourseList::chosen);
        QTest::keyClick(&rows(), Qt::Key_Down); // from 4, which is here
        QTest::keyClick(&rows(), Qt::Key_Down); // the service
        QTest::keyClick(&rows(), Qt::Key_Return);
        QTest::keyClick(&rows(), Qt::Key_Down); // over the next part
        QTest::keyClick(&rows(), Qt::Key_Return);
        QTest::keyClick(&rows(), Qt::Key_Home);
        QTest::keyClick(&rows(), Qt::Key_Return);
        QTest::keyClick(&rows(), Qt::Key_End);
        QTest::keyClick(&rows(), Qt::Key_Return);
        QCOMPARE(chosen.size(), 4);
        QCOMPARE(chosen[0][0].toString(), u"service-5"_s);
        QCOMPARE(chosen[1][0].toString(), u"lesson-6"_s);
        QCOMPARE(chosen[2][0].toString(), u"lesson-1"_s);
        QCOMPARE(chosen[3][0].toString(), u"service-24"_s);
    }
    void lettersGoToTheLessonThatBeginsWithThem()
    {
        QSignalSpy chosen(m_list.get(), &CourseList::chosen);
        QTest::keyClicks(&rows(), u"str"_s);
        QTest::keyClick(&rows(), Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toString(), u"lesson-24"_s);
    }
    void aClickChoosesALessonAndNotAPart()
    {
        QSignalSpy chosen(m_list.get(), &CourseList::chosen);
        QTest::mouseClick(&rows(), Qt::LeftButton, {}, rows().spokenRect(0).center());
        QCOMPARE(chosen.size(), 0);
        QTest::mouseClick(&rows(), Qt::LeftButton, {}, rows().spokenRect(20).center());
        QCOMPARE(chosen.size(), 1);
    }
    void aRowIsHeardWithItsNumberAndState()
    {
        QAccessible::setActive(true);
        QAccessibleInterface* const list = QAccessible::queryAccessibleInterface(&rows());
        QCOMPARE(list->child(4)->text(QAccessible::Name), u"Lesson 4 of 24, What blocks him, here."_s);
        QCOMPARE(list->child(1)->text(QAccessible::Name), u"Lesson 1 of 24, No browser, done."_s);
        QCOMPARE(list->child(0)->role(), QAccessible::Heading);
    }
    void theKeyboardStaysAtItsLessonWhenAnotherOneIsDone()
    {
        QTest::keyClick(&rows(), Qt::Key_End);
        const int at = rows().current();
        CourseView view = courseView(true);
        view.rows[6].state = CourseRow::State::Done;
        view.done = 4;
        m_list->setView(view);
        QCOMPARE(rows().current(), at);
    }

private:
    [[nodiscard]] CourseRows& rows() const { return *m_list->findChild<CourseRows*>(); }

    std::unique_ptr<CourseList> m_list;
};

QTEST_MAIN(TestCourseList)
#include "tst_courselist.moc"
