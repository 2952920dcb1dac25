#include "editor/highlighter.h"

#include "editor/blockdata.h"
#include "editor/longlines.h"

#include <KSyntaxHighlighting/FoldingRegion>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/Theme>

#include <QElapsedTimer>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bistro::ui {
namespace {

constexpr int kTokenProperty = QTextFormat::UserProperty + 1;
constexpr auto kSlice = 6ms;
constexpr int kTyped = 10'000; // letters; more at once was not typed

// Reading the grammars' index takes time once; all editors share it.
KSyntaxHighlighting::Repository& repository()
{
    static KSyntaxHighlighting::Repository shared;
    return shared;
}

Highlighter::Token tokenOf(KSyntaxHighlighting::Theme::TextStyle style)
{
    using Style = KSyntaxHighlighting::Theme::TextStyle;
    using Token = Highlighter::Token;
    switch (style) {
    case Style::Keyword:
    case Style::ControlFlow:
    case Style::Import:
    case Style::Preprocessor: return Token::Keyword;
    case Style::Char:
    case Style::SpecialChar:
    case Style::String:
    case Style::VerbatimString:
    case Style::SpecialString: return Token::Text;
    case Style::DecVal:
    case Style::BaseN:
    case Style::Float: return Token::Number;
    case Style::Comment:
    case Style::Documentation:
    case Style::Annotation:
    case Style::CommentVar:
    case Style::RegionMarker:
    case Style::Information:
    case Style::Warning:
    case Style::Alert: return Token::Comment;
    case Style::Operator: return Token::Sign;
    case Style::Normal:
    case Style::Variable:
    case Style::Function:
    case Style::BuiltIn:
    case Style::Extension:
    case Style::Attribute:
    case Style::DataType:
    case Style::Constant:
    case Style::Others:
    case Style::Error: return Token::Code;
    }
    return Token::Code; // a style of a later KSyntaxHighlighting
}

QTextCharFormat look(
    Highlighter::Token token, const KSyntaxHighlighting::Format& format, const Theme& theme, bool prose)
{
    QTextCharFormat look;
    look.setProperty(kTokenProperty, static_cast<int>(token));
    switch (token) {
    case Highlighter::Token::Code: break;
    case Highlighter::Token::Keyword: look.setFontWeight(QFont::Bold); break;
    case Highlighter::Token::Text:
    case Highlighter::Token::Number: look.setForeground(theme.literal()); break;
    case Highlighter::Token::Comment: look.setForeground(theme.secondary()); break;
    case Highlighter::Token::Sign: look.setForeground(theme.secondary()); break;
    }
    // Headings and emphasis of a Markdown text keep what they mean; functions of a program are nothing emphatic.
    if (prose && format.isValid() && token == Highlighter::Token::Code) {
        const KSyntaxHighlighting::Theme none;
        if (format.isBold(none))
            look.setFontWeight(QFont::Bold);
        if (format.isItalic(none))
            look.setFontItalic(true);
    }
    return look;
}

} // namespace

Highlighter::Highlighter(QTextDocument* document)
    : QObject(document)
    , m_document(document)
    , m_theme(Scheme::Light)
    , m_blocks(document->blockCount())
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0ms);
    connect(&m_timer, &QTimer::timeout, this, [this] { work(kSlice); });
    connect(document, &QTextDocument::contentsChange, this, &Highlighter::contentsChanged);
}

void Highlighter::setFileName(const QString& name)
{
    const auto next = repository().definitionForFileName(name);
    if (next == definition())
        return;
    setDefinition(next);
    restart();
}

void Highlighter::setTheme(const Theme& theme)
{
    const bool same = theme.scheme() == m_theme.scheme();
    m_theme = theme;
    if (!same)
        restart();
}

bool Highlighter::isProgram() const
{
    return language().startsWith("JavaScript"_L1) || language().startsWith("TypeScript"_L1);
}

QString Highlighter::language() const
{
    return definition().isValid() ? definition().name() : QString();
}

Highlighter::Token Highlighter::tokenAt(const QTextBlock& block, int column)
{
    const auto formats = block.layout()->formats();
    for (const auto& range : formats) {
        if (column >= range.start && column < range.start + range.length)
            return static_cast<Token>(range.format.intProperty(kTokenProperty));
    }
    return Token::Code;
}

bool Highlighter::isCode(const QTextBlock& block, int column)
{
    const Token token = tokenAt(block, column);
    return token != Token::Text && token != Token::Comment;
}

bool Highlighter::isCode(const QTextDocument& document, int position)
{
    const QTextBlock block = document.findBlock(position);
    return isCode(block, position - block.position());
}

QTextBlock Highlighter::foldEnd(const QTextBlock& block) const
{
    return foldEndWithin(block, std::numeric_limits<int>::max()).value_or(QTextBlock());
}

std::optional<QTextBlock> Highlighter::foldEndWithin(const QTextBlock& block, int lines) const
{
    const BlockData* data = BlockData::of(block);
    if (!data)
        return QTextBlock();
    // The first region that begins here and does not end here.
    const auto opened = std::ranges::find_if(data->edges, &FoldEdge::begins);
    if (opened == data->edges.end())
        return QTextBlock();
    const int region = opened->region;
    int depth = 0;
    for (auto it = opened; it != data->edges.end(); ++it)
        depth += it->region != region ? 0 : it->begins ? 1 : -1;
    for (QTextBlock next = block.next(); depth > 0 && next.isValid(); next = next.next(), --lines) {
        if (lines <= 0)
            return {};
        const BlockData* nextData = BlockData::of(next);
        if (!nextData)
            return QTextBlock(); // not there yet
        for (const FoldEdge& edge : nextData->edges) {
            if (edge.region != region)
                continue;
            depth += edge.begins ? 1 : -1;
            if (depth == 0)
                return next;
        }
    }
    return QTextBlock();
}

QTextBlock Highlighter::foldAround(const QTextBlock& block) const
{
    int closed = 0; // regions that end before this line, and begin further up
    for (QTextBlock above = block.previous(); above.isValid(); above = above.previous()) {
        const BlockData* const data = BlockData::of(above);
        if (!data)
            return {};
        for (auto edge = data->edges.crbegin(); edge != data->edges.crend(); ++edge) {
            closed += edge->begins ? -1 : 1;
            if (closed < 0)
                return above;
        }
    }
    return {};
}

void Highlighter::finish()
{
    while (!isDone())
        work(std::chrono::seconds(1));
}

void Highlighter::applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format)
{
    if (length <= 0)
        return;
    Token token = tokenOf(format.textStyle());
    const QStringView letters = QStringView(m_line).sliced(offset, std::min<qsizetype>(length, m_line.size() - offset));
    if (token == Token::Keyword && std::ranges::none_of(letters, [](QChar c) { return c.isLetter(); }))
        token = Token::Sign; // =>
    m_formats.append({offset, length, look(token, format, m_theme, language() == "Markdown"_L1)});
}

void Highlighter::applyFolding(int, int, KSyntaxHighlighting::FoldingRegion region)
{
    const bool begins = region.type() == KSyntaxHighlighting::FoldingRegion::Begin;
    const FoldEdge opening {.region = region.id(), .begins = true};
    if (!begins && !m_edges.isEmpty() && m_edges.back() == opening)
        m_edges.removeLast();
    else
        m_edges.append({.region = region.id(), .begins = begins});
}

// Languages with markup within the code keep their grammar.
bool Highlighter::scans() const
{
    return language() == "JavaScript"_L1 || isTypeScript();
}

bool Highlighter::isTypeScript() const
{
    return language() == "TypeScript"_L1;
}

app::ScanState Highlighter::stateAt(const QTextBlock& block, int column) const
{
    const BlockData* const before = BlockData::of(block.previous());
    if (!scans() || block.length() > kLongestLine)
        return {};
    const app::ScanState state = before ? before->scanned : app::ScanState();
    return colored(QStringView(block.text()).first(column), state, isTypeScript()).after;
}

app::LexemeKind Highlighter::kindAt(const QTextBlock& block, int column) const
{
    if (scans()) {
        const BlockData* const before = BlockData::of(block.previous());
        return block.length() > kLongestLine
            ? app::LexemeKind::End
            : bistro::ui::kindAt(block.text(), column, before ? before->scanned : app::ScanState());
    }
    const Token token = column > 0 ? tokenAt(block, column - 1) : Token::Code;
    return token == Token::Text   ? app::LexemeKind::String
        : token == Token::Comment ? app::LexemeKind::Comment
                                  : app::LexemeKind::End;
}

bool Highlighter::lookAt(const QTextBlock& block)
{
    BlockData& data = BlockData::make(block);
    const BlockData* const before = BlockData::of(block.previous());
    m_formats.clear();
    m_edges.clear();
    const bool isCode = definition().isValid() && block.length() <= kLongestLine && !LongLines::hasMark(block);
    auto after = before ? before->after : KSyntaxHighlighting::State();
    auto scanned = before ? before->scanned : app::ScanState();
    if (isCode && scans()) {
        ColoredLine line = colored(block.text(), scanned, isTypeScript());
        for (const ColoredPart& part : line.parts)
            m_formats.append({part.start, part.length, look(part.token, {}, m_theme, false)});
        scanned = std::move(line.after);
        m_edges = std::move(line.edges);
    } else if (isCode) {
        after = highlightLine(m_line = block.text(), after);
    }
    const bool same = data.highlighted && data.after == after && data.scanned == scanned;
    data.after = after;
    data.scanned = std::move(scanned);
    data.edges = m_edges;
    data.highlighted = true;
    return !same;
}

void Highlighter::contentsChanged(int position, int removed, int added)
{
    if (m_own || (removed == 0 && added == 0))
        return;
    const int blocks = m_document->blockCount();
    const int first = std::max(m_document->findBlock(position).blockNumber(), 0);
    const QTextBlock lastBlock = m_document->findBlock(position + added);
    const int last = lastBlock.isValid() ? lastBlock.blockNumber() : blocks - 1;
    if (m_from >= 0) {
        m_to = std::max(m_to + blocks - m_blocks, last);
        m_from = std::min(m_from, first);
    } else {
        m_from = first;
        m_to = last;
    }
    m_blocks = blocks;
    if (added < kTyped)
        work(2ms); // what one types has its colors in the same frame
    else
        m_timer.start();
}

void Highlighter::restart()
{
    m_from = 0;
    m_to = m_document->blockCount() - 1;
    m_timer.start();
}

void Highlighter::work(std::chrono::microseconds budget)
{
    if (m_from < 0 || !m_document)
        return;
    QElapsedTimer timer;
    timer.start();
    QTextBlock block = m_document->findBlockByNumber(m_from);
    int dirtyFrom = -1;
    int dirtyTo = -1;
    bool done = true;
    for (; block.isValid(); block = block.next(), ++m_from) {
        const bool same = !lookAt(block);
        QTextLayout* layout = block.layout();
        // While a letter is being composed its own marks are in there; its end is a change, and comes here again.
        if (layout->preeditAreaText().isEmpty() && layout->formats() != m_formats) {
            layout->setFormats(m_formats);
            if (dirtyFrom < 0)
                dirtyFrom = block.position();
            dirtyTo = block.position() + block.length();
        }
        if (m_from >= m_to && same)
            break;
        if ((m_from & 15) == 15 && std::chrono::nanoseconds(timer.nsecsElapsed()) > budget && block.next().isValid()) {
            ++m_from;
            m_to = std::max(m_to, m_from);
            done = false;
            break;
        }
    }
    if (done)
        m_from = m_to = -1;
    if (dirtyFrom >= 0) {
        m_own = true;
        m_document->markContentsDirty(dirtyFrom, dirtyTo - dirtyFrom);
        m_own = false;
    }
    if (!done)
        m_timer.start();
}

} // namespace bistro::ui
