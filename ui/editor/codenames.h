// What the names in a document stand for and which calls of its lines place an order, as the text is now. Reads the
// beginning of the text again when that has changed, a line when it is asked for. GUI thread.
#pragma once

#include "editor/blockdata.h"
#include "editor/names.h"

class QTextDocument;

namespace bistro::ui {

class Highlighter;

class CodeNames final {
public:
    CodeNames(QTextDocument* document, const Highlighter* highlighter)
        : m_document(document)
        , m_highlighter(highlighter)
    {
    }

    [[nodiscard]] const Names& names();
    // Kept with the line; none in what is no program.
    [[nodiscard]] const QList<ScheduledCall>& callsOf(const QTextBlock& block);

private:
    void refresh();

    QTextDocument* m_document;
    const Highlighter* m_highlighter;
    Names m_names;
    int m_revision = -1; // of the document, that the names were read from
    int m_version = 0; // of the names
};

} // namespace bistro::ui
