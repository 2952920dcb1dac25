#include "houses/rushscene.h"

#include "houses/housesink.h"
#include "houses/rushaccess.h"
#include "houses/rushcontrols.h"
#include "houses/rushpicture.h"
#include "theme/fonts.h"

#include <QKeyEvent>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {

struct RushScene::Parts {
    std::optional<app::Rush> measured;
    QString program;
    bool ran = false;
    std::uint32_t table = 0; // 0: none
    app::RushAssumptions assumptions;
    Theme theme {Scheme::Light};
    RushPicture* picture = nullptr;
    RushControls* controls = nullptr;
    QPushButton* back = nullptr;

    void show() const
    {
        std::optional<RushShown> shown;
        if (measured)
            shown = shownOf(*measured, assumptions);
        if (ran)
            picture->setShown(shown, program);
        else
            picture->clear();
        controls->setVisible(shown.has_value());
        controls->setAssumptions(assumptions, measured ? static_cast<int>(measured->guests.size()) : 0);
        select();
    }
    void select() const
    {
        std::optional<std::size_t> guest;
        if (picture->shown() && table != 0) {
            const auto& guests = picture->shown()->upper.guests;
            const auto held = picture->selected();
            if (held && *held < guests.size() && guests[*held].table == table)
                return; // another guest of the same table
            const auto at = std::ranges::find(guests, table, &app::Guest::table);
            if (at != guests.end())
                guest = static_cast<std::size_t>(at - guests.begin());
        }
        picture->setSelected(guest);
    }
    void place() const
    {
        const RushLayout& layout = picture->layoutNow();
        back->setGeometry(layout.back.toRect());
        controls->setGeometry(layout.controls.adjusted(theme.px(12), 0, -theme.px(12), 0).toRect());
    }
};

RushScene::RushScene(QWidget* parent)
    : QWidget(parent)
    , m_parts(std::make_unique<Parts>())
{
    installRushAccess();
    Parts& p = *m_parts;
    p.picture = new RushPicture(this);
    p.back = new QPushButton(u"← "_s + tr("Back to the stage"), this);
    p.back->setAccessibleName(tr("Back to the stage"));
    p.controls = new RushControls(this);
    setFocusProxy(p.picture);
    setTabOrder(p.picture, p.controls);
    connect(p.picture, &RushPicture::laidOut, this, [this] { m_parts->place(); });
    connect(p.picture, &RushPicture::momentAsked, this, &RushScene::momentAsked);
    connect(p.picture, &RushPicture::backAsked, this, &RushScene::backAsked);
    connect(p.back, &QPushButton::clicked, this, &RushScene::backAsked);
    connect(p.picture, &RushPicture::guestChosen, this, [this](std::size_t guest) {
        m_parts->table = m_parts->picture->shown()->upper.guests[guest].table;
        emit tableSelected(m_parts->table);
    });
    connect(p.controls, &RushControls::changed, this, [this] {
        m_parts->assumptions = m_parts->controls->assumptions();
        m_parts->show();
        emit assumptionsChanged();
    });
    setTheme(p.theme);
    p.show();
}

RushScene::~RushScene() = default;

void RushScene::setRush(const std::optional<app::Rush>& rush, const QString& program)
{
    m_parts->measured = rush && rush->guests.size() >= 2 ? rush : std::nullopt;
    m_parts->program = program;
    m_parts->ran = true;
    m_parts->show();
}

void RushScene::clear()
{
    m_parts->measured.reset();
    m_parts->program.clear();
    m_parts->ran = false;
    m_parts->show();
}

void RushScene::setNow(std::uint64_t now)
{
    m_parts->picture->setNow(now);
}

void RushScene::setSelectedTable(std::uint32_t table)
{
    m_parts->table = table;
    m_parts->select();
}

std::uint32_t RushScene::selectedTable() const
{
    return m_parts->picture->selected() ? m_parts->table : 0;
}

const app::RushAssumptions& RushScene::assumptions() const
{
    return m_parts->assumptions;
}

void RushScene::setAssumptions(const app::RushAssumptions& assumptions)
{
    if (assumptions == m_parts->assumptions)
        return;
    m_parts->assumptions = assumptions;
    m_parts->show();
    emit assumptionsChanged();
}

void RushScene::setTheme(const Theme& theme)
{
    Parts& p = *m_parts;
    p.theme = theme;
    p.picture->setTheme(theme);
    p.controls->setTheme(theme);
    p.back->setFont(uiFont(theme, TypeSize::Label));
    p.back->setStyleSheet(
        u"QPushButton { color: %1; background: %2; border: 1px solid %3; border-radius: %4px; padding: 0; } "
        "QPushButton:hover { border-color: %1; } QPushButton:focus { border: 2px solid %1; }"_s
            .arg(theme.text().name(), theme.raised().name(), hatchEdge(theme).name())
            .arg(theme.px(8)));
    p.place();
}

void RushScene::setCompact(bool on)
{
    m_parts->picture->setCompact(on);
    m_parts->controls->setCompact(on);
}

void RushScene::resizeEvent(QResizeEvent*)
{
    m_parts->picture->setGeometry(rect());
    m_parts->place();
}

void RushScene::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) { // from a slider or the button
        emit backAsked();
        event->accept();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace bistro::ui
