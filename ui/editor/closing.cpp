#include "editor/closing.h"

#include "editor/pages.h"
#include "editor/saving.h"
#include "workspace/recovery.h"

using namespace Qt::StringLiterals;

namespace bistro::ui {

Closing::Closing(const Desk& desk, Saving& saving)
    : m_desk(desk)
    , m_saving(saving)
{
    // A question that is answered by nothing closes nothing.
    connect(&saving, &Saving::placeRefused, this, [this] { m_closing = false; });
    connect(&saving, &Saving::closeRequested, this, [this](EditorPage* page) { close(*page, true); });
}

void Closing::close(EditorPage& page, bool evenUnsaved)
{
    if (page.isModified() && !evenUnsaved && !page.editor().text().isEmpty()) {
        m_desk.pages.show(page);
        page.notice().tell(tr("You have not saved %1.").arg(page.document().name()),
            {{tr("Save"),
                 [this, &page] {
                     if (page.isUntitled())
                         m_saving.askPath(page);
                     else if (m_saving.save(page))
                         close(page);
                 }},
                {tr("Discard the changes"), [this, &page] { close(page, true); }},
                {tr("Keep editing"), [&page] { page.editor().setFocus(); }}});
        return;
    }
    m_saving.forgetCopy(page);
    m_desk.pages.remove(page);
}

bool Closing::ask()
{
    QStringList names;
    EditorPage* first = nullptr;
    for (EditorPage* const page : m_desk.pages.all()) {
        if (!page->isModified() || (page->isUntitled() && page->editor().text().isEmpty()))
            continue;
        names += page->name();
        if (!first)
            first = page;
    }
    if (m_mayClose || !first)
        return true;
    if (!m_desk.pages.current()->isModified())
        m_desk.pages.show(*first);
    EditorPage* const page = m_desk.pages.current();
    const QString sentence = names.size() == 1 ? tr("You have not saved %1.").arg(names.front())
                                               : tr("You have not saved these: %1.").arg(names.join(u", "_s));
    page->notice().tell(sentence,
        {{tr("Save and close"),
             [this] {
                 m_saving.saveAll();
                 m_closing = true; // not before: what is not saved now needs a place, or could not be
                 goOn();
             }},
            {tr("Keep for next time"), [this] { closeAllUnsaved(true); }},
            {tr("Discard the changes"), [this] { closeAllUnsaved(false); }},
            {tr("Keep editing"), [page] { page->editor().setFocus(); }}});
    return false;
}

void Closing::goOn()
{
    if (!m_closing)
        return;
    m_closing = false;
    for (EditorPage* const page : m_desk.pages.all()) {
        if (!page->isModified())
            continue;
        m_desk.pages.show(*page);
        if (page->isUntitled()) {
            m_saving.askPath(*page);
            m_closing = true;
        }
        return;
    }
    emit allowed();
}

void Closing::closeAllUnsaved(bool keep)
{
    for (const EditorPage* const page : m_desk.pages.all()) {
        if (!keep && page->isModified())
            m_saving.forgetCopy(*page);
    }
    flush();
    m_mayClose = true;
    emit allowed();
}

void Closing::flush() const
{
    if (m_desk.recovery)
        m_desk.recovery->flush();
}

} // namespace bistro::ui
