#include "console/sequence.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

// ESC ] … BEL or ESC \: a title, or a link, whose text follows.
Sequence command(QByteArrayView bytes)
{
    constexpr qsizetype longest = 2'048;
    for (qsizetype i = 2; i < std::min(bytes.size(), longest); ++i) {
        const bool ends = bytes[i] == '\x1b' && i + 1 < bytes.size() && bytes[i + 1] == '\\';
        if (bytes[i] != '\a' && !ends)
            continue;
        if (!bytes.sliced(2).startsWith("8;"))
            return {};
        return {.act = Sequence::Act::Nothing, .length = i + (ends ? 2 : 1), .amount = 0, .codes = {}, .sign = {}};
    }
    return {};
}

void say(Sequence& sequence, char last, bool isPrivate)
{
    using enum Sequence::Act;
    const int first = sequence.codes.first();
    const int count = std::max(first, 1);
    const auto is = [&](Sequence::Act act, int amount) {
        sequence.act = act;
        sequence.amount = amount;
    };
    const auto sign = [&](QChar what) {
        sequence.act = Sign;
        sequence.sign = count > 1 ? QString(what) + QString::number(count) : QString(what);
    };
    if (isPrivate) { // the cursor is shown or hidden, or the like
        if (last == 'h' || last == 'l')
            sequence.act = Nothing;
        return;
    }
    switch (last) {
    case 'm': sequence.act = Color; break;
    case 'C': is(Forward, count); break;
    case 'D': is(Back, count); break;
    case 'G':
    case '`': is(ToColumn, count - 1); break;
    case 'K': is(Erase, first); break;
    case 'P': is(Delete, count); break;
    case 'X': is(Blank, count); break;
    case 'J': // below the cursor nothing has been printed yet
        if (first < 2)
            is(Erase, first);
        else
            sequence.act = Sign, sequence.sign = u"␌"_s;
        break;
    case 'A':
    case 'F': sign(u'↑'); break;
    case 'B':
    case 'E': sign(u'↓'); break;
    case 'H':
    case 'f': sequence.act = Sign, sequence.sign = u"↖"_s; break;
    case 's':
    case 'u':
    case 'r': sequence.act = Nothing; break;
    default: break;
    }
}

} // namespace

Sequence sequenceAt(QByteArrayView bytes)
{
    constexpr qsizetype longest = 64;
    if (bytes.size() < 2)
        return {};
    if (bytes[1] == '7' || bytes[1] == '8') // the cursor's place is kept
        return {.act = Sequence::Act::Nothing, .length = 2, .amount = 0, .codes = {}, .sign = {}};
    if (bytes[1] == ']')
        return command(bytes);
    if (bytes[1] != '[')
        return {};
    Sequence sequence {.act = Sequence::Act::Unknown, .length = 0, .amount = 0, .codes = {0}, .sign = {}};
    bool isPrivate = false;
    for (qsizetype i = 2; i < std::min(bytes.size(), longest); ++i) {
        const char c = bytes[i];
        if (c >= '0' && c <= '9') {
            sequence.codes.last() = std::min(sequence.codes.last() * 10 + (c - '0'), 9999);
        } else if (c == ';' || c == ':') {
            sequence.codes.append(0);
        } else if (c == '?' && i == 2) {
            isPrivate = true;
        } else {
            sequence.length = i + 1;
            say(sequence, c, isPrivate);
            return sequence;
        }
    }
    return {};
}

} // namespace bistro::ui
