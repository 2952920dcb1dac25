#include "editor/nodeapi.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

ApiKind kindOf(const QJsonValue& value)
{
    const QString text = value.toString();
    if (text == "f"_L1)
        return ApiKind::Function;
    return text == "c"_L1 ? ApiKind::Class : ApiKind::Value;
}

NodeApi::Members membersOf(const QJsonValue& value)
{
    NodeApi::Members members;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        members.insert(it.key(), kindOf(it.value()));
    return members;
}

NodeApi read()
{
    QFile file(u":/completion/node-api.json"_s);
    const bool open = file.open(QIODevice::ReadOnly);
    Q_ASSERT(open); // it is ours
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    NodeApi api;
    api.version = root[u"node"_s].toString();
    const QJsonObject modules = root[u"modules"_s].toObject();
    for (auto it = modules.begin(); it != modules.end(); ++it)
        api.modules.insert(it.key(), membersOf(it.value()));
    const QJsonObject globals = root[u"globals"_s].toObject();
    for (auto it = globals.begin(); it != globals.end(); ++it)
        api.globals.insert(it.key(), {kindOf(it.value()[u"kind"_s]), membersOf(it.value()[u"members"_s])});
    api.values = membersOf(root[u"values"_s]);
    return api;
}

} // namespace

const NodeApi::Members* NodeApi::module(QStringView name) const
{
    auto it = modules.find(name.toString());
    if (it == modules.end() && name.startsWith("node:"_L1))
        it = modules.find(name.sliced(5).toString());
    return it == modules.end() ? nullptr : &*it;
}

const NodeApi& NodeApi::get()
{
    static const NodeApi api = read();
    return api;
}

} // namespace bistro::ui
