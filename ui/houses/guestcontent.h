// What the card "The order, in both restaurants" says of a guest: values. GUI thread.
#pragma once

#include "houses/rushshown.h"

#include <QString>

#include <vector>

namespace bistro::ui {

struct GuestContent {
    QString title; // "GET /menu"
    QString table; // "table 7"
    app::OrderKind kind = app::OrderKind::None; // of its first piece: the mark
    struct Row {
        QString name;
        QString above; // with one waiter
        QString below; // with one each
        bool emphasis = false;
    };
    std::vector<Row> rows;
    QString buys; // "What the twelve buy"
    std::vector<QString> sentences; // three at most

    [[nodiscard]] QString asText() const;
};

[[nodiscard]] GuestContent guestContent(const RushShown& shown, std::size_t guest);

} // namespace bistro::ui
