// The values of a map in a lesson's file, by the table of its keys: what is unknown, missing, of a wrong type or out of
// range becomes a fault, and the reading goes on. Any thread.
#pragma once

#include "lesson/faultlist.h"
#include "lesson/formatwords.h"
#include "lesson/nearest.h"
#include "lesson/vocabulary.h"
#include "lesson/yamltree.h"

#include <chrono>
#include <optional>

namespace bistro::app {

inline constexpr qsizetype kMostFieldLetters = 4000;

class LessonFields final {
public:
    // `node`, `keys` and `faults` outlive it. With a word of its own in the map (an expectation's), that is left alone.
    LessonFields(const YamlNode& node, const FormatKeys& keys, FaultList& faults, const QString& ownWord = {});

    [[nodiscard]] bool isMap() const { return m_node.kind == YamlNode::Kind::Map; }
    [[nodiscard]] bool has(const char* key) const { return find(key) != nullptr; }
    [[nodiscard]] const YamlNode* find(const char* key) const; // null if there is none
    [[nodiscard]] int lineOf(const char* key) const; // else that of the map
    [[nodiscard]] int line() const { return m_node.line; }

    // Each gives something empty when the key is missing, or wrong, which it tells.
    [[nodiscard]] QString text(const char* key, qsizetype most = kMostFieldLetters) const;
    [[nodiscard]] QStringList texts(const char* key, qsizetype least = 0, qsizetype most = 100) const;
    [[nodiscard]] std::optional<int> whole(const char* key, int least, int most) const;
    [[nodiscard]] std::optional<double> number(const char* key) const;
    [[nodiscard]] std::optional<double> part(const char* key) const; // "30 %" is 0.3
    [[nodiscard]] std::optional<std::chrono::nanoseconds> duration(
        const char* key, std::chrono::nanoseconds most) const; // "5 ms"
    [[nodiscard]] qint64 size(const char* key, qint64 most) const; // "65 MB", in bytes
    [[nodiscard]] bool yes(const char* key) const;
    [[nodiscard]] MomentLink moment(const char* key) const;

    void fault(const char* key, const QString& sentence) const { m_faults.add(lineOf(key), sentence); }

private:
    const YamlNode& m_node;
    const FormatKeys& m_keys;
    FaultList& m_faults;
};

// The texts of a list; one text alone is a list of one.
[[nodiscard]] QStringList textsOf(const YamlNode& node, const QString& name, FaultList& faults);
// A file of a later version: what to say of it, and nothing else.
[[nodiscard]] std::optional<YamlFault> newerFormat(const YamlNode& node);
[[nodiscard]] QString utf16(std::string_view text);

} // namespace bistro::app
