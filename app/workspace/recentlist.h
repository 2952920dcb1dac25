// The files or folders that were opened last, newest first, shared by all windows. A value on disk: each call reads it,
// for another window may have written. The GUI's thread.
#pragma once

#include <QString>
#include <QStringList>

namespace bistro::app {

class RecentList final {
public:
    explicit RecentList(QString file);

    // Those that are still there.
    [[nodiscard]] QStringList paths() const;
    void add(const QString& path);
    void clear();

    static constexpr qsizetype kMost = 20;

private:
    [[nodiscard]] QStringList read() const;
    void write(const QStringList& paths) const;

    QString m_file;
};

} // namespace bistro::app
