// What a user has set, kept in the XDG configuration folder. Values; the GUI's thread.
#pragma once

#include "session/program.h"
#include "stage/picture.h"
#include "theme/theme.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace bistro::ui {

enum class SchemeChoice : std::uint8_t { System, Light, Dark };

struct Settings {
    SchemeChoice scheme = SchemeChoice::System;
    double zoom = 1;
    bool reducedMotion = false;
    bool narration = true;
    bool textStage = false;
    bool internals = false; // steps and names of Node's own are shown, too
    bool lines = true; // each line of the learner's files is recorded
    bool values = true; // and what it made stands behind it
    Skin skin = Skin::Restaurant;
    int speed = 20; // a place of the toolbar's slider
    int blockedAfter = 200; // milliseconds
    [[nodiscard]] std::uint64_t blockedAfterNanoseconds() const
    {
        return static_cast<std::uint64_t>(blockedAfter) * 1'000'000;
    }
    int patience = 1000; // milliseconds
    // Of a file that does not tell how it is indented: so many spaces; 0: tabs.
    int indentation = 2;

    [[nodiscard]] static Settings load();
    void save() const;
    bool operator==(const Settings&) const = default;
};

// Zoom goes by these steps.
[[nodiscard]] double zoomStep(double zoom, int direction);

// How a program is to be run, by its path.
[[nodiscard]] app::RunSettings runSettingsOf(const QString& file);
void keepRunSettings(const QString& file, const app::RunSettings& settings);

// The window's place and its panels.
struct WindowLayout {
    QByteArray geometry;
    QByteArray panels;
    QByteArray editor; // which files are open
    QString lower; // which page is in front below the code
};
// Which lesson is open: where its course is (empty: in Bistro), and its id (empty: none).
struct OpenLesson {
    QString course;
    QString id;
    bool operator==(const OpenLesson&) const = default;
};
[[nodiscard]] OpenLesson loadOpenLesson();
void keepOpenLesson(const OpenLesson& lesson);
[[nodiscard]] WindowLayout loadLayout();
void keepLayout(const WindowLayout& layout);

} // namespace bistro::ui
