// One file as the window knows it: where it is, what was read from it, and whether the disk has something else by now.
// It is the file that a person opened or named: a link that stands in its place later is neither read nor written. The
// text that is being edited belongs to the editor. GUI thread; reads and writes a file of at most 64 MB at once.
#pragma once

#include "workspace/textfile.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

class QLockFile;

namespace bistro::app {

class Document final : public QObject {
    Q_OBJECT

public:
    // Untitled and empty.
    explicit Document(QObject* parent = nullptr);
    ~Document() override;

    // The error is a sentence; the document is as before then.
    [[nodiscard]] std::expected<void, QString> open(const QString& path);
    // The file that it was in another window, where() it was there.
    [[nodiscard]] std::expected<void, QString> openAgain(const QString& where);
    // Reads the file again, and forgets what it was.
    [[nodiscard]] std::expected<void, QString> reload() { return read(m_place, m_path); }

    enum class OverChanges : std::uint8_t { Refuse, Replace };
    struct Saved {
        QString notice; // a sentence when something is other than before, for instance the encoding
    };
    struct NotSaved {
        QString sentence;
        bool changedOnDisk = false; // refused because the file is not the one that was read: ask, then Replace
    };
    [[nodiscard]] std::expected<Saved, NotSaved> save(
        const QString& text, OverChanges overChanges = OverChanges::Refuse);
    [[nodiscard]] std::expected<Saved, NotSaved> saveAs(const QString& path, const QString& text);

    // Gives an untitled document the path that it will be saved to, without touching the disk.
    void setPath(const QString& path) { standAt(FilePlace::named(path), path); }
    void standAt(const FilePlace& place, const QString& path);
    [[nodiscard]] QString path() const { return m_path; } // empty: untitled
    // The path without links, as it was when a person opened or named it.
    [[nodiscard]] const QString& where() const { return m_place.path(); }
    // Why path() does not lead to where() any more, a sentence; empty: it does, or nothing is there.
    [[nodiscard]] QString whyElsewhere() const;
    [[nodiscard]] QString name() const; // for a tab
    [[nodiscard]] const TextFile& file() const { return m_file; }

    // Displaced: a link, a folder or a pipe has its place.
    enum class OnDisk : std::uint8_t { Same, Changed, Gone, Displaced };
    [[nodiscard]] OnDisk onDisk() const;
    // The learner wants to keep what is in the window: no more notices until the file changes again.
    void keepMine();
    // The process that has the same file open in another window, if there is one.
    [[nodiscard]] std::optional<qint64> openElsewhere() const { return m_elsewhere; }

signals:
    // The file is no longer what was read or written last. Comes once for each change.
    void changedOnDisk(bistro::app::Document::OnDisk what);

private:
    struct Stamp {
        FilePlace::Has what = FilePlace::Has::Nothing;
        quint64 device = 0;
        quint64 inode = 0;
        qint64 size = -1; // -1: no file
        qint64 modified = 0; // ns
        bool operator==(const Stamp&) const = default;
    };
    [[nodiscard]] static Stamp stampOf(const FilePlace& place);
    [[nodiscard]] std::expected<void, QString> read(const FilePlace& place, const QString& path);
    void watch();
    void look();
    void claim();

    QString m_path;
    FilePlace m_place;
    TextFile m_file;
    Stamp m_stamp;
    Stamp m_told; // what the learner was asked about
    QFileSystemWatcher m_watcher;
    QTimer m_settle; // an editor that saves in two steps is looked at once
    std::unique_ptr<QLockFile> m_claim;
    std::optional<qint64> m_elsewhere;
};

} // namespace bistro::app
