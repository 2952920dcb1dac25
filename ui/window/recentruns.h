// The menu of the runs that were recorded last: what ran, how it ended, for how long, when. GUI thread; the traces are
// read by another one, and remembered while their files stay as they are.
#pragma once

#include "session/runsummary.h"

#include <QAction>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>

class QMenu;

namespace bistro::ui {

class RecentRuns final : public QObject {
    Q_OBJECT

public:
    explicit RecentRuns(QObject* parent = nullptr)
        : QObject(parent)
    {
    }

    // The runs that are there now. What is not known of them yet stands there as soon as it is, also while the menu is
    // shown.
    void fill(QMenu& menu);

    // "server.mjs: exit code 1 after 1.24 s, 12,345 steps". The program is called `name`, else by its file's name.
    [[nodiscard]] static QString describe(const app::RunSummary& run, const QString& name = {});

signals:
    void chosen(const QString& file);

private:
    struct Known {
        qint64 size = 0;
        QDateTime modified;
        std::optional<app::RunSummary> run;
    };
    void show();

    // What the menu has, from its top.
    struct Entry {
        QPointer<QAction> action;
        std::optional<app::RunSummary> run; // none as yet: its file's name is all that is known
    };
    QList<Entry> m_shown;
    QHash<QString, Known> m_known; // by path
};

} // namespace bistro::ui
