#include "nodeinternals.h"

#include "interpose.h"

#include <unordered_set>

namespace bistro::nodeinternals {
namespace {

using trace::Service;

bool isJob(std::string_view type)
{
    return type.ends_with("REQUEST") || type == "ZLIB" || type == "FSREQCALLBACK" || type == "FSREQPROMISE"
        || type == "GETADDRINFOREQWRAP" || type == "GETNAMEINFOREQWRAP" || type == "FILEHANDLECLOSEREQ"
        || type == "STATWATCHER" || type == "DIRHANDLE";
}

v8::Local<v8::Value> memberOf(v8::Local<v8::Context> context, v8::Local<v8::Value> value, const char* name)
{
    v8::Local<v8::String> key;
    v8::Local<v8::Value> member;
    if (value.IsEmpty() || !value->IsObject() || !v8::String::NewFromUtf8(context->GetIsolate(), name).ToLocal(&key)
        || !value.As<v8::Object>()->Get(context, key).ToLocal(&member))
        return {};
    return member;
}

} // namespace

Requirement nodeRequirement(v8::Isolate* isolate)
{
    const v8::HandleScope handles(isolate);
    const v8::Local<v8::Context> context = isolate->GetCurrentContext();
    const auto versions = memberOf(context, memberOf(context, context->Global(), "process"), "versions");
    const v8::Local<v8::Value> node = memberOf(context, versions, "node");
    if (node.IsEmpty())
        return {.what = "Node", .expected = std::string(kNodeVersion), .found = "an unknown version"};
    const v8::String::Utf8Value version(isolate, node);
    return versionRequirement("Node", kNodeVersion, {*version, static_cast<std::size_t>(version.length())});
}

bool isNodesCode(const void* address)
{
    const auto mapOf = [](const void* place) {
        dl_find_object found {};
        return _dl_find_object(const_cast<void*>(place), &found) == 0 ? found.dlfo_map_start : nullptr;
    };
    static const void* const libnode = mapOf(next<const void*>("node_module_register"));
    return libnode && mapOf(address) == libnode;
}

Service serviceOf(std::string_view type)
{
    static const std::unordered_set<std::string_view> kernel {"TCPWRAP", "TCPSERVERWRAP", "TCPCONNECTWRAP", "PIPEWRAP",
        "PIPESERVERWRAP", "PIPECONNECTWRAP", "PROCESSWRAP", "SIGNALWRAP", "UDPWRAP", "UDPSENDWRAP", "TTYWRAP",
        "FSEVENTWRAP", "QUERYWRAP", "DNSCHANNEL", "WRITEWRAP", "SHUTDOWNWRAP", "JSUDPWRAP", "STREAMPIPE"};
    if (type == "HTTPCLIENTREQUEST" || !isJob(type))
        return kernel.contains(type) ? Service::Kernel : Service::JavaScript;
    return Service::Pool;
}

} // namespace bistro::nodeinternals
