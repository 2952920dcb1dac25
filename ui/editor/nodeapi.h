// What the Node that programs run on has: modules and their members, globals and theirs. Made when Bistro was built, by
// asking that Node (resources/completion/generate.mjs). Values, read once; any thread after the first call.
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

namespace bistro::ui {

enum class ApiKind : std::uint8_t { Value, Function, Class };

struct NodeApi {
    using Members = QMap<QString, ApiKind>;
    struct Global {
        ApiKind kind = ApiKind::Value;
        Members members;
    };
    QString version; // "v20.19.2"
    QMap<QString, Members> modules; // "fs", "fs/promises"
    QMap<QString, Global> globals;
    Members values; // of arrays, strings, promises, maps, emitters

    // By a name as it is required: "node:fs" or "fs". Null when there is no such module.
    [[nodiscard]] const Members* module(QStringView name) const;

    [[nodiscard]] static const NodeApi& get();
};

} // namespace bistro::ui
