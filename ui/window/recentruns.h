// The menu of the runs that were recorded last: what ran, how it ended, for how long, when. GUI thread; the traces are
// read by another one, and remembered while their files stay as they are.
#pragma once

#include "session/runsummary.h"

#include <QDateTime>
#include <QHash>
#include <QObject>

class QAction;
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

    // "server.mjs: exit code 1 after 1.24 s, 12,345 steps"
    [[nodiscard]] static QString describe(const app::RunSummary& run);

signals:
    void chosen(const QString& file);

private:
    struct Known {
        qint64 size = 0;
        QDateTime modified;
        std::optional<app::RunSummary> run;
    };
    static void show(QAction& action, const std::optional<app::RunSummary>& run);

    QHash<QString, Known> m_known; // by path
};

} // namespace bistro::ui
