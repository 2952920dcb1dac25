#include "editor/exampleline.h"

#include "theme/fonts.h"
#include "workspace/workspace.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {

ExampleLine::ExampleLine(QWidget* parent)
    : QFrame(parent)
    , m_words(new QLabel(this))
    , m_close(new QToolButton(this))
{
    setObjectName(u"exampleLine"_s);
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::RichText);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setText(u"✕"_s);
    m_close->setFocusPolicy(Qt::TabFocus);
    m_close->setAccessibleName(tr("Close what this example shows"));
    m_close->setToolTip(tr("Close this line\nIt comes back when you open the example again."));
    auto* const row = new QHBoxLayout(this);
    row->addWidget(m_words, 1);
    row->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_close, &QToolButton::clicked, this, [this] {
        m_closed.insert(m_folder);
        arrange();
    });
    hide();
}

void ExampleLine::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_words->setFont(uiFont(theme, TypeSize::Label));
    m_close->setFont(uiFont(theme, TypeSize::Second));
    setStyleSheet(u"#exampleLine { background: %1; border-bottom: 1px solid %2; } QLabel { color: %3; }"
                  "QToolButton { color: %4; border: none; background: transparent; padding: 0 %5px; }"
                  "QToolButton:hover, QToolButton:focus { color: %3; }"
                  "QToolButton:focus { border: 1px solid %3; }"_s
                      .arg(theme.raised().name(), theme.border().name(), theme.text().name(), theme.secondary().name())
                      .arg(theme.px(4)));
    layout()->setContentsMargins(theme.px(16), theme.px(6), theme.px(8), theme.px(6));
    arrange();
}

void ExampleLine::setPath(const QString& path)
{
    const QString folder = app::Workspace::isUntitled(path) ? QFileInfo(path).absolutePath() : QString();
    if (folder == m_folder)
        return;
    m_folder = folder;
    const QString title = folder.isEmpty() ? QString() : app::Workspace::untitledName(folder).title;
    const auto& all = app::examples();
    const auto found = title.isEmpty() ? all.end() : std::ranges::find(all, title, &app::Example::folderTitle);
    m_example = found == all.end() ? nullptr : &*found;
    arrange();
}

void ExampleLine::setLow(bool low)
{
    if (std::exchange(m_low, low) != low)
        arrange();
}

QString ExampleLine::text() const
{
    if (isHidden() || !m_example)
        return {};
    return m_low ? m_example->title
                 : tr("%1: %2", "an example, and what it shows").arg(m_example->title, m_example->sentence);
}

void ExampleLine::arrange()
{
    if (!m_example || m_closed.contains(m_folder)) {
        hide();
        return;
    }
    const QString title = u"<b>%1</b>"_s.arg(m_example->title.toHtmlEscaped());
    m_words->setText(m_low ? title : title + u"&nbsp; "_s + m_example->sentence.toHtmlEscaped());
    m_words->setToolTip(
        m_low ? m_example->sentence + u'\n' + m_example->lessonSentence() : m_example->lessonSentence());
    m_words->setAccessibleName(
        tr("%1: %2", "an example, and what it shows").arg(m_example->title, m_example->sentence));
    show();
}

} // namespace bistro::ui
