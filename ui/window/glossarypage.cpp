#include "window/glossarypage.h"

#include "workspace/examples.h"

#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

namespace bistro::ui {

GlossaryPage::GlossaryPage(QWidget& window, const Actions& actions, TermThere termThere)
    : m_window(window)
    , m_termThere(std::move(termThere))
{
    actions.on(ActionId::Glossary, this, [this] { open(m_termThere()); });
}

void GlossaryPage::make()
{
    m_dialog = new QDialog(&m_window);
    m_dialog->setObjectName(QStringLiteral("glossarydialog"));
    m_dialog->setWindowTitle(tr("Glossary"));
    m_panel = new GlossaryPanel(
        [](const QString& slug) {
            const auto& all = app::examples();
            const auto example = std::ranges::find(all, slug, &app::Example::slug);
            return example == all.end() ? QString() : example->title;
        },
        m_dialog);
    (new QVBoxLayout(m_dialog))->addWidget(m_panel);
    connect(m_panel, &GlossaryPanel::exampleAsked, this, &GlossaryPage::exampleAsked);
    m_panel->setTheme(m_theme);
    m_panel->setWording(m_wording);
    const QSize room = m_window.screen()->availableSize() * 9 / 10;
    m_dialog->resize(QSize(m_theme.px(660), m_theme.px(440)).boundedTo(room));
}

void GlossaryPage::setTheme(const Theme& theme)
{
    m_theme = theme;
    if (m_panel)
        m_panel->setTheme(theme);
}

void GlossaryPage::setWording(app::Wording wording)
{
    m_wording = wording;
    if (m_panel)
        m_panel->setWording(wording);
}

void GlossaryPage::open(std::optional<app::Term> term)
{
    if (!m_dialog)
        make();
    if (term)
        m_panel->show(*term);
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

} // namespace bistro::ui
