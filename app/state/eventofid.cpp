#include "state/eventofid.h"

namespace bistro::app {
namespace {

// Ids count up from 1, one for each thing made, and Node makes some that are not recorded: a table that holds four for
// each event and some more to start with holds all that an engine records.
constexpr std::uint64_t kIdsPerEvent = 4;
constexpr std::uint64_t kFirstIds = 4'096;

} // namespace

void EventOfId::set(std::uint32_t id, Index value, Index events)
{
    if (id == 0)
        return;
    if (id >= m_table.size()) {
        if (id >= kFirstIds + kIdsPerEvent * events) {
            m_others.at(id) = value;
            return;
        }
        m_table.resize(std::size_t {id} + 1, kNoEvent);
    }
    m_table[id] = value;
}

Index EventOfId::find(std::uint32_t id) const
{
    if (id < m_table.size() && m_table[id] != kNoEvent)
        return m_table[id];
    const Index* const other = m_others.find(id);
    return other ? *other : kNoEvent;
}

} // namespace bistro::app
