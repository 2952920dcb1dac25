#include "theme/meaning.h"

namespace bistro::ui {

using app::OrderKind;

Meaning meaningOf(OrderKind kind)
{
    switch (kind) {
    case OrderKind::None:
    case OrderKind::Script:
    case OrderKind::Resource:
    case OrderKind::Handler: return Meaning::Running;
    case OrderKind::Tick: return Meaning::Tick;
    case OrderKind::Microtask:
    case OrderKind::Reaction:
    case OrderKind::Await:
    case OrderKind::Thenable: return Meaning::Promise;
    case OrderKind::Timer: return Meaning::Timer;
    case OrderKind::Immediate: return Meaning::Immediate;
    case OrderKind::PoolIo: return Meaning::PoolIo;
    case OrderKind::KernelIo: return Meaning::KernelIo;
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace bistro::ui
