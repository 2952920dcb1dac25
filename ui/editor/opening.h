// Opens files, folders, examples, sources of traces and recovered copies, each in a page of its own. Asks in dialogs
// that nothing waits for. GUI thread.
#pragma once

#include "editor/desk.h"
#include "workspace/examples.h"
#include "workspace/recovery.h"

#include <QObject>

#include <memory>

namespace bistro::app {
class Document;
}

namespace bistro::ui {

class EditorPage;
class RunMarks;
class Saving;

class Opening final : public QObject {
    Q_OBJECT

public:
    Opening(const Desk& desk, const RunMarks& run, Saving& saving)
        : m_desk(desk)
        , m_run(run)
        , m_saving(saving)
    {
    }

    // As EditorTabs has them.
    bool open(const QString& path);
    void openSource(const QString& path, const QString& text, bool whole);
    void openText(const QString& name, const QString& text, const QString& notice);
    void openExample(const app::Example& example);
    void newUntitled();
    void newUntitledUntilUsed(); // it goes when something else is opened before one types
    void newFile(const QString& program); // beside it, or like it
    void askForFiles();
    void askForFolder();
    // The copies that windows have left.
    void recover();

signals:
    void folderOpened(); // its program comes next, if it has one

private:
    bool openFolder(const QString& path);
    EditorPage& add(std::unique_ptr<app::Document> document);
    void fill(EditorPage& page);
    void start(const QString& path);
    void recover(const app::Recovery::Copy& copy);
    void leaveUntouched(const EditorPage& now);
    [[nodiscard]] bool isKnown(const QString& path) const;

    Desk m_desk;
    EditorPage* m_untouched = nullptr; // maybe gone: looked for among the pages
    const RunMarks& m_run;
    Saving& m_saving;
};

} // namespace bistro::ui
