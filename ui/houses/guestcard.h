// The card "The order, in both restaurants", in the order card's place while the scene is shown. Draws what it is
// given; GUI thread.
#pragma once

#include "houses/guestcontent.h"
#include "theme/theme.h"

#include <QWidget>

#include <optional>

class QPainter;

namespace bistro::ui {

class GuestCard final : public QWidget {
    Q_OBJECT

public:
    explicit GuestCard(QWidget* parent = nullptr);

    // None: no guest is selected; it says how to select one.
    void setGuest(const std::optional<GuestContent>& guest);
    void setTheme(const Theme& theme);
    // Everything that the card says.
    [[nodiscard]] QString asText() const;

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    // Null: only how high it is.
    int draw(QPainter* painter, int width) const;
    int drawRows(QPainter* painter, int top, int width) const;
    int drawBox(QPainter* painter, int top, int width) const;

    Theme m_theme {Scheme::Light};
    std::optional<GuestContent> m_guest;
};

// Of what the scene shows; none: nobody sits there.
[[nodiscard]] std::optional<GuestContent> contentOfTable(
    const app::Rush& measured, const app::RushAssumptions& assumptions, std::uint32_t table);

} // namespace bistro::ui
