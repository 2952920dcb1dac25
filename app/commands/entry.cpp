#include "commands/entry.h"

#include "process/launch.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace bistro::app {
namespace {

// Node 20's options whose value may stand in the next argument. V8's own take theirs after "=" only.
constexpr std::array<std::string_view, 66> kWithValue {"-C", "-r", "--allow-fs-read", "--allow-fs-write",
    "--conditions", "--cpu-prof-dir", "--cpu-prof-interval", "--cpu-prof-name", "--diagnostic-dir", "--disable-proto",
    "--disable-warning", "--dns-result-order", "--env-file", "--es-module-specifier-resolution",
    "--experimental-default-type", "--experimental-loader", "--experimental-policy", "--experimental-sea-config",
    "--experimental-specifier-resolution", "--heap-prof-dir", "--heap-prof-interval", "--heap-prof-name",
    "--heapsnapshot-near-heap-limit", "--heapsnapshot-signal", "--icu-data-dir", "--import", "--input-type",
    "--inspect-port", "--debug-port", "--inspect-publish-uid", "--loader", "--max-http-header-size",
    "--network-family-autoselection-attempt-timeout", "--openssl-config", "--policy-integrity", "--redirect-warnings",
    "--report-dir", "--report-directory", "--report-filename", "--report-signal", "--require", "--secure-heap",
    "--secure-heap-min", "--snapshot-blob", "--stack-trace-limit", "--test-concurrency", "--test-name-pattern",
    "--test-reporter", "--test-reporter-destination", "--test-shard", "--test-timeout", "--title", "--tls-cipher-list",
    "--tls-keylog", "--tls-max-v1.2", "--tls-min-v1.2", "--trace-event-categories", "--trace-event-file-pattern",
    "--trace-require-module", "--trace-sync-io-after", "--unhandled-rejections", "--use-largepages", "--v8-pool-size",
    "--watch-path", "--max-semi-space-size", "--localstorage-file"};

constexpr std::array<std::string_view, 24> kWithoutValue {"-i", "--interactive", "-c", "--check",
    "--abort-on-uncaught-exception", "--enable-source-maps", "--expose-gc", "--expose_gc", "--inspect", "--inspect-brk",
    "--no-deprecation", "--no-warnings", "--no-addons", "--pending-deprecation", "--preserve-symlinks",
    "--preserve-symlinks-main", "--test", "--throw-deprecation", "--trace-deprecation", "--trace-exit",
    "--trace-uncaught", "--trace-warnings", "--use-strict", "--watch"};

} // namespace

Entry entryOf(std::span<const std::string> nodeArguments)
{
    Entry entry;
    for (std::size_t i = 0; i < nodeArguments.size(); ++i) {
        const std::string& argument = nodeArguments[i];
        if (argument == "-")
            return entry;
        if (argument == "--") {
            if (i + 1 < nodeArguments.size()) {
                entry.kind = Entry::Kind::File;
                entry.file = nodeArguments[i + 1];
            }
            return entry;
        }
        if (!argument.starts_with('-')) {
            entry.kind = argument == "inspect" ? Entry::Kind::Other : Entry::Kind::File;
            entry.file = argument;
            return entry;
        }
        const std::string name = argument.substr(0, argument.find('='));
        if (name == "-e" || name == "--eval" || name == "-p" || name == "--print" || name == "-pe") {
            entry.kind = Entry::Kind::Code;
            return entry;
        }
        if (name == "-v" || name == "--version" || name == "-h" || name == "--help" || name == "--v8-options"
            || name == "--completion-bash" || name == "--build-snapshot" || name == "--prof-process"
            || name == "--test") {
            entry.kind = Entry::Kind::Other;
            return entry;
        }
        entry.measures |= isMeasuringFlag(name);
        if (argument.contains('='))
            continue;
        if (std::ranges::contains(kWithValue, name))
            ++i;
        else if (!std::ranges::contains(kWithoutValue, name))
            entry.certain = false;
    }
    return entry;
}

} // namespace bistro::app
