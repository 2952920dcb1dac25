// Expected output: the learner writes what will be printed, and reads where the run printed something else. Draws what
// it is given. GUI thread.
#pragma once

#include "panels/richlabel.h"
#include "panels/sentence.h"

#include <QWidget>

#include <optional>
#include <vector>

class QPlainTextEdit;
class QPushButton;
class QScrollArea;

namespace bistro::ui {

// What came of the comparison.
struct ExpectResult {
    enum class Verdict : std::uint8_t { None, Same, Race, Differs };
    Verdict verdict = Verdict::None;
    QString sentence;
    std::optional<std::size_t> line; // the first one that differs, from 0
    std::vector<Sentence> reasons; // shown when it is asked why
    std::vector<NamedOrder> named; // whom they name
    bool hasMoment = false; // Why? leads there
    bool operator==(const ExpectResult&) const = default;
};

class ExpectPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ExpectPanel(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    [[nodiscard]] QString text() const;
    void setText(const QString& text);
    [[nodiscard]] QPlainTextEdit& field() const { return *m_field; }
    [[nodiscard]] QPushButton& compareButton() const { return *m_compare; }
    [[nodiscard]] QPushButton& whyButton() const { return *m_why; }
    // Whether there is a run to compare with.
    void setComparable(bool on)
    {
        m_comparable = on;
        updateButtons();
    }
    void show(const ExpectResult& result);
    [[nodiscard]] const ExpectResult& result() const { return m_result; }
    // Sentence and reasons, as they are shown.
    [[nodiscard]] QString asText() const;

signals:
    void edited();
    void compareAsked();
    // Its reasons are shown by then.
    void whyAsked();
    void orderClicked(bistro::app::OrderId order);

private:
    void fill();
    void markLine();
    void updateButtons();

    Theme m_theme {Scheme::Light};
    ExpectResult m_result;
    bool m_comparable = false;
    bool m_reasonsShown = false;
    QPlainTextEdit* m_field = nullptr;
    QScrollArea* m_side = nullptr;
    QWidget* m_told = nullptr;
    QPushButton* m_compare = nullptr;
    QPushButton* m_why = nullptr;
};

} // namespace bistro::ui
