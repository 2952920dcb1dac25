#include "checks/sender.h"
