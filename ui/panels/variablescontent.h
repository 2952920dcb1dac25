// What the Variables panel shows: the pinned variables, and those of one call in groups, with the objects that are
// open.
//
// A value made from the lines of a run and a place: tested without a widget, drawn by a thin one.
#pragma once

#include "moment/moment.h"
#include "panels/frameshown.h"
#include "panels/pinnedvalue.h"
#include "panels/scriptoutlines.h"
#include "panels/valuewords.h"

#include <QHash>
#include <QString>

#include <optional>
#include <vector>

namespace bistro::ui {

// What has been asked for, by paths: it holds for the next call as well.
struct VariablesAsked {
    trace::CallId call; // chosen in the call stack; 0: the innermost
    QHash<QString, bool> open; // by key; what is not here is as it is by itself
    QHash<QString, int> pages; // of how many hundreds more properties are shown, by key
    QString chosen; // key of the row whose history is shown
    std::vector<PinnedValue> pinned;
    bool compact = false; // what is around the function is closed by itself
};

struct VariableRow {
    enum class Kind : std::uint8_t { Group, Value, More, Note };
    Kind kind = Kind::Value;
    QString key; // no two have the same
    int depth = 0; // of groups 0
    QString name;
    ShownValue value;
    QString before; // what it held before; empty: that is not known
    QString aside; // at the right: "changed", "table, 1", "same object as order"
    bool changed = false;
    bool opens = false;
    bool open = false;
    bool pinned = false;
    std::optional<app::LineSlot> slot; // whose history there is
    trace::ObjectId object; // that it holds
    trace::CallId call; // that it is a variable of
    ValuePath path;
    QString spoken; // what a screen reader says of it

    bool operator==(const VariableRow&) const = default;
};

struct VariablesContent {
    QString when; // "after line 10"
    QString note; // a sentence in the place of rows; below the pinned ones
    std::vector<VariableRow> rows;

    bool operator==(const VariablesContent&) const = default;
};

// So many properties of an object are shown, and again so many each time that one asks for more.
inline constexpr std::size_t kPropertiesShown = 100;

// The moment has lines.
[[nodiscard]] VariablesContent variablesContent(
    const Moment& moment, const ScriptOutlines& outlines, const VariablesAsked& asked);

} // namespace bistro::ui
