// The bar below the menus: run, transport, speed, badges, the switch between the two skins. Its buttons are actions of
// the window; it shows what it is told. GUI thread.
#pragma once

#include "theme/theme.h"
#include "window/actions.h"
#include "window/icons.h"

#include <QString>
#include <QWidget>

#include <map>
#include <vector>

class QHBoxLayout;
class QLabel;
class QSlider;
class QToolButton;

namespace bistro::ui {

class ToolBar final : public QWidget {
    Q_OBJECT

public:
    ToolBar(const Actions& actions, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setCompact(bool on);
    void setRunning(bool running);
    // What the button says that it runs, since that is not the file in front; empty: it is.
    void setProgram(const QString& name);
    void setPlaying(bool playing);

    // Speed: as a slider's place, 0 … kFastest; kFastest is "as it happened".
    static constexpr int kFastest = 41;
    [[nodiscard]] static double speedAt(int place);
    void setSpeed(int place);
    [[nodiscard]] int speed() const;

    // Empty: no badge.
    void setRuntime(const QString& text, const QString& tip);
    enum class Verified : std::uint8_t { Unknown, Busy, Identical, Race, Different, Impossible };
    void setVerified(Verified verified, const QString& tip);
    void setSandbox(const QString& text, const QString& tip);
    void setLines(const QString& text, const QString& tip); // how far they are recorded
    void setRecording(const QString& text, const QString& tip);
    void setPast(const QString& text);
    void setAlarm(const QString& text, const QString& tip);
    // Badges as text, for who cannot see them.
    [[nodiscard]] QString badgesAsText() const;

signals:
    void speedChanged(int place);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Sized {
        QToolButton* button = nullptr;
        Sign sign {};
        bool onInk = false;
    };
    QToolButton* add(QAction* action, Sign sign, const QString& text, const char* role);
    QToolButton* badge();
    QToolButton* addSegment(QHBoxLayout& group, QAction* action, Sign sign, const QString& text, bool forward);
    void refreshIcons();
    void fit();
    void show(QToolButton* badge, const QString& text, const QString& tip);

    Theme m_theme {Scheme::Light};
    std::vector<Sized> m_signs;
    std::vector<std::vector<QToolButton*>> m_words; // who gives up its words first, with whom
    QHBoxLayout* m_layout = nullptr;
    QToolButton* m_run = nullptr; // one of the two is shown
    QToolButton* m_stop = nullptr;
    QToolButton* m_halt = nullptr;
    QSlider* m_speed = nullptr;
    QLabel* m_speedLabel = nullptr;
    QLabel* m_speedText = nullptr;
    QToolButton* m_runtime = nullptr;
    QToolButton* m_verified = nullptr;
    QToolButton* m_sandbox = nullptr;
    QToolButton* m_lines = nullptr;
    QToolButton* m_recording = nullptr;
    QToolButton* m_past = nullptr;
    QToolButton* m_alarm = nullptr;
    std::map<QToolButton*, QString> m_shown; // of each badge
    Verified m_verdict = Verified::Unknown;
    QString m_program;
    bool m_running = false;
    bool m_playing = false;
};

} // namespace bistro::ui
