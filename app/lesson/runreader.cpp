#include "lesson/expectationreader.h"

#include <QRegularExpression>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr int kMostRequests = 500; // in one "send"
constexpr qsizetype kMostSends = 20;
constexpr qsizetype kMostArguments = 20;

Send readSend(const YamlNode& node, FaultList& faults)
{
    const LessonFields fields(node, keysof::send, faults);
    Send send;
    send.count = fields.whole("count", 1, kMostRequests).value_or(1);
    send.gap = std::chrono::duration_cast<std::chrono::milliseconds>(fields.duration("gap", 10s).value_or(0ns));
    if (fields.has("method")) {
        static const QRegularExpression method(u"^[A-Z]{3,10}$"_s);
        send.method = fields.text("method");
        if (!send.method.isEmpty() && !method.match(send.method).hasMatch())
            fields.fault("method", FormatWords::tr("\"method\" is one word in capitals, as in: POST."));
    }
    if (fields.has("path")) {
        static const QRegularExpression path(u"^/[\\x21-\\x7e]*$"_s);
        send.path = fields.text("path");
        if (!send.path.isEmpty() && !path.match(send.path).hasMatch())
            fields.fault("path", FormatWords::tr("\"path\" begins with a slash and has no blanks, as in: /menu."));
    }
    if (const YamlNode* const body = fields.find("body"))
        send.body = body->text;
    return send;
}

QList<Send> readSends(const YamlNode& node, FaultList& faults)
{
    QList<Send> all;
    if (node.kind == YamlNode::Kind::Map)
        return {readSend(node, faults)};
    if (node.kind != YamlNode::Kind::List || node.items.empty() || node.items.size() > kMostSends) {
        faults.add(node.line,
            FormatWords::tr("\"send\" needs a list of 1 to %1 requests, as in: [{path: /menu}].").arg(kMostSends));
        return all;
    }
    for (const YamlNode& item : node.items)
        all += readSend(item, faults);
    return all;
}

} // namespace

RunWith readRunWith(const YamlNode& node, bool named, FaultList& faults)
{
    const LessonFields fields(node, named ? keysof::furtherRun : keysof::run, faults);
    RunWith run;
    if (!fields.isMap())
        return run;
    if (named)
        run.name = fields.text("name", 60);
    if (fields.has("arguments"))
        run.arguments = fields.texts("arguments", 0, kMostArguments);
    if (const YamlNode* const input = fields.find("input")) {
        if (input->kind == YamlNode::Kind::Text)
            run.input = input->text;
        else if (input->kind != YamlNode::Kind::Nothing)
            fields.fault("input", FormatWords::tr("\"%1\" needs a text after it.").arg("input"_L1));
    }
    if (const YamlNode* const send = fields.find("send"))
        run.send = readSends(*send, faults);
    run.stopAfterwards = fields.yes("stop-afterwards");
    return run;
}

} // namespace bistro::app
