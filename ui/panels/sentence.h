// Sentences that name orders and places in the program, and the rich text that shows them with the orders' marks, and
// as links to them. Values; any thread.
#pragma once

#include "moment/facts.h"
#include "state/describe.h"
#include "theme/meaning.h"
#include "why/explanation.h"

#include <QFontMetricsF>
#include <QString>

#include <vector>

namespace bistro::ui {

// A sentence in plain text, and the orders that it names by their titles, in its order.
struct Sentence {
    QString text;
    std::vector<app::OrderId> orders;
    std::vector<app::FilledIn> parts {}; // where names stand in it; empty: not known
    QString opens {}; // words in it that open what programs may do; empty: none

    bool operator==(const Sentence&) const = default;
};

// An order as sentences name it.
struct NamedOrder {
    app::OrderId order;
    Meaning meaning = Meaning::Running;
    QString title;

    bool operator==(const NamedOrder&) const = default;
};

[[nodiscard]] NamedOrder nameOf(const app::TraceLog& log, const StageFacts& facts, app::OrderId order);
[[nodiscard]] Meaning meaningOf(const app::TraceLog& log, app::OrderId order);
[[nodiscard]] QString numberText(app::OrderId order); // "#5", of a promise "p5"
// "lesson.js:12"; empty for none.
[[nodiscard]] QString placeName(const app::CodePlace& place);
// As much of such a name as fits: the file is cut in its middle, or left out where not even that can be read; the line
// is whole.
[[nodiscard]] QString fittedPlace(const QString& name, const QFontMetricsF& metrics, double width);

// Parts of rich text. What comes from the program is escaped.
// `parts`: where names may stand; a name is no part of another one. Without any, the text is searched for them. What
// stands between backticks is code.
[[nodiscard]] QString sentenceHtml(
    const QString& text, const std::vector<NamedOrder>& names, const std::vector<app::FilledIn>& parts = {});
// Of the orders that the sentence names, those that are known by name.
[[nodiscard]] QString sentenceHtml(const Sentence& sentence, const std::vector<NamedOrder>& known);
[[nodiscard]] QString orderHtml(const NamedOrder& name);
[[nodiscard]] QString placeHtml(const app::CodePlace& place);

// Where a link of these parts leads.
[[nodiscard]] QString orderLink(app::OrderId order);
[[nodiscard]] app::OrderId orderOfLink(const QString& link); // none when it leads elsewhere

// Leads to what programs may do, where it names that (app::programsMay()).
[[nodiscard]] Sentence leadingToAllowed(const QString& text);
[[nodiscard]] bool leadsToAllowed(const QString& link);

// As much of a text of the program's as people read: a name or an error's first line may have 64 KiB, each letter of
// which would be laid out.
[[nodiscard]] QString shortened(std::string_view text);

} // namespace bistro::ui
