// With what a file is indented: as its lines are, as an .editorconfig asks for, or as somebody chose. Free functions on
// plain values; any thread, but for what reads files.
#pragma once

#include <QString>

#include <optional>

namespace bistro::ui {

struct Indentation {
    bool tabs = false;
    int width = 2; // letters, of one step and of a tab; spaces as Node's own sources have them

    [[nodiscard]] QString unit() const { return tabs ? QString(u'\t') : QString(width, u' '); }
    // Of some space at a line's beginning.
    [[nodiscard]] int columnsOf(QStringView space) const;
    // Space up to a column.
    [[nodiscard]] QString spaceTo(int columns) const;

    bool operator==(const Indentation&) const = default;
};

// By the lines that begin further right than the one before. Nothing where they do not agree, or where there are none.
// A tab has the width of `fallback`.
[[nodiscard]] std::optional<Indentation> detectIndentation(QStringView text, const Indentation& fallback = {});

// What the .editorconfig files of the folder and those above it say of this file; nothing if they say nothing. Known
// are * ? ** {a,b} [ab] in names, and indent_style, indent_size, tab_width and root. Reads files.
[[nodiscard]] std::optional<Indentation> configuredIndentation(const QString& path, const Indentation& fallback = {});

} // namespace bistro::ui
