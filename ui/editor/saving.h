// Writes pages to the disk, and answers when the disk has changed below one. Asks above the code or in a dialog that
// nothing waits for. GUI thread.
#pragma once

#include "editor/desk.h"
#include "workspace/document.h"

#include <QObject>

namespace bistro::ui {

class EditorPage;

class Saving final : public QObject {
    Q_OBJECT

public:
    explicit Saving(const Desk& desk)
        : m_desk(desk)
    {
    }

    [[nodiscard]] const Desk& desk() const { return m_desk; }

    // Where it is. False, with a notice, when it could not be or was changed on the disk meanwhile.
    bool save(EditorPage& page, app::Document::OverChanges overChanges = app::Document::OverChanges::Refuse);
    bool saveTo(EditorPage& page, const QString& path);
    // All that have a place.
    void saveAll();
    // Where it is, or where one answers for an untitled one. What is to read only has to be asked for by askPath().
    void saveOrAsk(EditorPage& page);
    void askPath(EditorPage& page);
    // Takes what is on the disk; undo brings back what was there.
    void reload(EditorPage& page);
    void changedOnDisk(EditorPage& page, app::Document::OnDisk what);
    // No copy is kept of it any more.
    void forgetCopy(const EditorPage& page) const;

signals:
    void saved(bistro::ui::EditorPage* page); // where it was
    void savedTo(bistro::ui::EditorPage* page); // under another name
    void placeRefused(); // the dialog was closed without an answer
    void fileChangedOnDisk(const QString& path);
    void lost(bistro::ui::EditorPage* page); // its file is gone: what stands here is the only one
    void closeRequested(bistro::ui::EditorPage* page); // with its changes

private:
    void displaced(EditorPage& page);
    void takeAlong(EditorPage& page, const QString& before);

    Desk m_desk;
};

} // namespace bistro::ui
