// What the tests of the whole window share: a window with folders of its own, and hands to use it with. The engine is
// the real one.
#pragma once

#include "console/consolepanel.h"
#include "editor/editortabs.h"
#include "stage/stageview.h"
#include "window/mainwindow.h"
#include "window/toolbar.h"

#include <QAccessible>
#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

namespace bistro::ui {

class WindowDriver {
protected:
    static constexpr int kLong = 60'000; // milliseconds; only a hang takes so long

    // In new folders: nothing is known of earlier windows.
    void openWindow(const QSize& size = {1440, 900})
    {
        m_folder = std::make_unique<QTemporaryDir>();
        useFolders(m_folder->path());
        openAgain(size);
    }
    // In the folders of the one before.
    void openAgain(const QSize& size = {1440, 900})
    {
        m_window.reset();
        m_window = std::make_unique<MainWindow>(
            MainWindow::Programs {.engine = BISTRO_ENGINE, .command = QString::fromUtf8(BISTRO_COMMAND)});
        m_window->resize(size);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        if (auto* const own = m_window->findChild<QPushButton*>(QStringLiteral("greeting-own"));
            own && own->isVisible() && !m_greets)
            QTest::mouseClick(own, Qt::LeftButton);
        QCoreApplication::processEvents(); // what is laid out has its place
    }
    static void useFolders(const QString& folder)
    {
        qputenv("XDG_STATE_HOME", QFile::encodeName(folder + QStringLiteral("/state")));
        qputenv("XDG_CONFIG_HOME", QFile::encodeName(folder + QStringLiteral("/config")));
        qputenv("XDG_DATA_HOME", QFile::encodeName(folder + QStringLiteral("/data")));
    }
    void closeWindow() { m_window.reset(); }

    [[nodiscard]] app::Session& session() { return m_window->session(); }
    // Recorded or not: the program is over, and all that it did and printed is shown.
    [[nodiscard]] bool ended()
    {
        return QTest::qWaitFor(
            [&] {
                return session().state() >= app::Session::State::Finished
                    && (!session().log() || session().log()->caughtUp()) && !m_window->console().model().isBusy();
            },
            kLong);
    }
    [[nodiscard]] bool printed(const QString& line)
    {
        return QTest::qWaitFor([&] { return lines().contains(line); }, kLong);
    }
    // As a program of its own, which does not run yet.
    void write(const QString& code)
    {
        m_window->action(QStringLiteral("new"))->trigger();
        m_window->editor().editor()->setText(code);
    }
    // Runs it by a click on Run.
    [[nodiscard]] bool start(const QString& code)
    {
        write(code);
        click(QStringLiteral("run"));
        return session().isRunning();
    }
    [[nodiscard]] bool run(const QString& code) { return start(code) && ended(); }
    [[nodiscard]] QStringList lines()
    {
        QStringList lines;
        for (int row = 0; row < m_window->console().model().rowCount(); ++row)
            lines.append(m_window->console().model().textOf(row).plain());
        return lines;
    }
    // On the button of the bar that shows the action.
    void click(const QString& name)
    {
        auto* const button = m_window->toolBar().findChild<QToolButton*>(name);
        QVERIFY2(button && button->isVisible() && button->isEnabled(), qPrintable(name));
        QTest::mouseClick(button, Qt::LeftButton);
    }
    // A key of the menus, wherever the focus is.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(m_window.get(), key, modifiers); }
    // What the menu of the recent runs says, once all of them are read.
    [[nodiscard]] QStringList recentRuns()
    {
        for (QMenu* const menu : m_window->menuBar()->findChildren<QMenu*>()) {
            if (menu->title() != QStringLiteral("Recent R&uns"))
                continue;
            QStringList texts;
            const auto described = [&] {
                texts.clear();
                for (const QAction* const run : menu->actions())
                    texts += run->text();
                return !texts.isEmpty() && texts.filter(QStringLiteral("\t")).size() == texts.size();
            };
            emit menu->aboutToShow();
            (void)QTest::qWaitFor(described, kLong);
            return texts;
        }
        return {};
    }
    // What takes the pointer's events for the stage.
    [[nodiscard]] QWidget* stagePane()
    {
        QWidget* const under = m_window->stage().childAt(m_window->stage().rect().center());
        return under ? under : &m_window->stage();
    }
    // By what a screen reader calls it.
    template <typename Widget>
    [[nodiscard]] static Widget* named(const QWidget* within, const QString& name)
    {
        const auto all = within->findChildren<Widget*>();
        for (Widget* const one : all) {
            if (nameOf(one) == name)
                return one;
        }
        return nullptr;
    }
    [[nodiscard]] static QString nameOf(QWidget* widget)
    {
        // A screen reader goes by the label beside it; for some widgets (a combo box) that is all there is.
        const auto labels = widget->window()->findChildren<QLabel*>();
        for (const QLabel* const label : labels) {
            if (label->buddy() == widget)
                return QString(label->text()).remove(u'&');
        }
        QAccessibleInterface* const face = QAccessible::queryAccessibleInterface(widget);
        return face ? face->text(QAccessible::Name) : QString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
    bool m_greets = false; // else whoever uses the window has said that they write a program
};

} // namespace bistro::ui
