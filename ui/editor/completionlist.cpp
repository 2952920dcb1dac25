#include "editor/completionlist.h"

#include "editor/completion.h"
#include "theme/fonts.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

// One letter, as editors have it; the words at the right say the same.
QString letterOf(Completion::Kind kind)
{
    switch (kind) {
    case Completion::Kind::Value: return u"v"_s;
    case Completion::Kind::Function: return u"ƒ"_s;
    case Completion::Kind::Class: return u"C"_s;
    case Completion::Kind::Module: return u"M"_s;
    case Completion::Kind::Keyword: return u"k"_s;
    case Completion::Kind::Word: return u"w"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

constexpr int kSide = 16; // px: the letter's square
constexpr int kLeft = 8;
constexpr int kBetween = 8;
constexpr int kBeforeAbout = 24;
constexpr int kRight = 10;
constexpr int kRow = 24;

} // namespace

void CompletionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QRect row = option.rect;
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    const auto kind = static_cast<Completion::Kind>(index.data(kKindRole).toInt());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(row, chosen ? m_theme.currentLine() : m_theme.raised());
    if (chosen)
        painter->fillRect(QRect(row.left(), row.top(), m_theme.px(3), row.height()), m_theme.ink());
    const int side = m_theme.px(kSide);
    const QRectF square(row.left() + m_theme.px(kLeft), row.top() + (row.height() - side) / 2.0, side, side);
    const bool own = kind == Completion::Kind::Word || kind == Completion::Kind::Keyword; // no API: quieter
    painter->setPen(QPen(m_theme.border(), 1));
    painter->setBrush(own ? m_theme.raised() : m_theme.sunken());
    painter->drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), m_theme.px(4), m_theme.px(4));
    painter->setPen(own ? m_theme.secondary() : m_theme.text());
    painter->setFont(uiFont(m_theme, TypeSize::Second, QFont::DemiBold));
    painter->drawText(square, Qt::AlignCenter, letterOf(kind));

    const QString name = index.data(Qt::DisplayRole).toString();
    const QString about = index.data(kAboutRole).toString();
    const QFont aboutFont = uiFont(m_theme, TypeSize::Second);
    const int aboutWidth = QFontMetrics(aboutFont).horizontalAdvance(about);
    const int right = row.right() - m_theme.px(kRight);
    int x = qRound(square.right()) + m_theme.px(kBetween);
    const QFont plain = codeFont(m_theme);
    const QFont bold = codeFont(m_theme, TypeSize::Label, QFont::Bold);
    const bool roomForAbout = right - x
        >= QFontMetrics(plain).horizontalAdvance(name) + m_theme.px(kBetween) + aboutWidth;
    const int end = roomForAbout ? right - aboutWidth - m_theme.px(kBetween) : right;
    const auto typed = name.startsWith(m_prefix, Qt::CaseInsensitive) ? m_prefix.size() : 0;
    painter->setPen(m_theme.text());
    painter->setFont(bold);
    painter->drawText(QRect(x, row.top(), end - x, row.height()), Qt::AlignVCenter, name.left(typed));
    x += QFontMetrics(bold).horizontalAdvance(name.left(typed));
    painter->setFont(plain);
    painter->drawText(QRect(x, row.top(), end - x, row.height()), Qt::AlignVCenter,
        QFontMetrics(plain).elidedText(name.mid(typed), Qt::ElideRight, end - x));
    if (roomForAbout) {
        painter->setPen(m_theme.secondary());
        painter->setFont(aboutFont);
        painter->drawText(QRect(end, row.top(), right - end, row.height()), Qt::AlignVCenter | Qt::AlignRight, about);
    }
    painter->restore();
}

QSize CompletionDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const int name = QFontMetrics(codeFont(m_theme, TypeSize::Label, QFont::Bold))
                         .horizontalAdvance(index.data(Qt::DisplayRole).toString());
    const int about = QFontMetrics(uiFont(m_theme, TypeSize::Second))
                          .horizontalAdvance(index.data(kAboutRole).toString());
    return {m_theme.px(kLeft + kSide + kBetween + kBeforeAbout + kRight) + name + about, m_theme.px(kRow)};
}

} // namespace bistro::ui
