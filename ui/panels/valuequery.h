// "When was it so?": a condition that values are asked for: = 45, > 100, undefined, 'soup', or a word that is in them.
// A value; any thread.
#pragma once

#include "state/lines.h"

#include <QString>

#include <expected>
#include <optional>

namespace bistro::ui {

class ValueQuery final {
public:
    // As it is typed; nothing when that is empty. The error is a sentence.
    [[nodiscard]] static std::expected<std::optional<ValueQuery>, QString> parsed(const QString& typed);

    // `shown`: as it is written in panels.
    [[nodiscard]] bool holds(const app::LineValue& value, const QString& shown) const;

    bool operator==(const ValueQuery&) const = default;

private:
    enum class Test : std::uint8_t { Has, Is, IsNot, Less, AtMost, More, AtLeast };

    Test m_test = Test::Has;
    QString m_wanted; // a text without its quotes, or the value as Node prints it
    bool m_isText = false; // it stood in quotes
    std::optional<double> m_number;
};

} // namespace bistro::ui
