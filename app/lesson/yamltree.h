// YAML as lessons have it: maps, lists and text, with the line of everything. What files from anywhere could do harm
// with is refused: anchors and aliases, tags, deep nesting, too many values, a key twice. Any thread.
#pragma once

#include <QByteArray>
#include <QString>

#include <expected>
#include <vector>

namespace bistro::app {

struct YamlKey {
    QString name;
    int line = 0; // from 1

    bool operator==(const YamlKey&) const = default;
};

struct YamlNode {
    enum class Kind : std::uint8_t { Nothing, Text, List, Map };
    Kind kind {};
    bool quoted = false; // a text in quotes, or a block of text
    int line = 0; // from 1
    QString text;
    std::vector<YamlNode> items; // of a list; of a map: the values
    std::vector<YamlKey> keys; // of a map: as many as items

    [[nodiscard]] const YamlNode* find(const QString& key) const; // null if there is none
};

struct YamlFault {
    int line = 0;
    QString sentence;
};

inline constexpr int kDeepestYaml = 12;
inline constexpr int kMostYamlNodes = 20'000;
inline constexpr std::size_t kMostYamlKeys = 100; // of one map
inline constexpr qsizetype kMostYamlBytes = 256 << 10;

// One document. Lines are counted from `firstLine`. The first fault is told; there is no second one after it.
[[nodiscard]] std::expected<YamlNode, YamlFault> readYaml(const QByteArray& utf8, int firstLine = 1);

} // namespace bistro::app
