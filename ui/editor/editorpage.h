// One open file, or a text that came with a trace: its document, the editor in which it stands, and what is said about
// it above the code. Shown and counted by Pages. GUI thread.
#pragma once

#include "editor/codeeditor.h"
#include "editor/noticebar.h"
#include "theme/theme.h"
#include "workspace/document.h"
#include "workspace/recovery.h"
#include "workspace/runnable.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

class QStackedWidget;

namespace bistro::ui {

// What is known of a source that a trace has.
struct RecordedSource {
    bool whole = true; // else it was cut when it was recorded
    bool mayBeRead = true; // the file at its path, to say whether it is still the same
};

class EditorPage final : public QObject {
    Q_OBJECT

public:
    // The stack owns the widgets, which outlive the page a little; connections that end with it have it as context.
    EditorPage(std::unique_ptr<app::Document> document, QStackedWidget* stack, QObject* parent);
    ~EditorPage() override;

    [[nodiscard]] QWidget& widget() const { return *m_widget; }
    [[nodiscard]] NoticeBar& notice() const { return *m_notice; }
    [[nodiscard]] CodeEditor& editor() const { return *m_editor; }
    [[nodiscard]] app::Document& document() const { return *m_document; }
    // Which copy of it Recovery keeps.
    [[nodiscard]] const QString& recoveryId() const { return m_recoveryId; }
    void setRecoveryId(const QString& id) { m_recoveryId = id; }

    [[nodiscard]] QString path() const;
    [[nodiscard]] QString name() const;
    // What its tab says: the name, and its folder where another tab has the same name.
    [[nodiscard]] QString title() const { return m_title.isEmpty() ? name() : m_title; }
    void setTitle(const QString& title) { m_title = title; }
    // Of a file: as a trace names it when links lead there. Empty for a source.
    [[nodiscard]] const QString& canonical() const { return m_document->where(); }
    [[nodiscard]] bool isSource() const { return !m_source.isEmpty(); } // came with a trace, is there to read
    [[nodiscard]] bool isGiven() const { return m_given; } // to read, by who opened it: no trace takes it away
    [[nodiscard]] bool isModified() const;
    // As it is on the screen; a source is to read.
    [[nodiscard]] app::Runnable runnable() const;
    // Why it can't run although it is code; else empty.
    [[nodiscard]] QString whyNotRunnable() const;
    [[nodiscard]] bool isUntitled() const; // ours to keep until it has a place
    [[nodiscard]] bool isAt(const QString& path) const { return this->path() == path || canonical() == path; }

    void setTheme(const Theme& theme); // does nothing when it looks like that
    // The file's text, and what there is to say about it.
    void fill(const app::TextFile& file);
    // A text to read, which a trace calls by this path. `open` is what stands in the window of the file that it came
    // from, `show` brings that to the front.
    void becomeSource(const QString& path, const QString& text, const RecordedSource& recorded,
        const std::optional<QString>& open, const std::function<void()>& show);
    // A text to read that is no file's and no recording's.
    void becomeText(const QString& title, const QString& text, const QString& notice);
    // After it was saved elsewhere: under that name, and if it was a source, a file that can be changed.
    void becomeFile();

private:
    void learnPlace();
    void learnLanguage();
    void tellWhatIsUnusual();
    void tellWhatBecameOf(
        const RecordedSource& recorded, const std::optional<QString>& open, const std::function<void()>& show);

    QWidget* m_widget; // owns the two below
    NoticeBar* m_notice;
    CodeEditor* m_editor;
    std::unique_ptr<app::Document> m_document;
    QString m_recoveryId = app::Recovery::newId();
    bool m_given = false;
    QString m_source; // path of a text that came with a trace; empty for a file
    QString m_title; // empty: its name
    QStringList m_unusual; // what there is to say about the file
    QString m_told; // of that, last
    std::optional<Theme> m_look; // what editor and notice wear: behind other tabs it may be an earlier one
};

} // namespace bistro::ui
