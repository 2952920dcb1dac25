#include "lesson/yamltree.h"

#include "lesson/formatwords.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

namespace bistro::app {
namespace {

struct YamlRefusal {
    YamlFault fault;
};

// Builds the tree from the parser's events. A refusal is thrown: the parser offers no other way to stop it.
class TreeBuilder final : public YAML::EventHandler {
public:
    explicit TreeBuilder(int firstLine)
        : m_firstLine(firstLine)
    {
    }

    [[nodiscard]] YamlNode& root() { return m_root; }

    void OnDocumentStart(const YAML::Mark&) override { }
    void OnDocumentEnd() override { }
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        refuseAnchor(mark, anchor);
        add({.kind = YamlNode::Kind::Nothing, .line = lineOf(mark)});
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuseAnchor(mark, 1); }
    void OnScalar(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override
    {
        refuseAnchor(mark, anchor);
        refuseTag(mark, tag);
        YamlNode node {.kind = YamlNode::Kind::Text, .quoted = tag == "!", .line = lineOf(mark)};
        node.text = QString::fromStdString(value);
        add(std::move(node));
    }
    void OnSequenceStart(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(YamlNode::Kind::List, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(YamlNode::Kind::Map, mark, tag, anchor);
    }
    void OnMapEnd() override { close(); }

private:
    [[nodiscard]] int lineOf(const YAML::Mark& mark) const { return std::max(0, mark.line) + m_firstLine; }

    [[noreturn]] void refuse(int line, const QString& sentence) const { throw YamlRefusal {{line, sentence}}; }

    void refuseAnchor(const YAML::Mark& mark, YAML::anchor_t anchor) const
    {
        if (anchor != YAML::NullAnchor)
            refuse(lineOf(mark),
                FormatWords::tr("Lessons have no anchors (&) and aliases (*). Write it out again, or put "
                                "the text in quotes."));
    }

    void refuseTag(const YAML::Mark& mark, const std::string& tag) const
    {
        if (!tag.empty() && tag != "?" && tag != "!")
            refuse(lineOf(mark), FormatWords::tr("Lessons have no tags (!). Leave it out, or put the text in quotes."));
    }

    void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor)
    {
        refuseAnchor(mark, anchor);
        refuseTag(mark, tag);
        if (m_open.size() >= kDeepestYaml)
            refuse(lineOf(mark), FormatWords::tr("This is nested deeper than any lesson needs."));
        m_open.push_back({.kind = kind, .line = lineOf(mark)});
    }

    void close()
    {
        YamlNode node = std::move(m_open.back());
        m_open.pop_back();
        add(std::move(node));
    }

    void add(YamlNode node)
    {
        if (++m_nodes > kMostYamlNodes)
            refuse(node.line, FormatWords::tr("This has more values than any lesson needs."));
        if (m_open.empty()) {
            m_root = std::move(node);
            return;
        }
        YamlNode& parent = m_open.back();
        if (parent.kind != YamlNode::Kind::Map || parent.keys.size() > parent.items.size()) {
            if (parent.kind == YamlNode::Kind::Map && node.kind == YamlNode::Kind::Nothing)
                node.line = parent.keys.back().line; // the library says where the next thing stands
            parent.items.push_back(std::move(node));
            return;
        }
        if (node.kind != YamlNode::Kind::Text)
            refuse(node.line, FormatWords::tr("A key has to be a word."));
        if (std::ranges::find(parent.keys, node.text, &YamlKey::name) != parent.keys.end())
            refuse(node.line, FormatWords::tr("The key \"%1\" is there twice. Leave one of them out.").arg(node.text));
        if (parent.keys.size() >= kMostYamlKeys)
            refuse(node.line, FormatWords::tr("This has more values than any lesson needs."));
        parent.keys.push_back({node.text, node.line});
    }

    int m_firstLine;
    int m_nodes = 0;
    YamlNode m_root;
    std::vector<YamlNode> m_open;
};

} // namespace

const YamlNode* YamlNode::find(const QString& key) const
{
    const auto found = std::ranges::find(keys, key, &YamlKey::name);
    return found == keys.end() ? nullptr : &items[static_cast<std::size_t>(found - keys.begin())];
}

std::expected<YamlNode, YamlFault> readYaml(const QByteArray& utf8, int firstLine)
{
    if (utf8.size() > kMostYamlBytes)
        return std::unexpected(YamlFault {firstLine, FormatWords::tr("This is longer than any lesson needs.")});
    try {
        std::istringstream in(utf8.toStdString());
        YAML::Parser parser(in);
        TreeBuilder builder(firstLine);
        if (parser.HandleNextDocument(builder)) {
            TreeBuilder rest(firstLine);
            if (parser.HandleNextDocument(rest))
                return std::unexpected(YamlFault {rest.root().line,
                    FormatWords::tr("Only one document of YAML is read. Take out the line \"---\".")});
        }
        if (builder.root().line == 0)
            builder.root().line = firstLine;
        return std::move(builder.root());
    } catch (const YamlRefusal& refused) {
        return std::unexpected(refused.fault);
    } catch (const YAML::Exception& error) {
        const int line = error.mark.is_null() ? firstLine : std::max(0, error.mark.line) + firstLine;
        return std::unexpected(YamlFault {line,
            FormatWords::tr("This is not YAML (%1). Look for a quote or bracket that is not closed, or a wrong indent.")
                .arg(QString::fromStdString(error.msg))});
    } catch (const std::exception&) { // memory, or what the library does not name
        return std::unexpected(YamlFault {firstLine, FormatWords::tr("This is not YAML.")});
    }
}

} // namespace bistro::app
