// Which value is meant: a variable, or what one comes to from it by properties. The same in each call, run and log; a
// LineSlot says it of one call. Values; GUI thread, as the lines.
#pragma once

#include "state/lines.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace bistro::ui {

struct ValuePath {
    struct Step {
        trace::PropertyKind type = trace::PropertyKind::Data;
        std::string name;

        bool operator==(const Step&) const = default;
    };

    std::string variable;
    std::vector<Step> steps;
    QString text; // as people read it: "bill.total", "names[1]", "prices.get('tea')"

    [[nodiscard]] bool sameAs(const ValuePath& other) const
    {
        return variable == other.variable && steps == other.steps;
    }
    bool operator==(const ValuePath&) const = default;
};

// Of a name and properties as they are typed, "bill.total" or "names[1]"; nothing when it is no such thing.
[[nodiscard]] std::optional<ValuePath> typedPath(const QString& text);

// Its text goes on so by a property; `key`: of a Map's entry, the key as it is shown.
[[nodiscard]] QString pathOn(
    const QString& path, trace::PropertyKind type, std::string_view name, const QString& key = {});

struct FoundValue {
    app::LineSlot slot;
    app::LineValue value;
};
// What it is in this call at the place; nothing when the call has no such variable, or what it holds no such property.
[[nodiscard]] std::optional<FoundValue> valueOf(
    const app::Lines& lines, trace::CallId call, app::Index place, const ValuePath& path);
// The same from one of the call's variables on.
[[nodiscard]] std::optional<FoundValue> valueFrom(
    const app::Lines& lines, const FoundValue& variable, app::Index place, const ValuePath& path);

} // namespace bistro::ui
