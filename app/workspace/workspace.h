// The folder that a program and its files live in. An untitled program has one too, below the data folder, so that it
// can run, read and require before it has a name. Qt Core; the GUI's thread.
#pragma once

#include <QDateTime>
#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <expected>

namespace bistro::app {

class Workspace final : public QObject {
    Q_OBJECT

public:
    explicit Workspace(QObject* parent = nullptr);

    // Shows this folder from now on. The error is a sentence; the workspace is as before then.
    [[nodiscard]] std::expected<void, QString> open(const QString& folder);
    // A new, empty folder of its own. Its name says when it was made.
    [[nodiscard]] std::expected<void, QString> openUntitled(const QString& title = {});

    [[nodiscard]] QString folder() const { return m_folder; }
    [[nodiscard]] QString name() const;
    [[nodiscard]] bool isUntitled() const;
    [[nodiscard]] static bool isUntitled(const QString& path);
    // What openUntitled() has called such a folder, read back.
    struct UntitledName {
        QString title; // empty: it had none
        QDateTime time; // at which it was made; null for a folder that has another name
    };
    [[nodiscard]] static UntitledName untitledName(const QString& folder);

    // Files below the folder by their relative names, sorted, folders of packages and hidden ones left out; at most
    // kMostFiles.
    [[nodiscard]] QStringList files() const;
    static constexpr int kMostFiles = 2'000;

    // Removes folders of untitled programs that nobody has touched for that many days. For an idle moment.
    static void removeOldUntitled(int days = 30);

signals:
    void filesChanged();

private:
    void watch();

    QString m_folder;
    QFileSystemWatcher m_watcher;
    QTimer m_settle;
};

} // namespace bistro::app
