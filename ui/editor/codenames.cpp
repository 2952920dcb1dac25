#include "editor/codenames.h"

#include "editor/highlighter.h"

#include <QTextDocument>

namespace bistro::ui {
namespace {

constexpr int kMostRead = 200'000; // letters from the beginning that are read for imported names

} // namespace

const Names& CodeNames::names()
{
    refresh();
    return m_names;
}

void CodeNames::refresh()
{
    if (m_revision == m_document->revision())
        return;
    m_revision = m_document->revision();
    QString head;
    for (QTextBlock block = m_document->begin(); block.isValid() && head.size() < kMostRead; block = block.next()) {
        if (block.length() <= Highlighter::kLongestLine)
            head += block.text() + u'\n';
    }
    Names names = importedNames(head);
    if (names == m_names)
        return;
    m_names = std::move(names);
    ++m_version;
}

const QList<ScheduledCall>& CodeNames::callsOf(const QTextBlock& block)
{
    refresh();
    BlockData& known = BlockData::make(block);
    if (known.callsRevision == block.revision() && known.callsNames == m_version && known.highlighted)
        return known.calls;
    known.calls.clear();
    if (m_highlighter->isProgram() && block.length() <= Highlighter::kLongestLine) {
        known.calls = scheduledCalls(
            block.text(), m_names, [&block](int column) { return Highlighter::isCode(block, column); });
    }
    known.callsRevision = block.revision();
    known.callsNames = m_version;
    return known.calls;
}

} // namespace bistro::ui
